"""Query options: those that are understood, and everything else that people send."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from m365_simulator.graph.odata.options import split_outside_brackets
from tests.graph_person import RULES, GraphPerson
from tests.simulator_control import Simulator


def test_a_text_is_split_outside_brackets_and_quotes_only() -> None:
    text = "childFolders($select=id,displayName),x($filter=id eq 'a,b')"
    assert split_outside_brackets(text, ",") == ["childFolders($select=id,displayName)", "x($filter=id eq 'a,b')"]
    assert split_outside_brackets("", ",") == []


def test_a_quote_in_a_filter_is_doubled(simulator: Simulator) -> None:
    person = GraphPerson(simulator, "helpdesk")
    person.made_rule(displayName="Emma's rule")
    assert len(person.get(f"{RULES}?$filter=displayName eq 'Emma''s rule'")["value"]) == 1


def test_the_number_of_all_rows_comes_on_request(simulator: Simulator) -> None:
    body = GraphPerson(simulator, "full.mailbox").get("/me/mailFolders?$count=true&$top=2")
    assert (body["@odata.count"], len(body["value"])) == (14, 2)


PATHS = ("/me", "/me/mailFolders", "/me/mailFolders/inbox", "/me/mailFolders/delta", RULES, "/me/messages")
NAMES = st.sampled_from(
    ["$select", "$expand", "$filter", "$top", "$skip", "$orderby", "$count", "$skiptoken", "$deltatoken", "x"]
)
WORDS = st.sampled_from(
    [
        "childFolders",
        "singleValueExtendedProperties",
        "id",
        "(",
        ")",
        "$filter=",
        "'",
        " eq ",
        ",",
        ";",
        "true",
        "Long 0x",
    ]
)
TEXTS = st.text(max_size=20) | st.lists(WORDS, max_size=6).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(PATHS) | st.text(max_size=12).map("/me/mailFolders/{}".format),
    query=st.dictionaries(NAMES, TEXTS, max_size=3),
)
def test_no_query_breaks_the_service(asking: GraphPerson, path: str, query: dict[str, str]) -> None:
    """Never a 500."""
    assert asking.ask("GET", path, params=query).status_code in (200, 400, 404, 405)


@pytest.fixture
def asking() -> GraphPerson:
    return GraphPerson(Simulator(os.environ["SIMULATOR"]), "full.mailbox")
