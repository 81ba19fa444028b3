"""The judge itself: what it must see, on mailboxes made up for it, and what it must not accuse."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from tests.sequences import agreement, shown
from tests.sequences.answers import Answer, Claim, Page
from tests.sequences.ledger import Ledger
from tests.sequences.mailbox import Rule
from tests.sequences.plan import Sending, drawn
from tests.sequences.sent import Sent
from tests.sequences.tabs import Form

ENTRY = """<main><li class="change" id="change-1"><time datetime="2026-11-24T18:00:00.5+00:00">18:00</time><div>
<h3><span>{heading}</span></h3><p class="change-rule"><b>{name}</b></p><p>{sentence}</p></div></li></main>"""


def rule(number: int, word: str, **more: Any) -> Rule:
    made = {"id": str(number), "displayName": f"Rule {number}", "sequence": number, "isEnabled": True}
    return {**made, "conditions": {"subjectContains": [word]}, "actions": {"markAsRead": True}, **more}


def sent(marker: str, change: str, status: int, words: str = "", rule_id: str = "", **values: Any) -> Sent:
    sending = Sending(marker, 0, change, old_page=False, same=False, pick=0, other=0)
    form = Form(change, "/", "/", values, rule_id, "Rule 1")
    answer = Answer(status, Page("/", 200, f"<main>{words}</main>"), "/en/rules/" if status == 302 else "")
    return Sent(sending, form, values, marker, "fresh", "none", (), answer=answer)


def ledger(forms: Sequence[Sent], *mailboxes: Sequence[Rule]) -> Ledger:
    """Of a mailbox that looks like this, one look after the other."""
    looks = iter(tuple(each) for each in mailboxes)
    made = Ledger(SimpleNamespace(rules=lambda: next(looks)))  # type: ignore[arg-type]
    made.begin()
    made.sent = list(forms)
    for _ in mailboxes[1:]:
        made.look()
    return made


def kinds(made: Ledger, *entries: str) -> list[str]:
    pages = [Page("/", 200, entry) for entry in entries]
    found = [entry for page in pages for entry in shown.history(page)]
    return [wrong.what for wrong in (*made.wrong, *agreement.of_forms(made), *agreement.of_history(found, made))]


def entry(heading: str, name: str = "Rule 1", word: str = "") -> str:
    return ENTRY.format(heading=heading, name=name, sentence=f"If the subject contains “{word}”, mark it.")


def test_a_rule_that_was_made_and_is_in_the_history_once_is_right() -> None:
    made = ledger([sent("w1-1a", "make", 302)], [], [rule(1, "w1-1a")])
    assert kinds(made, entry("A rule was made", word="w1-1a")) == []


def test_a_rule_that_is_there_twice_is_seen() -> None:
    made = ledger([sent("w1-1a", "make", 302)], [], [rule(1, "w1-1a"), rule(2, "w1-1a")])
    assert "one form was carried out more than once" in kinds(made, entry("A rule was made", word="w1-1a"))


def test_an_effect_that_the_answer_denies_is_seen() -> None:
    made = ledger([sent("w1-1a", "make", 502, "Nothing was changed.")], [], [rule(1, "w1-1a")])
    assert kinds(made) == [
        "made, and the answer said that nothing was changed",
        "a change is not in the history as made",
    ]


def test_a_late_effect_is_laid_to_the_form_in_doubt_and_not_to_the_one_refused_after_it() -> None:
    doubtful = sent("w1-1a", "switch", 409, "Its answer did not come.", "1", enabled=["0"])
    refused = sent("w1-2a", "switch", 409, "Nothing was changed.", "1", enabled=["0"])
    made = ledger([doubtful, refused], [rule(1, "x")], [rule(1, "x", isEnabled=False)])
    assert kinds(made, entry("A rule was turned off")) == []
    assert (doubtful.effects, refused.effects) == (1, 0)


def test_a_change_that_the_history_credits_twice_is_seen() -> None:
    form = sent("w1-1a", "switch", 302, "", "1", enabled=["0"])
    made = ledger([form], [rule(1, "x")], [rule(1, "x", isEnabled=False)])
    twice = entry("A rule was turned off")
    assert kinds(made, twice, twice) == ["the history has a change that was not made"]


def test_a_condition_that_an_edit_takes_away_is_seen() -> None:
    before = rule(1, "x", conditions={"subjectContains": ["x"], "importance": "high"})
    made = ledger([sent("w1-1a", "edit", 302, "", "1")], [before], [rule(1, "w1-1a")])
    assert "parts of a rule were lost that no form shows" in kinds(made, entry("A rule was changed", word="w1-1a"))


def test_an_entry_is_known_by_the_word_that_is_new() -> None:
    before, after = entry("A rule was changed", word="w1-1a"), entry("", word="w1-2a, and sent to w1-1a@example.com")
    versions = after[after.index("<p class") : after.index("</div>")]
    (found,) = shown.history(Page("/", 200, before.replace("</div>", f"{versions}</div>")))
    assert found.key == ("edit", "w1-2a")


def test_an_entry_that_stays_open_is_seen() -> None:
    assert kinds(ledger([], []), entry("A rule may have been deleted")) == ["an entry of the history stays open"]


@pytest.mark.parametrize(
    ("status", "words", "claim"),
    [
        (302, "", Claim.DONE),
        (409, "The rule was deleted meanwhile. Nothing was changed.", Claim.REFUSED),
        (409, "<div class='note note-doubt' id='problem' role='alert'>It may still be made.</div>", Claim.DOUBT),
        (404, "<div class='note note-doubt'>It may still come.</div> Nothing was changed.", Claim.REFUSED),
        (422, "There is a problem", Claim.MISTAKE),
        (500, "", Claim.CRASH),
    ],
)
def test_an_answer_is_read(status: int, words: str, claim: Claim) -> None:
    assert sent("w1-1a", "make", status, words).claim is claim


def test_the_same_seed_and_number_draw_the_same_sequence() -> None:
    assert [drawn("a", number) for number in range(50)] == [drawn("a", number) for number in range(50)]
    assert drawn("a", 1) != drawn("b", 1)
