"""The first page: of the demo a place to begin, elsewhere the way to the inbox."""

from dataclasses import replace

import pytest

from bot.app import application
from bot.demo import shop
from tests.bot.visiting import stranger, visitor, words

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def demo_app(parts, woken):
    settings = replace(parts.settings, demo=True)
    parts = replace(parts, settings=settings)
    shop.fill(parts)
    return application(parts, woken.append)


def test_outside_the_demo_the_first_page_is_the_inbox(app):
    assert app.test_client().get("/").location == "/inbox/"
    assert visitor(app, "agent").get("/").location == "/inbox/"


def test_the_demo_offers_a_phone_two_roles_and_things_to_try(demo_app):
    page = demo_app.test_client().get("/").text
    assert 'href="http://127.0.0.1:9/"' in page
    assert "Open the inbox as Ada" in words(page)
    assert "Open the FAQ as Grace" in words(page)
    assert "49858" in page  # an order of the samples, and whose it is
    assert "dina.ward@" in page
    assert "HR-" in page
    assert "Blue Rain Jacket, M £59.00 a few left" in words(page)


@pytest.mark.parametrize(
    ("who", "landing"), [("agent", "/inbox/"), ("admin", "/admin/faq/")]
)
def test_a_button_of_the_demo_signs_in(demo_app, who, landing):
    visitor = stranger(demo_app)
    answer = visitor.post(f"/demo/sign-in/{who}")
    assert answer.location == landing
    assert visitor.get(landing).status_code == 200


@pytest.mark.parametrize(
    "where",
    [
        {"environ_base": {"REMOTE_ADDR": "10.0.0.7"}},
        {"headers": {"Host": "desk.example"}},
        {"headers": {"Host": "evil.example:8000"}},
        {"headers": {"Host": "[::"}},
    ],
)
def test_the_demo_is_for_its_own_machine(demo_app, where):
    who = stranger(demo_app)
    data = {"csrf_token": who.csrf_token}
    assert "Ada" not in who.client.get("/", **where).text
    for path in ("/demo/sign-in/agent", "/demo/sign-in-links"):
        assert who.client.post(path, data=data, **where).status_code in (400, 403, 404)


def test_fresh_links_are_told_to_who_starts_the_demo(demo_app):
    found = demo_app.test_client().post("/demo/sign-in-links").json
    again = demo_app.test_client().post("/demo/sign-in-links").json
    assert set(found) == {"agent", "admin"}
    assert found["agent"] != again["agent"]
    who = stranger(demo_app)
    path = found["admin"].removeprefix("http://127.0.0.1:8000")
    assert "Sign in as Grace" in who.words(path)
    token = who.page(path).split('name="csrf_token" value="')[1].split('"')[0]
    address, _, wanted = path.partition("?next=")
    who.csrf_token = token
    assert who.post(address, next=wanted).location == "/admin/faq/"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://localhost:1", "null"]
)
def test_no_other_site_gets_links(demo_app, origin):
    headers = {"Origin": origin}
    answer = demo_app.test_client().post("/demo/sign-in-links", headers=headers)
    assert answer.status_code == 403
    assert "sign-in/" not in answer.text


def test_outside_the_demo_there_are_no_links(app):
    assert app.test_client().post("/demo/sign-in-links").status_code == 404
    assert stranger(app).post("/demo/sign-in/admin").status_code == 404
