"""Planted faults: `semgrep --test` fails unless each line after `ruleid` is found and none after `ok`."""


def a_token(token):
    # ruleid: secret-by-its-name-in-a-log-line
    log.info("refreshed %s", token)


def a_token_with_a_longer_name(user, new_access_token):
    # ruleid: secret-by-its-name-in-a-log-line
    log.debug("user %s has %s", user.pk, new_access_token)


def a_secret_setting():
    # ruleid: secret-by-its-name-in-a-log-line
    logging.getLogger("accounts").error("not accepted: %s", settings.CLIENT_SECRET)


def claims_at_any_level(level, claims):
    # ruleid: secret-by-its-name-in-a-log-line
    log.log(level, "Microsoft wants %r", claims)


def an_address(user):
    # ruleid: secret-by-its-name-in-a-log-line
    log.warning(f"no mailbox for {user.address}")


def a_subject(message):
    # ruleid: secret-by-its-name-in-a-log-line
    log.warning("moved %s", message["subject"])


def an_answer(answer):
    # ruleid: secret-by-its-name-in-a-log-line
    log.warning("Microsoft says %s", answer.get("refresh_token", ""))


def printed(session):
    # ruleid: secret-by-its-name-in-a-log-line
    print("session", session.session_key)


def as_extra(user):
    # ruleid: secret-by-its-name-in-a-log-line
    audit.info("sign-in", extra={"who": user.address})


def a_number(user, code):
    # ok: secret-by-its-name-in-a-log-line
    log.warning("the token of user %s was refused: %s", user.pk, code)


def for_the_person(request, user):
    # ok: secret-by-its-name-in-a-log-line
    messages.info(request, user.address)


def how_many(addresses):
    # ok: secret-by-its-name-in-a-log-line
    return len(addresses)


def a_path(request):
    # ruleid: request-text-in-a-log-line
    log.warning("nothing at %s", request.path)


def a_parameter(request):
    wanted = request.GET.get("next", "")
    # ruleid: request-text-in-a-log-line
    log.info("to %s", wanted)


def something_unsealed(row):
    # ruleid: request-text-in-a-log-line
    log.error("broken: %s", unseal(row.kept))


def what_microsoft_said(answer):
    # ruleid: request-text-in-a-log-line
    log.error("refused: %s", answer.json()["error_description"])


def its_number(answer):
    # ok: request-text-in-a-log-line
    log.error("refused: %s", code_of(answer.json()))


def the_view(request):
    # ok: request-text-in-a-log-line
    log.error("%s failed", get_view_name(request))


def with_the_traceback():
    try:
        ask()
    except ValueError:
        # ruleid: error-text-in-a-log-line
        log.exception("it failed")


def with_the_traceback_too():
    try:
        ask()
    except ValueError:
        # ruleid: error-text-in-a-log-line
        log.error("it failed", exc_info=True)


def with_the_text():
    try:
        ask()
    except ValueError as error:
        # ruleid: error-text-in-a-log-line
        log.error("it failed: %s", error)


def with_the_text_made_by_hand():
    try:
        ask()
    except ValueError as error:
        # ruleid: error-text-in-a-log-line
        log.error("it failed: %s", str(error))


def in_an_f_string():
    try:
        ask()
    except ValueError as error:
        # ruleid: error-text-in-a-log-line
        log.error(f"it failed: {error}")


def with_its_type():
    try:
        ask()
    except ValueError as error:
        # ok: error-text-in-a-log-line
        log.error("it failed: %s %s", type(error).__name__, error.code)
