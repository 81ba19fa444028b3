from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from portal import language
from portal.pages import page


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The address without a language leads to the home page in the reader's."""
    with override(language.preferred(request)):
        response = HttpResponseRedirect(reverse("home:index"))
    language.varies(response)
    return response


def index(request: HttpRequest) -> HttpResponse:
    return page(request, "home/index.html", "home/index.html")
