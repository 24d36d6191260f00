"""Who presses twice, or at the same moment as a colleague, adds and saves once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.store import faq, knowledge
from bot.store.knowledge import Faq
from tests.bot.test_publishing import Ways
from tests.bot.visiting import NOW, words

FORM = {
    "question": "Do you engrave?",
    "phrasings": "do you engrave names\nengraving please",
    "answer": "Yes, we do.",
    "state": "live",
}
ENGRAVING = Faq(
    name="do_you_engrave",
    question="Do you engrave?",
    phrasings=("do you engrave names", "engraving please"),
    answers={"en": "Yes, we do."},
)


def names(parts):
    with parts.database.read() as connection:
        return [one for one in faq.names(connection) if "engrave" in one]


def meanwhile(parts, editor, entry, path="/admin/faq/new"):
    """Press while another process saves an entry, and has not committed it yet."""
    with ThreadPoolExecutor() as pool:
        ways = Ways(pool)
        with parts.database.engine.begin() as elsewhere:
            knowledge.save(elsewhere, entry, now=NOW)
            pressed = ways.begin(lambda: editor.who.post(path, **FORM))
            ways.await_a_lock(parts)
        return pressed.result(20)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.postgres
def test_who_presses_twice_at_once_adds_one_question(editor, parts):
    answer = meanwhile(parts, editor, ENGRAVING)
    assert answer.location == "/admin/faq/do_you_engrave?note=learning"
    assert names(parts) == ["do_you_engrave"]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.postgres
def test_of_two_who_add_the_same_phrasings_at_once_the_second_is_told(editor, parts):
    theirs = Faq(name="names", question="Names?", phrasings=("engraving please",))
    answer = meanwhile(parts, editor, theirs)
    assert answer.status_code == 422
    assert "“engraving please” stands already under Names?" in words(answer.text)
    assert names(parts) == []


def test_who_presses_save_twice_is_not_told_of_somebody_else(editor, repairs):
    form = editor.form(repairs, answer="We do by now.")
    pressed = [editor.who.post(f"/admin/faq/{repairs}", **form) for _ in range(2)]
    assert [one.status_code for one in pressed] == [303, 303]
    assert [one.number for one in editor.versions(repairs)] == [2, 1]


def test_a_colleague_who_saved_other_words_is_told_of(editor, colleague, repairs):
    ours = editor.form(repairs, answer="We do by now.")
    colleague.save(repairs, answer="Never.")
    answer = editor.who.post(f"/admin/faq/{repairs}", **ours)
    assert answer.status_code == 409
    assert "Ben" in words(answer.text)
