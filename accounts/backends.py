"""The backend under its earlier name, for sessions that began before the upgrade: they last twelve hours at most.

A session holds the name of its backend, and with a name that is not in AUTHENTICATION_BACKENDS nobody is signed in.
"""

from __future__ import annotations

from accounts.sessions import BackendWithTokens


class WithTokens(BackendWithTokens):
    """To be removed in the version after 0.1."""
