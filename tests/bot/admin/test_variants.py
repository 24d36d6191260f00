"""Other answers of an entry, on some days and to some customers: form to customer."""

from datetime import UTC, date, datetime

import pytest

from bot import faq_files
from bot.admin import variants
from bot.circumstances import circumstances
from bot.hours import Hours
from bot.rehearsal import rehearse
from bot.store import knowledge
from bot.store.variants import ALWAYS, Variant, When, from_json, to_json
from bot.turn import Heard, take_turn
from flows import files
from flows.stack import State
from tests.bot.visiting import words

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
NAME = "opening_hours"
ASKED = "what are your opening hours"
WEEKEND = {"variant-1-day": "weekend", "variant-1-answer-en": "Closed till Monday."}
IN_FRANCE = {
    "variant-2-country": "FR",
    "variant-2-answer-en": "As in Britain.",
    "variant-2-answer-fr": "Comme en Angleterre.",
}
SATURDAY = datetime(2026, 11, 28, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 12, tzinfo=UTC)
CHRISTMAS = Hours(holidays={date(2026, 12, 25): "Christmas"})
NINE_TO_FIVE = Hours(week=(((540, 1020),),) * 5 + ((), ()))


def said(parts, now, *, hours=CHRISTMAS, country=None):
    """What a customer reads who asks for the opening hours."""
    parts.understanding.refresh()
    heard = Heard(event_id=1, kind="text", text=ASKED)
    turn = take_turn(
        heard,
        State(),
        (),
        parts.understanding.assistants.hearing(heard).assistant,
        psid="1",
        now=now,
        disclose=False,
        hours=hours,
        country=country,
    )
    return turn.replies[0].text


def test_a_day_is_what_it_is_to_the_shop():
    assert circumstances(SATURDAY, CHRISTMAS, "GB") == {
        "day_kind": "weekend",
        "weekday": "saturday",
        "today": "2026-11-28",
        "open_now": True,
        "country": "GB",
        "page_id": None,
        "shop_zone": CHRISTMAS.zone,
    }
    christmas = datetime(2026, 12, 25, 12, tzinfo=UTC)
    assert circumstances(christmas, CHRISTMAS)["day_kind"] == "holiday"
    in_the_gulf = Hours(week=(((0, 1440),),) * 4 + ((), ()) + (((0, 1440),),))
    friday, sunday = date(2026, 11, 27), date(2026, 11, 29)
    assert in_the_gulf.day_kind(friday) == "weekend"
    assert in_the_gulf.day_kind(sunday) == "weekday"


def test_a_day_begins_at_midnight_on_the_wall_of_the_shop():
    late = datetime(2026, 11, 27, 23, tzinfo=UTC)
    assert circumstances(late, Hours())["weekday"] == "friday"
    assert circumstances(late, Hours(zone="Asia/Tokyo"))["weekday"] == "saturday"


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        (When(day="weekend"), True),
        (When(day="saturday"), True),
        (When(day="weekday"), False),
        (When(day="sunday"), False),
        (When(hours="open"), True),
        (When(hours="closed"), False),
        (When(country="FR"), True),
        (When(country="DE"), False),
        (When(since="2026-11-28", until="2026-11-28"), True),
        (When(since="2026-11-29"), False),
        (When(until="2026-11-27"), False),
        (When(day="weekend", country="DE"), False),
        (When(day="weekend", hours="open", country="FR", since="2026-01-01"), True),
    ],
)
def test_all_that_was_chosen_must_hold(when, holds):
    assert when.holds(circumstances(SATURDAY, CHRISTMAS, "FR"), {}) is holds


def test_of_what_nobody_knows_nothing_holds():
    given = (
        When(day="weekend"),
        When(hours="closed"),
        When(country="FR"),
        When(until="2026-01-01"),
    )
    assert [one for one in given if one.holds({}, {})] == []


def test_what_the_form_holds_is_read_and_kept():
    read = variants.read({**WEEKEND, **IN_FRANCE, "variant-4-day": "someday"})
    assert read == (
        Variant(when=When(day="weekend"), answers={"en": "Closed till Monday."}),
        Variant(
            when=When(country="FR"),
            answers={"en": "As in Britain.", "fr": "Comme en Angleterre."},
        ),
    )
    assert list(variants.problems(read)) == []
    assert from_json(to_json(read)) == read
    assert variants.read({}) == from_json(None) == ()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"variant-1-answer-en": "Hm."}, "Choose when each of the other answers"),
        ({"variant-1-day": "weekend"}, "Write what is answered: “At the weekend”."),
        ({**WEEKEND, "variant-1-since": "24.12.2026"}, "Write a day as year-month"),
        (
            {
                **WEEKEND,
                "variant-1-since": "2026-12-24",
                "variant-1-until": "2026-12-1",
            },
            "Write a day as year-month",
        ),
        (
            {
                **WEEKEND,
                "variant-1-since": "2026-12-24",
                "variant-1-until": "2026-12-01",
            },
            "the last day is before the first",
        ),
        (
            {
                **WEEKEND,
                "variant-2-day": "weekend",
                "variant-2-country": "FR",
                "variant-2-answer-en": "Never.",
            },
            "is never answered",
        ),
    ],
)
def test_what_is_wrong_is_said(fields, problem):
    (told,) = variants.problems(variants.read(fields))
    assert problem in told


def test_the_first_that_fits_is_answered_and_the_plain_answer_else(editor, parts):
    editor.save(NAME, answer="At ten.", state="live", **WEEKEND, **IN_FRANCE)
    assert said(parts, SATURDAY) == "Closed till Monday."
    assert said(parts, SATURDAY, country="FR") == "Closed till Monday."
    assert said(parts, MONDAY, country="FR") == "As in Britain."
    assert said(parts, MONDAY) == "At ten."


def test_a_language_says_its_own_or_else_what_the_shop_s_own_says(editor, parts):
    editor.save(NAME, answer="At ten.", state="live", **WEEKEND, **IN_FRANCE)
    parts.understanding.refresh()

    def in_french(now, country=None):
        slots = circumstances(now, CHRISTMAS, country)
        french = parts.understanding.responses("fr")
        return french.fill(f"utter_faq/{NAME}", slots, {}, seed=1)["text"]

    assert in_french(MONDAY, "FR") == "Comme en Angleterre."
    assert in_french(SATURDAY, "FR") == "Closed till Monday."


@on_sqlite
def test_an_answer_is_another_while_nobody_is_there(editor, parts):
    shut = {"variant-1-hours": "closed", "variant-1-answer-en": "Not now: at {nine}."}
    editor.save(NAME, answer="Now.", state="live", **shut)
    night = MONDAY.replace(hour=22)
    assert said(parts, MONDAY, hours=NINE_TO_FIVE) == "Now."
    assert said(parts, night, hours=NINE_TO_FIVE) == "Not now: at {nine}."
    live = parts.understanding.assistants
    tried = rehearse(ASKED, live, night, NINE_TO_FIVE)
    assert tried.replies[0].text == "Not now: at {nine}."


@on_sqlite
def test_what_is_wrong_with_another_answer_is_not_published(editor):
    fields = editor.form(NAME, state="live", answer="At ten.", **WEEKEND)
    page = editor.who.post(
        f"/admin/faq/{NAME}", **{**fields, "variant-1-answer-en": "Ask [name]."}
    )
    assert page.status_code == 422
    assert "customers would read it" in page.text
    assert 'id="variant-1-answer-en-problems"' in page.text
    page = editor.who.post(
        f"/admin/faq/{NAME}", **{**fields, "variant-1-answer-en": "x" * 2001}
    )
    assert "shorten it by 1" in page.text
    assert editor.entry(NAME).variants == ()


@on_sqlite
def test_answers_are_added_moved_and_taken_out_and_nothing_is_saved(editor):
    fields = editor.form(NAME, **WEEKEND, **IN_FRANCE)

    def arranged(how):
        page = editor.who.post(f"/admin/faq/{NAME}/variants", **fields, arrange=how)
        return page.text

    assert 'id="variant-3-day"' in arranged("add")
    moved = arranged("up-2")
    assert moved.index("Comme en Angleterre.") < moved.index("Closed till Monday.")
    gone = arranged("out-1")
    assert "Closed till Monday." not in gone
    assert "Comme en Angleterre." in gone
    assert editor.entry(NAME).variants == ()


def test_an_empty_row_before_another_is_the_one_that_is_taken_out():
    form = {f"variant-2-{k.removeprefix('variant-1-')}": t for k, t in WEEKEND.items()}
    assert variants.arranged(form, out=1) == variants.read(form) != ()
    assert variants.arranged(form, out=2) == ()


@on_sqlite
@pytest.mark.parametrize(
    ("chosen", "shown", "given"),
    [
        ({"as-on": "2026-11-28"}, "Closed till Monday.", "At the weekend"),
        ({"as-on": "2026-11-30"}, "At ten.", "the usual answer"),
        (
            {"as-on": "2026-11-30", "as-country": "FR"},
            "As in Britain.",
            "To customers in: France",
        ),
        (
            {"as-on": "2026-11-30", "as-country": "FR", "shown": "fr"},
            "Comme en Angleterre.",
            "To customers in: France",
        ),
        ({"as-on": "tomorrow", "as-country": "XX"}, "At ten.", "the usual answer"),
    ],
)
def test_the_preview_shows_what_is_answered_on_a_day(editor, app, chosen, shown, given):
    friday = datetime(2026, 11, 27, 12, tzinfo=UTC)
    object.__setattr__(app.extensions["parts"], "clock", lambda: friday)
    fields = {**editor.form(NAME, answer="At ten."), **WEEKEND, **IN_FRANCE}
    page = words(editor.who.post("/admin/preview", **fields, **chosen).text)
    assert shown in page
    assert f"Given: {given}" in page


@on_sqlite
def test_the_versions_and_who_else_edits_tell_of_other_answers(editor, colleague):
    fields = colleague.form(NAME, answer="At ten.", state="live")
    editor.save(NAME, answer="At ten.", state="live", **WEEKEND)
    told = "At the weekend (English): Closed till Monday."
    conflict = colleague.who.post(f"/admin/faq/{NAME}", **fields)
    assert told in words(conflict.text)
    editor.save(NAME, answer="At ten.", state="live")
    assert f"<del>{told}</del>" in editor.who.get(f"/admin/faq/{NAME}/versions").text
    editor.who.post(
        f"/admin/faq/{NAME}/restore", number=2, version=editor.entry(NAME).number
    )
    assert [one.when for one in editor.entry(NAME).variants] == [When(day="weekend")]


@on_sqlite
def test_a_check_of_a_draft_is_out_of_date_once_another_answer_changed(editor, parts):
    fields = editor.form(NAME, answer="At ten.", state="live")
    page = editor.who.post(f"/admin/faq/{NAME}/check/age", **fields, checked="x")
    assert "Out of date" in page.text
    assert ALWAYS.covers(When(day="weekend"))
    assert not When(day="weekend").covers(ALWAYS)


@on_sqlite
def test_the_faq_is_taken_away_as_a_file_from_which_it_comes_again(
    editor, parts, tmp_path
):
    editor.save(NAME, answer="At {ten}.", state="live", **WEEKEND, **IN_FRANCE)
    answers = {
        code: editor.who.get(f"/admin/faq/{code}.yml")
        for code in parts.content.languages
    }
    assert answers["en"].headers["Content-Disposition"].endswith('filename="en.yml"')
    sources = {}
    for code, answer in answers.items():
        path = tmp_path / f"{code}.yml"
        path.write_bytes(answer.data)
        sources[code] = files.read([path])
    found = faq_files.read(sources, parts.content.languages).entries
    with parts.database.read() as connection:
        kept = {one.name: one for one in knowledge.faq(connection)}
    assert {one.name for one in found} == {*kept}
    assert {one.name: one.variants for one in found}[NAME] == kept[NAME].variants

    def job(connection):
        for one in found:
            knowledge.save(connection, one, now=parts.clock())

    parts.database.write(job)
    for code, answer in answers.items():
        again = editor.who.get(f"/admin/faq/{code}.yml")
        assert again.data == answer.data
    assert editor.who.get("/admin/faq/xx.yml").status_code == 404
