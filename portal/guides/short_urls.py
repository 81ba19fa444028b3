"""Short addresses without a language, for posters, mail and QR codes."""

from django.urls import path

from portal.guides import views

urlpatterns = [path("<slug:slug>/", views.short, name="guide_link")]
