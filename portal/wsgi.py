"""The site as a WSGI application: static files and ready-made guide pages are answered before Django is asked."""

import os
import time

began = time.monotonic()

from django.core.wsgi import get_wsgi_application  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django_application = get_wsgi_application()

from portal.sqlite.site import serve  # noqa: E402  (as above)
from portal.web.served_files import serve_files  # noqa: E402  (settings are read only once Django is up)

serve(began)
application = serve_files(django_application)
