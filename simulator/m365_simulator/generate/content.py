"""A generated letter as a mailbox keeps it: its key and its size. All else is made when it is asked for."""

from functools import lru_cache

from m365_simulator.generate import letter_bytes
from m365_simulator.generate.draft import VARIANTS, Draft, Key, make_draft
from m365_simulator.mail.headers import Address
from m365_simulator.mail.message import Content, parse_message
from m365_simulator.mail.parts import Attachment, Part


class GeneratedContent(Content):
    """The same as `parse_message(generated.raw)`, without the reading and without the keeping."""

    __slots__ = ("key", "length")

    key: Key
    length: int

    def __init__(self, key: Key) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "length", measure_letter(key.number, key.variant, key.owner, key.own))

    @property
    def draft(self) -> Draft:
        return make_draft(self.key.number, self.key.variant)

    @property
    def size(self) -> int:
        return self.length

    @property
    def raw(self) -> bytes:
        before, after = letter_bytes.write_around_file(self.key, self.draft)
        return before + letter_bytes.pack_file(self.draft.file_size) + after

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        return tuple(letter_bytes.list_headers(self.key, self.draft))

    @property
    def sender(self) -> Address:
        return letter_bytes.list_people(self.key, self.draft)[0]

    @property
    def to(self) -> tuple[Address, ...]:
        return (letter_bytes.list_people(self.key, self.draft)[1],)

    @property
    def subject(self) -> str:
        return self.draft.subject

    @property
    def text(self) -> str:
        return letter_bytes.write_text(self.draft)

    @property
    def html(self) -> str:
        return letter_bytes.write_page(self.draft)

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        made = self.draft
        return (
            (Attachment(made.file, letter_bytes.find_file_type(made), made.file_size, inline=False),)
            if made.file
            else ()
        )

    @property
    def cc(self) -> tuple[Address, ...]:
        return ()

    @property
    def reply_to(self) -> tuple[Address, ...]:
        return ()

    @property
    def outcome(self) -> str:
        return ""

    @property
    def parts(self) -> tuple[Part, ...]:
        return parse_message(self.raw).parts


@lru_cache(maxsize=2 * VARIANTS)
def measure_letter(number: int, variant: int, owner: Address, own: bool) -> int:
    """Bytes of the letters of one variant."""
    made = make_draft(number, variant)
    around = sum(len(piece) for piece in letter_bytes.write_around_file(Key(number, variant, owner, own), made))
    return around + letter_bytes.measure_packed(made.file_size)
