"""Where Django looks for the table. It is described beside what reads and writes it, in journal.py."""

from portal.changes.journal import Change

__all__ = ["Change"]
