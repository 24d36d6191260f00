"""The headers of every answer, also of errors; and pages that say what went wrong."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import application
from tests.bot.visiting import visitor, words
from tests.bot.web.addresses import address

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def every_answer(app, gets, posts):
    who, nobody = visitor(app, "admin"), app.test_client()
    for path in gets:
        yield path, who.get(address(path))
        yield path, nobody.get(address(path), buffered=True)
    for path in posts:
        yield path, who.client.post(address(path))
        yield path, nobody.post(address(path))
    yield "404", who.get("/nowhere")
    yield "405", who.client.delete("/inbox/")
    yield "413", who.client.post("/sign-in", data={"login": "x" * 3_000_000})


def test_every_answer_forbids_what_our_pages_do_not_need(app, gets, posts):
    seen = set()
    for path, answer in every_answer(app, gets, posts):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, path
        assert "'unsafe" not in policy
        for part in ("object-src", "base-uri", "frame-ancestors"):
            assert f"{part} 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in answer.headers
        seen.add(answer.status_code)
    assert {200, 303, 401, 403, 404, 405, 413} <= seen


def test_over_https_every_answer_asks_for_https_alone(parts, woken):
    settings = replace(parts.settings, public_url="https://desk.example")
    app = application(replace(parts, settings=settings), woken.append)
    for path in ("/", "/sign-in", "/nowhere"):
        headers = app.test_client().get(path).headers
        assert headers["Strict-Transport-Security"] == "max-age=63072000", path


def test_no_page_holds_an_inline_script_or_style(app, gets):
    who = visitor(app, "admin")
    for path in gets:
        if path not in ("/static/<path:filename>", "/healthz"):
            page = who.get(address(path), follow_redirects=True).text
            assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page), path
            assert not re.search(r"<script(?![^>]*\ssrc=)", page), path


def test_no_page_names_another_host(app):
    who = visitor(app, "admin")
    for path in ("/inbox/", "/admin/faq/", "/sign-in", "/account/"):
        page = who.get(path, follow_redirects=True).text
        assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []


def test_pages_are_not_kept_by_browsers_and_files_are_for_ever(app):
    who = visitor(app, "agent")
    page = who.get("/inbox/")
    assert page.headers["Cache-Control"] == "no-store"
    (style,) = re.findall(r'href="(/static/app\.css\?v=\w+)"', page.text)
    assert "immutable" in who.get(style).headers["Cache-Control"]
    assert "immutable" not in who.get("/static/app.css").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/nowhere", 404, "There is nothing here"),
        ("/inbox/99999", 404, "There is nothing here"),
        ("/admin/faq/", 403, "You may not do that"),
        ("/sign-out", 405, "That can't be done this way"),
    ],
)
def test_an_error_says_what_happened_and_has_a_number(app, path, status, told):
    answer = visitor(app, "agent").get(path)
    assert answer.status_code == status
    assert told in words(answer.text)
    assert re.search(rf"Error {status}, number [0-9a-f]{{8}}", words(answer.text))


def test_too_much_at_once_is_refused_in_words(app):
    answer = app.test_client().post("/sign-in", data={"login": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "That is too much at once" in answer.text


def test_a_failure_in_any_route_tells_its_number_and_nothing_else(app, capfd):
    who = visitor(app, "admin")

    class Broken:
        def read(self):
            raise RuntimeError("secret words of a customer")

    app.extensions["parts"] = replace(app.extensions["parts"], database=Broken())
    for path in ("/inbox/", "/admin/faq/", "/account/"):
        answer = who.get(path)
        assert answer.status_code == 500
        assert "Something went wrong on our side" in answer.text
        number = re.search(r"number ([0-9a-f]{8})", words(answer.text))
        log = "".join(capfd.readouterr())
        assert number is not None
        assert number[1] in log
        assert "secret words" not in answer.text + log
        assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/inbox/1", "/admin/faq/new", "/admin/people", "/"])
def test_the_styles_and_scripts_of_a_page_are_small(app, conversation, path):
    """Ours: 40 and 60 kB; htmx comes on top."""
    static = Path(app.static_folder)
    page = visitor(app, "admin").page(path)
    named = set(re.findall(r'(?:src|href)="/static/([\w./]+)\?', page))
    while (
        more := {
            f"{name}.js"
            for script in named
            if script.endswith(".js") and "vendor" not in script
            for name in re.findall(r'from "\./(\w+)\.js', (static / script).read_text())
        }
        - named
    ):
        named |= more
    sizes = {name: (static / name).stat().st_size for name in named}
    assert sum(size for name, size in sizes.items() if name.endswith(".css")) < 40_000
    scripts = {n for n in named if n.endswith(".js") and "vendor" not in n}
    assert {"app.js"} <= scripts
    assert sum(sizes[name] for name in scripts) < 60_000


def test_only_the_tokens_name_a_colour(app):
    for path in Path(app.static_folder).glob("*.css"):
        if path.name != "tokens.css":
            found = re.findall(
                r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(|oklch\(", path.read_text()
            )
            assert found == [], path.name
