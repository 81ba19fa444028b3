from django.http import HttpRequest, HttpResponse

from portal.connect import Connection, mailbox_page
from portal.pages import page


@mailbox_page
def index(request: HttpRequest, connection: Connection) -> HttpResponse:
    return page(request, "forwarding/index.html", "forwarding/index.html")
