"""Questions that make something in the mailbox and take it away again. Their numbers are those of POINTS."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from live.question import NotTried, Question
from live.shape import Shape, shape_of
from live.side import MARK, MESSAGES, RULES, Side

MANY = 101


def bad_rule(**changed: Any) -> Callable[[Side], Shape]:
    """A rule that is wrong in one way; `...` leaves a member out."""
    return lambda side: shape_of(side.make_rule(**changed))


def rule_to_unknown_folder(side: Side) -> Shape:
    gone = side.json("/me/mailFolders/inbox")["id"][:-6] + "AAAAA="
    return shape_of(side.make_rule(actions={"moveToFolder": gone}))


def changed_rule(**change: Any) -> Callable[[Side], Shape]:
    def ask(side: Side) -> Shape:
        answer = side.ask("PATCH", made_path(side), json=change)
        return shape_of(
            answer, conditions="conditions" in answer.json(), actions=sorted(answer.json().get("actions", {}))
        )

    return ask


def made_path(side: Side, **changed: Any) -> str:
    """Of a new rule."""
    answer = side.make_rule(**changed)
    answer.raise_for_status()
    return side.made[-1]


def rule_life(side: Side) -> Shape:
    """Made, read, deleted, read again."""
    path = made_path(side)
    read = side.get(path)
    deleted = side.ask("DELETE", path)
    return shape_of(read, deleted=deleted.status_code, read_again=side.get(path).status_code)


def not_said_to_be_on(side: Side) -> Shape:
    answer = side.make_rule(isEnabled=...)
    return shape_of(answer, is_enabled=answer.json().get("isEnabled"))


def sequence_asked_for(side: Side) -> Shape:
    """First was asked for: what came?"""
    present = [row["sequence"] for row in side.json(RULES)["value"]]
    answer = side.make_rule(sequence=1)
    given = answer.json().get("sequence", 0)
    return shape_of(answer, place="last" if given > max(present, default=0) else "not last")


def same_sequence(side: Side) -> Shape:
    first = made_path(side)
    second = made_path(side)
    taken = side.json(first)["sequence"]
    answer = side.ask("PATCH", second, json={"sequence": taken})
    return shape_of(answer, still_there=side.json(first)["sequence"] == taken)


def closed_rule(method: str, **body: Any) -> Callable[[Side], Shape]:
    def ask(side: Side) -> Shape:
        named = [row for row in side.json(RULES)["value"] if row["displayName"] == side.closed_rule]
        if not named or not named[0]["isReadOnly"]:
            raise NotTried("LIVE_CLOSED_RULE does not name a read-only rule; make one in Outlook that may be lost.")
        return shape_of(side.ask(method, f"{RULES}/{quote(named[0]['id'], safe='')}", **body))

    return ask


def many_rules(side: Side) -> Shape:
    for _ in range(MANY):
        made_path(side)
    answer = side.get(RULES)
    more = "@odata.nextLink" in answer.json()
    return shape_of(answer, rows_on_a_full_page=len(answer.json()["value"]) if more else "all")


def deleted_from(folder: str) -> Callable[[Side], Shape]:
    def ask(side: Side) -> Shape:
        subject, message = letter_in(side, folder)
        answer = side.ask("DELETE", f"{MESSAGES}/{message}")
        return shape_of(answer, then_in=", ".join(where(side, subject)))

    return ask


def deleted_from_recoverable_items(side: Side) -> Shape:
    subject, message = letter_in(side, "deleteditems")
    side.ask("DELETE", f"{MESSAGES}/{message}").raise_for_status()
    found = found_in(side, "recoverableitemsdeletions", subject)
    if not found:
        raise NotTried("A message deleted from Deleted Items was not found in Recoverable Items.")
    return shape_of(side.ask("DELETE", f"{MESSAGES}/{found[0]}"))


def moved(side: Side) -> Shape:
    _, message = letter_in(side, "inbox")
    answer = side.ask("POST", f"{MESSAGES}/{message}/move", json={"destinationId": "archive"})
    after = quote(answer.json().get("id", ""), safe="")
    side.made.append(f"{MESSAGES}/{after}")
    return shape_of(answer, id_changed=after != message)


def letter_in(side: Side, folder: str) -> tuple[str, str]:
    """Its subject, which no other has, and its id for a path. It is never sent."""
    subject = f"{MARK} {uuid.uuid4()}"
    answer = side.ask("POST", MESSAGES, json={"subject": subject})
    answer.raise_for_status()
    draft = quote(answer.json()["id"], safe="")
    answer = side.ask("POST", f"{MESSAGES}/{draft}/move", json={"destinationId": folder})
    answer.raise_for_status()
    message = quote(answer.json()["id"], safe="")
    side.made.append(f"{MESSAGES}/{message}")
    return subject, message


def where(side: Side, subject: str) -> list[str]:
    """What can still be taken away is; Recoverable Items keep theirs for some days."""
    folders = ("inbox", "deleteditems", "recoverableitemsdeletions")
    found = {folder: found_in(side, folder, subject) for folder in folders}
    side.made += [f"{MESSAGES}/{message}" for folder in folders[:2] for message in found[folder]]
    return [folder for folder in folders if found[folder]] or ["no folder"]


def found_in(side: Side, folder: str, subject: str) -> list[str]:
    rows = side.json(f"/me/mailFolders/{folder}/messages?$select=subject&$top=50")["value"]
    return [quote(row["id"], safe="") for row in rows if row["subject"] == subject]


def folder_life(side: Side) -> Shape:
    """Made, then deleted: to where?"""
    answer = side.make("/me/mailFolders", {"displayName": f"{MARK} {uuid.uuid4()}"})
    folder = side.made[-1] if answer.ok else ""
    deleted = side.ask("DELETE", folder).status_code if folder else "not made"
    return shape_of(answer, deleted=deleted, read_again=side.get(folder).status_code if folder else "not made")


NOBODY = [{"emailAddress": {"name": "nobody", "address": "not an address"}}]
ELEVEN = [{"emailAddress": {"address": f"{MARK}-{number}@example.com"}} for number in range(11)]
SIZES = {"minimumSize": 20, "maximumSize": 10}
QUESTIONS = (
    Question(0, "rule made", bad_rule()),
    Question(0, "rule read and deleted", rule_life),
    Question(0, "rule changed", changed_rule(conditions={"senderContains": [MARK]}, isEnabled=False)),
    Question(0, "message moved", moved),
    Question(0, "folder made and deleted", folder_life),
    Question(5, "deleted from the Inbox", deleted_from("inbox")),
    Question(5, "deleted from Deleted Items", deleted_from("deleteditems")),
    Question(5, "deleted from Recoverable Items", deleted_from_recoverable_items),
    Question(6, "no actions", bad_rule(actions=...)),
    Question(6, "empty actions", bad_rule(actions={})),
    Question(6, "no name", bad_rule(displayName=...)),
    Question(6, "empty name", bad_rule(displayName="")),
    Question(6, "bad address", bad_rule(actions={"forwardTo": NOBODY})),
    Question(6, "eleven recipients", bad_rule(actions={"redirectTo": ELEVEN})),
    Question(6, "no recipients", bad_rule(actions={"forwardTo": []})),
    Question(6, "unknown folder", rule_to_unknown_folder),
    Question(6, "nonsense for a folder", bad_rule(actions={"moveToFolder": "nonsense"})),
    Question(6, "sizes the wrong way round", bad_rule(conditions={"withinSizeRange": SIZES})),
    Question(6, "size below zero", bad_rule(conditions={"withinSizeRange": {"minimumSize": -1}})),
    Question(6, "empty word", bad_rule(conditions={"subjectContains": [""]})),
    Question(6, "no words", bad_rule(conditions={"subjectContains": []})),
    Question(6, "unknown importance", bad_rule(conditions={"importance": "nonsense"})),
    Question(6, "unknown condition", bad_rule(conditions={"nonsense": True})),
    Question(6, "sequence below zero", bad_rule(sequence=-1)),
    Question(6, "an id that was chosen", bad_rule(id="AQAAAJ5dZqA=")),
    Question(6, "conditions: null", changed_rule(conditions=None)),
    Question(6, "conditions: {}", changed_rule(conditions={})),
    Question(6, "actions: null", changed_rule(actions=None)),
    Question(6, "actions: {}", changed_rule(actions={})),
    Question(7, "isEnabled left out", not_said_to_be_on),
    Question(7, "sequence left out", bad_rule(sequence=...)),
    Question(7, "sequence asked for", sequence_asked_for),
    Question(7, "a sequence twice", same_sequence),
    Question(8, "read-only rule changed", closed_rule("PATCH", json={"isEnabled": False})),
    Question(8, "read-only rule deleted", closed_rule("DELETE")),
    Question(10, "well-known name in moveToFolder", bad_rule(actions={"moveToFolder": "archive"})),
    *(Question(10, f"a name of {size}", bad_rule(displayName=MARK.ljust(size, "x"))) for size in (256, 257, 512, 1025)),
    Question(11, f"{MANY} rules", many_rules, ("value[]", "@odata.nextLink")),
)
