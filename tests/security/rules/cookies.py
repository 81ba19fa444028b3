"""Planted faults: `semgrep --test` fails unless each line after `ruleid` is found and none after `ok`."""


def a_bare_cookie(response):
    # ruleid: cookie-past-the-settings
    response.set_cookie("colour", "blue")


def flags_by_hand(response):
    # ruleid: cookie-past-the-settings
    response.set_cookie(settings.COLOUR_COOKIE_NAME, "blue", secure=False, httponly=True, samesite="Lax")


def without_samesite(response):
    # ruleid: cookie-past-the-settings
    response.set_cookie(
        settings.COLOUR_COOKIE_NAME, "blue", secure=settings.COLOUR_COOKIE_SECURE, httponly=settings.COLOUR_HTTPONLY
    )


def a_signed_cookie(response):
    # ruleid: cookie-past-the-settings
    response.set_signed_cookie("colour", "blue")


def as_a_header(response):
    # ruleid: cookie-past-the-settings
    response["Set-Cookie"] = "colour=blue"


def from_the_settings(response):
    # ok: cookie-past-the-settings
    response.set_cookie(
        settings.COLOUR_COOKIE_NAME,
        "blue",
        max_age=settings.COLOUR_COOKIE_AGE,
        secure=settings.COLOUR_COOKIE_SECURE,
        httponly=settings.COLOUR_COOKIE_HTTPONLY,
        samesite="Lax",
    )
