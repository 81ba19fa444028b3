"""What Entra has given out: sign-in sessions, codes, refresh tokens, consents. Times: epoch s."""

import secrets
import time
from dataclasses import dataclass, field


@dataclass
class Session:
    """One browser's single sign-on. `accounts` maps an address to when it signed in."""

    sid: str
    accounts: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class SignIn:
    """What a person agreed to at the authorize page; codes and refresh tokens carry it on."""

    address: str
    scopes: frozenset[str]
    sid: str
    auth_time: float
    nonce: str
    capabilities: frozenset[str]
    mfa: bool


@dataclass
class Code:
    """Good once. `challenge` is empty when the client sent no PKCE."""

    sign_in: SignIn
    redirect_uri: str
    challenge: str
    challenge_method: str
    issued: float = field(default_factory=time.time)
    redeemed: bool = False


class Grants:
    """Call with the tenant's lock held."""

    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}
        self.codes: dict[str, Code] = {}
        self.refresh_tokens: dict[str, SignIn] = {}
        self.consents: dict[str, set[str]] = {}

    def clear(self) -> None:
        for kept in (self.sessions, self.codes, self.refresh_tokens, self.consents):
            kept.clear()

    def open_session(self, sid: str | None) -> Session:
        session = self.sessions.get(sid or "") or Session(secrets.token_hex(16))
        return self.sessions.setdefault(session.sid, session)

    def issue_code(self, code: Code) -> str:
        text = "1.AX" + secrets.token_urlsafe(96)
        self.codes[text] = code
        return text

    def issue_refresh_token(self, sign_in: SignIn) -> str:
        """A new one each time; those before it stay good, as at Microsoft."""
        text = "1.AR" + secrets.token_urlsafe(160)
        self.refresh_tokens[text] = sign_in
        return text
