"""Microsoft Graph v1.0, as far as a person's own mailbox goes."""
