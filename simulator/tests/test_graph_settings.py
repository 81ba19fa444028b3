"""The settings of a mailbox, read and changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph_person import GraphPerson, code
from tests.simulator_control import Simulator

SETTINGS = "/me/mailboxSettings"
START, END = (
    {"dateTime": f"2026-12-{day}T18:00:00.0000000", "timeZone": "Tokyo Standard Time"} for day in ("20", "28")
)
CUSTOM = {
    "@odata.type": "#microsoft.graph.customTimeZone",
    "bias": -300,
    "name": "Customized Time Zone",
    "standardOffset": {"time": "02:00:00.0000000", "dayOccurrence": 2, "dayOfWeek": "Sunday", "month": 10, "year": 0},
}


@pytest.fixture
def student(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "new.student")


def change(person: GraphPerson, **body: Any) -> Any:
    return person.ask("PATCH", SETTINGS, json=body)


def test_the_settings_say_nothing_of_forwarding(simulator: Simulator) -> None:
    settings = GraphPerson(simulator, "forwarder").get(SETTINGS)
    assert settings["language"]["locale"] == "ja-JP"
    assert settings["automaticRepliesSetting"]["status"] == "disabled"
    assert settings["userPurpose"] == "user"
    assert not any("orward" in name for name in settings)


def test_they_are_selected(student: GraphPerson) -> None:
    assert set(student.get(f"{SETTINGS}?$select=timeZone,language")) == {"@odata.context", "timeZone", "language"}
    assert student.ask("GET", f"{SETTINGS}?$select=forwarding").status_code == 400
    assert student.get("/me?$select=mailboxSettings")["mailboxSettings"]["language"]["locale"] == "en-US"


def test_the_settings_of_the_person_want_their_own_scope(simulator: Simulator) -> None:
    person = GraphPerson(simulator, "new.student", ("User.Read",))
    assert code(person.ask("GET", "/me?$select=mailboxSettings")) == (403, "ErrorAccessDenied")
    assert person.get("/me?$select=displayName")


def test_one_of_them_is_read_alone(student: GraphPerson) -> None:
    zone = student.get(f"{SETTINGS}/timeZone")
    assert zone["value"] == "Tokyo Standard Time"
    assert zone["@odata.context"].endswith("/mailboxSettings/timeZone")
    assert student.get(f"{SETTINGS}/language")["locale"] == "en-US"
    assert student.get(f"{SETTINGS}/userPurpose")["value"] == "user"
    assert code(student.ask("GET", f"{SETTINGS}/forwarding")) == (400, "BadRequest")


def test_automatic_replies_are_scheduled(student: GraphPerson) -> None:
    """The documented example: names of choices come in any case and are answered as the model has them."""
    wanted = {"status": "Scheduled", "scheduledStartDateTime": START, "scheduledEndDateTime": END}
    changed = student.right(change(student, automaticRepliesSetting=wanted), 200)
    assert set(changed) == {"@odata.context", "automaticRepliesSetting"}
    replies = changed["automaticRepliesSetting"]
    assert (replies["status"], replies["externalAudience"]) == ("scheduled", "all")
    assert replies["scheduledEndDateTime"] == END
    assert student.get(f"{SETTINGS}/automaticRepliesSetting")["status"] == "scheduled"


def test_what_is_not_sent_keeps_its_value(student: GraphPerson) -> None:
    change(student, automaticRepliesSetting={"internalReplyMessage": "Away.", "externalAudience": "none"})
    change(student, automaticRepliesSetting={"status": "alwaysEnabled"}, timeZone="UTC")
    settings = student.get(SETTINGS)
    assert settings["timeZone"] == "UTC"
    assert settings["dateFormat"] == "yyyy/MM/dd"
    assert settings["automaticRepliesSetting"]["internalReplyMessage"] == "Away."
    assert settings["automaticRepliesSetting"]["externalAudience"] == "none"


def test_an_automatic_reply_shows_in_the_mail_tips(simulator: Simulator, student: GraphPerson) -> None:
    wanted = {"status": "alwaysEnabled", "internalReplyMessage": "Away."}
    change(student, automaticRepliesSetting=wanted)
    body = {"EmailAddresses": [student.address], "MailTipsOptions": "automaticReplies"}
    tip = GraphPerson(simulator, "helpdesk").ask("POST", "/me/getMailTips", json=body).json()["value"][0]
    assert tip["automaticReplies"]["message"] == "Away."
    assert tip["automaticReplies"]["messageLanguage"]["locale"] == "en-US"
    assert "scheduledStartTime" not in tip["automaticReplies"]
    change(
        student,
        automaticRepliesSetting={"status": "scheduled", "scheduledStartDateTime": START, "scheduledEndDateTime": END},
    )
    tip = GraphPerson(simulator, "helpdesk").ask("POST", "/me/getMailTips", json=body).json()["value"][0]
    assert tip["automaticReplies"]["scheduledEndTime"] == END


@pytest.mark.parametrize(
    "zone", ["UTC", "UTC+12", "W. Europe Standard Time", "Asia/Tokyo", "Central Standard Time (Mexico)"]
)
def test_a_time_zone_has_a_name_of_windows_or_of_iana(student: GraphPerson, zone: str) -> None:
    assert student.right(change(student, timeZone=zone), 200)["timeZone"] == zone


def test_the_language_brings_its_own_name(student: GraphPerson) -> None:
    changed = student.right(change(student, language={"locale": "ja-JP", "displayName": "nonsense"}), 200)
    assert changed["language"] == {"locale": "ja-JP", "displayName": "日本語 (日本)"}
    assert student.get("/me/mailFolders/inbox")["displayName"] == "Inbox"


def test_working_hours_may_have_a_time_zone_made_to_order(student: GraphPerson) -> None:
    hours = {"endTime": "18:30:00.0000000", "daysOfWeek": ["Monday", "saturday"], "timeZone": CUSTOM}
    changed = student.right(change(student, workingHours=hours), 200)["workingHours"]
    assert changed["daysOfWeek"] == ["monday", "saturday"]
    assert (changed["startTime"], changed["endTime"]) == ("08:00:00.0000000", "18:30:00.0000000")
    assert changed["timeZone"]["@odata.type"] == "#microsoft.graph.customTimeZone"
    assert changed["timeZone"]["standardOffset"]["dayOfWeek"] == "sunday"


def test_what_is_not_for_the_owner_to_set_is_ignored(student: GraphPerson) -> None:
    before = student.get(SETTINGS)
    changed = student.right(change(student, userPurpose="shared", archiveFolder="x", dateFormat="d.M.yyyy"), 200)
    assert set(changed) == {"@odata.context", "dateFormat"}
    assert student.get(SETTINGS) == {**before, "dateFormat": "d.M.yyyy"}


REFUSED = [
    ({"nonsense": 1}, "RequestBodyRead"),
    ({"forwardingSmtpAddress": "a@example.com"}, "RequestBodyRead"),
    ({"timeZone": "Mars/Phobos"}, "InvalidTimeZone"),
    ({"timeZone": ""}, "InvalidTimeZone"),
    ({"timeZone": None}, "InvalidTimeZone"),
    ({"timeZone": 9}, "RequestBodyRead"),
    ({"language": {"locale": "nonsense"}}, "ErrorInvalidLocale"),
    ({"language": None}, "ErrorInvalidLocale"),
    ({"dateFormat": ""}, "ErrorInvalidArgument"),
    ({"workingHours": {"startTime": "08"}}, "RequestBodyRead"),
    ({"workingHours": {"startTime": "19:00:00", "endTime": "18:00:00"}}, "ErrorInvalidTimeSettings"),
    ({"workingHours": {"daysOfWeek": ["RandomDay"]}}, "InvalidArguments"),
    ({"workingHours": {"timeZone": {"name": "nonsense"}}}, "InvalidTimeZone"),
    ({"automaticRepliesSetting": {"status": "sometimes"}}, "InvalidArguments"),
    ({"automaticRepliesSetting": {"nonsense": 1}}, "RequestBodyRead"),
    (
        {
            "automaticRepliesSetting": {
                "status": "scheduled",
                "scheduledStartDateTime": END,
                "scheduledEndDateTime": START,
            }
        },
        "ErrorInvalidScheduledOofDuration",
    ),
    ({"delegateMeetingMessageDeliveryOptions": "nobody"}, "InvalidArguments"),
    ({"timeZone": "UTC", "dateFormat": None}, "ErrorInvalidArgument"),
]


@pytest.mark.parametrize(("body", "refusal"), REFUSED, ids=str)
def test_what_cannot_be_is_refused_whole(student: GraphPerson, body: dict[str, Any], refusal: str) -> None:
    """https://learn.microsoft.com/graph/api/user-update-mailboxsettings names the codes of working hours."""
    before = student.get(SETTINGS)
    assert code(change(student, **body)) == (400, refusal)
    assert student.get(SETTINGS) == before
