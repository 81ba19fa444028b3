"""Addresses as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.mailbox.addresses import (
    AddressProblem,
    Reason,
    get_domain,
    is_inside,
    is_same_address,
    normalise_address,
    split_addresses,
)
from tests.mailbox import examples


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("taro@example.com", "taro@example.com"),
        ("Ｔａｒｏ＠Example。ＣＯＭ", "Taro@example.com"),
        ("\u3000taro @ example.com\u00a0", "taro@example.com"),
        ("taro\u200b@example.com\ufeff", "taro@example.com"),
        ("山田 太郎 <taro@example.com>", "taro@example.com"),
        ("＜taro@example.com＞", "taro@example.com"),
        ("mailto:taro@example.com?subject=hello", "taro@example.com"),
        ("MAILTO:taro%40example.com", "taro@example.com"),
        ("taro@my－host.example.com", "taro@my-host.example.com"),
        ("taro@日本語.jp", "taro@xn--wgv71a119e.jp"),
        ("taro.o'hara+list@EXAMPLE.com.", "taro.o'hara+list@example.com"),
    ],
)
def test_an_address_is_understood_as_typed(typed: str, meant: str) -> None:
    assert normalise_address(typed) == meant


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.EMPTY),
        (" \u3000\u200b", Reason.EMPTY),
        ("<>", Reason.EMPTY),
        ("taro", Reason.NO_AT),
        ("example.com", Reason.NO_AT),
        ("@example.com", Reason.BAD_LOCAL),
        ("ta..ro@example.com", Reason.BAD_LOCAL),
        (".taro@example.com", Reason.BAD_LOCAL),
        ("太郎@example.com", Reason.BAD_LOCAL),
        ("a@b@example.com", Reason.BAD_LOCAL),
        ('"taro yamada"@example.com', Reason.BAD_LOCAL),
        ("taro@", Reason.BAD_DOMAIN),
        ("taro@localhost", Reason.BAD_DOMAIN),
        ("taro@-example.com", Reason.BAD_DOMAIN),
        ("taro@exa_mple.com", Reason.BAD_DOMAIN),
        ("taro@192.0.2.1", Reason.BAD_DOMAIN),
        ("taro@[192.0.2.1]", Reason.BAD_DOMAIN),
        ("taro@example..com", Reason.BAD_DOMAIN),
        ("taro@\ud800.com", Reason.BAD_DOMAIN),
        ("x" * 65 + "@example.com", Reason.TOO_LONG),
        ("x@" + "a." * 125 + "example", Reason.TOO_LONG),
        ("ta\x00ro@example.com", Reason.CONTROL),
        ("mailto:ta%00ro@example.com", Reason.CONTROL),
    ],
)
def test_a_text_that_is_no_address_says_why(typed: str, reason: Reason) -> None:
    with pytest.raises(AddressProblem) as problem:
        normalise_address(typed)
    assert problem.value.reason is reason


@given(examples.addresses)
def test_a_plain_address_stays_as_it_is(address: str) -> None:
    assert normalise_address(address) == address


@given(st.text(max_size=300) | st.tuples(st.text(max_size=20), st.text(max_size=20)).map("@".join))
def test_any_text_gives_a_stable_address_or_one_reason(text: str) -> None:
    try:
        address = normalise_address(text)
    except AddressProblem:
        return
    assert normalise_address(address) == address
    assert address.isascii()
    assert len(address) <= 254


@given(st.lists(examples.addresses, unique_by=str.lower), st.sampled_from([", ", "、", "；", "\n", "\u3000", "\r\n"]))
def test_what_was_joined_is_split_again(addresses: list[str], between: str) -> None:
    assert split_addresses(between.join(addresses)) == tuple(addresses)


def test_each_address_of_a_field_comes_once_with_names_taken_off() -> None:
    typed = '"Yamada, Taro" <taro@example.com>; hana @ example.com\nＴＡＲＯ@example.com 花子 <h@example.jp>, ,'
    assert split_addresses(typed) == ("taro@example.com", "hana@example.com", "h@example.jp")


def test_a_piece_that_is_no_address_stays_to_be_told() -> None:
    assert split_addresses("taro@example.com、<b>x</b>") == ("taro@example.com", "<b>x</b>")
    assert split_addresses("taro, hanako@example.com") == ("taro", "hanako@example.com")


@given(st.text())
def test_any_field_can_be_split(text: str) -> None:
    pieces = split_addresses(text)
    assert len({piece.lower() for piece in pieces}) == len(pieces)
    assert all(pieces)


def test_subdomains_are_inside_and_lookalikes_are_not() -> None:
    own = ("Example.ac.jp",)
    assert is_inside("a@example.ac.jp", own)
    assert is_inside("a@STU.example.ac.jp", own)
    assert not is_inside("a@notexample.ac.jp", own)
    assert not is_inside("a@example.ac.jp.example.com", own)
    assert not is_inside("/O=EXAMPLE/CN=TARO", own)


def test_addresses_are_compared_without_case() -> None:
    assert is_same_address("Taro@example.com ", "taro@EXAMPLE.com")
    assert get_domain("Taro@EXAMPLE.com") == "example.com"
    assert get_domain("taro") == ""
