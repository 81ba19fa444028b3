"""The settings of a mailbox; nothing here tells of forwarding: Graph has no property for it.

https://learn.microsoft.com/graph/api/user-get-mailboxsettings
https://learn.microsoft.com/graph/api/user-update-mailboxsettings
"""

import functools
import re
from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from django.http import HttpResponse

from m365_simulator.graph import errors
from m365_simulator.graph.body import read_members
from m365_simulator.graph.call import Call, answer_json
from m365_simulator.graph.odata.options import read_options_of_one
from m365_simulator.graph.vocabulary import SETTINGS
from m365_simulator.mailbox.mailbox import Mailbox

LOCALES = {
    "ja": {"locale": "ja-JP", "displayName": "日本語 (日本)"},
    "en": {"locale": "en-US", "displayName": "English (United States)"},
}
NAMES = {it["locale"]: it["displayName"] for it in LOCALES.values()} | {
    "de-DE": "Deutsch (Deutschland)",
    "en-GB": "English (United Kingdom)",
    "fr-FR": "français (France)",
    "ko-KR": "한국어(대한민국)",
    "zh-CN": "中文(中国)",
}
LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?-[A-Z]{2}", re.ASCII)
WINDOWS_ZONE = re.compile(r"UTC([+-]\d\d)?|[A-Z][A-Za-z0-9. ]* Standard Time( \(Mexico\))?", re.ASCII)
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
READ_ONLY = ("archiveFolder", "userPurpose")


@functools.cache
def iana_zones() -> set[str]:
    return available_timezones()


def list_settings(mailbox: Mailbox) -> dict[str, Any]:
    hours = {
        "daysOfWeek": list(WEEK),
        "startTime": "08:00:00.0000000",
        "endTime": "17:00:00.0000000",
        "timeZone": {"name": "Tokyo Standard Time"},
    }
    usual = {
        "archiveFolder": mailbox.folder("archive").id,
        "timeZone": "Tokyo Standard Time",
        "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
        "dateFormat": "yyyy/MM/dd",
        "timeFormat": "H:mm",
        "userPurpose": "user",
        "automaticRepliesSetting": _no_replies(),
        "language": LOCALES[mailbox.owner.language],
        "workingHours": hours,
    }
    return usual | mailbox.settings


def _no_replies() -> dict[str, Any]:
    noon = {"dateTime": "2026-11-24T03:00:00.0000000", "timeZone": "UTC"}
    return {
        "status": "disabled",
        "externalAudience": "all",
        "internalReplyMessage": "",
        "externalReplyMessage": "",
        "scheduledStartDateTime": noon,
        "scheduledEndDateTime": noon,
    }


def detail(call: Call) -> HttpResponse:
    asked = read_options_of_one(call.request.GET, SETTINGS)
    every = list_settings(call.mailbox)
    wanted = asked.select or tuple(every)
    context = {"@odata.context": call.context("mailboxSettings", asked)}
    return answer_json({**context, **{name: value for name, value in every.items() if name in wanted}})


def part(call: Call) -> HttpResponse:
    """`…/mailboxSettings/timeZone`: a complex value as it is, a plain one as "value"."""
    wanted = call.ids["setting"].casefold()
    for name, value in list_settings(call.mailbox).items():
        if name.casefold() == wanted:
            context = {"@odata.context": call.context(f"mailboxSettings/{name}")}
            return answer_json({**context, **(value if isinstance(value, dict) else {"value": value})})
    raise errors.unknown_segment(call.ids["setting"])


def update(call: Call) -> HttpResponse:
    """The answer has the settings that were sent. Raises GraphError (400) and changes nothing otherwise."""
    given = {name: value for name, value in read_members(call.body(), SETTINGS.short).items() if name not in READ_ONLY}
    now = list_settings(call.mailbox)
    made = {name: CHECKS[name](value, now[name]) if name in CHECKS else value for name, value in given.items()}
    call.mailbox.settings |= made
    return answer_json({"@odata.context": call.context("mailboxSettings"), **made})


def _merged(value: Any, now: dict[str, Any]) -> dict[str, Any]:
    """What was not sent keeps its value."""
    return {**now, **{name: member for name, member in (value or {}).items() if member is not None}}


def _replies(value: Any, now: dict[str, Any]) -> dict[str, Any]:
    made = _merged(value, now)
    ends = [made[name] for name in ("scheduledStartDateTime", "scheduledEndDateTime")]
    for end in ends:
        _zone(end.get("timeZone") or "UTC", None)
    start, end = (str(it.get("dateTime")) for it in ends)
    if made["status"] == "scheduled" and start >= end:
        raise errors.bad_request("The scheduled start must be before the end.", "ErrorInvalidScheduledOofDuration")
    return made


def _language(value: Any, now: dict[str, Any]) -> dict[str, Any]:
    """The name follows from the locale, whatever was sent."""
    locale = (value or {}).get("locale")
    if not isinstance(locale, str) or not LOCALE.fullmatch(locale):
        raise errors.bad_request("The specified locale is not valid.", "ErrorInvalidLocale")
    return {"locale": locale, "displayName": NAMES.get(locale, locale)}


def _zone(value: Any, now: Any) -> str:
    """By its Windows name or its IANA name."""
    if not isinstance(value, str) or not (WINDOWS_ZONE.fullmatch(value) or value in iana_zones()):
        raise errors.bad_request("Time Zone settings provided are invalid.", "InvalidTimeZone")
    return value


def _hours(value: Any, now: dict[str, Any]) -> dict[str, Any]:
    made = _merged(value, now)
    if made["startTime"] >= made["endTime"]:
        raise errors.bad_request("Start Time should occur before End Time.", "ErrorInvalidTimeSettings")
    if "@odata.type" not in made["timeZone"]:
        _zone(made["timeZone"].get("name"), None)
    return made


def _text(value: Any, now: str) -> str:
    """A format; empty or null is none."""
    if not value:
        raise errors.bad_request("The specified format is not valid.", "ErrorInvalidArgument")
    return str(value)


CHECKS: dict[str, Callable[[Any, Any], Any]] = {
    "automaticRepliesSetting": _replies,
    "dateFormat": _text,
    "delegateMeetingMessageDeliveryOptions": lambda value, now: value or now,
    "language": _language,
    "timeFormat": _text,
    "timeZone": _zone,
    "workingHours": _hours,
}
