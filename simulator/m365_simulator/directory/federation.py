"""Another issuer whose tokens stand for the application's own credential.

https://learn.microsoft.com/entra/workload-id/workload-identity-federation
Entra fetches the issuer's keys; here they are part of the registration, since the simulator asks nobody.
"""

from dataclasses import dataclass
from typing import Any

import jwt

USUAL_AUDIENCE = "api://AzureADTokenExchange"


@dataclass(frozen=True)
class FederatedCredential:
    issuer: str
    subject: str
    audience: str
    keys: jwt.PyJWKSet

    @classmethod
    def from_json(cls, wanted: dict[str, Any]) -> "FederatedCredential":
        """Raises ValueError, KeyError, TypeError or AttributeError."""
        issuer, subject, audience = wanted["issuer"], wanted["subject"], wanted.get("audience", USUAL_AUDIENCE)
        wrong = set(wanted) - {"issuer", "subject", "audience", "keys"}
        if wrong or not all(isinstance(it, str) for it in (issuer, subject, audience)):
            raise ValueError("unknown or malformed member")
        try:
            return cls(issuer, subject, audience, jwt.PyJWKSet.from_dict(wanted["keys"]))
        except jwt.PyJWTError as problem:
            raise ValueError(str(problem)) from None

    def fits(self, issuer: str, subject: str, audiences: set[str]) -> bool:
        return (self.issuer, self.subject) == (issuer, subject) and self.audience in audiences

    def as_json(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "subject": self.subject,
            "audience": self.audience,
            "kids": [key.key_id for key in self.keys.keys],
        }
