"""The picture of an answer: given as a file, kept with it, sent, shown to editors."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from bot import pictures
from bot.admin import extras
from bot.rehearsal import rehearse
from bot.store import knowledge
from tests.bot.inbox.test_pictures import JPEG, PNG, closed
from tests.bot.visiting import visitor, words

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
NAME = "opening_hours"
HX = {"HX-Request": "true"}
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
BOMB = PNG[:16] + (60_000).to_bytes(4, "big") * 2 + PNG[24:]


def file(content, name="front.png"):
    return {"picture": (io.BytesIO(content), name)}


def post(editor, path, **fields):
    """Send the form of an entry to an address of it."""
    return closed(editor.who.post(f"/admin/faq/{NAME}{path}", **fields))


def part(editor, path="/picture", **fields):
    """Send it as the page's own script does."""
    data = {"csrf_token": editor.who.csrf_token, **fields}
    url = f"/admin/faq/{NAME}{path}"
    return closed(editor.who.client.post(url, data=data, headers=HX))


def held(page):
    """The name of the picture that a form holds."""
    (name,) = re.findall(r'name="kept-picture" value="([^"]*)"', page)
    return name


def saved(editor, content=PNG):
    """Publish the entry with this picture, as without a script; return its name."""
    answer = post(
        editor, "", **editor.form(NAME, answer="Here.", state="live"), **file(content)
    )
    assert answer.status_code == 303, words(answer.text)
    return editor.entry(NAME).extras.image


def test_a_file_is_kept_with_the_answer_and_said_before_its_text(editor, parts):
    name = saved(editor)
    assert pictures.find(parts.settings.home, name).read_bytes() == PNG
    parts.understanding.refresh()
    live = parts.understanding.assistants
    turn = rehearse("what are your opening hours", live, parts.clock())
    picture, text = (reply.message for reply in turn.replies)
    assert picture == {"attachment": {"type": "image", "payload": {"file": name}}}
    assert text == {"text": "Here."}


@on_sqlite
def test_a_file_is_taken_in_at_once_and_shown_and_nothing_is_saved(editor):
    before = editor.entry(NAME)
    page = part(editor, **file(JPEG)).text
    name = held(page)
    assert name.endswith(".jpg")
    assert f'src="/admin/pictures/{name}"' in page
    assert 'data-news="The picture is in."' in page
    assert "data-news=" not in editor.who.page(f"/admin/faq/{NAME}")
    shown = editor.who.get(f"/admin/pictures/{name}")
    assert (shown.data, shown.mimetype) == (JPEG, "image/jpeg")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert editor.entry(NAME) == before


@on_sqlite
def test_it_is_seen_in_the_preview_and_in_a_try(editor, monkeypatch):
    monkeypatch.setattr("bot.admin.trial.PATIENCE", 120.0)
    name = held(part(editor, **file(PNG)).text)
    fields = {**editor.form(NAME, answer="Here."), "kept-picture": name}
    image = f'src="/admin/pictures/{name}"'
    assert image in editor.who.post("/admin/preview", **fields).text
    tried = {**fields, "try": "what are your opening hours"}
    assert image in part(editor, "/try", **tried).text


@on_sqlite
def test_it_is_taken_out_and_an_address_takes_its_place(editor):
    fields = {"kept-picture": held(part(editor, **file(PNG)).text)}
    out = part(editor, **fields, **{"picture-out": "1"}).text
    assert held(out) == ""
    address = "https://shop.example/front.jpg"
    assert extras.read({**fields, "image": address}).image == address
    again = part(editor, **fields, image=address, **file(JPEG)).text
    assert held(again).endswith(".jpg")
    assert address not in again


@on_sqlite
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (SVG, "This is no picture that Messenger takes"),
        (b"<!doctype html><script>alert(1)</script>", "This is no picture"),
        (b"", ""),
        (PNG + bytes(pictures.LARGEST), "too large: 8 MB at most"),
        (BOMB, "60000 × 60000 pixels, more than a phone can show. Make it smaller"),
        (PNG[:18], "This picture is damaged: open it, save it anew"),
    ],
)
def test_what_is_no_picture_is_said_and_nothing_that_was_typed_is_lost(
    editor, parts, content, told
):
    kept = held(part(editor, **file(JPEG)).text)
    fields = {**editor.form(NAME, answer="My careful words"), "kept-picture": kept}
    answer = post(editor, "/picture", **fields, **file(content))
    assert answer.status_code == (422 if told else 200)
    assert told in words(answer.text)
    assert "My careful words" in answer.text
    assert held(answer.text) == kept
    assert len([*(parts.settings.home / "pictures").iterdir()]) == 1


@on_sqlite
@pytest.mark.parametrize("path", ["", "/check", "/picture"])
def test_no_button_goes_on_with_a_file_that_is_no_picture(editor, path):
    before = editor.entry(NAME)
    fields = editor.form(NAME, answer="My careful words")
    answer = post(editor, path, **fields, **file(SVG))
    assert answer.status_code == 422
    assert "This is no picture" in words(answer.text)
    assert 'aria-describedby="picture-problems' in answer.text
    assert editor.entry(NAME) == before


@on_sqlite
def test_nobody_makes_a_form_say_what_is_wrong_with_a_picture(editor):
    page = part(editor, **{"picture-refused": "Call this number"}).text
    assert "Call this number" not in page


@on_sqlite
def test_versions_tell_of_it_restore_it_and_a_draft_has_it(editor):
    name = saved(editor)
    editor.save(NAME, state="draft", **{"kept-picture": ""})
    assert editor.entry(NAME).extras.image == ""
    page = editor.who.page(f"/admin/faq/{NAME}/versions")
    assert page.count(f'src="/admin/pictures/{name}"') == 2  # came, and went
    kept = editor.entry(NAME)
    editor.who.post(
        f"/admin/faq/{NAME}/restore", number=kept.number - 1, version=kept.number
    )
    assert editor.entry(NAME).extras.image == name
    assert held(editor.who.page(f"/admin/faq/{NAME}")) == name


@on_sqlite
def test_it_outlasts_its_entry_which_can_be_brought_back(editor, parts):
    name = saved(editor)
    editor.who.post(f"/admin/faq/{NAME}/delete")
    with parts.database.read() as connection:
        assert name in knowledge.pictures(connection)
    later = datetime.now(UTC) + timedelta(days=400)
    pictures.forget(parts.settings.home, later, lambda: {name})
    editor.who.post(f"/admin/faq/{NAME}/bring-back")
    assert pictures.find(parts.settings.home, editor.entry(NAME).extras.image)


def test_the_pictures_of_all_versions_are_known(editor, parts):
    name = saved(editor)
    editor.save(NAME, **{"kept-picture": ""})
    with parts.database.read() as connection:
        assert knowledge.pictures(connection) == {name}


@on_sqlite
def test_one_that_is_gone_is_said_where_it_is_saved_and_seen(editor, parts):
    name = saved(editor)
    pictures.find(parts.settings.home, name).unlink()
    page = editor.who.words(f"/admin/faq/{NAME}")
    assert "A picture that is not kept here any more" in page
    fields = {**editor.form(NAME), "kept-picture": name}
    answer = post(editor, "", **fields)
    assert answer.status_code == 422
    assert "not kept here any more: choose it again, or take it out" in words(
        answer.text
    )


@on_sqlite
def test_what_is_taken_away_as_a_file_comes_back_with_its_picture(editor):
    name = saved(editor)
    text = editor.who.get("/admin/faq/en.yml").text
    assert f"image: {name}" in text
    editor.save(NAME, **{"kept-picture": ""})
    take_in(editor, text)
    assert editor.entry(NAME).extras.image == name


@on_sqlite
def test_a_file_whose_picture_is_elsewhere_says_so_and_takes_the_rest(editor, parts):
    name = saved(editor)
    text = editor.who.get("/admin/faq/en.yml").text
    editor.save(NAME, answer="Otherwise.", **{"kept-picture": ""})
    pictures.find(parts.settings.home, name).unlink()
    told = take_in(editor, text)
    assert "Its picture is not in the file, and not kept here" in told
    entry = editor.entry(NAME)
    assert (entry.answers["en"], entry.extras.image) == ("Here.", "")


def take_in(editor, text):
    """Take in a file; return what its page says before it is written."""
    page = editor.who.post("/admin/faq/import", text=text, language="en").text
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', page)
    answer = editor.who.post("/admin/faq/import", text=text, language="en", seen=seen)
    assert answer.status_code == 303, words(answer.text)
    return words(page)


@on_sqlite
def test_only_those_who_edit_see_it_and_may_give_one(app, editor):
    name = saved(editor)
    for role, status in (("viewer", 403), ("agent", 403), ("admin", 200)):
        someone = visitor(app, role)
        assert someone.get(f"/admin/pictures/{name}").status_code == status
    nobody = app.test_client()
    assert nobody.get(f"/admin/pictures/{name}").status_code == 303
    agent = visitor(app, "agent", "Ann")
    given = agent.post(f"/admin/faq/{NAME}/picture", **file(PNG))
    assert closed(given).status_code == 403
    for other in ("secrets.json", "0" * 64 + ".png", "..%2Fsecrets.json"):
        assert editor.who.get(f"/admin/pictures/{other}").status_code == 404


@on_sqlite
def test_the_policy_of_pages_is_what_it_was(editor):
    answer = editor.who.get(f"/admin/faq/{NAME}")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; media-src 'self'; object-src 'none'")
    assert "img-src" not in policy
    assert "data:" not in policy


@on_sqlite
def test_who_may_not_edit_sends_no_large_form(app, parts):
    viewer = visitor(app, "viewer")
    answer = viewer.post(f"/admin/faq/{NAME}/picture", **file(PNG + bytes(3_000_000)))
    assert closed(answer).status_code == 413
    assert not (parts.settings.home / "pictures").exists()
