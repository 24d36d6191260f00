"""Who may do what: every route, every role, and forms that are not ours."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.store.models import Base, Conversation, OutgoingState
from bot.store.people import Role
from tests.bot.visiting import converse, owes, rows, stranger, visitor

VIEWER, AGENT, EDITOR, ADMIN = "viewer", "agent", "editor", "admin"
EVERYBODY = None

#: Every route and who may use it. A route that is missing here fails a test.
MATRIX = {
    ("GET", "/"): EVERYBODY,
    ("GET", "/healthz"): EVERYBODY,
    ("GET", "/static/<path:filename>"): EVERYBODY,
    ("GET", "/sign-in"): EVERYBODY,
    ("POST", "/sign-in"): EVERYBODY,
    ("GET", "/sign-in/<token>"): EVERYBODY,
    ("POST", "/sign-in/<token>"): EVERYBODY,
    ("POST", "/demo/sign-in/<who>"): EVERYBODY,  # 404 but in the demo, on its machine
    ("POST", "/demo/sign-in-links"): EVERYBODY,  # the same
    ("POST", "/sign-out"): VIEWER,
    ("GET", "/account/"): VIEWER,
    ("POST", "/account/password"): VIEWER,
    ("POST", "/account/sessions/end"): VIEWER,
    ("GET", "/invitation/<token>"): EVERYBODY,
    ("POST", "/invitation/<token>"): EVERYBODY,
    ("GET", "/sign-in/code"): EVERYBODY,
    ("POST", "/sign-in/code"): EVERYBODY,
    ("POST", "/account/sessions/<int:session_id>/end"): VIEWER,
    ("GET", "/account/second-factor"): VIEWER,
    ("POST", "/account/second-factor/begin"): VIEWER,
    ("POST", "/account/second-factor/confirm"): VIEWER,
    ("POST", "/account/second-factor/codes"): VIEWER,
    ("POST", "/account/second-factor/off"): VIEWER,
    ("POST", "/admin/people/<int:staff_id>/second-factor/reset"): ADMIN,
    ("GET", "/inbox/"): VIEWER,
    ("GET", "/inbox/<int:conversation_id>"): VIEWER,
    ("GET", "/inbox/<int:conversation_id>/customer"): VIEWER,
    ("GET", "/inbox/news"): VIEWER,
    ("POST", "/inbox/here"): VIEWER,
    ("POST", "/inbox/away"): AGENT,
    ("POST", "/inbox/back"): AGENT,
    ("POST", "/inbox/<int:conversation_id>/claim"): AGENT,
    ("POST", "/inbox/<int:conversation_id>/take-over"): AGENT,
    ("POST", "/inbox/<int:conversation_id>/give-back"): AGENT,
    ("POST", "/inbox/<int:conversation_id>/reply"): AGENT,
    ("POST", "/inbox/<int:conversation_id>/messages/<int:outgoing_id>/sent"): AGENT,
    ("POST", "/inbox/<int:conversation_id>/messages/<int:outgoing_id>/again"): AGENT,
    ("GET", "/admin/"): EDITOR,
    ("GET", "/admin/learning"): EDITOR,
    ("POST", "/admin/preview"): EDITOR,
    ("GET", "/admin/faq/"): EDITOR,
    ("GET", "/admin/faq/new"): EDITOR,
    ("POST", "/admin/faq/new"): EDITOR,
    ("GET", "/admin/faq/<name>"): EDITOR,
    ("POST", "/admin/faq/<name>"): EDITOR,
    ("GET", "/admin/faq/<name>/versions"): EDITOR,
    ("POST", "/admin/faq/<name>/restore"): EDITOR,
    ("POST", "/admin/faq/<name>/delete"): EDITOR,
    ("POST", "/admin/faq/<name>/bring-back"): EDITOR,
    ("GET", "/admin/wording/"): EDITOR,
    ("GET", "/admin/wording/<key>"): EDITOR,
    ("POST", "/admin/wording/<key>"): EDITOR,
    ("POST", "/admin/wording/<key>/restore"): EDITOR,
    ("GET", "/admin/people"): ADMIN,
    ("GET", "/admin/people/<int:staff_id>"): ADMIN,
    ("POST", "/admin/people/<int:staff_id>/role"): ADMIN,
    ("POST", "/admin/people/<int:staff_id>/shut-out"): ADMIN,
    ("POST", "/admin/people/<int:staff_id>/let-in"): ADMIN,
    ("POST", "/admin/people/invite"): ADMIN,
    ("GET", "/admin/audit"): ADMIN,
    ("GET", "/admin/audit.csv"): ADMIN,
    ("POST", "/admin/people/invitations/<int:invitation_id>/withdraw"): ADMIN,
}
ROLES = [VIEWER, AGENT, EDITOR, ADMIN]
VALUES = {
    "<path:filename>": "app.css",
    "<token>": "no-such-token",
    "<who>": "agent",
    "<int:conversation_id>": "1",
    "<int:outgoing_id>": "1",
    "<int:staff_id>": "1",
    "<int:session_id>": "999",
    "<int:invitation_id>": "1",
    "<name>": "opening_hours",
    "<key>": "utter_greet",
}
FIELDS = {
    "login": "ada",
    "password": "wrong",
    "role": "viewer",
    "code": "123456",
    "proof": "wrong",
    "name": "Ada",
    "new": "tall grey herons wade",
    "text": "Hello",
    "form": "a-form-of-ours-of-its-own",
    "question": "When are you open?",
    "phrasings": "when do you open",
    "answer": "At ten.",
    "state": "live",
}
POSTS = [path for method, path in MATRIX if method == "POST"]
GETS = [path for method, path in MATRIX if method == "GET"]
TOKENLESS = {"/demo/sign-in-links"}

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def address(path: str) -> str:
    for place, value in VALUES.items():
        path = path.replace(place, value)
    return path


def everything(parts) -> dict[str, list]:
    """All rows there are, but when somebody was seen and what they tried."""
    found = {table.name: rows(parts, table) for table in Base.metadata.sorted_tables}
    known = found["staff_session"]
    found["staff_session"] = [(row.token_hash, row.began, row.ended) for row in known]
    del found["sign_in_attempt"]
    return found


def may(role: str | None, needed: str | None) -> bool:
    if needed is EVERYBODY:
        return True
    return role is not None and ROLES.index(role) >= ROLES.index(needed)


@pytest.fixture
def conversation(parts):
    found = converse(parts, "1001", "hello")
    owes(parts, found, "hi", state=OutgoingState.UNCONFIRMED)
    return found


@only_sqlite
def test_every_route_is_in_the_matrix(app):
    known = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert known == set(MATRIX)


@only_sqlite
@pytest.mark.parametrize("role", [None, *ROLES])
def test_each_role_reaches_what_the_matrix_says(app, conversation, role):
    for (method, path), needed in MATRIX.items():
        who = visitor(app, role) if role else stranger(app)
        form = {"data": {"csrf_token": who.csrf_token, **FIELDS}}
        answer = who.client.open(
            address(path),
            method=method,
            buffered=True,
            **(form if method == "POST" else {}),
        )
        shut = answer.status_code in (401, 403) or "/sign-in?next" in (
            answer.location or ""
        )
        assert shut is not may(role, needed), (method, path, answer.status_code)
        assert answer.status_code < 500


@only_sqlite
def test_a_post_without_a_token_changes_nothing(app, parts, conversation):
    admin, nobody = visitor(app, ADMIN), stranger(app)
    before = everything(parts)
    for path in POSTS:
        for who in (admin, nobody):
            answer = who.client.post(address(path), data=FIELDS)
            shut = {404} if path in TOKENLESS else {401, 403}
            assert answer.status_code in shut, path
    assert everything(parts) == before


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
def test_a_post_from_another_site_changes_nothing(app, parts, conversation, headers):
    who = visitor(app, ADMIN)
    before = everything(parts)
    data = {"csrf_token": who.csrf_token, **FIELDS}
    for path in POSTS:
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
def test_no_get_changes_anything(app, parts, conversation):
    who = visitor(app, ADMIN)
    before = everything(parts)
    for path in GETS:
        who.get(address(path))
        who.client.head(address(path), buffered=True)
    assert everything(parts) == before


@only_sqlite
def test_forms_take_the_fields_they_name_and_no_others(app, parts, conversation):
    who = visitor(app, EDITOR)
    extra = {"role": "admin", "staff_id": "1", "assignee_id": "7", "name": "thief"}
    for path in (p for p in POSTS if not p.startswith(("/sign-", "/account/sess"))):
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
