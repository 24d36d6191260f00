"""Buttons, a picture and days of an entry: in its form, sent, and in its versions."""

from datetime import date

import pytest

from bot.admin import extras
from bot.rehearsal import meant, rehearse
from bot.store.extras import Button, Extras, Kind
from bot.understanding import Understanding
from emulator.checks import check
from tests.bot.visiting import words

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
NAME = "opening_hours"
WEB = {
    "button-1-kind": "web",
    "button-1-title": "See the map",
    "button-1-target": "https://shop.example/map",
}
PHONE = {
    "button-2-kind": "phone",
    "button-2-title": "Call us",
    "button-2-target": "+44 (20) 7946-0000",
}
ASK = {
    "button-3-kind": "ask",
    "button-3-title": "Gift cards?",
    "button-3-entry": "gift_cards",
}
IMAGE = {"image": "https://shop.example/front.jpg"}
QUESTIONS = {"gift_cards": "How do gift cards work?"}


def of(button, **fields):
    return {**button, **{f"button-1-{name}": text for name, text in fields.items()}}


def said(editor, parts):
    """What a customer gets who asks for the opening hours."""
    parts.understanding.refresh()
    live = parts.understanding.assistants
    return rehearse("what are your opening hours", live, parts.clock())


def test_what_the_form_holds_is_read():
    read = extras.read({**WEB, **PHONE, **ASK, **IMAGE, "until": "2026-12-24"})
    assert read == Extras(
        buttons=(
            Button(
                kind=Kind.WEB, title="See the map", target="https://shop.example/map"
            ),
            Button(kind=Kind.PHONE, title="Call us", target="+442079460000"),
            Button(kind=Kind.ASK, title="Gift cards?", target="gift_cards"),
        ),
        image="https://shop.example/front.jpg",
        until="2026-12-24",
    )
    assert list(extras.problems(read, QUESTIONS)) == []
    assert Extras.from_json(read.to_json()) == read


def test_a_form_without_these_fields_and_a_version_from_before_hold_nothing():
    assert extras.read({}) == Extras.from_json(None) == Extras()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (of(WEB, title=""), "Write on each button what it does."),
        (of(WEB, title="x" * 23), "by 3: a button takes 20."),
        (of(WEB, target="javascript:alert(1)"), "begins with https://"),
        (of(WEB, target="https://no host"), "begins with https://"),
        (of(WEB, kind="phone"), "needs a number with its country"),
        (of(WEB, kind="ask"), "needs one of your questions"),
        ({**WEB, **PHONE, "button-2-title": "SEE the map"}, "a title of its own"),
        ({"since": "24.12.2026"}, "Write a day as year-month-day"),
        ({"since": "2026-12-24", "until": "2026-12-01"}, "before the first"),
    ],
)
def test_what_is_wrong_is_said(fields, problem):
    (told,) = extras.problems(extras.read(fields), QUESTIONS)
    assert problem in told


def test_an_address_of_a_picture_is_a_safe_one():
    read = extras.read({"image": "http://shop.example/a.jpg"})
    (told,) = extras.picture_problems(read)
    assert "A picture needs an address that begins with https://" in told


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        ("", "", True),
        ("2026-11-24", "2026-11-24", True),
        ("2026-11-25", "", False),
        ("", "2026-11-23", False),
    ],
)
def test_both_days_count(since, until, holds):
    day = date(2026, 11, 24)
    assert Extras(since=since, until=until).holds_on(day) is holds


def test_a_customer_gets_the_picture_then_the_text_with_its_buttons(editor, parts):
    editor.save(NAME, answer="At {ten}.", state="live", **WEB, **PHONE, **ASK, **IMAGE)
    picture, text = (reply.message for reply in said(editor, parts).replies)
    assert picture["attachment"]["payload"]["url"] == IMAGE["image"]
    payload = text["attachment"]["payload"]
    assert payload["text"] == "At {ten}."
    assert [(b["type"], b["title"]) for b in payload["buttons"]] == [
        ("web_url", "See the map"),
        ("phone_number", "Call us"),
        ("postback", "Gift cards?"),
    ]
    for message in (picture, text):
        check(message)  # as Messenger would


@on_sqlite
def test_a_long_answer_keeps_its_buttons_within_the_limits(editor, parts):
    editor.save(NAME, answer="word " * 300, state="live", **WEB)
    *before, last = (reply.message for reply in said(editor, parts).replies)
    assert before
    assert last["attachment"]["payload"]["buttons"]
    for message in (*before, last):
        check(message)


@on_sqlite
def test_a_tap_asks_the_question_of_the_button(editor, parts):
    editor.save(NAME, answer="At ten.", state="live", **ASK)
    (choice,) = said(editor, parts).state.offer.choices
    assert choice.payload == "/faq/gift_cards"


def test_outside_of_its_days_an_entry_is_for_a_person(editor, parts):
    editor.save(NAME, answer="At ten.", state="live", until="2020-01-01")
    assert meant(said(editor, parts)).outcome == "person"
    page = editor.who.words(f"/admin/faq/{NAME}")
    assert "Today is not one of its days" in page
    editor.save(NAME, until="", since="2020-01-01")
    assert meant(said(editor, parts)).intent == f"faq/{NAME}"


@on_sqlite
def test_a_new_day_begins_and_ends_an_answer_in_every_process(editor, parts):
    editor.save(NAME, answer="At ten.", state="live", until="2026-12-24")
    days = [date(2026, 12, 24)]
    understanding = Understanding(
        parts.database,
        parts.content,
        parts.understanding.assistant.run_action,
        parts.settings.models,
        parts.settings.precision,
        lambda: days[-1],
        tuple,
    )
    for outcome in ("answer", "person"):
        assert understanding.refresh()
        assert not understanding.refresh()
        live = understanding.assistants
        turn = rehearse("what are your opening hours", live, parts.clock())
        assert meant(turn).outcome == outcome
        days.append(date(2026, 12, 25))


@on_sqlite
def test_what_is_wrong_comes_back_with_all_that_was_typed(editor):
    fields = editor.form(NAME, **of(WEB, target="shop.example"), **IMAGE)
    answer = editor.who.post(f"/admin/faq/{NAME}", **fields)
    assert answer.status_code == 422
    told = words(answer.text)
    assert "“See the map” needs an address that begins with https://." in told
    assert 'value="shop.example"' in answer.text
    assert f'value="{IMAGE["image"]}"' in answer.text


@on_sqlite
def test_a_version_says_what_changed_beside_the_text_and_brings_it_back(editor):
    editor.save(NAME, answer="At ten.", state="live", **WEB)
    editor.save(NAME, **ASK, until="2026-12-24")
    page = editor.who.words(f"/admin/faq/{NAME}/versions")
    assert "Button “Gift cards?”: asks “How do gift cards work?”" in page
    assert "Answered until 2026-12-24" in page
    kept = editor.entry(NAME)
    editor.who.post(f"/admin/faq/{NAME}/restore", number=2, version=kept.number)
    assert editor.entry(NAME).extras == extras.read(WEB)


@on_sqlite
def test_the_preview_has_the_buttons_and_the_picture(editor):
    fields = {"answer": "At ten.", **WEB, **IMAGE}
    told = editor.who.post("/admin/preview", **fields).text
    assert "See the map" in told
    assert IMAGE["image"] in told
    assert "Goes out as 2 messages." in told
