"""What Entra has given out: sign-in sessions, codes, refresh tokens, consents. Times: epoch s."""

import secrets
import time
import uuid
from dataclasses import dataclass, field


@dataclass
class SignedIn:
    """One account in one browser: since when, and the name that tokens and the front-channel sign-out give it."""

    since: float = field(default_factory=time.time)
    sid: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass
class Session:
    """One browser's single sign-on, by address. `key` is its cookie's value."""

    key: str
    accounts: dict[str, SignedIn] = field(default_factory=dict)


@dataclass(frozen=True)
class SignIn:
    """What a person agreed to at the authorize page; codes and refresh tokens carry it on.

    `auth_time` is when the person proved who they are, `granted` when they were last sent back with a code.
    `proven`: with a second factor. `tid` is the tenant that signs them in: a guest has two.
    """

    address: str
    tid: str
    scopes: frozenset[str]
    sid: str
    auth_time: float
    nonce: str
    capabilities: frozenset[str]
    proven: bool
    contexts: tuple[str, ...] = ()
    id_claims: frozenset[str] = frozenset()
    granted: float = field(default_factory=time.time)


@dataclass
class Code:
    """Good once. `challenge` is empty when the client sent no PKCE."""

    sign_in: SignIn
    redirect_uri: str
    challenge: str
    challenge_method: str
    issued: float = field(default_factory=time.time)
    redeemed: bool = False


@dataclass(frozen=True)
class RefreshToken:
    sign_in: SignIn
    issued: float = field(default_factory=time.time)


class Grants:
    """Call with the tenant's lock held."""

    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}
        self.codes: dict[str, Code] = {}
        self.refresh_tokens: dict[str, RefreshToken] = {}
        self.consents: dict[str, set[str]] = {}
        self.issuers: dict[str, str] = {}  # what the ID tokens of a sign-in called us, by `sid`
        self.repeats: dict[str, list[float]] = {}  # when the same request came, for `entra.admission.check_repetition`

    def clear(self) -> None:
        for kept in (self.sessions, self.codes, self.refresh_tokens, self.consents, self.issuers, self.repeats):
            kept.clear()

    def open_session(self, key: str | None) -> Session:
        session = self.sessions.get(key or "") or Session(secrets.token_hex(16))
        return self.sessions.setdefault(session.key, session)

    def sign_out_everywhere(self, address: str) -> None:
        """In every browser."""
        for session in self.sessions.values():
            session.accounts.pop(address, None)

    def issue_code(self, code: Code) -> str:
        text = "1.AX" + secrets.token_urlsafe(96)
        self.codes[text] = code
        return text

    def issue_refresh_token(self, sign_in: SignIn) -> str:
        """A new one each time; whether those before it stay good is the switch `refresh_rotation`."""
        text = "1.AR" + secrets.token_urlsafe(160)
        self.refresh_tokens[text] = RefreshToken(sign_in)
        return text
