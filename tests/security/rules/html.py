"""Planted faults: `semgrep --test` fails unless each line after `ruleid` is found and none after `ok`."""


def declared(name):
    # ruleid: unescaped-in-python
    return mark_safe(f"<b>{name}</b>")


def declared_by_its_class(name):
    # ruleid: unescaped-in-python
    return SafeString("<b>" + name + "</b>")


def formatted_twice(name):
    # ruleid: unescaped-in-python
    return format_html(f"<b>{name}</b>")


def formatted_with_percent(name):
    # ruleid: unescaped-in-python
    return format_html("<b>%s</b>" % name)


def a_variable_format(form, name):
    # ruleid: unescaped-in-python
    return format_html(form, name)


def formatted_well(name):
    # ok: unescaped-in-python
    return format_html("<b>{}</b>", name)


def joined_badly(names):
    # ruleid: unescaped-in-python
    return format_html_join(", ", f"<b>{names[0]}</b>{{}}", names)


def joined_well(names):
    # ok: unescaped-in-python
    return format_html_join(", ", "<b>{}</b>", names)


class Bold:
    # ruleid: unescaped-in-python
    def __html__(self):
        return self.text


# ruleid: unescaped-in-python
OPTIONS = {"builtins": [], "autoescape": False}


# ruleid: unescaped-in-python
ENGINE = Engine(dirs=[], autoescape=False)


# ruleid: unescaped-in-python
@register.filter(is_safe=True)
def strong(text):
    return text


# ok: unescaped-in-python
@register.filter
def weak(text):
    return text


def a_template_of_text(text):
    # ruleid: template-made-of-text
    return Template(text).render(Context({}))


def a_template_of_an_engine(text):
    # ruleid: template-made-of-text
    return engines["django"].from_string(text)


def a_template_of_a_file():
    # ok: template-made-of-text
    return get_template("home/index.html")


def greeting(request):
    name = request.GET.get("name")
    # ruleid: page-made-of-request-text
    return HttpResponse(f"Hello {name}")


def greeting_in_pieces(request, response):
    # ruleid: page-made-of-request-text
    response.write(request.path)


def greeting_in_a_template(request):
    # ok: page-made-of-request-text
    return HttpResponse(render(request, "hello.html", {"name": request.GET["name"]}))


def fixed(request):
    # ok: page-made-of-request-text
    return HttpResponse("ok\n")
