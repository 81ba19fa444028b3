"""Planted faults: `semgrep --test` fails unless each line after `ruleid` is found and none after `ok`."""


# ruleid: form-without-its-token
@csrf_exempt
def hook(request):
    return None


# ruleid: form-without-its-token
path("hook/", csrf_exempt(hook))


# ruleid: form-without-its-token
@method_decorator(csrf_exempt, name="dispatch")
class Hook:
    pass


# ruleid: form-without-its-token
class Endpoint:
    csrf_exempt = True


# ruleid: form-without-its-token
hook.csrf_exempt = True


# ok: form-without-its-token
@csrf_protect
def taken(request):
    return None
