"""What customers chose of "did you mean" is proposed first, in their own words."""

import re

import pytest
from sqlalchemy import update

from bot.store import lessons
from bot.store.lessons import Kind
from bot.store.models import Turn
from bot.store.teaching import TaughtPhrasing, TurnMark
from tests.bot.visiting import (
    converse,
    name,
    row,
    rows,
    says,
    turn_of,
    visitor,
    words,
)

ASKED = "would u take my scratched LP in for mending"
OTHER = "faq/opening_hours"


@pytest.fixture
def chooses(parts, clock):
    """Let a customer write something unclear, and take one of what is offered."""

    def chooses(text, intent, psid="1001", offered=None, **trace):
        conversation = converse(parts, psid)
        says(parts, conversation, text)
        choices = [
            {"title": one or "Something else", "payload": f"c:1:{at}", "intent": one}
            for at, one in enumerate((*(offered or (intent, OTHER)), None), 1)
        ]
        turn = turn_of(
            parts, conversation, text, "offered", handoff=None, offer=choices, **trace
        )
        parse = {"text": "the title", "intent": {"name": intent, "confidence": 1.0}}
        rule = "goals" if intent else "something_else"
        turn_of(
            parts,
            conversation,
            f"the title, after {text}",
            "answered",
            heard="tap",
            chosen=True,
            rule=rule,
            parse=parse,
            handoff=None,
        )
        return turn

    return chooses


def mark(parts, turn, kind, moment, intent=None):
    parts.database.write(
        lambda connection: lessons.mark(
            connection, turn, kind, now=moment, staff_id=None, intent=intent
        )
    )


def proposed(editor, entry, **changes):
    """The proposals to an entry, as they are read: each list under its title."""
    page = editor.who.post(
        f"/admin/faq/{entry}/propose", **editor.form(entry, **changes)
    )
    return page.text.partition('<div class="proposals"')[2]


def ticks(page):
    return re.findall(r'type="checkbox" name="more-\d+" value="([^"]*)"', page)


def test_what_customers_chose_comes_first_and_says_how_often(editor, repairs, chooses):
    chooses("u fix LPs at yours or not", f"faq/{repairs}", "1002")
    for psid in ("1003", "1004", "1005"):
        chooses(ASKED, f"faq/{repairs}", psid)
    page = proposed(editor, repairs)
    assert ticks(page)[:2] == [ASKED, "u fix LPs at yours or not"]
    told = words(page)
    assert "Chosen by customers" in told
    assert f"{ASKED} (3 times)" in told
    assert "u fix LPs at yours or not (once)" in told
    assert ticks(page).count(ASKED) == 1
    assert len(ticks(page)) > 2  # and the others after them
    numbers = re.findall(r'name="more-(\d+)"', page)
    assert len({*numbers}) == len(numbers)


def test_only_what_was_chosen_for_this_entry_is_proposed_to_it(
    editor, repairs, chooses
):
    chooses("a riddle about penguins", f"faq/{repairs}")
    chooses("a riddle about parrots", OTHER, "1002")
    chooses("a riddle about pigeons", None, "1003")
    chooses("a riddle about puffins", f"faq/{repairs}", "1004", offered=[OTHER])
    found = ticks(proposed(editor, repairs))
    assert found[0] == "a riddle about penguins"
    assert not [one for one in found[1:] if "riddle" in one]


def test_neither_what_stands_there_nor_what_was_marked_wrong_is_proposed(
    editor, repairs, chooses, parts, clock
):
    intent = f"faq/{repairs}"
    chooses("record repair!", intent)
    mark(parts, chooses("a riddle about penguins", intent, "1002"), Kind.WRONG, clock)
    tap = chooses("a riddle about parrots", intent, "1003") + 1
    mark(parts, tap, Kind.WRONG, clock)
    taught = chooses("a riddle about pigeons", intent, "1004")
    mark(parts, taught, Kind.TAUGHT, clock, "order_status")
    seen = chooses("a riddle about puffins", intent, "1005")
    mark(parts, seen, Kind.SEEN, clock)
    typed = "can you mend my scratched record\nrecord repair"
    page = proposed(editor, repairs, phrasings=f"{typed}\nodd one")
    assert [one for one in ticks(page) if "riddle" in one] == ["a riddle about puffins"]
    assert "record repair!" not in ticks(page)


def test_what_is_a_customers_own_is_taken_out(editor, repairs, chooses, parts):
    chooses(f"Dan Vale here, {ASKED}, call +44 20 7946 0123", f"faq/{repairs}")
    name(parts, converse(parts, "1001"), "Dan Vale")
    (first, *_) = ticks(proposed(editor, repairs))
    assert first == f"here, {ASKED}, call +44 20 7946 0000"


def test_what_has_another_answer_by_now_or_asks_for_a_person_is_not_proposed(
    editor, repairs, chooses
):
    chooses("where is my order", f"faq/{repairs}")
    chooses("I want to talk to a person", f"faq/{repairs}", "1002")
    assert "Chosen by customers" not in proposed(editor, repairs)


@pytest.mark.parametrize("several", [{"pieces": 2}, {"parts": [{}, {}]}])
def test_one_part_of_several_says_nothing_of_the_whole(
    editor, repairs, chooses, parts, several
):
    turn = chooses("a riddle about penguins", f"faq/{repairs}")
    trace = {**row(parts, Turn, id=turn).trace, **several}
    query = update(Turn).where(Turn.id == turn).values(trace=trace)
    parts.database.write(lambda connection: connection.execute(query))
    assert "Chosen by customers" not in proposed(editor, repairs)


def test_a_choice_in_another_language_is_proposed_there(editor, repairs, chooses):
    chooses("una adivinanza sobre los pingüinos", f"faq/{repairs}")
    assert "Chosen by customers" not in proposed(editor, repairs)
    page = proposed(editor, repairs, **{"propose-in": "es", "title-es": "¿Reparan?"})
    assert ticks(page)[0].startswith("una adivinanza")


RIDDLE = "a riddle about penguins"


def test_what_was_chosen_for_a_goal_is_taught_in_review(editor, chooses, parts):
    chooses(RIDDLE, "order_status")
    turn = chooses(RIDDLE, "order_status", "1002")
    chooses("a riddle about parrots", OTHER, "1003")
    told = editor.who.words("/admin/review")
    assert f"{RIDDLE} They chose “ Track an order ” 2 times." in told
    assert "parrots" not in told.partition("Chosen by customers")[2]
    answer = editor.who.post(f"/admin/review/{turn}/chosen")
    assert "Learned." in editor.who.words(answer.location)
    (taught,) = rows(parts, TaughtPhrasing)
    assert (taught.text, taught.intent) == (RIDDLE, "order_status")
    assert row(parts, TurnMark, turn_id=turn).kind == "taught"
    assert "Chosen by customers" not in editor.who.words("/admin/review")


def test_what_was_seen_or_was_not_chosen_is_not_taught(editor, chooses, parts):
    turn = chooses(RIDDLE, "order_status")
    editor.who.post("/admin/review/mark", turns=turn, kind="seen")
    assert "Chosen by customers" not in editor.who.words("/admin/review")
    for one in (turn, turn + 1, 999):
        answer = editor.who.post(f"/admin/review/{one}/chosen")
        assert "error=stands" in answer.location
    assert not rows(parts, TaughtPhrasing)


def test_who_may_not_edit_teaches_nothing_so(app, chooses, parts):
    turn = chooses(RIDDLE, "order_status")
    agent = visitor(app, "agent", "Ada")
    assert agent.post(f"/admin/review/{turn}/chosen").status_code == 403
    assert not rows(parts, TaughtPhrasing)
