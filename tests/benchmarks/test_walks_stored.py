"""The walks over tables: they are the same for a seed, and each check can fail."""

from collections import Counter
from itertools import count

import pytest

from benchmarks import walks_ledger, walks_stored
from benchmarks.races.sabotage import instead
from bot import answer, intake
from bot.answer import Answerer
from bot.delivery import Sender
from bot.settlement import Outcome
from bot.store import wording
from flows import course

pytestmark = pytest.mark.timeout(240)

_psids = count(1)


@pytest.fixture(scope="module")
def shop():
    with walks_stored.shop() as where:
        yield where


@pytest.fixture
def one(shop):
    """A walk that does what it is told, and nothing while it is thought about."""
    return walks_stored.Walk(Undisturbed(), shop, psid=f"8{next(_psids)}")


class Undisturbed:
    """Dice that always show the first side, and nothing unlikely."""

    def random(self):
        return 0.99

    def choice(self, some):
        return some[0]

    def randint(self, least, most):
        return least


def says(walk, text):
    """Let the customer of a walk write something; return how it stands in the book."""
    said = walk._new(text, is_typed=True)
    about = {"at": walk.floor.clock(), "mid": said.mid}
    walk._tell(said, walks_stored.message(text, walk.psid, **about))
    return said


def wrong(walk):
    """What is wrong with a walk once it has ended."""
    walk.end()
    return {name for name, count in walk.ledger.wrong.items() if count}


def test_some_walks_find_nothing_wrong():
    found = dict(walks_stored.facts(30, 12, 5))
    assert {name: found[name] for name in walks_stored.BAD if found[name]} == {}
    fates = Counter({k: n for k, n in found.items() if k.startswith("fate: ")})
    assert fates["fate: taken back before"] > 0
    assert fates["fate: left to a person"] > 0
    assert fates["fate: answered"] > 0


def test_what_is_edited_taken_back_and_told_twice_is_no_fault(one):
    for act in ("edits", "unsends", "repeats"):
        says(one, "when are you open?")
        one.step(act)
        one.step("works")
        one.step(act)
    assert wrong(one) == set()


def test_a_delivery_that_counts_twice_is_an_answer_too_many(one):
    row, numbers = intake._row, iter(range(100))

    def under_another_key(*about):
        made = row(*about)
        return {**made, "key": f"{made['key']}~{next(numbers)}"}

    says(one, "when are you open?")
    with instead(intake, "_row", under_another_key):
        one.step("repeats")
        assert "answered twice" in wrong(one)


def test_an_edit_that_no_turn_knows_of_is_an_answer_in_other_words(one):
    says(one, "when are you open?")
    one.step("edits")
    with (
        instead(wording, "newest", lambda *about: None),
        instead(Outcome, "is_outdated", lambda *about: False),
    ):
        assert "answered in other words" in wrong(one)


def test_an_answer_to_what_was_taken_back_is_a_fault(one):
    says(one, "when are you open?")
    with instead(wording, "unsend", lambda *about: None):
        one.step("unsends")
        assert {"answered though taken back", "not shown as it is"} <= wrong(one)


def test_a_message_that_is_left_to_nobody_has_no_outcome(one):
    says(one, "when are you open?")
    with instead(answer, "_is_theirs", lambda *about: True):
        assert wrong(one) == {"no outcome"}


def test_who_speaks_while_a_person_answers_talks_over_them(one):
    says(one, "hello")
    one.floor.takes_over(one.psid)
    says(one, "when are you open?")
    speaks = instead(
        answer, "ATTENDANTS", dict.fromkeys(answer.ATTENDANTS, "assistant")
    )
    with speaks, instead(answer, "_is_theirs", lambda *about: False):
        assert "talked over" in wrong(one)


def test_a_thought_that_fails_is_an_exception(one, shop):
    says(one, "when are you open?")
    shop.model.known["when are you open"] = {"faq/opening_hours": "very"}
    try:
        assert "exception" in wrong(one)
    finally:
        shop.model.known["when are you open"] = "faq/opening_hours"


def test_what_raises_outside_of_a_thought_is_an_exception(one):
    with instead(intake, "parse", lambda *about: 1 / 0):
        one.step("says")
    assert one.ledger.wrong["exception"] == 1


def test_a_question_put_again_and_again_is_asked_too_often(one):
    with instead(course, "MOST_MISSES", 9):
        for text in ("where is my parcel?", *["blue"] * 5):
            says(one, text)
            one.step("works")
        assert "asked too often" in wrong(one)


def test_a_stack_over_its_bound_is_too_deep(one):
    says(one, "where is my parcel?")
    with instead(walks_ledger, "DEEPEST", 0):
        assert "stack too deep" in wrong(one)


def test_what_is_never_handled_or_never_sent_is_a_fault(one):
    says(one, "when are you open?")
    with instead(Answerer, "claim_all", lambda *about: [None]):
        assert {"never handled", "no outcome"} <= wrong(one)
    one.ledger.wrong.clear()
    with instead(Sender, "deliver", lambda *about: None):
        assert wrong(one) == {"never sent"}
