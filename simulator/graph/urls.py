"""Graph's addresses below /graph/v1.0. Segments are matched in any case, ids exactly."""

from django.urls import URLPattern, re_path

from simulator.graph import delta, errors, folders, me, messages, rules, tips
from simulator.graph.batch import Batch
from simulator.graph.endpoint import Endpoint, Guarded, Operation
from simulator.graph.unknown import Unknown

USER_READ = ("User.Read", "User.ReadWrite", "User.Read.All", "User.ReadWrite.All")
MAIL_WRITE = ("Mail.ReadWrite",)
MAIL_READ = ("Mail.Read", *MAIL_WRITE)
BASIC_READ = ("Mail.ReadBasic", *MAIL_READ)
SETTINGS_WRITE = ("MailboxSettings.ReadWrite",)
SETTINGS_READ = ("MailboxSettings.Read", *SETTINGS_WRITE)

ME = r"(?:(?i:me)|(?i:users)/(?P<user>[^/]+))"
FOLDERS = rf"{ME}/(?i:mailFolders)"
FOLDER = rf"{FOLDERS}/(?P<folder>[^/]+)"
RULES = rf"{FOLDER}/(?i:messageRules)"
MESSAGES = r"(?i:messages)"
MESSAGE = rf"{MESSAGES}/(?P<message>[^/]+)"


def at(pattern: str, **methods: Guarded) -> URLPattern:
    return re_path(rf"^v1\.0/{pattern}/?$", Endpoint(**methods))


def profile(run: Operation) -> Guarded:
    return Guarded(run, USER_READ, errors.insufficient_privileges)


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


urlpatterns = [
    re_path(r"^v1\.0/\$batch/?$", Batch()),
    at(ME, GET=profile(me.profile)),
    at(rf"{ME}/(?i:mailboxSettings)", GET=settings(me.settings)),
    at(rf"{ME}/(?i:(?:microsoft\.graph\.)?getMailTips)", POST=mail(tips.tips)),
    at(FOLDERS, GET=basic(folders.index), POST=making(folders.create)),
    at(rf"{FOLDERS}/(?i:(?:microsoft\.graph\.)?delta)(?:\(\))?", GET=basic(delta.changes)),
    at(FOLDER, GET=basic(folders.detail)),
    at(
        rf"{FOLDER}/(?i:childFolders)",
        GET=basic(folders.children),
        POST=making(folders.create_child),
    ),
    at(RULES, GET=settings(rules.index), POST=changing(rules.create)),
    at(
        rf"{RULES}/(?P<rule>[^/]+)",
        GET=settings(rules.detail),
        PATCH=changing(rules.update),
        DELETE=changing(rules.delete),
    ),
    at(rf"{ME}/{MESSAGES}", GET=mail(messages.index)),
    at(rf"{ME}/{MESSAGE}", GET=mail(messages.detail)),
    at(rf"{FOLDER}/{MESSAGES}", GET=mail(messages.of_folder)),
    at(rf"{FOLDER}/{MESSAGE}", GET=mail(messages.detail)),
    re_path(r"^(?P<rest>.*)$", Unknown()),
]
