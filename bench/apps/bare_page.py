"""The yardstick for pages about a mailbox: what anybody would write first, with what `startproject` gives, timed.

Somebody signed in (a session in SQLite) sees the inbox rules in a table: one request to Microsoft by plain `requests`,
one template, no wording, no checks, no folders. DATABASE is a file that it may write; GRAPH and TOKEN say where the
mailbox is and as whom it is read.
"""

import os

import requests
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.apps.timing import timed

PAGE = """<!doctype html><title>Rules</title><h1>Rules of {{ user }}</h1><table>
{% for rule in rules %}<tr><td>{{ rule.sequence }}</td><td>{{ rule.displayName }}</td>
<td>{% if rule.isEnabled %}on{% else %}off{% endif %}</td>
<td>{% for name, value in rule.conditions.items %}{{ name }}: {{ value }} {% endfor %}</td>
<td>{% for name, value in rule.actions.items %}{{ name }}: {{ value }} {% endfor %}</td>
<td><form method="post">{% csrf_token %}<button name="id" value="{{ rule.id }}">Delete</button></form></td></tr>
{% endfor %}</table>"""

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["localhost"],
    SECRET_KEY="a yardstick keeps no secret",  # noqa: S106
    LOGIN_URL="/sign-in",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DATABASE"]}},
    INSTALLED_APPS=[f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages")],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                # Compiled once, as Django does by itself with templates in files.
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        [("django.template.loaders.locmem.Loader", {"page.html": PAGE})],
                    )
                ],
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        }
    ],
)
site = get_wsgi_application()

from django.contrib.auth import login  # noqa: E402  (models are there only once Django is up)
from django.contrib.auth.decorators import login_required  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.shortcuts import render  # noqa: E402

microsoft = requests.Session()
microsoft.trust_env = False


def sign_in(request: HttpRequest) -> HttpResponse:
    login(request, User.objects.get())  # type: ignore[arg-type]  # the site has a User of its own, not this one
    return HttpResponse("signed in")


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    answer = microsoft.get(
        f"{os.environ['GRAPH']}/me/mailFolders/inbox/messageRules",
        headers={"Authorization": f"Bearer {os.environ['TOKEN']}"},
        timeout=30,
    )
    answer.raise_for_status()
    return render(request, "page.html", {"rules": answer.json()["value"]})


urlpatterns = [path("", listing), path("sign-in", sign_in)]
call_command("migrate", verbosity=0)
User.objects.create_user("somebody")
application = timed(site, microsoft)
