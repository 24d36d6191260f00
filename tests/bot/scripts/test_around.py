"""Days, hours, countries, and a wait for somebody who does not come, in a script."""

import pytest

from bot.scripts import files
from bot.scripts.player import play
from flows import responses
from flows.files import read
from tests import dialogue

HOURS = """
hours:
  zone: Europe/London
  friday: [09:00-12:00, 13:00-17:00]
  saturday: 10:00-12:00
  holidays: {2026-12-25: Christmas Day}
"""
VARIANTS = """
version: "3.1"
responses:
  utter_greet:
  - text: Hello.
  - text: Happy holidays!
    condition: [{type: slot, name: day_kind, value: holiday}]
  - text: A fine weekend to you!
    condition: [{type: slot, name: day_kind, value: weekend}]
  - text: Bonjour de Londres!
    condition: [{type: slot, name: country, value: FR}]
  utter_ask_again: [{text: Again?}]
"""


def played(text, greeting=None):
    library = files.parse(text, "conversations/own.yml")
    assert library.problems == ()
    assistants = dialogue.assistants()
    if greeting:
        (own,) = read([greeting], greeting.parent)
        said = responses.over([dialogue.RESPONSES, responses.load([own])])
        assistants = dialogue.assistants(answers=said)
    return play(library.scripts[0], assistants)


@pytest.fixture
def greeting(tmp_path):
    path = tmp_path / "en.yml"
    path.write_text(VARIANTS)
    return path


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-12-24 12:00", "Hello."),
        ("2026-12-25 19:00", "Happy holidays!"),
        ("2026-12-27 11:00", "A fine weekend to you!"),
    ],
)
def test_a_script_says_on_which_day_it_is_played(greeting, day, said):
    hours = HOURS.replace("  saturday", "  thursday: 09:00-17:00\n  saturday")
    text = f"{hours}\nA title:\n- on: {day}\n- customer: hello\n- bot: {said}\n"
    assert played(text, greeting) is None


def test_a_script_says_from_which_country_the_customer_is(greeting):
    text = (
        "A title:\n- on: 2026-12-01 10:00\n- country: FR\n- customer: hello\n"
        '- bot: Bonjour de Londres!\n- country: ""\n- customer: hello\n- bot: Hello.\n'
    )
    assert played(text, greeting) is None


def test_the_day_is_the_one_of_the_shops_clock():
    text = HOURS.replace("2026-12-25", "2026-12-26").replace(
        "Europe/London", "Asia/Tokyo"
    )
    script = (
        "A title:\n- on: 2026-12-26 01:00\n- customer: i want a person\n"
        "- bot: it's Christmas Day\n"
    )
    assert played(text + script) is None


def test_no_clock_goes_back():
    broken = played(
        HOURS + "A title:\n- customer: hello\n- on: 2026-11-20 10:00\n- bot: Hello.\n"
    )
    assert (broken.step.name, broken.came) == ("on", ("on: 2026-11-24 10:00",))


def test_who_waits_is_told_that_it_takes_a_while_and_later_is_not_forgotten():
    assert (
        played(
            "A title:\n- customer: i want a person\n- nobody comes\n"
            "- bot: utter_nobody_yet\n- nobody comes\n- bot: utter_still_nobody\n"
            "- nobody comes\n- bot: utter_still_nobody\n"
            "- nobody comes\n- bot: utter_wait_on\n"
            "- nobody comes\n- the bot is silent\n"
            "- taps: Keep waiting\n- bot: utter_waits_on\n"
            "- nobody comes\n- bot: utter_still_nobody\n"
            "- nobody comes\n- bot: utter_wait_on\n"
            "- taps: Ask the assistant\n- bot: utter_handoff_withdrawn\n"
        )
        is None
    )


def test_only_who_waits_can_wait_in_vain():
    broken = played("A title:\n- customer: hello\n- nobody comes\n")
    assert (broken.step.name, broken.came) == ("nobody comes", ("utter_greet",))


def test_everybody_goes_home_before_that_and_the_customer_is_told_when_they_are_back():
    text = HOURS + (
        "A title:\n- on: 2026-12-18 16:55\n- customer: i want a person\n"
        "- not said: nobody here\n- nobody comes\n"
        "- bot: We're back tomorrow at 10:00.\n"
        "- nobody comes\n- bot: utter_nobody_yet\n"
    )
    assert played(text) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A title:\n- on: Christmas\n", "a day and a time: 2026-12-25 19:00"),
        ("A title:\n- on: 2026-13-25 19:00\n", "no such day or time as 2026-13-25"),
        ("A title:\n- country: France\n", "the code of a country: GB"),
        ("A title:\n- nobody comes\n", "the customer has to do something first"),
        ("hours: {mnday: 09:00-17:00}\n", "'mnday' is no field; did you mean"),
        ("hours: {monday: 9 to 5}\n", "'monday': write from when until when"),
        ("hours: {monday: 17:00-09:00}\n", "'monday': write from when until when"),
        ("hours: {zone: Mars}\n", "no zone 'Mars'"),
        ("hours: {holidays: {Christmas: no}}\n", "write days and what they are called"),
        ("hours: always\n", "write some of zone, monday"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_write(text, says):
    (problem,) = files.parse(text, "own.yml").problems
    assert says in problem
