"""The entities that can be asked for, and the kinds of a rule's members."""

from dataclasses import dataclass, field
from functools import cached_property

from m365_simulator.graph.type_lists import BOOL, ENUMS, STRING, TYPES

EXTENDED = "singleValueExtendedProperties"
MANY_EXTENDED = {
    EXTENDED: "[singleValueLegacyExtendedProperty]",
    "multiValueExtendedProperties": "[multiValueLegacyExtendedProperty]",
}


@dataclass(frozen=True)
class Entity:
    """An entity type: `expandable` of its `navigation`; `rare` properties come only when selected."""

    short: str
    navigation: dict[str, str] = field(default_factory=dict)
    expandable: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"microsoft.graph.{self.short}"

    @property
    def properties(self) -> dict[str, str]:
        """Names with their types."""
        return TYPES[self.short]

    @cached_property
    def usual(self) -> tuple[str, ...]:
        return tuple(name for name in self.properties if name not in self.rare)


USUAL_OF_USER = (
    "businessPhones",
    "displayName",
    "givenName",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
    "id",
)
USER = Entity("user", rare=tuple(name for name in TYPES["user"] if name not in USUAL_OF_USER))
LICENCE = Entity("licenseDetails")
SETTINGS = Entity("mailboxSettings")
MAIL_FOLDER = Entity(
    "mailFolder",
    {
        "childFolders": "[mailFolder]",
        "messageRules": "[messageRule]",
        "messages": "[message]",
        **MANY_EXTENDED,
    },
    ("childFolders", *MANY_EXTENDED),
)
SEARCH_FOLDER = Entity("mailSearchFolder", MAIL_FOLDER.navigation, MAIL_FOLDER.expandable)
MESSAGE_RULE = Entity("messageRule")
MESSAGE = Entity(
    "message",
    {"attachments": "[attachment]", "extensions": "[extension]", **MANY_EXTENDED},
    ("attachments", "extensions", *MANY_EXTENDED),
    ("conversationIndex", "internetMessageHeaders", "uniqueBody"),
)
ATTACHMENT = Entity("fileAttachment")
EXTENDED_PROPERTY = Entity("singleValueLegacyExtendedProperty")

# kinds of a rule's members: words, people, flag, range, folder, or a tuple of choices
Kind = str | tuple[str, ...]
KINDS = {f"[{STRING}]": "words", "[recipient]": "people", BOOL: "flag", "sizeRange": "range", STRING: "folder"}


def kinds(of: str) -> dict[str, Kind]:
    return {name: ENUMS[kind] if kind in ENUMS else KINDS[kind] for name, kind in TYPES[of].items()}


PREDICATES = kinds("messageRulePredicates")
ACTIONS = kinds("messageRuleActions")
