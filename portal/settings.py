"""Everything that differs from one installation to the next, read from the environment here and only here.

docs/settings.md describes each variable; a missing or malformed one ends the start with one sentence.
"""

from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.environment import Environment, are_certificates, is_certified_key, is_loopback, stop
from portal.logs import logging_settings

ROOT = Path(__file__).resolve().parent.parent
env = Environment()

# Which installation this is
DEMO = env.flag("DEMO")
DEBUG = env.flag("DEBUG")
SITE_URL = env.origin("SITE_URL")
SERVICE_FILE = env.text("SERVICE_FILE", "")
SERVICE = env.service("SERVICE_FILE", ROOT / "portal" / "service.toml")
# A health check on this machine asks for it by these names; no page is made from a Host.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", urlsplit(SITE_URL).hostname), "localhost", "127.0.0.1", "[::1]"]
SECRET_KEY = env.text("SECRET_KEY")
if len(SECRET_KEY) < 32:
    stop("SECRET_KEY must have 32 characters or more.")
TOKEN_KEYS = env.list("TOKEN_KEYS")
for position, key in enumerate(TOKEN_KEYS, start=1):
    try:
        Fernet(key)
    except ValueError:
        stop(f"TOKEN_KEYS: key {position} is not a Fernet key (32 bytes in URL-safe base64).")
if not DEMO and not SITE_URL.startswith("https://"):
    stop("SITE_URL must begin with https:// (unless DEMO=1).")

# Microsoft
TENANT_ID = env.guid("TENANT_ID")
CLIENT_ID = env.guid("CLIENT_ID")
CLIENT_SECRET = env.text("CLIENT_SECRET", "")
CLIENT_CERTIFICATE = env.text("CLIENT_CERTIFICATE", "")
CLIENT_ASSERTION_FILE = env.text("CLIENT_ASSERTION_FILE", "")  # a path: what it holds changes while the site runs
if sum(map(bool, (CLIENT_SECRET, CLIENT_CERTIFICATE, CLIENT_ASSERTION_FILE))) != 1:
    stop("Set exactly one of CLIENT_CERTIFICATE, CLIENT_ASSERTION_FILE and CLIENT_SECRET.")
if CLIENT_CERTIFICATE and not is_certified_key(CLIENT_CERTIFICATE):
    stop("CLIENT_CERTIFICATE must hold a private key without a password and its certificate, both in PEM.")
# Where Microsoft sends the browser on to, in a tenant whose passwords are asked for by the university's own server.
SIGN_IN_HOSTS = env.origins("SIGN_IN_HOSTS")
LOGIN_HOST = "https://login.microsoftonline.com"
GRAPH_URL = "https://graph.microsoft.com/v1.0"
# What a sign-in asks for, and what the first page of a mailbox asks for on top: docs/entra.md has the reasons.
SIGN_IN_SCOPES = ["User.Read"]
MAILBOX_SCOPES = ["Mail.Read", "MailboxSettings.ReadWrite"]

# Who is staff, and whether they have pages of their own
STAFF_ROLE = env.text("STAFF_ROLE", "")
STAFF_GROUP = env.guid("STAFF_GROUP") if env.text("STAFF_GROUP", "") else ""
ADMIN = env.flag("ADMIN")
if ADMIN and not (STAFF_ROLE or STAFF_GROUP):
    stop("ADMIN=1 needs STAFF_ROLE or STAFF_GROUP: without them nobody is staff.")

# The way out
OUTBOUND_PROXY = env.proxy("OUTBOUND_PROXY")
OUTBOUND_CA = env.text("OUTBOUND_CA", "")
if OUTBOUND_CA and not are_certificates(Path(OUTBOUND_CA)):
    stop(f"OUTBOUND_CA: {OUTBOUND_CA} is not a file with certificates in PEM.")
OUTBOUND_TIMEOUTS = (3.0, 10.0)  # seconds: to connect, and between two bytes of an answer
PAGE_SECONDS = 10.0  # within which Microsoft's answers for one page must come
REFRESH_WAIT = 8.0  # seconds that a person's other requests wait for one refresh, unless their page has less left
SIMULATOR = env.origin("SIMULATOR", "http://127.0.0.1:9000") if env.text("SIMULATOR", "") else ""
if SIMULATOR and not DEMO:
    stop("SIMULATOR needs DEMO=1: a site for real people must not run against a simulated Microsoft 365.")
if SIMULATOR and not is_loopback(SIMULATOR):
    stop(f"SIMULATOR must be an address of this machine, such as http://127.0.0.1:9000, not {SIMULATOR!r}.")

# How long the journal of changes is kept, and how long (seconds) a change may still come whose answer did not
JOURNAL_DAYS = env.whole("JOURNAL_DAYS", 180, least=1, most=3650)
DOUBT_SECONDS = env.whole("DOUBT_SECONDS", 60, least=1, most=60)

INSTALLED_APPS = [
    "portal",
    "portal.changes",
    "portal.guides.apps.GuidesConfig",
    "accounts.apps.AccountsConfig",
    "accounts.microsoft.apps.MicrosoftConfig",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    *(["django.contrib.admin.apps.SimpleAdminConfig"] if ADMIN else []),  # it finds no other app's pages by itself
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.web.middleware.RequestNumber",
    "portal.web.middleware.OwnPagesOnly",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "portal.web.middleware.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.web.middleware.ReadersLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.sessions.SessionEnded",
    "portal.web.middleware.RateLimits",
    "portal.web.middleware.RememberLanguage",
    "portal.web.middleware.Problems",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
LOADER = "django.template.loaders.filesystem.Loader"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.web.navigation.describe_site",
            ],
            "builtins": ["portal.templatetags.words"],
            "loaders": [LOADER if DEBUG else ("django.template.loaders.cached.Loader", [LOADER])],
        },
    }
]

FORM_RENDERER = "portal.forms.renderer.Written"

# What is kept, and where
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{ROOT / 'var' / 'madoguchi.sqlite3'}")}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["ENGINE"] = "portal.sqlite"  # whose file only its owner may read
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE",
        timeout=10,
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    )
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 600  # seconds; opening SQLite's file anew costs a page 0.7 ms
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache("CACHE_URL", "locmem://madoguchi")}
# Guides name the site's address and may carry the demo's notice: a demo beside a real installation has its own.
RENDERED_GUIDES = ROOT / "build" / ("demo-guides" if DEMO else "guides")

# Who you are: docs/decisions/0020, 0021
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.sessions.BackendWithTokens", "accounts.backends.WithTokens"]
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS: set[str] = set()
ACCOUNT_SIGNUP_FIELDS = ["email"]  # an empty list would mean allauth's default, with user names and passwords
SILENCED_SYSTEM_CHECKS = ["account.W001"]  # no login method fits the sign-up fields: there is neither, on purpose
SOCIALACCOUNT_ONLY = True
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home:index"

# How often, by allauth's counters in the shared cache: a person's forms; sign-ins and strangers' forms by network
# address, which a whole campus may share.
ACCOUNT_RATE_LIMITS = {"write": "40/m/user,1200/m/ip", "sign_in": "600/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("TRUSTED_PROXIES", 0, least=0, most=9)

SESSION_ENGINE = "accounts.sessions"
SESSION_AGE = env.whole("SESSION_AGE", 12 * 60 * 60, least=300, most=7 * 24 * 60 * 60)  # seconds from the sign-in
# Seconds without a request; below, seconds since the person last showed Microsoft who they are.
SESSION_IDLE = env.whole("SESSION_IDLE", min(60 * 60, SESSION_AGE), least=60, most=SESSION_AGE)
SESSION_COOKIE_AGE = SESSION_AGE
STEP_UP_AGE = env.whole("STEP_UP_AGE", min(15 * 60, SESSION_AGE), least=60, most=SESSION_AGE)
SESSION_COOKIE_NAME = "madoguchi_session" if DEMO else "__Host-session"
CSRF_COOKIE_NAME = "madoguchi_csrf" if DEMO else "__Host-csrf"
LANGUAGE_COOKIE_NAME = "madoguchi_language" if DEMO else "__Host-language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
# Set for a few minutes by a sign-out, which ends at Microsoft's page: the home page then says that it is done.
SIGNED_OUT_COOKIE_NAME = "madoguchi_signed_out" if DEMO else "__Host-signed-out"
SIGNED_OUT_COOKIE_SECURE, SIGNED_OUT_COOKIE_HTTPONLY = not DEMO, True
SIGNED_OUT_COOKIE_AGE = 5 * 60  # seconds
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60  # seconds
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "portal.web.plain_pages.csrf"

# Headers
SECURE_SSL_REDIRECT = False  # the proxy's work; a health check must reach the site on plain loopback
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [NONE],
        "connect-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # The sign-in form's redirect goes to Microsoft; Chromium applies form-action to it too.
        "form-action": [SELF, SIMULATOR or LOGIN_HOST, *SIGN_IN_HOSTS],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
}

# Words and time
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = env.zone("TIME_ZONE", "Asia/Tokyo")
FORMAT_MODULE_PATH = ["portal.formats"]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.web.built_files.BundledStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024  # bytes: no form of ours is larger
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LOG_LEVEL = env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")
LOGGING = logging_settings(LOG_LEVEL, env.choice("LOG_FORMAT", ("text", "json"), "text"))
