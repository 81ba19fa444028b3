"""Rules as Outlook would have made them; fourteen in one mailbox, of every kind that a careless client gets wrong."""

from typing import Any

from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.seed.letters import CAREER, COURSES, LAB, OFFICES, put_letters

FOLDERS = ("課題", "図書館", "研究室", "大きな添付", "サークル", "RSS フィード")


def fill_rule_collector(mailbox: Mailbox) -> None:
    inbox = mailbox.folder("inbox").id
    put_letters(mailbox, inbox, [*OFFICES, *CAREER])
    to = {name: mailbox.add_folder(name, inbox).id for name in FOLDERS}
    put_letters(mailbox, to["課題"], COURSES)
    put_letters(mailbox, to["研究室"], LAB)
    to["アーカイブ"] = mailbox.folder("archive").id
    for made in (*_courses(to), *_awkward(mailbox, to), *_others(to), *_last(to)):
        mailbox.add_rule(made)


def _courses(to: dict[str, str]) -> list[dict[str, Any]]:
    library = make_people("library@example.ac.jp")
    stop = {"moveToFolder": to["課題"], "stopProcessingRules": True}
    return [
        make_rule("授業（manaba）", {"senderContains": ["manaba"]}, stop),
        make_rule(
            "図書館",
            {"fromAddresses": library},
            {"moveToFolder": to["図書館"], "markAsRead": True},
        ),
    ]


def _awkward(mailbox: Mailbox, to: dict[str, str]) -> list[dict[str, Any]]:
    """Made by Outlook with rare parts; read-only; in error; suspicious."""
    words = {"bodyOrSubjectContains": ["請求書", "password"]}
    hiding = {"moveToFolder": to["RSS フィード"], "markAsRead": True}
    gone = {"moveToFolder": _deleted_folder(mailbox)}
    return [
        make_rule("研究室 ML", *_rare(to), exceptions={"subjectContains": ["[不要]"], "isAutomaticReply": True}),
        make_rule("受信日で仕分け", {}, {}, isReadOnly=True),
        make_rule("旧ゼミ", {"recipientContains": ["seminar2024"]}, gone),
        make_rule(".", words, hiding),
    ]


def _rare(to: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    conditions = {
        "headerContains": ["lab-ml"],
        "importance": "high",
        "categories": ["ゼミ", "研究"],
        "withinSizeRange": {"minimumSize": 1, "maximumSize": 20480},
        "sensitivity": "normal",
    }
    actions = {
        "moveToFolder": to["研究室"],
        "assignCategories": ["ゼミ"],
        "markImportance": "normal",
        "forwardAsAttachmentTo": make_people("helpdesk@example.ac.jp"),
    }
    return conditions, actions


def _deleted_folder(mailbox: Mailbox) -> str:
    """The id of a folder that no longer exists."""
    folder = mailbox.add_folder("ゼミ2024", mailbox.folder("inbox").id)
    mailbox.remove_folder(folder)
    return folder.id


def _others(to: dict[str, str]) -> list[dict[str, Any]]:
    large = {"withinSizeRange": {"minimumSize": 10240}}
    outside = {"forwardTo": make_people("yumiko.tanaka@example.com")}
    meeting = {"assignCategories": ["会議"], "markImportance": "high"}
    return [
        make_rule("大きな添付", large, {"copyToFolder": to["大きな添付"]}, isEnabled=False),
        make_rule("会議の招待", {"isMeetingRequest": True, "sentToMe": True}, meeting),
        make_rule(
            "メールマガジン",
            {"subjectContains": ["メルマガ", "newsletter"]},
            {"delete": True},
            isEnabled=False,
        ),
        make_rule(
            "サークル",
            {"sentToAddresses": make_people("circle@example.ac.jp")},
            {"moveToFolder": to["サークル"]},
        ),
        make_rule(
            "至急の連絡を学外へ",
            {"subjectContains": ["至急"], "hasAttachments": True},
            outside,
            exceptions={"subjectContains": ["[内部]"], "isAutomaticReply": True},
        ),
        make_rule(
            "Conference mail",
            {"senderContains": ["conference"], "bodyContains": ["programme"]},
            {"assignCategories": ["Conference"]},
            isEnabled=False,
        ),
    ]


def _last(to: dict[str, str]) -> list[dict[str, Any]]:
    """One that stops everything, and one that is therefore never reached."""
    stop = {"moveToFolder": to["アーカイブ"], "stopProcessingRules": True}
    return [
        make_rule("残りはアーカイブ", {}, stop),
        make_rule("就職活動", {"senderContains": ["career"]}, {"markImportance": "high"}),
    ]


def make_rule(name: str, conditions: dict[str, Any], actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A rule that is on; `more` overrides any other member."""
    made = {
        "displayName": name,
        "isEnabled": True,
        "isReadOnly": False,
        "conditions": conditions,
        "actions": actions,
        "exceptions": {},
    }
    return made | more


def make_people(*addresses: str) -> list[dict[str, Any]]:
    return [{"emailAddress": {"name": address, "address": address}} for address in addresses]
