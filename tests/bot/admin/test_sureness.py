"""How sure the assistant must be: chosen by an admin, live everywhere, taken back."""

from contextlib import closing

import pytest

from bot.wiring import build
from tests.bot.visiting import visitor, words

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PAGE = "/admin/sureness"


@pytest.fixture
def admin(app):
    return visitor(app, "admin", "Ines")


def wants(who, precision, number):
    return who.post(PAGE, precision=precision, number=number)


def sure(parts):
    """How sure the assistant of a process must be."""
    parts.understanding.refresh()
    return parts.understanding.assistant.model.precision


@on_sqlite
def test_until_somebody_chooses_it_is_as_it_was_set_up(admin, parts):
    told = admin.words(PAGE)
    assert "98 % Now" in told
    assert "Nobody has chosen yet: 98 %" in told
    assert "answers about" in told
    assert sure(parts) == 0.98


def test_what_is_chosen_holds_in_every_process(admin, parts):
    with closing(build(parts.settings, parts.content)) as other:
        before = (sure(parts), sure(other))
        answer = wants(admin, 0.95, 0)
        assert "Saved. It holds everywhere" in admin.words(answer.location)
        assert before == (0.98, 0.98)
        assert (sure(parts), sure(other)) == (0.95, 0.95)


def test_of_two_who_choose_the_second_is_told_and_loses_nothing(app, admin, parts):
    other = visitor(app, "admin", "Olga")
    assert wants(admin, 0.99, 0).status_code == 303
    answer = wants(other, 0.95, 0)
    assert answer.status_code == 409
    assert "Ines chose 99 % while you were choosing 95 %" in words(answer.text)
    assert sure(parts) == 0.99
    assert wants(other, 0.95, 1).status_code == 303


@on_sqlite
def test_the_history_says_who_chose_what_and_restores_it(admin, parts):
    wants(admin, 0.99, 0)
    wants(admin, 0.95, 1)
    told = admin.words(PAGE)
    assert told.count("Ines") >= 2
    assert "Restore 99 %" in told
    wants(admin, 0.99, 2)
    assert sure(parts) == 0.99
    assert "Changed how sure the assistant must be" in admin.words("/admin/audit")


@on_sqlite
@pytest.mark.parametrize("precision", ["0.5", "", "x"])
def test_what_the_thresholds_do_not_know_is_refused(admin, parts, precision):
    assert wants(admin, precision, 0).status_code == 400
    assert sure(parts) == 0.98


@on_sqlite
def test_an_editor_does_not_choose(app):
    editor = visitor(app, "editor")
    assert wants(editor, 0.95, 0).status_code == 403
    assert "How sure it must be" not in editor.words("/admin/faq/")
