"""Signing in through Microsoft, as the simulated people."""


def test_a_person_signs_in_and_lands_on_the_home_page(signed_in):
    reader = signed_in("full.mailbox")
    page = reader.open("/ja/accounts/sign-in/")
    assert page
