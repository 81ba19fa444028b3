"""Questions that change nothing. Their numbers are those of POINTS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from live.question import NotTried, Question
from live.shape import Shape, shape_of
from live.side import RULES, Side

SIZE = "$expand=singleValueExtendedProperties($filter=id eq 'Long 0x0E08')"
LIMITS = (
    "$expand=singleValueExtendedProperties"
    "($filter=id eq 'Integer 0x666E' or id eq 'Integer 0x666A' or id eq 'Integer 0x3FF5')"
)
# a mailbox may have a search folder at the top, or more than ten folders
FOLDER_LIST = (
    "@odata.nextLink",
    "value[]/@odata.type",
    "value[]/filterQuery",
    "value[]/includeNestedFolders",
    "value[]/isSupported",
    "value[]/sourceFolderIds",
)
RULE_LIST = ("@odata.nextLink", "value[]/actions", "value[]/conditions", "value[]/exceptions")


def got(path: str, **headers: str) -> Callable[[Side], Shape]:
    return lambda side: shape_of(side.get(path, **headers))


def sent(method: str, path: str, **body: Any) -> Callable[[Side], Shape]:
    return lambda side: shape_of(side.ask(method, path, **body))


def children(side: Side) -> Shape:
    """Of a folder that has some."""
    rows = side.json("/me/mailFolders?$top=250")["value"]
    parents = [row["id"] for row in rows if row["childFolderCount"]]
    if not parents:
        raise NotTried("No folder has folders below it.")
    return shape_of(side.get(f"/me/mailFolders/{quote(parents[0], safe='')}/childFolders?{SIZE}"))


def root(side: Side) -> Shape:
    """The root holds msgfolderroot and is not listed."""
    parent = side.json("/me/mailFolders/msgfolderroot")["parentFolderId"]
    return shape_of(side.get(f"/me/mailFolders/{quote(parent, safe='')}?{LIMITS}"))


def unknown_folder(side: Side) -> Shape:
    """An id of the right form that no folder has: the end of the Inbox's own changed."""
    inbox = side.json("/me/mailFolders/inbox")["id"]
    return shape_of(side.get(f"/me/mailFolders/{quote(inbox[:-6], safe='')}AAAAA="))


def mail_tips(side: Side) -> Shape:
    me = side.json("/me")["userPrincipalName"]
    options = "automaticReplies, mailboxFullStatus, maxMessageSize, recipientScope"
    return shape_of(side.ask("POST", "/me/getMailTips", json={"EmailAddresses": [me], "MailTipsOptions": options}))


def batch(side: Side) -> Shape:
    """A good item, a wrong one, and one that waits for the wrong one."""
    items = [
        {"id": "good", "method": "GET", "url": "/me/mailFolders/inbox"},
        {"id": "wrong", "method": "GET", "url": "/me/mailFolders/nonsense"},
        {"id": "waits", "method": "GET", "url": "/me", "dependsOn": ["wrong"]},
    ]
    answer = side.ask("POST", "/$batch", json={"requests": items})
    statuses = {row["id"]: row["status"] for row in answer.json().get("responses", ())}
    return shape_of(answer, **statuses)


def batch_with_version(side: Side) -> Shape:
    items = [{"id": "version", "method": "GET", "url": "/v1.0/me"}, {"id": "host", "method": "GET", "url": "//h/me"}]
    answer = side.ask("POST", "/$batch", json={"requests": items})
    statuses = {row["id"]: row["status"] for row in answer.json().get("responses", ())}
    return shape_of(answer, **statuses)


def one_rule_a_page(side: Side) -> Shape:
    if len(side.json(RULES)["value"]) < 2:
        raise NotTried("There are fewer than two rules.")
    answer = side.get(f"{RULES}?$top=1")
    return shape_of(answer, rows=len(answer.json().get("value", ())))


def without_scope(side: Side) -> Shape:
    if not side.limited:
        raise NotTried("LIMITED_TOKEN is not set: a token of an application without MailboxSettings.")
    return shape_of(side.ask("GET", RULES, token=side.limited))


def entra(path: str, **form: str) -> Callable[[Side], Shape]:
    """`{tenant}` in the path is the tenant's."""
    return lambda side: shape_of(side.ask_entra(path.replace("{tenant}", side.tenant), **form))


TOKEN = "/{tenant}/oauth2/v2.0/token"
NOBODY = "00000000-0000-0000-0000-0000000000aa"
QUESTIONS = (
    Question(0, "me", got("/me")),
    Question(0, "folders", got("/me/mailFolders"), FOLDER_LIST),
    Question(0, "hidden folders too", got("/me/mailFolders?includeHiddenFolders=true&$top=250"), FOLDER_LIST),
    Question(0, "delta of the folders", got("/me/mailFolders/delta", Prefer="odata.maxpagesize=2"), FOLDER_LIST),
    Question(0, "newest messages", got("/me/messages?$top=5&$select=sender,subject,receivedDateTime")),
    Question(0, "message in the Inbox", got("/me/mailFolders/inbox/messages?$top=1")),
    Question(0, "rules", got(RULES), RULE_LIST),
    Question(0, "mailbox settings", got("/me/mailboxSettings")),
    Question(0, "mail tips", mail_tips),
    Question(0, "licences", got("/me/licenseDetails")),
    Question(0, "batch", batch),
    Question(0, "batch items with a version or a host", batch_with_version),
    Question(0, "malformed id", got("/me/mailFolders/nonsense")),
    Question(0, "unknown id", unknown_folder),
    Question(0, "unknown segment", got("/me/nonsense")),
    Question(0, "unknown property selected", got("/me/mailFolders/inbox?$select=nonsense")),
    Question(0, "unknown property expanded", got("/me/mailFolders/inbox?$expand=nonsense")),
    Question(0, "rules expanded", got("/me/mailFolders/inbox?$expand=messageRules")),
    Question(0, "method not allowed", sent("PUT", "/me/mailFolders/inbox", json={})),
    Question(0, "broken JSON", sent("POST", "/me/getMailTips", data="{", headers={"Content-Type": "application/json"})),
    Question(0, "no token", sent("GET", "/me", token="")),
    Question(0, "nonsense for a token", sent("GET", "/me", token="nonsense")),
    Question(1, "storage quota", got("/me/settings/storage/quota")),
    Question(2, "a folder, nothing selected", got("/me/mailFolders/inbox")),
    Question(2, "sizeInBytes selected", got("/me/mailFolders/inbox?$select=sizeInBytes")),
    Question(3, "limits on msgfolderroot", got(f"/me/mailFolders/msgfolderroot?{LIMITS}")),
    Question(3, "limits on the root", root),
    Question(4, "sizes on a list", got(f"/me/mailFolders?{SIZE}"), FOLDER_LIST),
    Question(4, "sizes on childFolders", children, FOLDER_LIST),
    Question(11, "one rule a page", one_rule_a_page, RULE_LIST),
    Question(12, "rules without the scope", without_scope),
    Question(13, "discovery", entra("/{tenant}/v2.0/.well-known/openid-configuration")),
    Question(13, "keys", entra("/{tenant}/discovery/v2.0/keys"), ("keys[]",)),
    Question(13, "unknown tenant", entra(f"/{NOBODY}/v2.0/.well-known/openid-configuration")),
    Question(13, "no grant_type", entra(TOKEN, client_id=NOBODY)),
    Question(
        13, "unknown application", entra(TOKEN, grant_type="refresh_token", client_id=NOBODY, refresh_token="nonsense")
    ),
)
