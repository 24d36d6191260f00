"""The audit log: what is in it, what never is, and taking it away as a table."""

import csv
import io

import pytest
from sqlalchemy import text

from bot.account import passwords
from bot.account.audit_log import WORDS
from bot.store import audit, staff
from bot.store.audit import Action, Trace
from bot.store.people import AuditEntry
from tests.bot.visiting import NOW, converse, rows, says, stranger, visitor, words

PASSWORD = "tall grey herons wade slowly"
HASH = passwords.hashed(PASSWORD)
only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def grace(app):
    return visitor(app, "admin", "Grace")


@pytest.fixture
def ada(app, parts):
    who = visitor(app, "agent", "ada")
    parts.database.write(lambda c: staff.set_password(c, who.staff_id, HASH))
    return who


def note(parts, action=Action.INVITED, about="eve", by=None, **details):
    trace = Trace(staff_id=by, at=NOW, address="192.0.2.1")
    parts.database.write(lambda c: audit.note(c, trace, action, about, **details))


def noted(parts):
    return [(e.staff_id, e.action, e.about) for e in rows(parts, AuditEntry)]


def table(who, query=""):
    answer = who.get(f"/admin/audit.csv{query}")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
    return list(csv.reader(io.StringIO(answer.text)))[1:]


def test_signing_in_and_out_and_failing_to_are_written_down(app, parts, ada):
    who = stranger(app)
    who.post("/sign-in", login="ada", password="wrong")
    who.post("/sign-in", login="hunter2", password=PASSWORD)
    who.post("/sign-in", login="ada", password=PASSWORD)
    ada.post("/sign-out")
    assert noted(parts) == [
        (None, "sign_in_failed", "ada"),
        (None, "sign_in_failed", None),
        (ada.staff_id, "signed_in", "ada"),
        (ada.staff_id, "signed_out", None),
    ]
    assert {entry.address for entry in rows(parts, AuditEntry)} == {"127.0.0.1"}


def test_what_is_typed_at_sign_in_is_not_kept(app, parts, ada):
    stranger(app).post("/sign-in", login="hunter2", password="wrong-and-secret")
    stranger(app).post("/sign-in", login="ada", password=PASSWORD)
    ada.post("/account/password", new="nine small boats in the fog")
    kept = str(rows(parts, AuditEntry))
    assert "password_set" in kept
    for secret in ("hunter2", "wrong-and-secret", PASSWORD, "nine small", "argon2"):
        assert secret not in kept


def test_changes_of_faq_and_wording_are_named_and_their_texts_are_not_kept(app, parts):
    who = visitor(app, "editor", "Linus")
    fields = {
        "question": "Do you repair records?",
        "phrasings": "can you mend my scratched record\nrecord repair",
        "answer": "Sadly not.",
        "state": "live",
    }
    who.post("/admin/faq/new", **fields)
    name = "do_you_repair_records"
    who.post(f"/admin/faq/{name}", **{**fields, "answer": "Yes!", "version": 1})
    who.post(f"/admin/faq/{name}", **{**fields, "answer": "Lost", "version": 1})
    who.post(f"/admin/faq/{name}/restore", number=1, version=2)
    who.post(f"/admin/faq/{name}/delete")
    who.post(f"/admin/faq/{name}/delete")
    who.post(f"/admin/faq/{name}/bring-back")
    who.post("/admin/wording/utter_greet", text="Ahoy there.", number=0)
    found = [(action, about) for _, action, about in noted(parts)]
    assert found[:5] == [
        ("faq_added", name),
        ("faq_changed", name),
        ("faq_restored", name),
        ("faq_deleted", name),
        ("faq_brought_back", name),
    ]
    assert {by for by, _, _ in noted(parts)} == {who.staff_id}
    kept = str(rows(parts, AuditEntry))
    for said in ("Sadly", "Yes!", "scratched", "Ahoy"):
        assert said not in kept


@only_sqlite
def test_nothing_that_a_customer_wrote_is_in_it(app, parts, grace):
    conversation = converse(parts, "1001", "my parcel number is ZX-81-SECRET")
    says(parts, conversation, "and my street is Elm Row")
    grace.post(f"/inbox/{conversation}/take-over")
    grace.post(f"/inbox/{conversation}/reply", text="I look into ZX-81", form="f" * 22)
    grace.post(f"/inbox/{conversation}/give-back")
    assert rows(parts, AuditEntry) == []


def test_what_is_taken_back_is_not_written_down(parts):
    def job(connection):
        trace = Trace(staff_id=None, at=NOW)
        audit.note(connection, trace, Action.INVITED, "eve")
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        parts.database.write(job)
    assert rows(parts, AuditEntry) == []


def test_the_page_is_newest_first_a_hundred_at_a_time(parts, grace):
    for number in range(205):
        note(parts, about=f"somebody-{number:03}")
    page = grace.page("/admin/audit")
    assert page.count("<li class=") == 100
    assert page.index("somebody-204") < page.index("somebody-105")
    assert "somebody-104" not in page
    older = page.split('href="/admin/audit?before=')[1].split('"')[0]
    second = grace.page(f"/admin/audit?before={older}")
    assert "somebody-104" in second
    assert "somebody-004" not in second


def test_it_is_filtered_by_person_and_by_action(parts, grace, ada):
    note(parts, Action.INVITED, "eve", by=grace.staff_id)
    note(parts, Action.SIGNED_OUT, None, by=ada.staff_id)
    note(parts, Action.INVITED, "bob", by=ada.staff_id)
    both = f"?person={ada.staff_id}&action=invited"
    assert [row[3] for row in table(grace, both)] == ["bob"]
    assert len(table(grace, f"?person={ada.staff_id}")) == 2
    assert len(table(grace, "?action=invited")) == 2
    assert len(table(grace)) == 3
    page = grace.words(f"/admin/audit{both}")
    assert "Invited: bob" in page
    assert "Invited: eve" not in page


@only_sqlite
@pytest.mark.parametrize(
    "query",
    [
        "?person=x&action=nothing&before=x",
        f"?person={'9' * 40}&before={'9' * 40}",
        "?action=invited%0d%0aSet-Cookie:%20x&person=-1",
        "?action=" + "a" * 50_000,
    ],
)
def test_odd_filters_filter_nothing(parts, grace, query):
    note(parts)
    for path in ("/admin/audit", "/admin/audit.csv"):
        answer = grace.get(path + query)
        assert answer.status_code == 200
        assert "eve" in answer.text
        assert "Set-Cookie" not in answer.headers


@only_sqlite
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_table_is_a_formula(parts, grace, start):
    note(parts, about=f"{start}HYPERLINK(1)", by=grace.staff_id)
    ((_, _, _, about, _, _),) = table(grace)
    assert about == f"'{start}HYPERLINK(1)"


def test_the_table_holds_more_than_is_read_at_a_time(parts, grace):
    def job(connection):
        trace = Trace(staff_id=None, at=NOW)
        for number in range(2005):
            audit.note(connection, trace, Action.INVITED, str(number))

    parts.database.write(job)
    assert [row[3] for row in table(grace)] == [str(n) for n in reversed(range(2005))]


@only_sqlite
def test_what_is_in_it_stays_text(parts, grace):
    note(parts, about="<script>alert(1)</script>", odd="<img src=x>")
    page = grace.page("/admin/audit")
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@only_sqlite
def test_an_action_of_an_older_or_newer_version_is_shown_by_its_name(parts, grace):
    note(parts)
    query = text("UPDATE audit_entry SET action = 'label_added'")
    parts.database.write(lambda c: c.execute(query))
    assert "Label added: eve" in words(grace.get("/admin/audit").text)


@only_sqlite
def test_every_action_has_its_words(url):
    assert set(WORDS) == set(Action)


def test_pins_are_logged_by_what_they_are_about_and_not_by_their_words(app, parts):
    grace = visitor(app, "admin", "Grace")
    grace.post("/admin/pins", text="where oh where is it", intent="order_status")
    grace.post("/admin/pins", text="fetch somebody", intent="")
    grace.post("/admin/pins/1/remove")
    logged = [(one.action, one.about, one.details) for one in rows(parts, AuditEntry)]
    assert logged[-3:] == [
        ("pin_added", "order_status", {}),
        ("pin_added", "contact_human_agent", {}),
        ("pin_removed", "order_status", {}),
    ]
    assert "Pinned a phrase" in grace.words("/admin/audit")
