"""The people of the tenant."""

import re
from uuid import UUID

from simulator.people import PEOPLE
from simulator.tenant import OTHER_TENANT_ID, TENANT_ID

EXPECTED = (
    "new.student full.mailbox over.quota forwarder rule.collector helpdesk no.licence needs.mfa no.consent other.tenant"
)


def test_they_are_the_ten_that_the_design_names() -> None:
    assert [person.address.partition("@")[0] for person in PEOPLE] == EXPECTED.split()


def test_only_one_belongs_to_another_tenant() -> None:
    assert {person.address for person in PEOPLE if person.tid == OTHER_TENANT_ID} == {"other.tenant@other.example"}
    assert {person.tid for person in PEOPLE} == {TENANT_ID, OTHER_TENANT_ID}


def test_each_is_said_to_be_good_for_something_in_one_sentence() -> None:
    for person in PEOPLE:
        assert re.fullmatch(r"[^。]+。", person.good_for_ja)
        assert re.fullmatch(r"[^.]+\.", person.good_for_en)


def test_object_ids_are_uuids_and_differ() -> None:
    ids = {person.oid for person in PEOPLE}
    assert len(ids) == len(PEOPLE)
    assert all(str(UUID(oid)) == oid for oid in ids)
