"""What is checked for longer than anybody waits: it goes on, and is done then."""

import re

import pytest

from bot.store.people import AuditEntry
from tests.bot.admin.test_check import (
    published,
    seen,
    shop,  # noqa: F401 - a fixture
    written,  # noqa: F401 - a fixture
)
from tests.bot.admin.test_deleting import seen_to
from tests.bot.visiting import rows, words

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.slow,
]

ENTRY = "do_you_mend_records"
RECORDS = "Records:\n- customer: record mending\n- bot: utter_handoff_unsure\n"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nobody waits for a check: it is another page that tells what came of it."""
    monkeypatch.setattr("bot.admin.gate.PATIENCE", 0.0)


def watched(page):
    """Where the page leads that watches a publication."""
    assert page.status_code == 303, words(page.text)
    assert page.location.startswith("/admin/undertakings/")
    return page.location


def test_a_publication_is_the_servers_once_it_is_pressed_and_the_page_may_close(
    shop,  # noqa: F811
    parts,
):
    where = watched(published(shop, answer="Sadly not, but soon."))
    told = shop.who.words(where)
    assert "You can leave this page, and close it." in told
    assert "published by itself as soon as it is checked" in told
    assert "half a minute to a few minutes" in told
    listed = shop.who.words("/admin/faq/")
    assert "“Do you mend records?” is being checked, and published by itself" in listed
    with pytest.raises(AssertionError):
        shop.entry(ENTRY)

    seen_to(parts)

    version = shop.entry(ENTRY)
    assert (version.answers, version.live) == ({"en": "Sadly not, but soon."}, True)
    assert version.author == "Grace"
    assert [one.about for one in rows(parts, AuditEntry)][-1] == ENTRY
    assert shop.who.get(where).location == f"/admin/faq/{ENTRY}?note=learning"
    assert "is being checked" not in shop.who.words("/admin/faq/")
    assert parts.checks.took is not None


def test_a_restart_loses_nothing_of_it(shop, parts):  # noqa: F811
    with parts.checks._one:
        watched(published(shop))
        parts.checks._known.clear()  # as another process has it
    seen_to(parts)
    assert shop.entry(ENTRY).live


def test_what_stops_it_waits_for_a_decision_and_is_told_in_list_review_and_editor(
    shop,  # noqa: F811
    parts,
    folder,
):
    (folder / "records.yml").write_text(RECORDS)
    where = watched(published(shop, answer="Not yet."))
    seen_to(parts)
    for path in ("/admin/faq/", "/admin/review"):
        told = shop.who.words(path)
        assert "“Do you mend records?” needs your decision." in told
        assert "Not published: something breaks that must hold." in told
    held = shop.who.get(shop.who.get(where).location)
    assert "A conversation script breaks" in words(held.text)
    assert "Not yet.</textarea>" in held.text
    number = re.search(r'name="undertaken" value="(\d+)"', held.text)[1]
    more = {"reason": "we do", "checked": seen(held), "undertaken": number}
    assert published(shop, answer="Not yet.", **more).status_code == 303
    assert shop.entry(ENTRY).note == "Although a script breaks: we do"
    assert "needs your decision" not in shop.who.words("/admin/faq/")


def test_two_who_publish_the_same_entry_lose_nothing_of_either(
    shop,  # noqa: F811
    colleague,
    parts,
):
    watched(published(shop))
    seen_to(parts)
    parts.teaching.train_now()
    parts.understanding.refresh()
    path, ours = f"/admin/faq/{ENTRY}", shop.form(ENTRY, answer="We do.")
    theirs = colleague.form(ENTRY, answer="We may.")
    with parts.checks._one:
        watched(shop.who.post(path, **{**ours, "phrasings": "mending, please"}))
        second = watched(
            colleague.who.post(path, **{**theirs, "phrasings": "mend it, please"})
        )
    seen_to(parts)
    assert shop.entry(ENTRY).answers == {"en": "We do."}
    told = colleague.who.words("/admin/faq/")
    assert "Somebody else saved the question meanwhile." in told
    opened = colleague.who.words(colleague.who.get(second).location)
    assert "saved this entry while you were editing" in opened
    assert "mend it, please" in opened


def test_who_goes_on_editing_publishes_nothing(shop, parts):  # noqa: F811
    with parts.checks._one:
        where = watched(published(shop, answer="Hm."))
        form = shop.who.post(f"{where}/edit")
        assert "Hm.</textarea>" in form.text
    seen_to(parts)
    assert "is being checked" not in shop.who.words("/admin/faq/")
    with pytest.raises(AssertionError):
        shop.entry(ENTRY)
