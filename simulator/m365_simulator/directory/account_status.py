"""Accounts that an administrator has blocked, and sign-ins that were revoked.

Keys are object ids, times are epoch seconds.
https://learn.microsoft.com/entra/identity/users/users-revoke-access
"""

import json
import time

from m365_simulator.aadsts.errors import EntraError


class AccountStatus:
    """Call with the tenant's lock held."""

    def __init__(self) -> None:
        self.disabled: dict[str, float] = {}
        self.valid_from: dict[str, float] = {}

    def clear(self) -> None:
        self.disabled.clear()
        self.valid_from.clear()

    def disable(self, oid: str, disabled: bool) -> None:
        """Blocking an account revokes nothing: whoever is let in again goes on where they were."""
        self.disabled.pop(oid, None)
        if disabled:
            self.disabled[oid] = time.time()

    def revoke(self, oid: str) -> None:
        self.valid_from[oid] = time.time()

    def check_account(self, oid: str) -> None:
        """Raises EntraError 50057."""
        if oid in self.disabled:
            raise EntraError(50057)

    def check_grant(self, oid: str, granted: float) -> None:
        """Whether a code or refresh token of that time is still good. Raises EntraError 50057, 50173."""
        self.check_account(oid)
        revoked = self.valid_from.get(oid, 0.0)
        if granted < revoked:
            raise EntraError(50173, issued=write_timestamp(granted), valid_from=write_timestamp(revoked))

    def challenge(self, oid: str, issued: float) -> str:
        """The claims that an access token of that time lacks now, as JSON; "" when it is good.

        https://learn.microsoft.com/entra/identity-platform/claims-challenge
        """
        since = max(self.disabled.get(oid, 0.0), self.valid_from.get(oid, 0.0))
        if issued >= since:
            return ""
        newer = {"essential": True, "value": str(int(since))}
        return json.dumps({"access_token": {"nbf": newer}}, separators=(",", ":"))


def write_timestamp(at: float) -> str:
    """As Entra writes a time into its texts."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.0000000Z", time.gmtime(at))
