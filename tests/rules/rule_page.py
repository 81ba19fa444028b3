"""What the tests of the rules' pages share: addresses, rules and what may be typed, and finding a rule on a page."""

from __future__ import annotations

from typing import Any

from bs4 import Tag
from hypothesis import strategies as st

from portal.mailbox.vocabulary import ACTIONS, PREDICATES, Term, TermKind
from portal.rules.list import RuleId
from tests.front_door import Page, Reader
from tests.simulator_control import Simulator

COLLECTOR = "rule.collector@example.ac.jp"
NEW = "/ja/rules/new/"
STUDENT = "new.student@example.ac.jp"
RULES = "/me/mailFolders/inbox/messageRules"
NEW_RULE = {"subject_contains": "課題", "mark_as_read": "on", "name": "新しいルール"}

texts = st.text(max_size=40)
# What somebody may send for the fields of a rule's form, the hidden ones included.
typed_texts = st.fixed_dictionaries(
    {
        name: texts
        for name in ("name", "from_addresses", "sent_to_addresses", "subject_contains", "body_contains", "forward_to")
    },
    optional={
        "move_to_folder": texts,
        "has_attachments": texts,
        "everything": st.just("on"),
        "delete": st.just("on"),
        "ticket": texts,
        "digest": texts,
    },
)


def sample(term: Term, folder: str) -> Any:
    """A value for the term in Graph's JSON."""
    return {
        TermKind.WORDS: ["課題", "report"],
        TermKind.PEOPLE: [{"emailAddress": {"name": "Somebody", "address": "somebody@example.com"}}],
        TermKind.YES: True,
        TermKind.CHOICE: (*term.choices, "")[0],
        TermKind.SIZE: {"minimumSize": 10, "maximumSize": 20},
        TermKind.FOLDER: folder,
    }[term.kind]


def everything(folder: str) -> dict[str, Any]:
    """A rule, in Graph's JSON, that uses every predicate, twice, and every action."""
    predicates = {term.graph: sample(term, folder) for term in PREDICATES.values()}
    actions = {term.graph: sample(term, folder) for term in ACTIONS.values()}
    return {
        "displayName": "All of it",
        "sequence": 1,
        "isEnabled": True,
        "conditions": predicates,
        "exceptions": predicates,
        "actions": actions,
    }


def made(simulator: Simulator, address: str, **members: Any) -> dict[str, Any]:
    """A rule made in Outlook."""
    body = {"displayName": "x", "sequence": 1, "isEnabled": True, "actions": {"markAsRead": True}, **members}
    return simulator.graph(address, "POST", RULES, body)


def inbox(simulator: Simulator, address: str) -> str:
    return simulator.graph(address, "GET", "/me/mailFolders/inbox")["id"]


def named(simulator: Simulator, address: str, name: str) -> dict[str, Any]:
    return next(rule for rule in simulator.rules(address) if rule["displayName"] == name)


def row(page: Page, name: str) -> Tag:
    """The rule of that name in the list."""
    return next(tag for tag in page.all(".rule") if name in tag.select_one("h3").get_text())  # type: ignore[union-attr]


def link(page: Page, name: str, words: str) -> str:
    """The address of one of the rule's links."""
    found = next(tag for tag in row(page, name).select("a") if words in tag.get_text())
    return str(found["href"])


def edit_page(reader: Reader, name: str, language: str = "ja") -> Page:
    words = {"ja": "編集", "en": "Edit"}[language]
    return reader.open(link(reader.open(f"/{language}/rules/"), name, words))


def switch(page: Page, name: str) -> str:
    """The CSS selector of the form that turns the rule on or off."""
    return f"#{row(page, name)['id']} form"


def errors(page: Page) -> list[str]:
    """The summary's lines; each leads to a field that carries the same words."""
    for item in page.all(".errors a"):
        field = page.soup.select_one(str(item["href"]))
        assert field is not None, item
        assert field["aria-invalid"] == "true"
        described = " ".join(page.words(f"#{tag}") for tag in str(field["aria-describedby"]).split())
        assert item.get_text() in described
    return [item.get_text() for item in page.all(".errors a")]


def folder_id(page: Page, name: str) -> str:
    return next(str(o["value"]) for o in page.all("option") if o.get_text().strip("\u3000") == name)


def encoded(rule_id: str) -> str:
    """The id as it stands in an address."""
    return RuleId().to_url(rule_id)


def change(simulator: Simulator, address: str, name: str, **members: Any) -> None:
    """Somebody changes the rule in Outlook."""
    rule = named(simulator, address, name)
    simulator.graph(address, "PATCH", f"{RULES}/{rule['id'].replace('=', '%3D').replace('/', '%2F')}", members)


def delete_page(reader: Reader, name: str) -> Page:
    return reader.open(link(reader.open("/ja/rules/"), name, "削除"))


def writes(simulator: Simulator) -> list[str]:
    """The methods of the requests that changed rules."""
    requests = simulator.requests()["requests"]
    return [each["method"] for each in requests if "messageRules" in each["path"] and each["method"] != "GET"]
