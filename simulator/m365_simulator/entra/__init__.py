"""Sign-in, as login.microsoftonline.com does it."""
