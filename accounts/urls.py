"""The addresses of the accounts. allauth's own pages (passwords, sign-up, linking) have none at all."""

from django.urls import path

from accounts import views

# In the reader's language.
pages = (
    [
        path("sign-in/", views.sign_in, name="sign-in"),
        path("sign-out/", views.sign_out, name="sign-out"),
        path("sessions/", views.sessions, name="sessions"),
        path("problem/<slug:reason>/", views.problem, name="problem"),
    ],
    "accounts",
)

# Without a language: Entra has the second and the third registered, and compares redirect addresses exactly.
microsoft = (
    [
        path("login/", views.login, name="login"),
        path("login/callback/", views.callback, name="callback"),
        path("signed-out/", views.signed_out_at_microsoft, name="signed-out"),
    ],
    "microsoft",
)
