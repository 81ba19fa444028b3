"""What is attached, and the message as it came."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.graph_person import GraphPerson, code
from tests.letter import letter
from tests.simulator_control import Simulator

PDF = b"%PDF-1.7\n"


def with_files(to: str) -> bytes:
    """A file, a picture that the body shows, and a message."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = "a@example.com", to, "Files"
    made.set_content("Look.\n")
    made.add_attachment(PDF, "application", "pdf", filename="課題.pdf")
    made.add_attachment(b"GIF", "image", "gif", cid="<pic@example.com>", disposition="inline")
    inner = EmailMessage(policy=SMTP)
    inner["Subject"] = "Inner"
    inner.set_content("inside\n")
    made.add_attachment(inner)
    return made.as_bytes()


@pytest.fixture
def student(simulator: Simulator) -> GraphPerson:
    person = GraphPerson(simulator, "new.student")
    simulator.deliver(person.address, with_files(person.address))
    return person


@pytest.fixture
def path(student: GraphPerson) -> str:
    return f"/me/messages/{student.get('/me/messages')['value'][0]['id']}"


def test_all_kinds_are_listed(student: GraphPerson, path: str) -> None:
    file, picture, message = student.get(f"{path}/attachments")["value"]
    assert file["@odata.type"] == picture["@odata.type"] == "#microsoft.graph.fileAttachment"
    assert (file["name"], file["contentType"], file["isInline"]) == ("課題.pdf", "application/pdf", False)
    assert base64.b64decode(file["contentBytes"]) == PDF
    assert file["size"] == len(PDF)
    assert (picture["isInline"], picture["contentId"]) == (True, "pic@example.com")
    assert message["@odata.type"] == "#microsoft.graph.itemAttachment"
    assert message["contentType"] is None
    assert "contentBytes" not in message
    assert len({row["id"] for row in (file, picture, message)}) == 3


def test_the_list_is_selected_filtered_and_counted(student: GraphPerson, path: str) -> None:
    body = student.get(
        f"{path}/attachments?$select=name,size&$filter=isInline eq false&$orderby=size&$count=true&$top=1"
    )
    assert body["@odata.count"] == 2
    assert set(body["value"][0]) - {"@odata.type", "@odata.mediaContentType"} == {"id", "name", "size"}
    assert len(student.every(f"{path}/attachments?$top=1")) == 3
    assert student.ask("GET", f"{path}/attachments/$count").text == "3"
    assert student.ask("GET", f"{path}/attachments?$select=nonsense").status_code == 400


def test_they_are_expanded_with_options_of_their_own(student: GraphPerson, path: str) -> None:
    message = student.get(f"{path}?$select=subject&$expand=attachments($select=name;$filter=isInline eq true)")
    [picture] = message["attachments"]
    assert set(picture) == {"@odata.type", "@odata.mediaContentType", "id", "name"}


def test_one_is_read_by_its_id(student: GraphPerson, path: str) -> None:
    file, _, message = student.get(f"{path}/attachments")["value"]
    whole = student.get(f"{path}/attachments/{file['id']}")
    assert whole["@odata.context"].endswith("/attachments/$entity")
    assert whole["contentBytes"] == file["contentBytes"]
    raw = student.ask("GET", f"{path}/attachments/{file['id']}/$value")
    assert (raw.content, raw.headers["Content-Type"]) == (PDF, "application/pdf")
    mime = student.ask("GET", f"{path}/attachments/{message['id']}/$value")
    assert b"Subject: Inner" in mime.content
    assert mime.headers["Content-Type"] == "text/plain"


@pytest.mark.behaviour(22)
def test_ids_of_attachments_are_told_apart(simulator: Simulator, student: GraphPerson, path: str) -> None:
    simulator.deliver(student.address, with_files(student.address))
    other = student.get("/me/messages")["value"][0]["id"]
    foreign = student.get(f"/me/messages/{other}/attachments")["value"][0]["id"]
    assert code(student.ask("GET", f"{path}/attachments/nonsense")) == (400, "ErrorInvalidIdMalformed")
    assert code(student.ask("GET", f"{path}/attachments/{foreign}")) == (404, "ErrorItemNotFound")
    assert code(student.ask("GET", f"/me/messages/{foreign}")) == (400, "ErrorInvalidIdMalformed")


def test_a_message_comes_as_the_bytes_that_arrived(simulator: Simulator, student: GraphPerson) -> None:
    raw = letter("課題", "本文\n", to=student.address)
    simulator.deliver(student.address, raw)
    found = student.get("/me/messages?$filter=subject eq '課題'")["value"][0]["id"]
    answer = student.ask("GET", f"/me/messages/{found}/$value")
    assert (answer.content, answer.headers["Content-Type"]) == (raw, "text/plain")
    assert answer.headers["request-id"]


def test_bytes_are_base64_inside_a_batch_and_text_is_text(student: GraphPerson, path: str) -> None:
    file = student.get(f"{path}/attachments")["value"][0]["id"]
    asked = [
        {"id": name, "method": "GET", "url": f"{path}{url}"}
        for name, url in (("1", f"/attachments/{file}/$value"), ("2", "/$value"))
    ]
    answers = student.answers(*asked)
    assert base64.b64decode(answers["1"]["body"]) == PDF
    assert "Subject: Files" in answers["2"]["body"]
