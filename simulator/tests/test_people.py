"""The people of the tenant."""

import re
from uuid import UUID

from m365_simulator.directory.person import OTHER_TENANT_ID, TENANT_ID
from m365_simulator.seed.people import PEOPLE

EXPECTED = (
    "new.student full.mailbox over.quota forwarder rule.collector helpdesk no.licence needs.mfa no.consent "
    "other.tenant guest.lecturer"
)


def test_there_is_somebody_for_everything_that_a_site_must_know_of() -> None:
    assert [person.address.partition("@")[0] for person in PEOPLE] == EXPECTED.split()


def test_only_one_belongs_to_another_tenant() -> None:
    assert {person.address for person in PEOPLE if person.tid == OTHER_TENANT_ID} == {"other.tenant@other.example"}
    assert {person.tid for person in PEOPLE} == {TENANT_ID, OTHER_TENANT_ID}


def test_each_is_said_to_be_good_for_something_in_one_sentence() -> None:
    for person in PEOPLE:
        assert re.fullmatch(r"[^。]+。", person.good_for_ja)
        assert re.fullmatch(r"[^.]+\.", person.good_for_en)


def test_a_guest_has_an_object_of_our_tenant_and_a_home_elsewhere() -> None:
    guest = next(person for person in PEOPLE if person.is_guest)
    assert guest.tid == TENANT_ID
    assert guest.upn == "guest.lecturer_other.example#EXT#@example.ac.jp"
    home = guest.at_home()
    assert (home.tid, home.upn, home.is_guest) == (OTHER_TENANT_ID, guest.address, False)
    assert home.oid != guest.oid


def test_object_ids_are_uuids_and_differ() -> None:
    ids = {person.oid for person in PEOPLE}
    assert len(ids) == len(PEOPLE)
    assert all(str(UUID(oid)) == oid for oid in ids)
