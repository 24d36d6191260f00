"""The people's page: who works here, other roles, shutting out and letting in."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot import handoff
from bot.store.models import Conversation, Status, Timer, TimerState
from bot.store.people import AuditEntry, Role, Staff
from tests.bot.visiting import NOW, change, converse, row, rows, visitor, words

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def grace(app):
    return visitor(app, "admin", "Grace")


@pytest.fixture
def ada(app):
    return visitor(app, "agent", "Ada")


@pytest.fixture
def held(parts, ada):
    """A conversation that Ada answers."""
    found = converse(parts, "1001", "hello")
    parts.database.write(lambda c: handoff.take_over(c, found, ada.staff_id, NOW))
    return found


def person(who, end=""):
    return f"/admin/people/{who.staff_id}{end}"


def now(parts, conversation):
    return row(parts, Conversation, id=conversation)


def actions(parts):
    return [entry.action for entry in rows(parts, AuditEntry)]


def test_the_page_names_everybody_with_role_and_when_they_were_seen(grace, ada):
    page = grace.words("/admin/people")
    assert "Ada ada Agent Seen 1 min ago" in page
    assert "Grace you grace Admin" in page


def test_another_role_holds_at_once_and_is_written_down(parts, grace, ada):
    answer = grace.post(person(ada, "/role"), role="editor")
    assert answer.location == person(ada, "?note=role")
    assert "The role is changed" in grace.words(answer.location)
    assert ada.get("/admin/faq/").status_code == 200
    (entry,) = rows(parts, AuditEntry)
    assert (entry.staff_id, entry.action, entry.about) == (
        grace.staff_id,
        "role_changed",
        "ada",
    )
    assert entry.details == {"before": "agent", "after": "editor"}


def test_the_same_role_again_is_no_change(parts, grace, ada):
    assert grace.post(person(ada, "/role"), role="agent").location.endswith("note=same")
    assert actions(parts) == []


@pytest.mark.parametrize("role", ["", "owner", "ADMIN", "admin\r\nX: y", "a" * 100_000])
@only_sqlite
def test_a_role_that_is_none_is_refused(grace, ada, role):
    assert grace.post(person(ada, "/role"), role=role).status_code == 400


def test_who_is_shut_out_is_out_of_every_browser_and_can_be_let_in_again(
    app, parts, grace, ada
):
    other = visitor(app, "agent", "Ada")
    grace.post(person(ada, "/shut-out"))
    assert [who.get("/inbox/").status_code for who in (ada, other)] == [303, 303]
    assert "Shut out" in grace.words("/admin/people")
    grace.post(person(ada, "/let-in"))
    assert ada.get("/inbox/").status_code == 303
    assert visitor(app, "agent", "Ada").get("/inbox/").status_code == 200
    assert actions(parts) == ["shut_out", "let_in_again"]


def test_what_they_answered_waits_for_a_colleague_with_its_summary(
    app, parts, grace, ada, held
):
    change(parts, held, handoff_summary="Wants: a refund")
    epoch = now(parts, held).epoch
    grace.post(person(ada, "/shut-out"))
    found = now(parts, held)
    assert (found.status, found.assignee_id) == (Status.WAITING, None)
    assert (found.handoff_reason, found.handoff_summary) == ("left", "Wants: a refund")
    assert found.waiting_since is not None
    assert found.epoch > epoch
    due = [one.kind for one in rows(parts, Timer) if one.state is TimerState.DUE]
    assert due == ["unanswered"]  # the first rung
    colleague = visitor(app, "agent", "Ben")
    assert "Whoever answered has left" in colleague.words("/inbox/")
    assert colleague.post(f"/inbox/{held}/claim").status_code == 303
    assert now(parts, held).assignee_id == colleague.staff_id


def test_who_may_only_look_from_now_on_holds_nothing(parts, grace, ada, held):
    grace.post(person(ada, "/role"), role="viewer")
    assert now(parts, held).status is Status.WAITING


def test_who_stays_an_agent_keeps_what_they_hold(parts, grace, ada, held):
    grace.post(person(ada, "/role"), role="editor")
    assert now(parts, held).assignee_id == ada.staff_id


def test_who_is_shut_out_can_be_given_nothing(parts, grace, ada):
    found = converse(parts, "1001", "hello")
    grace.post(person(ada, "/shut-out"))
    given = parts.database.write(
        lambda c: handoff.take_over(c, found, ada.staff_id, NOW)
    )
    assert (given, now(parts, found).assignee_id) == (False, None)


@pytest.mark.parametrize(
    ("act", "fields"), [("/shut-out", {}), ("/role", {"role": "agent"})]
)
def test_nobody_takes_their_own_rights_by_mistake(parts, grace, act, fields):
    answer = grace.post(person(grace, act), **fields)
    assert answer.status_code == 422
    assert "Ask another admin" in words(answer.text)
    assert rows(parts, Staff)[0].role is Role.ADMIN


def test_of_two_admins_who_shut_each_other_out_one_stays(app, parts):
    both = [visitor(app, "admin", name) for name in ("Grace", "Linus")]
    together = Barrier(2)

    def shut(pair):
        together.wait()
        return pair[0].post(person(pair[1], "/shut-out")).status_code

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(shut, [both, both[::-1]]))
    assert [one.disabled_at is None for one in rows(parts, Staff)].count(True) == 1


def test_the_only_admin_stays_one_even_for_a_session_that_was_faster(app, parts, grace):
    """Linus was an admin when his request began; Grace is the only one left."""
    linus = visitor(app, "admin", "Linus")
    grace.post(person(linus, "/role"), role="agent")
    answer = linus.post(person(grace, "/shut-out"))
    assert answer.status_code == 403
    assert row(parts, Staff, login="grace").disabled_at is None


def test_nobody_else_is_an_empty_page(grace):
    assert grace.get("/admin/people/999").status_code == 404
    assert grace.post("/admin/people/999/role", role="agent").status_code == 404
    assert grace.post(f"/admin/people/{'9' * 30}/shut-out").status_code == 404


@only_sqlite
def test_names_stay_text(app, grace):
    visitor(app, "agent", "<script>alert(1)</script>")
    assert "<script>alert" not in grace.page("/admin/people")
