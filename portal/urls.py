"""Every address of the site. The first part of a page's path is its language; what machines call has none."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLResolver, include, path

from accounts import urls as accounts_urls
from portal.guides.views import short_link
from portal.home.views import root
from portal.status.health import healthz, readyz
from portal.web.plain_pages import maintenance

handler400 = "portal.web.plain_pages.bad_request"
handler403 = "portal.web.plain_pages.forbidden"
handler404 = "portal.web.plain_pages.not_found"
handler500 = "portal.web.plain_pages.broken"


def for_staff() -> list[URLResolver]:
    """Only with ADMIN=1; without it not even the code is loaded."""
    if not settings.ADMIN:
        return []
    from accounts.admin import SITE  # noqa: PLC0415  (as said above)
    from portal.changes import admin  # noqa: F401, PLC0415  (puts its list there)

    return [path("admin/", SITE.urls)]


urlpatterns = [
    path("", root, name="root"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("accounts/microsoft/", include(accounts_urls.microsoft)),
    path("g/<slug:slug>/", short_link, name="guide_link"),
    *for_staff(),
    *i18n_patterns(
        path("", include("portal.home.urls")),
        path("quota/", include("portal.quota.urls")),
        path("forwarding/", include("portal.forwarding.urls")),
        path("rules/", include("portal.rules.urls")),
        path("history/", include("portal.history.urls")),
        path("guides/", include("portal.guides.urls")),
        path("accounts/", include(accounts_urls.pages)),
        path("maintenance/", maintenance, name="maintenance"),
        prefix_default_language=True,
    ),
]
