"""Codes of an authenticator app, against the vectors of RFC 6238, appendix B."""

import base64

import pytest

from bot.account import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_those_of_the_rfc(seconds, code):
    assert totp.code(SECRET, seconds // 30, digits=8) == code
    assert totp.step_of(SECRET, code[-6:], seconds) == seconds // 30


@pytest.mark.parametrize(
    ("late", "found"), [(-31, None), (-30, 100), (0, 100), (59, 100), (60, None)]
)
def test_a_clock_may_be_off_by_one_step_and_no_more(late, found):
    assert totp.step_of(SECRET, totp.code(SECRET, 100), 3000 + late) == found


@pytest.mark.parametrize("given", ["", "28708", "0" * 6, "٢٨٧٠٨٢", "9" * 10_000, "\0"])
def test_what_is_no_code_fits_no_step(given):
    assert totp.step_of(SECRET, given, 59) is None


def test_the_app_is_told_issuer_login_and_secret():
    told = totp.uri("ABC", "ada&x=1@example.com")
    assert told == (
        "otpauth://totp/Frontdesk%3Aada%26x%3D1%40example.com?secret=ABC&issuer=Frontdesk"
    )


def test_recovery_codes_differ_and_are_read_however_they_are_typed():
    made = totp.new_recovery_codes()
    assert len(set(made)) == 10
    assert all(totp.plain(f" {totp.grouped(one).upper()}\n") == one for one in made)
    assert totp.plain("abcd-efgh") == "abcdefgh"
