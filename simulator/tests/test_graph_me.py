"""The signed-in person and the mailbox's settings."""

from __future__ import annotations

from urllib.parse import quote

from tests.graph_person import GraphPerson, code
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


def test_a_guest_has_a_name_in_this_directory_and_no_mailbox(simulator: Simulator) -> None:
    guest = GraphPerson(simulator, "guest.lecturer@other.example")
    me = guest.get("/me?$select=userType,userPrincipalName,mail")
    assert me["userType"] == "Guest"
    assert me["userPrincipalName"] == "guest.lecturer_other.example#EXT#@example.ac.jp"
    assert guest.get(f"/users/{quote(me['userPrincipalName'])}")["id"] == me["id"]
    assert code(guest.ask("GET", "/me/mailFolders")) == (404, "MailboxNotEnabledForRESTAPI")


def test_what_is_selected_and_not_known_is_null(simulator: Simulator) -> None:
    me = GraphPerson(simulator, "full.mailbox").get("/me?$select=jobTitle,businessPhones,onPremisesSyncEnabled")
    assert (me["jobTitle"], me["businessPhones"], me["onPremisesSyncEnabled"]) == (None, [], None)
    assert me["@odata.context"].endswith("#users(jobTitle,businessPhones,onPremisesSyncEnabled)/$entity")
