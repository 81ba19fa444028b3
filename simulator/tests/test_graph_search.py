"""`$search` of messages: https://learn.microsoft.com/graph/search-query-parameter"""

from __future__ import annotations

import pytest

from tests.graph_person import GraphPerson, code
from tests.letter import letter
from tests.simulator_control import Simulator

SEARCHES = [
    ("pizza", {"Lunch"}),
    ('"pizza"', {"Lunch"}),
    ('"pizza OR slides"', {"Lunch", "Talk"}),
    ('"the slides"', {"Talk"}),
    ('"slides NOT subject:talk"', set()),
    ('"-pizza"', {"Talk", "補講"}),
    ('"(pizza OR slides) AND from:boss"', {"Talk"}),
    ('"from:boss@example.com"', {"Talk"}),
    ('"to:new.student"', {"Lunch", "Talk", "補講"}),
    ('"cc:team"', {"Talk"}),
    ('"participants:team"', {"Talk"}),
    ('"recipients:nobody"', set()),
    ('"subject:補講"', {"補講"}),
    ('"body:教室"', {"補講"}),
    ('"importance:high"', {"Talk"}),
    ('"hasAttachments:false"', {"Lunch", "Talk", "補講"}),
    ('"attachment:slides.pdf"', set()),
    ('"isread:false"', {"Lunch", "Talk", "補講"}),
    ('"kind:email"', {"Lunch", "Talk", "補講"}),
    ('"category:ゼミ"', {"補講"}),
    ('"sent:2026-09-01"', {"Lunch"}),
    ('"sent<2026-10-01"', {"Lunch"}),
    ('"sent>=2026-10-01"', {"Talk", "補講"}),
    ('"received>2020-01-01"', {"Lunch", "Talk", "補講"}),
    ('"size>1"', {"Lunch", "Talk", "補講"}),
    ('"size<1"', set()),
    ('"subject<>Lunch"', {"Talk", "補講"}),
    ('"nonsense:pizza"', set()),
    ('"pizz*"', {"Lunch"}),
    ('"subject:\\"Lunch\\""', {"Lunch"}),
    ("Pizza slides", set()),
    ('"a)("', {"Lunch", "Talk", "補講"}),
]


@pytest.fixture
def student(simulator: Simulator) -> GraphPerson:
    person = GraphPerson(simulator, "new.student")
    old, new = "Tue, 01 Sep 2026 12:00:00 +0900", "Sun, 01 Nov 2026 12:00:00 +0900"
    simulator.deliver(person.address, letter("Lunch", "A pizza at noon.\n", to=person.address, Date=old))
    boss = {"From": "Boss <boss@example.com>", "Cc": "team@example.com", "Importance": "high"}
    simulator.deliver(person.address, letter("Talk", "About the slides.\n", to=person.address, Date=new, **boss))
    simulator.deliver(
        person.address, letter("補講", "教室は201です。a\n", to=person.address, Date=new, Keywords="ゼミ")
    )
    return person


@pytest.mark.parametrize(("text", "subjects"), SEARCHES, ids=[text for text, _ in SEARCHES])
def test_a_search_finds_these_messages(student: GraphPerson, text: str, subjects: set[str]) -> None:
    rows = student.get("/me/messages", params={"$search": text})["value"]
    assert {row["subject"] for row in rows} == subjects


@pytest.mark.parametrize(
    ("query", "refused"),
    [
        ({"$orderby": "subject"}, "SearchWithOrderBy"),
        ({"$filter": "isRead eq false"}, "SearchWithFilter"),
        ({"$skip": "1"}, "SearchWithSkip"),
    ],
)
def test_a_search_stands_alone(student: GraphPerson, query: dict[str, str], refused: str) -> None:
    """Seen at https://github.com/visionik/mogcli/issues/11"""
    answer = student.ask("GET", "/me/messages", params={"$search": "pizza", **query})
    assert code(answer) == (400, refused)
    assert answer.json()["error"]["message"].endswith("is not supported with '$search'.")


@pytest.mark.parametrize("text", ["from:boss", "a-b", '"half', "", " "])
def test_a_search_without_quotes_takes_words_only(student: GraphPerson, text: str) -> None:
    answer = student.ask("GET", "/me/messages", params={"$search": text})
    assert code(answer) == (400, "BadRequest")
    assert "Syntax error" in answer.json()["error"]["message"]


def test_what_was_found_comes_in_pages_that_a_token_joins(student: GraphPerson) -> None:
    first = student.get("/me/mailFolders/inbox/messages", params={"$search": '"kind:email"', "$top": "2"})
    assert "$skiptoken=" in first["@odata.nextLink"]
    rest = student.get(first["@odata.nextLink"])
    assert len(first["value"]) + len(rest["value"]) == 3
    assert "@odata.nextLink" not in rest
    assert code(student.ask("GET", "/me/messages?$search=a&$skiptoken=nonsense")) == (400, "BadRequest")


def test_folders_cannot_be_searched(student: GraphPerson) -> None:
    assert code(student.ask("GET", '/me/mailFolders?$search="x"')) == (400, "BadRequest")
