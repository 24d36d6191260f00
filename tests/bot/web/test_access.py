"""Sessions, roles, and forms that are not ours; see also `test_permissions.py`."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.store.models import Base, Conversation
from bot.store.people import Role
from tests.bot.visiting import converse, rows, visitor
from tests.bot.web.addresses import FIELDS, address, everything

# Among the routes are those that check a change, which learn and set thresholds: what
# they began has to end, which takes a minute and a half alone.
pytestmark = pytest.mark.timeout(480)

VIEWER, AGENT, EDITOR, ADMIN = "viewer", "agent", "editor", "admin"
only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@only_sqlite
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:8123"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_post_from_another_site_changes_nothing(
    app, parts, posts, conversation, headers
):
    who = visitor(app, ADMIN)
    before = everything(parts)
    data = {"csrf_token": who.csrf_token, **FIELDS}
    for path in posts:
        answer = who.client.post(address(path), data=data, headers=headers)
        assert answer.status_code == 403, path
    assert everything(parts) == before


@only_sqlite
def test_a_post_from_our_own_page_is_taken(app, conversation):
    who = visitor(app, AGENT)
    path = f"/inbox/{conversation}/take-over"
    data = {"csrf_token": who.csrf_token}
    answer = who.client.post(path, data=data, headers={"Origin": "http://localhost"})
    assert answer.status_code == 303


@only_sqlite
def test_the_token_of_another_session_is_refused(app, conversation):
    one, other = visitor(app, AGENT, "one"), visitor(app, AGENT, "other")
    one.csrf_token = other.csrf_token
    assert one.post(f"/inbox/{conversation}/take-over").status_code == 403


@only_sqlite
def test_no_get_changes_anything_but_what_one_has_read(app, parts, gets, conversation):
    who = visitor(app, ADMIN)
    before = everything(parts)
    for path in gets:
        who.get(address(path))
        who.client.head(address(path), buffered=True)
    after = everything(parts)
    assert {row.staff_id for row in after.pop("read_mark")} == {who.staff_id}
    assert before.pop("read_mark") == []
    assert after == before


@only_sqlite
def test_forms_take_the_fields_they_name_and_no_others(app, parts, posts, conversation):
    who = visitor(app, EDITOR)
    extra = {"role": "admin", "staff_id": "1", "assignee_id": "7", "name": "thief"}
    for path in (p for p in posts if not p.startswith(("/sign-", "/account/sess"))):
        who.post(address(path), **{**FIELDS, **extra})
    (person,) = rows(parts, Base.metadata.tables["staff"])
    assert (person.name, person.role) == ("Editor", Role.EDITOR)
    found = rows(parts, Base.metadata.tables["conversation"])
    assert {row.assignee_id for row in found} <= {None, who.staff_id}


@only_sqlite
def test_a_route_that_does_not_say_who_may_use_it_is_open_to_nobody(app):
    app.add_url_rule("/forgotten", view_func=lambda: "secret", endpoint="forgotten")
    assert visitor(app, ADMIN).get("/forgotten").status_code == 403


def test_somebody_who_is_shut_out_is_out_at_once(app, parts):
    who = visitor(app, AGENT)
    assert who.get("/inbox/").status_code == 200
    parts.database.write(
        lambda c: c.execute(
            text("UPDATE staff SET disabled_at = :now"), {"now": parts.clock()}
        )
    )
    assert who.get("/inbox/").status_code == 303


def test_another_role_holds_from_the_next_request_on(app, parts):
    who = visitor(app, ADMIN)
    assert who.get("/admin/faq/").status_code == 200
    parts.database.write(lambda c: c.execute(text("UPDATE staff SET role = 'agent'")))
    assert who.get("/admin/faq/").status_code == 403


def test_who_is_not_signed_in_is_led_back_to_the_page_they_wanted(app):
    answer = app.test_client().get("/inbox/7?view=mine")
    assert answer.location == "/sign-in?next=/inbox/7?view%3Dmine"


def test_a_form_of_a_session_that_has_ended_does_nothing_and_says_so(app, parts):
    conversation = converse(parts, "1001", "hello")
    who = visitor(app, AGENT)
    parts.database.write(
        lambda c: c.execute(text("UPDATE staff_session SET ended = 1"))
    )
    before = rows(parts, Conversation)
    answer = who.post(f"/inbox/{conversation}/take-over")
    assert answer.status_code == 401
    assert "You have been signed out" in answer.text
    assert rows(parts, Conversation) == before


def test_news_do_not_keep_a_session_alive(app, parts):
    who = visitor(app, AGENT)

    def seen() -> float:
        return rows(parts, Base.metadata.tables["staff_session"])[0].seen

    long_ago = seen() - timedelta(hours=1).total_seconds()
    parts.database.write(
        lambda c: c.execute(text("UPDATE staff_session SET seen = :s"), {"s": long_ago})
    )
    who.get("/inbox/news")
    assert seen() == long_ago
    who.get("/inbox/")
    assert seen() > long_ago
