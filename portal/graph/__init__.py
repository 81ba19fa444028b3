"""Microsoft Graph: its HTTP and its JSON stop here."""
