"""The site as a WSGI application: static files and ready-made guide pages are answered before Django is asked."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django_application = get_wsgi_application()

from portal.files import served  # noqa: E402  (settings are read only once Django is up)

application = served(django_application)
