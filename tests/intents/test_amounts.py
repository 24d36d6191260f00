"""Amounts as customers write them."""

import pytest

from intents.amounts import amounts
from intents.telephones import international

TABLE = {
    "it cost €25": "25 EUR",
    "25 €": "25 EUR",
    "25,50 euros": "25.50 EUR",
    "1.200,50 €": "1200.50 EUR",
    "$1,200.50": "1200.50 USD",
    "1 200 euros": "1200 EUR",
    "99.9 usd": "99.90 USD",
    "20 quid": "20 GBP",
    "£48213": "48213 GBP",
    "US$ 30": "30 USD",
    "30 dólares": "30 USD",
    "cuesta 15 euros.": "15 EUR",
    "12 livres": "12 GBP",
    "٢٥ درهم": "25 AED",
    "30 ريال": "30 SAR",
    "١٠٠ جنيه": "100 EGP",
    "50 دولار": "50 USD",
    "25元": "25 CNY",
    "我付了25块钱": "25 CNY",
    "一共300人民币": "300 CNY",
    "10.00 CHF": "10.00 CHF",
    "50 جنيهاً": "50 EGP",
    "20 ريالا": "20 SAR",
    "25 درهماً": "25 AED",
    "30塊": "30 CNY",
    "20歐元": "20 EUR",
}


@pytest.mark.parametrize(("text", "value"), TABLE.items())
def test_an_amount_is_found(text, value):
    assert [one["value"] for one in amounts(text)] == [value]


@pytest.mark.parametrize(
    "text", ["order 48213", "25 eurovision songs", "a hundred euros", "€"]
)
def test_what_is_no_amount_is_not_found(text):
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("07400 123456", "GB", "+447400123456"),
        ("+44 7400 123456", "ES", "+447400123456"),
        ("612 34 56 78", "ES", "+34612345678"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("(201) 555-0123", "US", "+12015550123"),
        ("0551 234 567", "SA", "+966551234567"),
        ("138 0013 8000", "CN", "+8613800138000"),
        ("07400 123456", "ZZ", None),
        ("12", "GB", None),
        ("", "GB", None),
    ],
)
def test_a_telephone_number_has_one_spelling(written, country, number):
    assert international(written, country) == number


def test_an_amount_far_behind_in_a_long_message_is_found():
    (found,) = amounts("and so on. " * 140 + "I paid €25")
    assert found["value"] == "25 EUR"
