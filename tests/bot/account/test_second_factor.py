"""The second factor: turned on with a code, asked for at sign-in, turned off again."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import text

from bot.account import passwords, totp
from bot.app import application
from bot.store import links, staff
from bot.store.people import AuditEntry, RecoveryCode, Staff
from bot.store.sealing import Seal
from tests.bot.visiting import row, rows, stranger, visitor, words

PASSWORD = "tall grey herons wade slowly"
HASH = passwords.hashed(PASSWORD)
only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


class Ada:
    """Somebody with a password and a second factor, and all that is hers."""

    def __init__(self, app, parts):
        self.app, self.parts = app, parts
        self.who = visitor(app, "agent", "ada")
        parts.database.write(lambda c: staff.set_password(c, self.who.staff_id, HASH))
        self.who.post("/account/second-factor/begin")
        page = self.who.page("/account/second-factor")
        self.secret = re.search(r"secret\" dir=\"ltr\">([A-Z2-7 ]+)<", page)[1]
        self.secret = self.secret.replace(" ", "")
        answer = self.who.post("/account/second-factor/confirm", code=self.code())
        assert answer.status_code == 200, words(answer.text)
        self.codes = re.findall(r"<li><code>([a-z2-9 ]+)</code>", answer.text)
        self.forget()

    def code(self, off=0):
        return totp.code(self.secret, int(time.time() // 30) + off)

    def forget(self):
        """Let it be long ago that a code was used."""
        query = text("UPDATE staff SET totp_step = totp_step - 100")
        self.parts.database.write(lambda c: c.execute(query))

    def halfway(self, **fields):
        """A browser in which the password was given, with the form for the code."""
        who = stranger(self.app)
        answer = who.post("/sign-in", login="ada", password=PASSWORD, **fields)
        assert answer.location.startswith("/sign-in/code?next="), answer.location
        return who


@pytest.fixture
def ada(app, parts):
    return Ada(app, parts)


def is_in(who):
    return who.get("/inbox/").status_code == 200


def test_the_password_alone_opens_nothing_and_the_code_opens_the_page_wanted(ada):
    who = ada.halfway(next="/inbox/?view=mine")
    assert not is_in(who)
    assert "Code from your authenticator app" in words(who.get("/sign-in/code").text)
    answer = who.post("/sign-in/code", code=ada.code(), next="/inbox/?view=mine")
    assert answer.location == "/inbox/?view=mine"
    assert is_in(who)


def test_a_link_needs_the_code_too(app, parts, ada):
    token = parts.database.write(lambda c: links.make(c, ada.who.staff_id))
    who = stranger(app)
    assert "/sign-in/code" in who.post(f"/sign-in/{token}").location
    assert not is_in(who)
    who.post("/sign-in/code", code=ada.code())
    assert is_in(who)


def test_a_code_works_once_for_everybody(ada):
    first, second = ada.halfway(), ada.halfway()
    code = ada.code()
    assert first.post("/sign-in/code", code=code).status_code == 303
    late = second.post("/sign-in/code", code=code)
    assert late.status_code == 422
    assert "used already" in words(late.text)
    assert second.post("/sign-in/code", code=ada.code(-1)).status_code == 422


def test_of_many_who_give_a_code_at_once_one_gets_in(ada):
    visitors, code = [ada.halfway() for _ in range(4)], ada.code()
    together = Barrier(len(visitors))

    def press(who):
        together.wait()
        return who.post("/sign-in/code", code=code).status_code

    with ThreadPoolExecutor(len(visitors)) as pool:
        assert sorted(pool.map(press, visitors)) == [303, 422, 422, 422]


@only_sqlite
@pytest.mark.parametrize("off", [-1, 0, 1])
def test_the_phone_may_be_half_a_minute_off(ada, off):
    assert ada.halfway().post("/sign-in/code", code=ada.code(off)).status_code == 303


@only_sqlite
@pytest.mark.parametrize(
    "code", ["", "000000", "x" * 500_000, "1\r\nX: y", "' OR 1=1 --", "\0", "١٢٣٤٥٦"]
)
def test_what_is_no_code_is_refused(ada, code):
    who = ada.halfway()
    answer = who.post("/sign-in/code", code=code)
    assert answer.status_code == 422
    assert not is_in(who)


def test_guessing_codes_has_to_wait_and_a_right_one_does_not_help_then(ada):
    who = ada.halfway()
    answers = [who.post("/sign-in/code", code="000000").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    answer = who.post("/sign-in/code", code=ada.code())
    assert answer.status_code == 429
    assert 800 < int(answer.headers["Retry-After"]) <= 901


@only_sqlite
def test_the_password_again_buys_no_more_guesses(ada):
    for _ in range(2):
        who = ada.halfway()
        for _ in range(5):
            who.post("/sign-in/code", code="000000")
    assert ada.halfway().post("/sign-in/code", code="000000").status_code == 429


def test_a_recovery_code_works_once_however_it_is_typed(parts, ada):
    assert len(set(ada.codes)) == 10
    typed = ada.codes[3].upper().replace(" ", "-")
    assert ada.halfway().post("/sign-in/code", code=typed).status_code == 303
    assert ada.halfway().post("/sign-in/code", code=typed).status_code == 422
    assert "9 of your recovery codes are left" in ada.who.words("/account/")
    notes = [e.details for e in rows(parts, AuditEntry) if e.action == "signed_in"]
    assert notes == [{"by": "recovery code"}]


def test_a_recovery_code_is_only_its_owners(app, parts, ada):
    ben = visitor(app, "agent", "ben")
    parts.database.write(lambda c: staff.set_password(c, ben.staff_id, HASH))
    ben.post("/account/second-factor/begin")
    refused = ben.post("/account/second-factor/confirm", code=ada.codes[0])
    assert refused.status_code == 422
    assert ada.halfway().post("/sign-in/code", code=ada.codes[0]).status_code == 303


def test_neither_secret_nor_codes_lie_open_anywhere(parts, ada, capsys):
    kept = str([*rows(parts, Staff), *rows(parts, RecoveryCode)])
    told = str(rows(parts, AuditEntry)) + capsys.readouterr().out
    for hidden in (ada.secret, *(totp.plain(code) for code in ada.codes)):
        assert hidden not in kept
        assert hidden not in told
    assert ada.secret not in ada.who.page("/account/")
    assert ada.who.get("/account/second-factor").location == "/account/"


def test_a_note_of_the_first_step_can_not_be_made_up_or_kept(app, parts, ada):
    who = ada.halfway()
    kept = who.client.get_cookie("frontdesk-halfway").value
    for made_up in (
        f"{ada.who.staff_id}.9999999999.{'0' * 64}",
        kept.replace(".", ".9", 1),
        kept[:-1],
        "..",
        "1",
        "9" * 400,
        "é.é.é",
    ):
        thief = stranger(app)
        thief.client.set_cookie("frontdesk-halfway", made_up)
        answer = thief.post("/sign-in/code", code=ada.code())
        assert answer.location == "/sign-in", made_up
    parts.database.write(lambda c: staff.set_password(c, ada.who.staff_id, "another"))
    assert who.post("/sign-in/code", code=ada.code()).location == "/sign-in"


@only_sqlite
def test_who_was_shut_out_between_the_steps_stays_out(parts, ada):
    who = ada.halfway()
    query = text("UPDATE staff SET disabled_at = created_at")
    parts.database.write(lambda c: c.execute(query))
    assert who.post("/sign-in/code", code=ada.code()).location == "/sign-in"


@only_sqlite
@pytest.mark.parametrize("then", ["//evil.example/", "https://evil.example", "/\\evil"])
def test_the_second_step_leads_to_no_other_site(ada, then):
    who = ada.halfway(next=then)
    answer = who.post("/sign-in/code", code=ada.code(), next=then)
    assert answer.location == "/inbox/"


def test_it_is_on_only_after_a_code_was_given(app, parts):
    who = visitor(app, "agent", "ada")
    parts.database.write(lambda c: staff.set_password(c, who.staff_id, HASH))
    who.post("/account/second-factor/begin")
    refused = who.post("/account/second-factor/confirm", code="000000")
    assert refused.status_code == 422
    answer = stranger(app).post("/sign-in", login="ada", password=PASSWORD)
    assert answer.location == "/inbox/"


def test_the_secret_is_shown_as_a_picture_that_needs_nobody_else(app):
    who = visitor(app, "agent", "ada")
    who.post("/account/second-factor/begin")
    page = who.page("/account/second-factor")
    picture = re.search(r"<svg[^>]*class=\"qr\".*?</svg>", page, re.DOTALL)[0]
    assert "style=" not in picture
    assert "href" not in picture
    assert len(re.findall(r"[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}", page)) == 1


def test_turning_it_on_signs_other_browsers_out_and_is_written_down(app, parts):
    other = visitor(app, "agent", "ada")
    Ada(app, parts)
    assert not is_in(other)
    assert [e.action for e in rows(parts, AuditEntry)] == ["second_factor_on"]


@only_sqlite
def test_to_begin_later_one_has_to_know_the_password(app, parts):
    who = visitor(app, "agent", "ada")
    parts.database.write(lambda c: staff.set_password(c, who.staff_id, HASH))
    old = text("UPDATE staff_session SET began = began - 3600")
    parts.database.write(lambda c: c.execute(old))
    assert who.post("/account/second-factor/begin", current="no").status_code == 422
    assert row(parts, Staff, login="ada").totp_secret is None
    answer = who.post("/account/second-factor/begin", current=PASSWORD)
    assert answer.location == "/account/second-factor"


def test_a_secret_that_counts_is_not_replaced(parts, ada):
    before = row(parts, Staff, login="ada").totp_secret
    assert ada.who.post("/account/second-factor/begin").location == "/account/"
    assert row(parts, Staff, login="ada").totp_secret == before


@pytest.mark.parametrize("proof", ["password", "code", "recovery"])
def test_it_is_turned_off_with_password_or_code(app, parts, ada, proof):
    given = {"password": PASSWORD, "code": ada.code(), "recovery": ada.codes[0]}
    answer = ada.who.post("/account/second-factor/off", proof=given[proof])
    assert answer.location == "/account/?note=factor_off"
    found = row(parts, Staff, login="ada")
    assert (found.totp_secret, found.totp_since) == (None, None)
    assert rows(parts, RecoveryCode) == []
    answer = stranger(app).post("/sign-in", login="ada", password=PASSWORD)
    assert answer.location == "/inbox/"


def test_without_either_it_stays_on_and_guessing_ends(parts, ada):
    answers = [
        ada.who.post("/account/second-factor/off", proof="wrong").status_code
        for _ in range(11)
    ]
    assert set(answers) == {422}
    late = ada.who.post("/account/second-factor/off", proof=PASSWORD)
    assert late.status_code == 422
    assert row(parts, Staff, login="ada").totp_since is not None


def test_new_recovery_codes_replace_the_old(ada):
    answer = ada.who.post("/account/second-factor/codes", proof=PASSWORD)
    assert "work no more" in words(answer.text)
    old = ada.halfway().post("/sign-in/code", code=ada.codes[0])
    assert old.status_code == 422
    fresh = re.findall(r"<li><code>([a-z2-9 ]+)</code>", answer.text)[0]
    assert ada.halfway().post("/sign-in/code", code=fresh).status_code == 303


def test_an_admin_takes_it_from_a_colleague_but_not_from_themselves(app, parts, ada):
    grace = visitor(app, "admin", "Grace")
    assert "Second factor" in grace.words("/admin/people")
    path = f"/admin/people/{ada.who.staff_id}/second-factor/reset"
    grace.post(path)
    assert row(parts, Staff, login="ada").totp_secret is None
    (entry,) = [e for e in rows(parts, AuditEntry) if "reset" in e.action]
    assert (entry.staff_id, entry.about) == (grace.staff_id, "ada")
    own = grace.post(f"/admin/people/{grace.staff_id}/second-factor/reset")
    assert own.status_code == 422


@only_sqlite
def test_with_another_key_recovery_codes_still_work(parts, ada, woken):
    other = replace(parts, seal=Seal("another key"))
    who = ada.halfway()
    who.client.application = application(other, woken.append)
    assert who.post("/sign-in/code", code=ada.code()).status_code == 422
    assert who.post("/sign-in/code", code=ada.codes[0]).status_code == 303
