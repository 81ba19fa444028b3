from django.apps import AppConfig


class MicrosoftConfig(AppConfig):
    """allauth finds `provider.py` beside this file."""

    name = "accounts.microsoft"
