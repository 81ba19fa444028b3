"""The addresses without a language. allauth's own pages (passwords, sign-up, linking) have none at all."""

from django.urls import include, path

urlpatterns = [path("microsoft/", include("accounts.microsoft.urls"))]
