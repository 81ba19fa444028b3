"""The site's own credential at Microsoft: a certificate, another issuer's assertion, or a secret."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import checks

from accounts import registration_health
from accounts.checks import certificate_lasts, certificate_rather_than_secret
from accounts.microsoft.credential import read_credential
from accounts.models import User
from accounts.tokens import SignInUnavailable
from tests.accounts.certificates import assertion, certified_key, federated_credential
from tests.accounts.test_tokens import renewed
from tests.front_door import Reader, at_microsoft, leave_for_microsoft, sign_in_as
from tests.simulator_control import Simulator


def use(settings: LazySettings, **credential: str) -> None:
    """Set this one of the three, and no other."""
    for name in ("CLIENT_SECRET", "CLIENT_CERTIFICATE", "CLIENT_ASSERTION_FILE"):
        setattr(settings, name, credential.get(name, ""))


@pytest.mark.parametrize("order", [("key", "certificate"), ("certificate", "key")])
def test_a_certificate_and_its_key_can_come_in_either_order(settings: LazySettings, order: tuple[str, str]) -> None:
    pem = certified_key(days=90)
    use(settings, CLIENT_CERTIFICATE="some text\n" + "".join(getattr(pem, part) for part in order))
    assert read_credential() == {"private_key": pem.key.strip(), "public_certificate": pem.certificate.strip()}


@pytest.mark.django_db
def test_people_sign_in_to_a_site_with_a_certificate(settings: LazySettings, simulator: Simulator) -> None:
    pem = certified_key(days=90)
    simulator.application(certificates=[pem.certificate])
    use(settings, CLIENT_CERTIFICATE=pem.both)
    sign_in_as("full.mailbox")
    person = User.objects.get(address="full.mailbox@example.ac.jp")
    assert renewed(person)


@pytest.mark.django_db
def test_a_certificate_that_is_not_registered_is_refused(
    settings: LazySettings, simulator: Simulator, visitor: Reader
) -> None:
    use(settings, CLIENT_CERTIFICATE=certified_key(days=90).both)
    back = at_microsoft(leave_for_microsoft(visitor), "full.mailbox")
    assert "AADSTS700027" in visitor.open(back, status=503).text
    assert registration_health.current_problem() == "AADSTS700027"


@pytest.mark.django_db
def test_the_assertion_is_read_anew_each_time(settings: LazySettings, simulator: Simulator, tmp_path: Path) -> None:
    simulator.application(federated_credentials=[federated_credential()])
    file = tmp_path / "assertion"
    file.write_text(assertion() + "\n")
    use(settings, CLIENT_ASSERTION_FILE=str(file))
    sign_in_as("full.mailbox")
    person = User.objects.get(address="full.mailbox@example.ac.jp")
    file.write_text(assertion(seconds=-600))
    with pytest.raises(SignInUnavailable, match="AADSTS700024"):
        renewed(person)
    file.write_text(assertion())
    assert renewed(person)


@pytest.mark.parametrize("spoil", [Path.unlink, lambda file: file.write_text("\n"), lambda file: file.write_text("é")])
@pytest.mark.django_db
def test_an_assertion_that_cannot_be_read_is_the_operators_business(
    settings: LazySettings,
    full_mailbox: Reader,
    tmp_path: Path,
    spoil: Callable[[Path], Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    file = tmp_path / "assertion"
    file.write_text("x")
    spoil(file)
    use(settings, CLIENT_ASSERTION_FILE=str(file))
    person = User.objects.get(address="full.mailbox@example.ac.jp")
    with pytest.raises(SignInUnavailable, match="assertion-file"):
        renewed(person)
    assert registration_health.current_problem() == "assertion-file"
    assert "CLIENT_ASSERTION_FILE" in caplog.text


def test_the_check_recommends_a_certificate_over_a_secret(settings: LazySettings) -> None:
    warned = certificate_rather_than_secret(None)
    assert [(it.id, it.level) for it in warned] == [("accounts.W001", checks.WARNING)]
    assert "CLIENT_CERTIFICATE" in str(warned[0].hint)
    use(settings, CLIENT_CERTIFICATE=certified_key(days=90).both)
    assert certificate_rather_than_secret(None) == []


@pytest.mark.parametrize(("days", "warned"), [(31, False), (29, True), (-1, True)])
def test_the_check_warns_of_a_certificate_that_ends_soon(settings: LazySettings, days: int, warned: bool) -> None:
    assert certificate_lasts(None) == []
    use(settings, CLIENT_CERTIFICATE=certified_key(days=days).both)
    assert [it.id for it in certificate_lasts(None)] == (["accounts.W002"] if warned else [])
