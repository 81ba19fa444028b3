"""WSGI applications that are measured beside the site, or in its place."""
