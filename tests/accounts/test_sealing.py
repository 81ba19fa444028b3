from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from accounts.sealing import SealBroken, seal, unseal


@given(st.text())
def test_what_was_sealed_comes_back(text):
    assert unseal(seal(text)) == text


def test_the_sealed_text_shows_nothing_and_differs_every_time():
    secret = "secret " * 20

    assert "secret" not in seal(secret)
    assert seal(secret) != seal(secret)


def test_an_altered_seal_is_broken():
    sealed = seal("text")

    for wrong in (sealed[:-4], sealed[:20] + ("B" if sealed[20] == "A" else "A") + sealed[21:], "", "text"):
        with pytest.raises(SealBroken):
            unseal(wrong)


def test_a_new_key_in_front_opens_old_seals_until_the_old_key_is_taken_away(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.TOKEN_KEYS = [old]
    before = seal("text")
    settings.TOKEN_KEYS = [new, old]
    after = seal("text")
    assert unseal(before) == unseal(after) == "text"

    settings.TOKEN_KEYS = [new]
    assert unseal(after) == "text"
    with pytest.raises(SealBroken):
        unseal(before)
