"""Pages for staff, read-only: Django's admin with ADMIN=1, and without its own sign-in, forms, script and style.

Nothing here shows tokens, keys of sessions, or what is sealed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Lease, Session, User
from accounts.paths import Purpose, sign_in_path
from accounts.sessions import ConfirmationNeeded, require_recent_sign_in

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class StaffSite(admin.AdminSite):
    """Lists, and a page that leads to them. Only for staff who signed in a moment ago."""

    site_title = site_header = index_title = _("For staff")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and bool(request.user.is_staff)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Others are sent to sign in, or refused, before Django's admin runs."""
        page = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return HttpResponseRedirect(sign_in_path(request.get_full_path()))
            if not self.has_permission(request):
                raise PermissionDenied
            try:
                require_recent_sign_in(request)
            except ConfirmationNeeded:
                return HttpResponseRedirect(sign_in_path(request.get_full_path(), Purpose.STAFF))
            return page(request, *args, **kwargs)

        return cast("View", guarded)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """None of Django's for passwords, signing out, or going to an object's page."""
        lists: list[URLPattern | URLResolver] = [
            path(f"{model._meta.app_label}/{model._meta.model_name}/", include(pages.urls))
            for model, pages in self._registry.items()
        ]
        return [
            path("", self.admin_view(self.index), name="index"),
            path("login/", self.login, name="login"),
            *lists,
        ]

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Never Django's own page with its password: the site's own leads to Microsoft."""
        return HttpResponseRedirect(sign_in_path(reverse("admin:index")))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """None: the page of an app is not among the addresses, and the front page has the lists themselves."""
        return []

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        lists = [
            (pages.heading, reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
            for model, pages in self._registry.items()
            if isinstance(pages, ReadOnly)
        ]
        return super().index(request, {"lists": lists})


SITE = StaffSite(name="admin")


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """One list. A row has no page of its own: its address could hold a key, and its form would be one more door."""

    heading: Any = ""
    actions = None
    list_display_links = None
    list_per_page = 100
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_changelist"
        return [path("", require_safe(self.admin_site.admin_view(self.changelist_view)), name=name)]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": self.heading})

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """No filter from the address: it could ask for the first letter of a key, and then for the next."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(User, site=SITE)
class People(ReadOnly):
    heading = _("People")
    list_display = ["number", "object_id", "signed_in", "staff"]
    search_fields = ["oid__iexact"]
    ordering = ["-last_login"]

    @admin.display(description=_("Number"), ordering="pk")
    def number(self, row: User) -> int:
        return row.pk

    @admin.display(description=_("Object id"), ordering="oid")
    def object_id(self, row: User) -> str:
        return str(row.oid)

    @admin.display(description=_("Last sign-in"), ordering="last_login")
    def signed_in(self, row: User) -> Any:
        return row.last_login

    @admin.display(description=_("Staff"), ordering="is_staff")
    def staff(self, row: User) -> Any:
        return _("yes") if row.is_staff else _("no")


@admin.register(Session, site=SITE)
class Sessions(ReadOnly):
    """Those of people; a visitor's, which keeps the way to Microsoft for a moment, is nobody's."""

    heading = _("Sessions")
    list_display = ["object_id", "began_at", "seen_at"]
    search_fields = ["user__oid__iexact"]
    list_select_related = ["user"]
    ordering = ["-seen"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return super().get_queryset(request).filter(user__isnull=False)

    @admin.display(description=_("Object id"), ordering="user__oid")
    def object_id(self, row: Session) -> str:
        return str(row.user.oid) if row.user else ""

    @admin.display(description=_("Began"), ordering="began")
    def began_at(self, row: Session) -> Any:
        return row.began

    @admin.display(description=_("Last request"), ordering="seen")
    def seen_at(self, row: Session) -> Any:
        return row.seen


@admin.register(Lease, site=SITE)
class Leases(ReadOnly):
    heading = _("Leases")
    list_display = ["held", "until"]
    ordering = ["key"]

    @admin.display(description=_("What is held"), ordering="key")
    def held(self, row: Lease) -> str:
        return row.key

    @admin.display(description=_("Until"), ordering="expires_at")
    def until(self, row: Lease) -> Any:
        return row.expires_at
