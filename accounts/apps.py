from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import checks  # noqa: F401  (registers the checks)
        from accounts.sessions import forget_tokens

        user_logged_out.connect(forget_tokens, dispatch_uid="accounts.forget_tokens")
