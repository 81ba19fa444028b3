"""Planted faults: `semgrep --test` fails unless each line after `ruleid` is found and none after `ok`."""


def next_from_the_query(request):
    # ruleid: redirect-to-what-a-request-says
    return HttpResponseRedirect(request.GET.get("next", "/"))


def next_from_a_form(request):
    back = request.POST["next"]
    # ruleid: redirect-to-what-a-request-says
    return redirect(back)


def a_prefix_is_no_check(request):
    back = request.GET.get("next", "")
    if back.startswith("/"):
        # ruleid: redirect-to-what-a-request-says
        return HttpResponsePermanentRedirect(back)
    return None


def a_form_field(request, form):
    # ruleid: redirect-to-what-a-request-says
    return redirect(form.cleaned_data["back"])


def the_path_may_begin_with_two_slashes(request):
    # ruleid: redirect-to-what-a-request-says
    return HttpResponseRedirect(request.path)


def a_header_of_htmx(request):
    there = request.headers["HX-Current-URL"]
    # ruleid: redirect-to-what-a-request-says
    return HttpResponse(status=204, headers={"Cache-Control": "no-store", "HX-Redirect": there})


def a_header_set_later(request, response):
    # ruleid: redirect-to-what-a-request-says
    response["Location"] = f"{request.COOKIES['last']}?again"
    return response


def a_path_of_this_site(request):
    # ok: redirect-to-what-a-request-says
    return HttpResponseRedirect(local_or_home(request.GET.get("next", ""), "ja"))


def the_sign_in_page(request):
    there = sign_in_path(request.get_full_path())
    # ok: redirect-to-what-a-request-says
    return HttpResponse(status=204, headers={"HX-Redirect": there})


def a_named_page(request):
    # ok: redirect-to-what-a-request-says
    return redirect("rules:index")


def another_header(request, response):
    # ok: redirect-to-what-a-request-says
    response["Retry-After"] = request.headers["X"]


def an_absolute_address(request):
    # ruleid: address-made-from-the-host-header
    return request.build_absolute_uri("/ja/")


def the_host(request):
    # ruleid: address-made-from-the-host-header
    return f"https://{request.get_host()}/ja/"


def the_site():
    # ok: address-made-from-the-host-header
    return settings.SITE_URL + "/ja/"
