"""The WSGI application, with the seeded tenant."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simulator.settings")
application = get_wsgi_application()

from simulator.people import fill  # noqa: E402  needs Django to be set up
from simulator.tenant import TENANT  # noqa: E402

TENANT.seed = fill
TENANT.reset()
