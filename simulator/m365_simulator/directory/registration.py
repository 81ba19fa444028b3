"""The one registered application, as an administrator set it up in the Entra admin centre.

`GET` and `PUT /control/application` read and change it; a reset brings back what stands here.
https://learn.microsoft.com/entra/identity-platform/reference-app-manifest
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from m365_simulator.directory import registration_values as values
from m365_simulator.directory.credentials import Certificate, FederatedCredential
from m365_simulator.directory.registration_values import BadRegistration

CLIENT_ID = "0b8f6f0e-7f6d-4b0c-8a55-2f9c6f1d7e31"
CLIENT_SECRET = "simulated-client-secret"  # nosec B105  # known to everyone, on purpose
PATHS = ("/accounts/microsoft/login/callback/", "/", "/ja/", "/en/")


def list_loopback_addresses() -> list[str]:
    """As at Microsoft the port of a loopback address is not compared, so none is registered."""
    return [f"http://{host}{path}" for host in ("localhost", "127.0.0.1") for path in PATHS]


@dataclass
class Registration:
    """What can be changed. `logout_url` "" means that none is registered; times are epoch seconds.

    `assigned` and `assignment_required`: who may sign in at all (addresses; those with a role may as well).
    `roles`: app roles by address, on top of what `m365_simulator.seed.people` gives.
    """

    redirect_uris: list[str] = field(default_factory=list_loopback_addresses)
    logout_url: str = ""
    secret_expires_at: float | None = None
    certificates: list[Certificate] = field(default_factory=list)
    federated_credentials: list[FederatedCredential] = field(default_factory=list)
    optional_claims: list[str] = field(default_factory=lambda: ["acct", "login_hint", "sid"])
    group_claims: bool = False
    multi_tenant: bool = False
    assignment_required: bool = False
    assigned: list[str] = field(default_factory=list)
    roles: dict[str, list[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        shown = {name: getattr(self, name) for name in READERS}
        return shown | {
            "secret_expires_at": values.write_time(self.secret_expires_at),
            "certificates": [it.as_json() for it in self.certificates],
            "federated_credentials": [it.as_json() for it in self.federated_credentials],
        }

    def changed(self, wanted: dict[str, Any]) -> "Registration":
        """With these members instead; the rest stays. Raises BadRegistration."""
        unknown = sorted(set(wanted) - set(READERS))
        if unknown:
            raise BadRegistration(f"An application has no {unknown[0]!r}")
        read = {name: READERS[name](name, value) for name, value in wanted.items()}
        return Registration(**{name: read.get(name, getattr(self, name)) for name in READERS})


READERS: dict[str, Callable[[str, Any], Any]] = {
    "redirect_uris": values.read_addresses,
    "logout_url": values.read_optional_address,
    "secret_expires_at": values.read_time,
    "certificates": values.read_certificates,
    "federated_credentials": values.read_federated_credentials,
    "optional_claims": values.read_claims,
    "group_claims": values.read_flag,
    "multi_tenant": values.read_flag,
    "assignment_required": values.read_flag,
    "assigned": values.read_words,
    "roles": values.read_roles,
}
