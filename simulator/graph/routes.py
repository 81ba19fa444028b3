"""Graph's addresses below /graph/v1.0, each with what it takes."""

from simulator.graph import batch, delta, errors, folders, me, messages, rules, tips
from simulator.graph.endpoint import Guarded, Operation
from simulator.graph.router import Node

USER_READ = ("User.Read", "User.ReadWrite", "User.Read.All", "User.ReadWrite.All")
MAIL_WRITE = ("Mail.ReadWrite",)
MAIL_READ = ("Mail.Read", *MAIL_WRITE)
BASIC_READ = ("Mail.ReadBasic", *MAIL_READ)
SETTINGS_WRITE = ("MailboxSettings.ReadWrite",)
SETTINGS_READ = ("MailboxSettings.Read", *SETTINGS_WRITE)
ROOT = Node()


def at(template: str, **methods: Guarded) -> None:
    """What is at "me" is at one's own "users/{user}", too."""
    ROOT.add(template, methods)
    first, _, rest = template.partition("/")
    if first == "me":
        ROOT.add("/".join(["users/{user}", *([rest] if rest else [])]), methods)


def profile(run: Operation) -> Guarded:
    return Guarded(run, USER_READ, errors.insufficient_privileges, outlook=False)


def basic(run: Operation) -> Guarded:
    return Guarded(run, BASIC_READ)


def mail(run: Operation) -> Guarded:
    return Guarded(run, MAIL_READ)


def making(run: Operation) -> Guarded:
    return Guarded(run, MAIL_WRITE)


def settings(run: Operation) -> Guarded:
    return Guarded(run, SETTINGS_READ)


def changing(run: Operation) -> Guarded:
    return Guarded(run, SETTINGS_WRITE)


FOLDERS = "me/mailFolders"
FOLDER = f"{FOLDERS}/{{folder}}"
RULES = f"{FOLDER}/messageRules"

at("$batch", POST=Guarded(batch.batch, outlook=False, alone=False))
at("me", GET=profile(me.profile))
at("me/mailboxSettings", GET=settings(me.settings))
at("me/getMailTips", POST=mail(tips.tips))
at(FOLDERS, GET=basic(folders.index), POST=making(folders.create))
at(f"{FOLDERS}/delta", GET=basic(delta.changes))
at(FOLDER, GET=basic(folders.detail))
at(f"{FOLDER}/childFolders", GET=basic(folders.children), POST=making(folders.create_child))
at(RULES, GET=settings(rules.index), POST=changing(rules.create))
at(
    f"{RULES}/{{rule}}",
    GET=settings(rules.detail),
    PATCH=changing(rules.update),
    DELETE=changing(rules.delete),
)
at("me/messages", GET=mail(messages.index))
at("me/messages/{message}", GET=mail(messages.detail))
at(f"{FOLDER}/messages", GET=mail(messages.of_folder))
at(f"{FOLDER}/messages/{{message}}", GET=mail(messages.detail))
