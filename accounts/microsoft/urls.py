"""Without a language: Entra compares the redirect address exactly."""

from django.urls import path

from accounts.microsoft import views

app_name = "microsoft"

urlpatterns = [
    path("login/", views.login, name="login"),
    path("login/callback/", views.callback, name="callback"),
    path("signed-out/", views.signed_out, name="signed-out"),
]
