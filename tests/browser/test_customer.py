"""What a customer gets on the phone, from the demo as anybody starts it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Demo, Phone, sample

pytestmark = pytest.mark.browser

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PERSON = "I've asked a colleague"


def test_an_order_is_told_with_its_tracking_number(phone: Callable[..., Phone]) -> None:
    order = sample("orders", status="shipped")
    anna = phone("Anna Archer")

    anna.ask("where is my order?")
    anna.ask(order["number"])
    status = anna.ask(order["email"])

    expect(status).to_contain_text(f"your order {order['number']} is on its way")
    expect(status).to_contain_text(order["tracking_number"])


def test_a_wrong_proof_and_an_unknown_order_are_answered_in_the_same_words(
    phone: Callable[..., Phone],
) -> None:
    order = sample("orders", status="shipped")
    tries = {
        "Wrong Proof": (order["number"], "somebody.else@example.com"),
        "Unknown Order": ("99999", order["email"]),
    }

    # Each is told which number it goes by: their own.
    told = [
        [text.replace(said[0], "NUMBER") for text in _tells(phone(name), *said)]
        for name, said in tries.items()
    ]

    assert "I can't find an order" in told[0][-1]
    assert told[0] == told[1]


def _tells(customer: Phone, *said: str) -> list[str]:
    for words in ("where is my order?", *said):
        customer.ask(words)
    return customer.told()


def test_a_question_of_many_is_answered(phone: Callable[..., Phone]) -> None:
    expect(phone("Ben Hart").ask("when are you open?")).to_contain_text("10 am to 6 pm")


def test_a_word_that_may_mean_much_is_asked_back_with_choices(
    phone: Callable[..., Phone],
) -> None:
    carla = phone("Carla Otway")

    expect(carla.ask("delivery")).to_contain_text("Did you mean")
    expect(carla.choices).to_have_count(4)
    carla.choices.first.click()

    expect(carla.answers).to_have_count(2)
    expect(carla.answers.last).to_contain_text("delivery")


@pytest.mark.parametrize("words", ["blorgh flumpf zzz", "the moon is a lemon"])
def test_nonsense_gets_choices_or_a_person(
    phone: Callable[..., Phone], words: str
) -> None:
    customer = phone("Dan Vale")

    answer = customer.ask(words).inner_text()

    assert PERSON in answer or customer.choices.count() > 1


def test_reminders_that_were_switched_on_in_chat_come_exactly_once(
    phone: Callable[..., Phone], demo: Demo
) -> None:
    ticket = sample("events", status="scheduled")
    starts = _start(ticket)
    ella = phone("Ella Eaves")
    ella.ask("when does it start?")
    ella.ask(ticket["ticket"])
    expect(ella.ask(ticket["holder_email"])).to_contain_text("I'll remind you here")
    reminders = ella.answers.filter(has_text=f"reminder: {ticket['name']}")

    _goes_by(demo, starts - DAY - MINUTE)
    _nothing_comes(demo, ella)
    for number, due in enumerate((starts - DAY, starts - 2 * HOUR), start=1):
        _goes_by(demo, due + MINUTE)
        expect(reminders).to_have_count(number)
        _goes_by(demo, due + HOUR)
        _nothing_comes(demo, ella)
    _goes_by(demo, starts + DAY)
    _nothing_comes(demo, ella)
    expect(reminders).to_have_count(2)


def _start(ticket: dict[str, str]) -> datetime:
    """When an event starts; no clocks change on the day before it."""
    wall = datetime.fromisoformat(ticket["starts_at"])
    return wall.replace(tzinfo=ZoneInfo(ticket["zone"])).astimezone(UTC)


def _goes_by(demo: Demo, moment: datetime) -> None:
    demo.messenger.post("clock", {"now": moment.isoformat()})


def _nothing_comes(demo: Demo, customer: Phone) -> None:
    """Let two sweeps go by, after what has come already."""
    said = demo.messenger.messages(customer.psid)
    assert demo.messenger.messages(customer.psid, len(said), wait=2) == []
