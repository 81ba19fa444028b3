"""The site as it is, timed."""

from accounts import outbound
from bench.apps.timing import timed
from portal.wsgi import application as site

application = timed(site, outbound.session())
