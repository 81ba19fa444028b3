"""The paths that steer the simulator."""

from django.urls import path

from m365_simulator.control import entra, generate, index, views

urlpatterns = [
    path("", index.index),
    path("reset", views.reset),
    path("people", views.people),
    path("generate", generate.generate),
    path("token", views.token),
    path("deliver", views.deliver),
    path("outbox", views.outbox),
    path("faults", views.faults),
    path("requests", views.requests),
    path("switches", views.switches),
    path("application", entra.application),
    path("conditions", entra.conditions),
    path("keys", entra.keys),
    path("revoke", entra.revoke),
    path("disable", entra.disable),
    path("<path:unknown>", views.unknown),
]
