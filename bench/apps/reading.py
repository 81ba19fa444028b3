"""A Django site of one view without middleware, which reads a mailbox and says how much it found.

READS names the module whose `read()` does it (bench.apps.by_sdk, bench.apps.by_us); GRAPH and TOKEN say where and as
whom.
"""

import importlib
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def found(request: HttpRequest) -> HttpResponse:
    rules, folders = reader.read()
    return HttpResponse(f"{rules} rules, {folders} folders")


urlpatterns = [path("", found), path("healthz", alive)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["localhost"], MIDDLEWARE=[])
application = get_wsgi_application()
reader = importlib.import_module(os.environ["READS"])
