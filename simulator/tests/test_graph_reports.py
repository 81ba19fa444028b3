"""The usage of all mailboxes, as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import requests

from tests.graph_person import GraphPerson, code
from tests.simulator_control import Simulator

REPORT = "/reports/getMailboxUsageDetail(period='D7')"


@pytest.fixture
def staff(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "helpdesk", ("Reports.Read.All",))


def ask(person: GraphPerson, path: str = REPORT, **sent: Any) -> requests.Response:
    return person.ask("GET", path, allow_redirects=False, **sent)


def read(person: GraphPerson) -> list[dict[str, str]]:
    """The lines of the file, fetched as anybody would."""
    file = requests.get(ask(person).headers["Location"], timeout=10)
    assert file.headers["Content-Type"] == "application/octet-stream"
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))


def test_a_redirect_leads_to_a_file_that_wants_no_token(staff: GraphPerson) -> None:
    answer = ask(staff)
    assert (answer.status_code, answer.content) == (302, b"")
    assert answer.headers["Location"].startswith(f"{staff.simulator.address}/graph/data/download/")
    assert len(read(staff)) == 8


def test_names_are_concealed_unless_the_tenant_shows_them(simulator: Simulator, staff: GraphPerson) -> None:
    hidden = read(staff)
    names = {row[column] for row in hidden for column in ("User Principal Name", "Display Name")}
    assert all(len(name) == 32 and "@" not in name for name in names)
    assert read(staff) == hidden
    simulator.switch(report_names="shown")
    assert "over.quota@example.ac.jp" in {row["User Principal Name"] for row in read(staff)}


def test_the_file_tells_used_and_allowed_storage(simulator: Simulator, staff: GraphPerson) -> None:
    simulator.switch(report_names="shown")
    rows = {row["User Principal Name"].partition("@")[0]: row for row in read(staff)}
    full, over = rows["full.mailbox"], rows["over.quota"]
    limit = 50 * 1024**3
    assert int(full["Prohibit Send/Receive Quota (Byte)"]) == limit
    assert int(full["Storage Used (Byte)"]) == 49 * 1024**3
    assert int(full["Issue Warning Quota (Byte)"]) < int(full["Prohibit Send Quota (Byte)"]) < limit
    assert int(over["Storage Used (Byte)"]) > limit
    assert int(full["Deleted Item Size (Byte)"]) > 4 * 1024**3
    assert full["Report Period"] == "7"


def test_the_file_has_the_documented_columns(staff: GraphPerson) -> None:
    """https://learn.microsoft.com/graph/api/reportroot-getmailboxusagedetail"""
    assert list(read(staff)[0]) == [
        "Report Refresh Date",
        "User Principal Name",
        "Display Name",
        "Is Deleted",
        "Deleted Date",
        "Created Date",
        "Last Activity Date",
        "Item Count",
        "Storage Used (Byte)",
        "Issue Warning Quota (Byte)",
        "Prohibit Send Quota (Byte)",
        "Prohibit Send/Receive Quota (Byte)",
        "Deleted Item Count",
        "Deleted Item Size (Byte)",
        "Deleted Item Quota (Byte)",
        "Has Archive",
        "Report Period",
    ]


def test_the_address_follows_the_host_that_was_asked(staff: GraphPerson) -> None:
    there = ask(staff, headers={"Host": "graph.microsoft.com"}).headers["Location"]
    assert there.startswith("https://graph.microsoft.com/data/download/")


def test_an_unchanged_file_is_not_sent_again(staff: GraphPerson) -> None:
    tag = requests.get(ask(staff).headers["Location"], timeout=10).headers["ETag"]
    same = ask(staff, headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert ask(staff, REPORT.replace("D7", "D30"), headers={"If-None-Match": tag}).status_code == 302


def test_the_scope_alone_does_not_do(simulator: Simulator, staff: GraphPerson) -> None:
    """A role is needed, too: https://learn.microsoft.com/graph/reportroot-authorization"""
    student = GraphPerson(simulator, "new.student", ("Reports.Read.All",))
    assert code(ask(student)) == (403, "S2SUnauthorized")
    assert code(ask(GraphPerson(simulator, "helpdesk"))) == (403, "S2SUnauthorized")


@pytest.mark.parametrize(
    "path",
    [
        "/reports/getMailboxUsageDetail(period='D8')",
        "/reports/getMailboxUsageDetail(period='')",
        "/reports/getMailboxUsageDetail()",
        "/reports/getMailboxUsageDetail",
        "/reports/getMailboxUsageDetail('D7')",
        "/reports/getMailboxUsageDetail(days='D7')",
        "/reports",
    ],
)
def test_a_report_that_is_none_is_refused(staff: GraphPerson, path: str) -> None:
    assert code(ask(staff, path)) == (400, "BadRequest")


def test_an_address_that_was_not_given_out_leads_nowhere(staff: GraphPerson) -> None:
    whole = ask(staff).headers["Location"]
    assert code(requests.get(whole[:-3], timeout=10)) == (404, "ItemNotFound")
    assert code(requests.post(whole, timeout=10)) == (405, "Request_BadRequest")


def test_inside_a_batch_the_redirect_is_an_answer(staff: GraphPerson) -> None:
    answer = staff.answers({"id": "1", "method": "GET", "url": REPORT})["1"]
    assert answer["status"] == 302
    assert "/data/download/" in answer["headers"]["Location"]
