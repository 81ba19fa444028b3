"""Graph's paths below /graph. What is below the version is OData's to read, not Django's."""

from django.urls import re_path

from m365_simulator.graph.reports import download
from m365_simulator.graph.service import service

urlpatterns = [
    re_path(r"^data/download/(?P<key>[^/]+)$", download),
    re_path(r"^(?P<version>[^/]*)/?(?P<path>(?s:.*))$", service),
]
