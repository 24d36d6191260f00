"""Invitations: a link that lets one person join, once, for a week."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from bot.store.people import AuditEntry, Invitation, Role, Staff
from tests.bot.visiting import row, rows, stranger, visitor, words

PASSWORD = "tall grey herons wade slowly"
only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def grace(app):
    return visitor(app, "admin", "Grace")


def invite(who, login="ben@example.com", role="editor"):
    """The path of a new invitation."""
    answer = who.post("/admin/people/invite", login=login, role=role)
    assert answer.status_code == 200, words(answer.text)
    link = re.search(r'value="(http[^"]+/invitation/[^"]+)"', answer.text)[1]
    assert link.startswith("http://127.0.0.1:8000/invitation/")
    return link.removeprefix("http://127.0.0.1:8000")


def join(app, path, name="Ben", password=PASSWORD):
    return stranger(app).post(path, name=name, password=password)


def test_who_is_invited_joins_as_what_the_invitation_says(app, parts, grace):
    path = invite(grace)
    who = stranger(app)
    page = words(who.get(path).text)
    assert "invited as an editor" in page
    assert "sign in as ben@example.com" in page
    assert who.post(path, name=" Ben ", password=PASSWORD).location == "/inbox/"
    assert who.get("/admin/faq/").status_code == 200
    found = row(parts, Staff, login="ben@example.com")
    assert (found.name, found.role) == ("Ben", Role.EDITOR)
    fresh = stranger(app)
    assert (
        fresh.post("/sign-in", login="ben@example.com", password=PASSWORD).status_code
        == 303
    )


def test_the_role_is_that_of_the_invitation_whatever_the_form_says(app, parts, grace):
    path = invite(grace, role="viewer")
    stranger(app).post(
        path, name="Ben", password=PASSWORD, role="admin", login="grace", staff_id="1"
    )
    assert row(parts, Staff, login="ben@example.com").role is Role.VIEWER
    assert len(rows(parts, Staff)) == 2


def test_an_invitation_works_once(app, grace):
    path = invite(grace)
    assert join(app, path).status_code == 303
    late = join(app, path, name="Thief")
    assert late.status_code == 410
    assert "does not work any more" in words(late.text)


def test_of_many_who_join_at_once_one_is_added(app, parts, grace):
    path = invite(grace)
    visitors = [stranger(app) for _ in range(4)]
    together = Barrier(len(visitors))

    def press(who):
        together.wait()
        return who.post(path, name="Ben", password=PASSWORD).status_code

    with ThreadPoolExecutor(len(visitors)) as pool:
        assert sorted(pool.map(press, visitors)) == [303, 410, 410, 410]
    assert len(rows(parts, Staff)) == 2


def test_an_invitation_works_for_a_week(app, parts, grace):
    path = invite(grace)

    def later(seconds):
        query = text("UPDATE invitation SET expires = expires - :by")
        parts.database.write(lambda c: c.execute(query, {"by": seconds}))

    later(7 * 86400 - 60)
    assert stranger(app).get(path).status_code == 200
    later(61)
    assert join(app, path).status_code == 410


def test_a_withdrawn_invitation_does_not_work(app, parts, grace):
    path = invite(grace)
    (found,) = rows(parts, Invitation)
    assert "ben@example.com" in grace.words("/admin/people")
    withdrawn = f"/admin/people/invitations/{found.id}/withdraw"
    assert grace.post(withdrawn).location == "/admin/people?note=withdrawn"
    assert "ben@example.com" not in grace.words("/admin/people")
    assert join(app, path).status_code == 410
    assert grace.post(withdrawn).location == "/admin/people?note=gone"


def test_inviting_again_replaces_the_link(app, grace):
    first, second = invite(grace), invite(grace, login=" BEN@example.com ")
    assert join(app, first).status_code == 410
    assert join(app, second).status_code == 303


def test_what_was_offered_by_who_is_shut_out_works_no_more(app, parts, grace):
    """Otherwise who has to go leaves a door open behind them."""
    linus = visitor(app, "admin", "Linus")
    path = invite(linus, role="admin")
    grace.post(f"/admin/people/{linus.staff_id}/shut-out")
    assert join(app, path).status_code == 410


def test_what_was_offered_by_who_is_no_admin_any_more_works_no_more(app, grace):
    linus = visitor(app, "admin", "Linus")
    path = invite(linus)
    grace.post(f"/admin/people/{linus.staff_id}/role", role="editor")
    assert join(app, path).status_code == 410


def test_somebody_who_is_here_can_not_be_invited_or_overwritten(app, parts, grace):
    path = invite(grace)
    visitor(app, "agent", "ben@example.com")
    refused = grace.post("/admin/people/invite", login="Ben@example.com", role="agent")
    assert refused.status_code == 422
    assert "signs in as ben@example.com already" in words(refused.text)
    assert join(app, path).status_code == 410
    assert row(parts, Staff, login="ben@example.com").password_hash is None


@only_sqlite
@pytest.mark.parametrize(
    "login", ["", "two words", "x" * 300, "tab\tbed", "a\r\nSet-Cookie: x", "\u202e"]
)
def test_an_odd_login_is_refused(parts, grace, login):
    answer = grace.post("/admin/people/invite", login=login, role="agent")
    assert answer.status_code == 422
    assert rows(parts, Invitation) == []


@only_sqlite
@pytest.mark.parametrize(
    ("name", "password", "told"),
    [
        ("", PASSWORD, "Write the name"),
        ("\u202e\u200b", PASSWORD, "Write the name"),
        ("x" * 61, PASSWORD, "at most 60"),
        ("x" * 500_000, PASSWORD, "at most 60"),
        ("Ben", "short", "at least 12"),
        ("Ben", "x" * 100_000, "at most 1000"),
        ("Benjamin", "benjamin has boats", "Leave out your name"),
    ],
)
def test_an_odd_name_or_a_weak_password_is_refused_and_the_link_still_works(
    app, grace, name, password, told
):
    path = invite(grace)
    answer = join(app, path, name=name, password=password)
    assert answer.status_code == 422
    assert told in words(answer.text)
    assert join(app, path).status_code == 303


def test_only_the_hash_is_kept_and_nothing_of_it_is_in_the_log(parts, grace, capsys):
    token = invite(grace).rsplit("/", 1)[1]
    assert len(token) >= 43
    assert token not in str(rows(parts, Invitation))
    assert token not in str(rows(parts, AuditEntry))
    assert token not in capsys.readouterr().err


@only_sqlite
def test_the_link_names_our_own_address_whatever_the_request_says(grace):
    answer = grace.client.post(
        "/admin/people/invite",
        data={"csrf_token": grace.csrf_token, "login": "ben", "role": "agent"},
        headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"},
    )
    assert "http://127.0.0.1:8000/invitation/" in answer.text
    assert "evil.example" not in answer.text


@only_sqlite
def test_a_token_that_is_none_costs_no_password(app):
    began = time.perf_counter()
    for _ in range(5):
        assert join(app, "/invitation/guessed").status_code == 410
    assert time.perf_counter() - began < 1


def test_inviting_withdrawing_and_joining_are_written_down(app, parts, grace):
    invite(grace, login="eve")
    grace.post("/admin/people/invitations/1/withdraw")
    join(app, invite(grace))
    found = [(e.staff_id, e.action, e.about) for e in rows(parts, AuditEntry)]
    ben = row(parts, Staff, login="ben@example.com").id
    assert found[:4] == [
        (grace.staff_id, "invited", "eve"),
        (grace.staff_id, "invitation_withdrawn", "eve"),
        (grace.staff_id, "invited", "ben@example.com"),
        (ben, "invitation_accepted", "ben@example.com"),
    ]
