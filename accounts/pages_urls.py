"""The pages about signing in, in the reader's language."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("sessions/", views.sessions, name="sessions"),
    path("problem/<slug:reason>/", views.problem, name="problem"),
]
