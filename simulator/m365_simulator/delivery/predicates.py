"""The thirty predicates of an inbox rule, tried on an arrived message.

All predicates of a rule must hold; of several words or people in one, any is enough; one
exception that holds cancels the rule. Words are compared without case.
https://learn.microsoft.com/graph/api/resources/messagerulepredicates
"""

from collections.abc import Callable, Iterable
from typing import Any

from m365_simulator import switches
from m365_simulator.mail import markers
from m365_simulator.mail.headers import Address
from m365_simulator.mail.message import Content

KB = 1024
Test = Callable[[Content, str, Any], bool]


def applies(rule: dict[str, Any], content: Content, own: str) -> bool:
    """Whether the conditions and exceptions of a rule let it act; `own` is the address."""
    return all(holds(content, own, *member) for member in rule["conditions"].items()) and not any(
        holds(content, own, *member) for member in rule["exceptions"].items()
    )


def holds(content: Content, own: str, name: str, value: Any) -> bool:
    """Whether one predicate holds."""
    if name in markers.FLAG_PREDICATES:
        return markers.FLAG_PREDICATES[name](content)
    return TESTS[name](content, own, value)


def contains(text: str, words: Iterable[str]) -> bool:
    folded = text.casefold()
    return any(word.casefold() in folded for word in words)


def _lines(people: Iterable[Address]) -> str:
    return "\n".join(str(person) for person in people)


def _addresses(people: Iterable[Address]) -> set[str]:
    return {person.address.casefold() for person in people}


def _listed(people: list[dict[str, Any]]) -> set[str]:
    return {person["emailAddress"]["address"].casefold() for person in people}


def _body_or_subject(content: Content, _: str, words: list[str]) -> bool:
    return contains(content.subject, words) or contains(content.text, words)


def _headers(content: Content, _: str, words: list[str]) -> bool:
    return contains("\n".join(f"{name}: {value}" for name, value in content.headers), words)


def _categories(content: Content, _: str, words: list[str]) -> bool:
    held = {word.casefold() for word in markers.categories(content)}
    return any(word.casefold() in held for word in words)


def _flag(content: Content, _: str, wanted: str) -> bool:
    found = markers.action_flag(content)
    return bool(found) and wanted in ("any", found)


def _size(content: Content, _: str, ends: dict[str, int]) -> bool:
    """Kilobytes, both ends included."""
    least, most = ends.get("minimumSize", 0), ends.get("maximumSize")
    return least * KB <= content.size and (most is None or content.size <= most * KB)


def _to_me(content: Content, own: str, _: Any) -> bool:
    return own.casefold() in _addresses(content.to)


def _cc_me(content: Content, own: str, _: Any) -> bool:
    return own.casefold() in _addresses(content.cc)


def _only_to_me(content: Content, own: str, _: Any) -> bool:
    return _addresses((*content.to, *content.cc)) == {own.casefold()} and _to_me(content, own, _)


def _not_to_me(content: Content, own: str, _: Any) -> bool:
    """EWS looks at To alone; Graph's page speaks of any recipient (switch)."""
    among = content.to if switches.value("not_sent_to_me") == "to" else (*content.to, *content.cc)
    return own.casefold() not in _addresses(among)


TESTS: dict[str, Test] = {
    "bodyContains": lambda content, _, words: contains(content.text, words),
    "bodyOrSubjectContains": _body_or_subject,
    "categories": _categories,
    "fromAddresses": lambda content, _, people: content.sender.address.casefold() in _listed(people),
    "headerContains": _headers,
    "importance": lambda content, _, wanted: markers.importance(content) == wanted,
    "messageActionFlag": _flag,
    "notSentToMe": _not_to_me,
    "recipientContains": lambda content, _, words: contains(_lines((*content.to, *content.cc)), words),
    "senderContains": lambda content, _, words: contains(str(content.sender), words),
    "sensitivity": lambda content, _, wanted: markers.sensitivity(content) == wanted,
    "sentCcMe": _cc_me,
    "sentOnlyToMe": _only_to_me,
    "sentToAddresses": lambda content, _, people: bool(_addresses((*content.to, *content.cc)) & _listed(people)),
    "sentToMe": _to_me,
    "sentToOrCcMe": lambda content, own, _: _to_me(content, own, _) or _cc_me(content, own, _),
    "subjectContains": lambda content, _, words: contains(content.subject, words),
    "withinSizeRange": _size,
}
