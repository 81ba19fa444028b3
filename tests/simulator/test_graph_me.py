"""The signed-in person and the mailbox's settings."""

from __future__ import annotations

from tests.simulator.graph_person import GraphPerson
from tests.simulator_control import Simulator


def test_the_usual_properties_come_unasked(simulator: Simulator) -> None:
    me = GraphPerson(simulator, "full.mailbox").get("/me")
    assert me["displayName"] == "佐藤 美咲"
    assert (me["surname"], me["givenName"]) == ("佐藤", "美咲")
    assert me["mail"] == me["userPrincipalName"] == "full.mailbox@example.ac.jp"
    assert me["preferredLanguage"] == "ja-JP"
    assert "accountEnabled" not in me


def test_an_english_name_has_its_family_name_last(simulator: Simulator) -> None:
    me = GraphPerson(simulator, "new.student").get("/me")
    assert (me["givenName"], me["surname"]) == ("Emma", "Clark")


def test_select_narrows_and_widens(simulator: Simulator) -> None:
    me = GraphPerson(simulator, "full.mailbox").get("/me?$select=displayName,accountEnabled")
    assert set(me) == {"@odata.context", "id", "displayName", "accountEnabled"}
