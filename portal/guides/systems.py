"""The systems that a guide can have tabs for: fixed names, which are ids of links, and their labels."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SYSTEMS = {
    "windows": _("Windows"),
    "mac": _("Mac"),
    "linux": _("Linux"),
    "android": _("Android"),
    "iphone": _("iPhone"),
    "ipad": _("iPad"),
    "ios-18": _("iOS 18 or newer"),
    "ios-17": _("iOS 17 or older"),
    "computer": _("Computer"),
    "phone": _("Phone"),
}
