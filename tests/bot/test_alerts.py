"""Mails to people who take hand-offs: a customer waits, and nobody comes."""

from datetime import timedelta

import pytest

from bot import handoff, mail, waiting
from bot.alerts import ESCALATED, Alerts
from bot.content import DATA
from bot.mail import Mail
from bot.settings import LANGUAGES
from tests.bot.test_ladder import Shop as Waiting
from tests.bot.test_ladder import on_friday
from tests.shops.mail import SENDER, MailServer

HOME = "https://desk.example.com"
MAILS = mail.load(ESCALATED, [DATA])
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def server():
    with MailServer().open() as server:
        yield server


class Shop(Waiting):
    """A shop with a mail server, and people who work there."""

    def __init__(self, floor, server):
        super().__init__(floor)
        self.server, self.house = server, waiting.House(has_mail=True)
        self.tina = floor.staff()
        self.floor.run("UPDATE page SET name = 'Harbour Records'")
        self.alerts = Alerts(
            floor.database, floor.clock, Mail(server.url, SENDER), MAILS, HOME
        )

    def hires(self, login, role="agent", **about):
        """Let somebody else work here."""
        number = self.floor.staff(login)
        changes = {"role": role, **about}
        for name, value in changes.items():
            self.floor.run(
                f"UPDATE staff SET {name} = :value WHERE id = :id",  # noqa: S608
                value=value,
                id=number,
            )

    def nobody_comes(self):
        """Let a customer wait until everybody is called."""
        self.asks(on_friday(12))
        for minute in (10, 30):
            self.goes(on_friday(12, minute))
        self.goes(on_friday(13))

    def mailed(self):
        """Send what is due; return to whom."""
        before = len(self.server.received)
        self.alerts.send()
        return sorted(to for to, _ in self.server.received[before:])

    def states(self):
        rows = self.floor.all("SELECT state FROM staff_mail ORDER BY id")
        return [row["state"] for row in rows]


@pytest.fixture
def shop(floor, server):
    return Shop(floor, server)


def test_who_takes_hand_offs_is_mailed_once_with_no_word_of_the_customer(shop):
    shop.hires("ben@example.com")
    shop.nobody_comes()
    assert shop.mailed() == ["ben@example.com", "tina@example.com"]
    message = shop.server.received[-1][1]
    told = "Harbour Records: a customer has waited 1 hour, and nobody came"
    assert message["Subject"] == told
    link = f"{HOME}/inbox/{shop.floor.conversation()}"
    assert link in shop.server.text
    assert "i want a person" not in shop.server.text
    assert "7400112233445566" not in shop.server.text
    shop.goes(on_friday(16))
    assert shop.mailed() == []
    assert shop.states() == ["sent", "sent"]


def test_who_cannot_or_does_not_want_is_not_mailed(shop):
    shop.hires("only.looks@example.com", "viewer")
    shop.hires("no-address")
    shop.hires("wants.none@example.com", wants_mail=False)
    shop.hires("left@example.com", disabled_at="2026-11-01 00:00:00+00")
    shop.hires("grace@example.com", "admin")
    shop.nobody_comes()
    assert shop.mailed() == ["grace@example.com", "tina@example.com"]


@on_sqlite
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_language_of_whoever_gets_it(shop, language):
    shop.hires("tina@example.com", language=language)
    shop.nobody_comes()
    shop.mailed()
    message, text = shop.server.received[-1][1], shop.server.text
    expected = {"en": "1 hour", "ar": "ساعة", "es": "1 hora", "fr": "1 heure"}
    assert expected.get(language, "1小时") in message["Subject"].replace("\xa0", " ")
    assert "{" not in text + message["Subject"]
    assert f"{HOME}/account/#mail" in text


def test_nobody_is_mailed_of_a_customer_to_whom_somebody_came(shop):
    shop.nobody_comes()
    shop.floor.takes_over()
    assert shop.mailed() == []
    assert shop.states() == ["dropped"]


def test_another_wait_is_told_of_anew(shop):
    shop.nobody_comes()
    shop.mailed()
    number = shop.floor.conversation()
    shop.floor.write(lambda c: handoff.release(c, number, on_friday(13)))
    shop.asks(on_friday(14))
    for moment in (on_friday(14, 10), on_friday(14, 30), on_friday(15)):
        shop.goes(moment)
    assert shop.mailed() == ["tina@example.com"]


def test_what_the_server_does_not_take_is_tried_again_and_then_no_more(shop):
    shop.nobody_comes()
    shop.server.fault = "busy"
    assert shop.mailed() == []
    assert shop.states() == ["due"]
    shop.server.fault = None
    assert shop.mailed() == []  # not at once
    shop.floor.clock.advance(minutes=1)
    assert shop.mailed() == ["tina@example.com"]
    assert shop.states() == ["sent"]


@on_sqlite
def test_after_four_tries_it_is_given_up(shop):
    shop.nobody_comes()
    shop.server.fault = "busy"
    for _ in range(6):
        assert shop.mailed() == []
        shop.floor.clock.advance(hours=2)
    assert shop.states() == ["failed"]


@on_sqlite
def test_one_whose_sender_died_is_sent_after_a_while(shop):
    shop.nobody_comes()
    assert shop.alerts._take() is not None
    assert shop.mailed() == []
    shop.floor.clock.now += timedelta(minutes=2)
    assert shop.mailed() == ["tina@example.com"]


@on_sqlite
def test_the_sweep_has_it_sent_beside_it(shop):
    shop.nobody_comes()
    shop.alerts.look()
    shop.alerts.close()
    assert [to for to, _ in shop.server.received] == ["tina@example.com"]


@on_sqlite
def test_without_a_server_nothing_is_owed(shop):
    shop.house = waiting.House()
    shop.nobody_comes()
    assert shop.states() == []
    assert shop.done() == ["waits_long", "escalated"]
