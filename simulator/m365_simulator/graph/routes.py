"""Graph's addresses below /graph/v1.0, each with what it takes."""

import re

from m365_simulator.graph import (
    attachments,
    batch,
    drafts,
    errors,
    folder_changes,
    folder_delta,
    folders,
    licences,
    mail_tips,
    mailbox_settings,
    me,
    message_changes,
    message_delta,
    messages,
    reports,
    rules,
)
from m365_simulator.graph.endpoint import Guarded, Operation
from m365_simulator.graph.router import Node

USER_READ = ("User.Read", "User.ReadWrite", "User.Read.All", "User.ReadWrite.All")
MAIL_WRITE = ("Mail.ReadWrite",)
MAIL_READ = ("Mail.Read", *MAIL_WRITE)
BASIC_READ = ("Mail.ReadBasic", *MAIL_READ)
SETTINGS_WRITE = ("MailboxSettings.ReadWrite",)
SETTINGS_READ = ("MailboxSettings.Read", *SETTINGS_WRITE)
LICENCE_READ = (*USER_READ, "LicenseAssignment.Read.All", "Directory.Read.All")
REPORTS_READ = ("Reports.Read.All",)
OWNERS = ("me", "users/{user}")
ROOT = Node()


def at(template: str, **methods: Guarded) -> None:
    """What is at "me" is at one's own "users/{user}", too."""
    for owner in OWNERS if re.match(r"me\b", template) else ("me",):
        ROOT.add(template.replace("me", owner, 1), methods)


def profile(run: Operation) -> Guarded:
    return Guarded(run, USER_READ, errors.insufficient_privileges, outlook=False)


def licence(run: Operation) -> Guarded:
    return Guarded(run, LICENCE_READ, errors.insufficient_privileges, outlook=False)


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


at("$batch", POST=Guarded(batch.batch, outlook=False, alone=False))
at("me", GET=profile(me.profile))
at("me/licenseDetails", GET=licence(licences.index))
at("me/licenseDetails/$count", GET=licence(licences.count))
at("me/licenseDetails/{licence}", GET=licence(licences.detail))
at("me/mailboxSettings", GET=settings(mailbox_settings.detail), PATCH=changing(mailbox_settings.update))
at("me/mailboxSettings/{setting}", GET=settings(mailbox_settings.part))
at("me/getMailTips", POST=mail(mail_tips.get_mail_tips))
at(
    "reports/getMailboxUsageDetail(period)",
    GET=Guarded(reports.mailbox_usage, REPORTS_READ, errors.no_reports, outlook=False),
)


def folders_at(place: str) -> None:
    """A collection of folders: all at the top, or those in a folder."""
    top = place == "me/mailFolders"
    make = folder_changes.create if top else folder_changes.create_child
    at(place, GET=basic(folders.index if top else folders.children), POST=making(make))
    at(f"{place}/$count", GET=basic(folders.count))


def folder_at(place: str) -> None:
    at(
        place,
        GET=basic(folders.detail),
        PATCH=making(folder_changes.update),
        DELETE=making(folder_changes.delete),
    )
    at(f"{place}/move", POST=making(folder_changes.move))
    at(f"{place}/copy", POST=making(folder_changes.copy))
    at(f"{place}/permanentDelete", POST=making(folder_changes.permanent_delete))


def rules_at(place: str) -> None:
    at(place, GET=settings(rules.index), POST=changing(rules.create))
    at(f"{place}/$count", GET=settings(rules.count))
    at(
        f"{place}/{{rule}}",
        GET=settings(rules.detail),
        PATCH=changing(rules.update),
        DELETE=changing(rules.delete),
    )


def messages_at(place: str) -> None:
    """All messages, or those of a folder."""
    every = place == "me/messages"
    at(place, GET=basic(messages.index if every else messages.of_folder), POST=making(drafts.create))
    at(f"{place}/$count", GET=basic(messages.count))
    message_at(f"{place}/{{message}}")


def message_at(place: str) -> None:
    at(
        place,
        GET=basic(messages.detail),
        PATCH=making(message_changes.update),
        DELETE=making(message_changes.delete),
    )
    at(f"{place}/$value", GET=mail(messages.mime))
    at(f"{place}/move", POST=making(message_changes.move))
    at(f"{place}/copy", POST=making(message_changes.copy))
    at(f"{place}/permanentDelete", POST=making(message_changes.permanent_delete))
    at(f"{place}/attachments", GET=mail(attachments.index))
    at(f"{place}/attachments/$count", GET=mail(attachments.count))
    at(f"{place}/attachments/{{attachment}}", GET=mail(attachments.detail))
    at(f"{place}/attachments/{{attachment}}/$value", GET=mail(attachments.raw))


FOLDER = "me/mailFolders/{folder}"
folders_at("me/mailFolders")
at("me/mailFolders/delta", GET=basic(folder_delta.changes))
folder_at(FOLDER)
folders_at(f"{FOLDER}/childFolders")
rules_at(f"{FOLDER}/messageRules")
messages_at("me/messages")
messages_at(f"{FOLDER}/messages")
at(f"{FOLDER}/messages/delta", GET=basic(message_delta.changes))
for owner in OWNERS:
    # a folder may be named by the way to it: mailFolders/…/childFolders/…
    ROOT.again(f"{owner}/mailFolders/{{folder}}/childFolders/{{folder}}", f"{owner}/mailFolders/{{folder}}")
