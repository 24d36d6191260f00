"""frontdesk users: add people, give them links, shut them out."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.clock import system_clock
from bot.commands.people import users
from bot.store import factors, links, staff
from bot.store.database import open_database
from bot.store.people import AuditEntry


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = {
        "FRONTDESK_HOME": str(tmp_path / "home"),
        "FACEBOOK_APP_ID": "1517776481860111",
        "FACEBOOK_PAGE_ID": "102030405060708",
        "FACEBOOK_APP_SECRET": "s",
        "FACEBOOK_PAGE_ACCESS_TOKEN": "EAAtests",
        "FRONTDESK_URL": "https://desk.example",
    }

    def run(*words):
        return CliRunner().invoke(users, words, env=given)

    return run


@pytest.fixture
def database(tmp_path, run):
    run("list")
    opened = open_database(f"sqlite:///{tmp_path / 'home' / 'frontdesk.sqlite'}")
    yield opened
    opened.close()


def test_who_is_added_gets_a_link_that_signs_them_in(run, database):
    done = run("add", "Ben@example.com", "--name", "Ben", "--role", "editor")
    assert done.exit_code == 0
    link = done.output.strip()
    assert link.startswith("https://desk.example/sign-in/")
    opened = database.write(lambda c: links.use(c, link.rsplit("/", 1)[1]))
    person = opened.person
    assert (person.login, person.name, person.role) == (
        "ben@example.com",
        "Ben",
        "editor",
    )


def test_a_login_is_given_once(run, database):
    run("add", "ben")
    again = run("add", "BEN")
    assert again.exit_code == 1
    assert "there is somebody with the login BEN already" in again.output


@pytest.mark.parametrize("login", ["", "two words", "x" * 300, "tab\t"])
def test_an_odd_login_is_refused(run, login):
    assert run("add", login).exit_code == 2


def test_another_link_is_made_for_who_is_there(run, database):
    run("add", "ben")
    assert "/sign-in/" in run("link", "ben").output
    assert run("link", "nobody").exit_code == 1


def test_who_is_shut_out_gets_no_link_until_let_in_again(run, database):
    run("add", "ben")
    assert run("disable", "ben").exit_code == 0
    assert run("link", "ben").exit_code == 1
    assert run("disable", "ben").exit_code == 1
    assert "ben\tben\tagent, shut out" in run("list").output
    assert run("enable", "ben").exit_code == 0
    with database.read() as connection:
        assert staff.by_login(connection, "ben") is not None


def test_a_lost_second_factor_is_taken_away(run, database):
    run("add", "ben")

    def turn_on(connection):
        person = staff.by_login(connection, "ben")
        factors.begin(connection, person.id, b"sealed")
        factors.confirm(connection, person.id, b"sealed", 1, system_clock())

    database.write(turn_on)
    assert run("reset-second-factor", "ben").exit_code == 0
    with database.read() as connection:
        assert not staff.by_login(connection, "ben").has_second_factor
    again = run("reset-second-factor", "ben")
    assert "nobody with the login ben has a second factor" in again.output


def test_what_is_done_here_is_in_the_audit_log(run, database):
    run("add", "ben")
    run("disable", "ben")
    run("enable", "ben")
    with database.read() as connection:
        found = connection.execute(select(AuditEntry.action, AuditEntry.address)).all()
    assert [row.action for row in found] == ["added", "shut_out", "let_in_again"]
    assert {row.address for row in found} == {"command line"}
