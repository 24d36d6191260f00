from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.entities import Pattern, extract, phrases
from intents.examples import load

SHIPPED = load([Path(__file__).parents[2] / "data/nlu/entities.yml"]).patterns


def found(text: str) -> list[tuple[str, str]]:
    return [(one["entity"], one["value"]) for one in extract(text, SHIPPED)]


ORDER = [("order_number", "48213")]
TICKET = [("ticket", "HR-7K2M9Q")]
AT_THE_END = [*TICKET, ("ticket_code", "HR-7K2M9Q")]
TABLE = {
    "where is 48213?": ORDER,
    "it's #48213": ORDER,
    "order no. 48213.": ORDER,
    "order48213 pls": ORDER,
    "48213pls hurry": ORDER,
    "order number:48213": ORDER,
    "order-48213": ORDER,
    "my order \uff14\uff18\uff12\uff11\uff13": ORDER,
    "my order \u0664\u0668\u0662\u0661\u0663": ORDER,
    "\u0631\u0642\u0645\u0664\u0668\u0662\u0661\u0663\u061f": ORDER,
    "\u8ba2\u535548213\u5230\u54ea\u4e86": ORDER,
    "\u7968\u53f7HR-7K2M9Q\u5728\u54ea": TICKET,
    "\u90ae\u7bb1\u662fme@example.com\u8c22\u8c22": [("email", "me@example.com")],
    "48213 and 48214": [("order_number", "48213"), ("order_number", "48214")],
    "48213 48214 pls": [("order_number", "48213"), ("order_number", "48214")],
    "it cost \u00a348213": [],
    "it cost 48213.50": [],
    "123456 items": [("mail_code", "123456")],
    "HR-7K2M9Q": TICKET,
    "ticket hr7k2m9q": TICKET,
    "hr 7k2m9q please": TICKET,
    "HR 7K2 M9Q": TICKET,
    "Hr \u2013 7k2m9q": TICKET,
    "hr_7k2m9q.": TICKET,
    "HR-ABCDEF": [("ticket", "HR-ABCDEF")],
    "ticket 7k2m9q": AT_THE_END,
    "my ticket number is 7K2M9Q, when is it?": TICKET,
    "mi entrada 7K2M9Q": AT_THE_END,
    "le billet numéro 7K2M9Q": AT_THE_END,
    "رقم تذكرتي ٧K2M9Q": AT_THE_END,
    "票号是7K2M9Q": AT_THE_END,
    "ticket please": [],
    "7K2 M9Q": [("ticket_code", "HR-7K2M9Q")],
    "it's 482913.": [("ticket_code", "HR-482913"), ("mail_code", "482913")],
    "£482913": [],
    "hr please": [],
    "open 24 hr 365 days": [],
    "Me.You@Example.COM.": [("email", "me.you@example.com")],
    "(a_b+c@ex-ample.co.uk),": [("email", "a_b+c@ex-ample.co.uk")],
    "order48213@example.com": [("email", "order48213@example.com")],
    "a@b": [],
    "postcode sw1a1aa": [("postcode", "SW1A 1AA")],
    "it is m1  1ae": [("postcode", "M1 1AE")],
    "it is m1 1ae.": [("postcode", "M1 1AE")],
    "EC1A 1BB": [("postcode", "EC1A 1BB")],
    "see you at m8 5pm": [],
    "Eircode D02 AF30": [("postcode", "D02 AF30")],
    "amsterdam 1011 AB": [("postcode", "1011 AB")],
    "in 2024 we met": [],
    "at 1500pm": [],
    "00-950 Warszawa": [("postcode", "00-950")],
    "1000-205 Lisboa": [("postcode", "1000-205")],
    "D-10115 Berlin": [("postcode", "10115")],
    "my zip is 90210": [("postcode", "90210")],
    "mi código postal es 28013": [("postcode", "28013")],
    "cp 69003": [("postcode", "69003")],
    "la commande c'est 45127, code postal 69003": [
        ("order_number", "45127"),
        ("postcode", "69003"),
    ],
    "邮编200040谢谢": [("mail_code", "200040"), ("postcode", "200040")],
    "邮编是200040": [
        ("ticket_code", "HR-200040"),
        ("mail_code", "200040"),
        ("postcode", "200040"),
    ],
    "票号7K2M9Q谢谢": [("ticket", "HR-7K2M9Q")],
    "الرمز البريدي هو ١٣٥٢١": [("postcode", "13521")],
    "Postcode: 10115": [("postcode", "10115")],
    "90210-1234": [("postcode", "90210-1234")],
    "48213": [*ORDER, ("postcode", "48213")],
    "call 07700 900123": [("phone", "07700 900123")],
    "+44 7700 900123": [("phone", "+44 7700 900123")],
    "555-123-4567": [("phone", "555-123-4567")],
    "48213, LS1 4AB, a@b.org": [
        *ORDER,
        ("postcode", "LS1 4AB"),
        ("email", "a@b.org"),
    ],
    "hello": [],
    "": [],
}


@pytest.mark.parametrize(("text", "values"), TABLE.items(), ids=TABLE)
def test_shipped_patterns_find_values_and_spell_them_alike(text, values):
    assert found(text) == values


def test_an_entity_names_its_place_in_the_untouched_text():
    text = "Hi \U0001f44b order  HR-7k2m9q!"
    (entity,) = extract(text, SHIPPED)
    assert text[entity["start"] : entity["end"]] == "HR-7k2m9q"
    assert entity["extractor"] == "RegexEntityExtractor"
    assert "processors" not in entity


def test_a_synonym_replaces_the_value():
    patterns = [phrases("city", ["bln", "Rome"])]
    first, second = extract("BLN or rome", patterns, {"bln": "Berlin"})
    assert (first["value"], first["processors"]) == ("Berlin", ["EntitySynonymMapper"])
    assert second["value"] == "rome"


def test_what_lies_inside_a_longer_find_is_dropped():
    patterns = [Pattern("digit", r"\d"), Pattern("number", r"\d{2,5}")]
    names = [one["entity"] for one in extract("123 4", patterns)]
    assert names == ["number", "digit"]


def test_patterns_that_match_nothing_find_nothing():
    assert extract("abc", [Pattern("nothing", "x*")]) == []


LONG = "it has been a long story. " * 80


def test_what_stands_far_behind_in_a_long_message_is_found():
    assert found(f"{LONG[:1500]} order 48213, {LONG}") == ORDER
    assert found(f"{LONG[:1500]} me@example.com") == [("email", "me@example.com")]
    assert found(f"{LONG[:1994]} 48213") == ORDER
    assert found(f"{LONG[:2000]} 48213") == []


def test_a_pattern_without_an_end_is_looked_for_in_half_as_much():
    patterns = [Pattern("code", "[a-z]+[0-9]")]
    text = f"a1 {'. ' * 600} b2"
    assert [one["value"] for one in extract(text, patterns)] == ["a1"]


HOSTILE = {
    "digits": "1" * 2000,
    "digits apart": "1 " * 1000,
    "order numbers": "12345 " * 333,
    "letters": "a" * 2000,
    "almost e-mails": "a.-" * 666,
    "at signs": "a@" * 1000,
    "e-mails": "a@b." * 500,
    "an endless e-mail": "a@" + "b." * 999,
    "tickets": "hr-" * 666,
    "brackets": "(0" * 1000,
    "words": "hello where is my order 48213 " * 66,
    "blanks": " " * 2000,
    "a megabyte": "a1" * 500_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_long(text, seconds):
    assert seconds(lambda: extract(text, SHIPPED)) < 0.05


def test_patterns_that_find_everything_do_not_take_long(seconds):
    patterns = [Pattern("one", "a"), Pattern("two", "ab"), Pattern("three", "b")]
    assert seconds(lambda: extract("ab" * 1000, patterns)) < 0.05


@settings(deadline=None)
@given(st.text(st.sampled_from("hrHR-48213 7k2m9q@.co#\u00a3()+x\uff11"), max_size=80))
def test_places_are_in_order_and_never_one_inside_the_other(text):
    places = [(one["start"], one["end"]) for one in extract(text, SHIPPED)]
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    for one in set(places):
        for other in set(places) - {one}:
            assert not (other[0] <= one[0] and one[1] <= other[1])
