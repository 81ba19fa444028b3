"""Log lines as text, or as one JSON object each (LOG_FORMAT)."""

from __future__ import annotations

import json
import re
import subprocess

from accounts.models import User
from portal.logs import JsonLine
from tests.accounts.site_process import start
from tests.front_door import Reader
from tests.log_lines import lines_of
from tests.security.watched_logs import look_at

# A page that fails, and a line of a library's.
FAIL = """
import logging
import django
django.setup()
from django.conf import settings
from django.test import Client
reader = Client(SERVER_NAME="localhost", raise_request_exception=False)
reader.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
print(reader.get("/en/history/").status_code)
logging.getLogger("a.library").warning("with its place", stack_info=True)
logging.getLogger("a.library").warning("in\\ntwo lines")
"""
LINE = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}"
NOWHERE = "sqlite:////nowhere/madoguchi.sqlite3"


def lines_of_a_failure(**environment: str) -> list[str]:
    process: subprocess.Popen[str] = start("-c", FAIL, DATABASE_URL=NOWHERE, LOG_LEVEL="INFO", **environment)
    answered, lines = process.communicate(timeout=60)
    look_at(lines)
    assert answered == "500\n", lines
    return lines.splitlines()


def test_each_line_is_an_object_with_the_request_s_number(db: object) -> None:
    lines = [json.loads(line) for line in lines_of_a_failure(LOG_FORMAT="json")]
    assert all({"time", "level", "logger", "message", "request"} <= set(line) for line in lines)
    (failure,) = (line for line in lines if "answered 500" in line["message"])
    assert (failure["level"], failure["logger"]) == ("ERROR", "portal")
    assert failure["message"] == f"{failure['request']} answered 500 to GET history:index"
    (traceback,) = (line for line in lines if "exception" in line)
    assert traceback["request"] == failure["request"]
    assert traceback["exception"].startswith("Traceback (most recent call last):\n")
    assert lines[-2]["stack"].startswith("Stack (most recent call last):\n")
    assert lines[-1]["message"] == "in\ntwo lines"
    assert "stack" not in lines[-1]


def test_lines_are_text_unless_the_setting_says_otherwise(db: object) -> None:
    lines = lines_of_a_failure()
    pattern = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ERROR portal MD-\S+ answered 500 to GET history:index$"
    assert any(re.match(pattern, line) for line in lines)
    assert "Stack (most recent call last):" in lines
    assert "Traceback (most recent call last):" in lines


def test_an_audit_line_has_its_own_members_beside_those_of_every_line(new_student: Reader) -> None:
    with lines_of("audit", JsonLine()) as lines:
        new_student.send(new_student.open("/en/rules/new/"), subject_contains="x", mark_as_read="on")
    (line,) = lines.written()
    assert line["message"] == "create-rule done"
    assert (line["level"], line["logger"]) == ("INFO", "audit")
    assert (line["action"], line["outcome"]) == ("create-rule", "done")
    assert line["person"] == str(User.objects.get().oid)
    assert line["request"].startswith("MD-")
    assert line["time"].endswith("+00:00")
