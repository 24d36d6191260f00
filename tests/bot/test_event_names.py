"""Which event a text names: as people write, and where no event is meant."""

from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest

from bot.event_names import EventNames
from flows.ports import CalendarEvent

NAMES = {
    "ferry": ("Harbour Sessions: The Night Ferry", "The Old Chapel, Harbourtown"),
    "tide": ("Harbour Sessions: Tide Tables", "The Old Chapel, Harbourtown"),
    "printing": ("Screen printing for beginners", "Workshop, 14 Quay Street"),
    "fair": ("Winter vinyl fair", "Corn Exchange, Harbourtown"),
    "quartet": ("Quayside Quartet", "St Brannock's Hall, Harbourtown"),
    "listening": ("Late listening night", "Harbour Records, 14 Quay Street"),
    "dublin": ("Harbour Records showcase", "The Brass Room, Dublin"),
    "brooklyn": ("Harbour Records on tour", "Pier Nine, Brooklyn"),
    "sleeve": ("Record sleeve design", "Workshop, 14 Quay Street"),
    "elodie": ("Soirée Élodie Ménard", "Le Trabendo"),
    "qasida": ("ليلة القصيدة الأندلسية", "المسرح الكبير"),
    "chaoxi": ("潮汐音乐会", "老礼堂"),
}


def event(event_id, name, venue="Somewhere"):
    return CalendarEvent(
        event_id=event_id,
        name=name,
        starts_at=datetime(2026, 12, 5, 19, 30, tzinfo=UTC),
        zone="UTC",
        venue=venue,
    )


EVENTS = EventNames(tuple(event(one, *of) for one, of in NAMES.items()))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("what time is the Tide Tables show?", "tide"),
        ("TIDE TABLES", "tide"),
        ("when's tidetables", "tide"),
        ("tide tabels when", "tide"),
        ("wheres the tide tabels gig", "tide"),
        ("Je retrouve plus la date de Harbour Sessions Tide Tables", "tide"),
        ("Harbour Sessions: Tide Tables?", "tide"),
        ("when and where is the screen printing workshop", "printing"),
        ("is screen-printing still on", "printing"),
        ("screen printing for begginers", "printing"),
        ("what time es el workshop de Sleeve Design", "sleeve"),
        ("record sleeve design, where?", "sleeve"),
        ("请问Quayside Quartet在什么地方、几点开演", "quartet"),
        ("quayside quartett", "quartet"),
        ("quaiside quartet tonight?", "quartet"),
        ("متى حفلة Quayside Quartet؟", "quartet"),
        ("harbour sessions night ferry", "ferry"),
        ("the night ferry, what time", "ferry"),
        ("night ferry", "ferry"),
        ("is the vinyl fair moved", "fair"),
        ("c'est quand la Winter Vinyl Fair ?", "fair"),
        ("late listening night", "listening"),
        ("listening night cancelled?", "listening"),
        ("harbour records on tour", "brooklyn"),
        ("soiree elodie menard", "elodie"),
        ("ELODIE MÉNARD à quelle heure", "elodie"),
        ("متى ليلة القصيدة الاندلسية", "qasida"),
        ("潮汐音乐会几点开始", "chaoxi"),
        ("la bourse aux vinyles a été déplacée ?", "fair"),
        ("a qué hora abre la feria de vinilos", "fair"),
        ("متى معرض الفينيل", "fair"),
        ("黑胶市集几点", "fair"),
    ],
)
def test_a_name_is_surely_found(text, meant):
    found = EVENTS.find(text)
    assert (found.keys, found.sure) == ((meant,), True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("what time is that thing in Brooklyn", ["brooklyn"]),
        ("想确认一下 Brooklyn那场 show 的 start time", ["brooklyn"]),
        ("the record fair's been shifted", ["fair"]),
        ("¿cuándo es la feria?", ["fair"]),
        ("is the showcase still on", ["dublin"]),
        ("the printing thing", ["printing"]),
        ("when is harbour sessions", ["ferry", "tide"]),
        ("Harbour Records", ["dublin", "brooklyn"]),
        ("the sleeve of my record is damaged", ["sleeve"]),
        ("my phone screen broke", ["printing"]),
        ("a quarter of it", ["quartet"]),
        ("une place pour le quatuor", ["quartet"]),
        ("四重奏那场", ["quartet"]),
        ("je cherche un vinyle", ["fair"]),
        ("when will my Tide Tables album arrive", ["tide"]),
        ("the old chapel", ["ferry", "tide"]),
    ],
)
def test_less_than_a_name_is_told_apart_from_one(text, meant):
    found = EVENTS.find(text)
    assert (list(found.keys), found.sure) == (meant, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "hello",
        "when is the concert?",
        "where is the show",
        "what time does the night start",
        "is the workshop on",
        "I have a ticket for the session on Saturday",
        "where is my order 48213",
        "my records have not arrived",
        "the harbour is nice",
        "winter",
        "late",
        "a la tarde, para mi",
        "la nuit des concerts",
        "音乐会什么时候",
        "我的订单在哪里",
        "متى الحفلة",
        "do you ship to Harbourtown",
    ],
)
def test_ordinary_words_name_nothing(text):
    assert EVENTS.find(text) is None


@pytest.mark.parametrize("text", ["mes sous pour le 33 tours", "un 45-tours abîmé"])
def test_a_record_is_on_no_tour(text):
    assert EventNames((event("a", "Harbour Records on tour"),)).find(text) is None


def test_where_the_name_stands_is_told():
    text = "What time is Tide  Tables, please?"
    found = EVENTS.find(text)
    assert text[found.start : found.end] == "Tide  Tables"
    assert EVENTS.without(text) == "What time is  , please?"


def test_what_is_said_in_the_words_of_a_language_tells_that_language():
    text = "¿Se ha movido la feria de vinilos?"
    assert EVENTS.find(text).sure
    assert EVENTS.without(text) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("when are Tide Tables and the Night Ferry?", "tide + ferry"),
        ("Quayside Quartet und Winter vinyl fair", "quartet + fair"),
        ("when is Tide Tables, and where is Tide Tables", "tide"),
        ("is Tide Tables one of the Harbour Sessions", "tide"),
    ],
)
def test_two_events_are_named_where_each_has_its_name(text, meant):
    assert EVENTS.find(text).value == meant


def test_events_of_one_name_are_surely_found_together():
    names = EventNames((event("may", "Sleeve Design"), event("june", "Sleeve Design")))
    found = names.find("when is sleeve design")
    assert (found.keys, found.sure) == (("may", "june"), True)
    assert found.value == "may | june"


def test_a_kind_of_which_there_are_two_names_none():
    names = EventNames((event("a", "Vinyl Fair"), event("b", "Poster Fair")))
    assert names.find("when is the fair") is None


def test_a_name_of_ordinary_words_alone_is_not_sure():
    names = EventNames((event("a", "Summer night"), event("b", "Live music")))
    found = names.find("when is the summer night")
    assert (found.keys, found.sure) == (("a",), False)
    assert names.find("last night of summer") is None


def test_an_empty_calendar_names_nothing():
    assert EventNames().find("Tide Tables") is None


def test_a_long_text_is_looked_through_at_once_in_a_large_calendar():
    letters = "bcdfghklmnprstvz"
    rows = [
        event(str(n), f"{letters[n % 16]}a{letters[n // 16 % 16]}ellian {n} {x}orium")
        for n, x in enumerate(letters * 31)
    ]
    names = EventNames(tuple(rows))
    names.find("once, to be ready")
    began = perf_counter()
    names.find(" ".join(f"{x}arallian {x}anorium" for x in letters) * 20)
    assert timedelta(seconds=perf_counter() - began) < timedelta(seconds=1)
