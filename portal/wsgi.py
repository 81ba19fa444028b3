"""The site as a WSGI application: static files and ready-made guide pages are answered before Django is asked."""

import gc
import os
import time

began = time.monotonic()

from django.core.wsgi import get_wsgi_application  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django_application = get_wsgi_application()

from portal.sqlite.site import serve  # noqa: E402  (as above)
from portal.web.served_files import served  # noqa: E402  (settings are read only once Django is up)

serve(began)
application = served(django_application)

# What is loaded by now stays for good, so it is never looked through again; and a page makes some 10,000 objects, which
# by the measure of Python 3.11 (700) are looked through a dozen times. A threshold of 20,000 would cost 3 MB.
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 10, 10)
