"""The people at the start, and what is in their mailboxes."""
