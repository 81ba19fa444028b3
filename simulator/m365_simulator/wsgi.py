"""The WSGI application, with the seeded tenant."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "m365_simulator.settings")
application = get_wsgi_application()

from m365_simulator.seed.people import fill_tenant  # noqa: E402  needs Django to be set up
from m365_simulator.tenant import TENANT  # noqa: E402

TENANT.seed = fill_tenant
TENANT.reset()
