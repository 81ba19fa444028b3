"""Django's settings for the simulator: no database, no sessions, nothing from the environment."""

import secrets
from pathlib import Path

HERE = Path(__file__).resolve().parent
SECRET_KEY = secrets.token_hex()
DEBUG = False
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = [*LOOPBACK_HOSTS, "graph.microsoft.com", "login.microsoftonline.com"]
ROOT_URLCONF = "m365_simulator.urls"
WSGI_APPLICATION = "m365_simulator.wsgi.application"
INSTALLED_APPS: list[str] = []
MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",  # Content-Length, which keeps connections open
    "m365_simulator.middleware.ObserveRequests",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
    }
]
USE_I18N = False
USE_TZ = True
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 200 * 1024 * 1024  # bytes; a delivered message may be large
# a crash of the simulator itself goes to stderr; its refusals and ordered faults do not
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"crash": {"()": "django.utils.log.CallbackFilter", "callback": lambda record: record.exc_info}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "level": "ERROR", "filters": ["crash"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["stderr"], "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
    },
}
