"""A mailbox in which everything is there that Microsoft's pages speak of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import requests

from tests.graph_person import RULES, GraphPerson
from tests.letter import letter
from tests.simulator_control import Simulator

SCOPES = ("User.Read", "Mail.ReadWrite", "MailboxSettings.ReadWrite")


class Arranged:
    """What the pages' ids and addresses stand for; each thing is made when it is asked for."""

    def __init__(self, simulator: Simulator, pages: dict[str, list[dict[str, Any]]]) -> None:
        self.simulator = simulator
        self.pages = pages
        self.person = GraphPerson(simulator, "full.mailbox", SCOPES)

    def make(self, what: str) -> str:
        """Its id or address, as it stands in a path."""
        made: Callable[[], str] = getattr(self, what.replace(" ", "_"))
        return quote(made(), safe="@")

    def send(self, page: str, number: int = 1) -> requests.Response:
        """A page's own example request, as it is printed."""
        return ask(self.person, self.pages[page][number - 1]["request"])

    def rule(self) -> str:
        answer = self.send("mailfolder-post-messagerules")
        return str(self.person.right(answer, 201)["id"])

    def spam_rule(self) -> str:
        """The other rule of https://learn.microsoft.com/graph/api/mailfolder-list-messagerules"""
        wanted = {
            "displayName": "Remove spam",
            "sequence": 1,
            "isEnabled": True,
            "conditions": {"subjectContains": ["enter to win"]},
            "actions": {"delete": True, "stopProcessingRules": True},
        }
        return str(self.person.right(self.person.ask("POST", RULES, json=wanted), 201)["id"])

    def folder(self) -> str:
        """One with folders below it."""
        rows = self.person.every("/me/mailFolders")
        return next(str(row["id"]) for row in rows if row["childFolderCount"])

    def message(self) -> str:
        wanted = letter(
            subject="9/9/2018: concert",
            to=f"Alex Wilber <{self.person.address}>",
            From="Adele Vance <adelev@contoso.example>",
            Message_ID="<MWHPR6E1BE060@contoso.example>",
        )
        self.simulator.deliver(self.person.address, wanted)
        rows = self.person.every("/me/mailFolders/inbox/messages?$select=subject")
        return next(str(row["id"]) for row in rows if row["subject"] == "9/9/2018: concert")

    def draft(self) -> str:
        wanted = {"subject": "Did you see last night's game?", "toRecipients": []}
        return str(self.person.right(self.person.ask("POST", "/me/messages", json=wanted), 201)["id"])

    def green_message(self) -> str:
        return self.message_with("String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color", "Green")

    def message_of_a_connector(self) -> str:
        name = "CLSID {00062008-0000-0000-C000-000000000046} Name ConnectorSenderGuid"
        return self.message_with(name, "b9cf8971-7d55-4b73-9ffa-a584611b600b")

    def message_in_colour_12(self) -> str:
        return self.message_with("Integer {66f5a359-4659-4830-9070-00047ec6ac6e} Name Pallete", "12")

    def message_with(self, name: str, value: str) -> str:
        """https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-post-singlevalueextendedproperties"""
        message = self.message()
        wanted = {"singleValueExtendedProperties": [{"id": name, "value": value}]}
        self.person.right(self.person.ask("PATCH", f"/me/messages/{quote(message)}", json=wanted), 200)
        return message

    def custom_time_zone(self) -> str:
        self.person.right(self.send("user-update-mailboxsettings", 2), 200)
        return "Customized Time Zone"

    def somebody_away(self) -> str:
        away = GraphPerson(self.simulator, "forwarder", SCOPES)
        days = ("2026-11-20T02:00:00.0000000", "2026-12-20T02:00:00.0000000")
        begin, end = ({"dateTime": day, "timeZone": "UTC"} for day in days)
        wanted = {"status": "scheduled", "internalReplyMessage": "I am on vacation."}
        setting = {**wanted, "scheduledStartDateTime": begin, "scheduledEndDateTime": end}
        answer = away.ask("PATCH", "/me/mailboxSettings", json={"automaticRepliesSetting": setting})
        away.right(answer, 200)
        return away.address

    def somebody_here(self) -> str:
        return "helpdesk@example.ac.jp"


def ask(person: GraphPerson, request: dict[str, Any]) -> requests.Response:
    """`{"method", "path", "headers"?, "body"?}`"""
    sent: dict[str, Any] = {"headers": request.get("headers", {})}
    if "body" in request:
        sent["json"] = request["body"]
    return person.ask(request["method"], request["path"], **sent)
