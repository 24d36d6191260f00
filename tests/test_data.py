"""Do the files in data/ fit together? One word, many places."""

import re
from pathlib import Path
from typing import get_args

import pytest

from bot import guesses, naming, products_asked, voice
from bot.messenger.limits import LIMITS, length, problems
from bot.replies import replies
from bot.rules import decision
from bot.speech import DISCLOSURE
from bot.turn import WELCOME
from flows import course, going_on, ports, products, run
from flows.actions import all_actions
from flows.files import read
from flows.steps import Act, Collect
from intents import examples
from intents.rejection import OUT_OF_SCOPE_INTENT
from tests.dialogue import DOMAIN, FLOWS, RESPONSES, ROOT, FakeCalendar, FakeOrders

DATA = ROOT / "data"
GOALS = [flow for flow in FLOWS.by_id.values() if not flow.is_pattern]
TAUGHT = {
    example.intent
    for example in examples.load(
        [DATA / "nlu" / "en", DATA / "faq" / "en.yml"]
    ).examples
}
#: Goals that go by the phrasings of the FAQ entry of their name.
OF_THE_FAQ = {
    "change_address",
    "discount_codes",
    "invoice_copy",
    "payment_failed",
    "product_availability",
}
#: Tapped, a part of other goals, or told by its words: nobody has to teach it.
TOLD_BY_WORDS = {
    "order_contents",
    "product_price",
    "ticket_price",
    "ticket_refund",
    "upcoming_events",
}
TAPPED_ONLY = {"prove_email", "reminders_off"} | TOLD_BY_WORDS | OF_THE_FAQ
COMMANDS = set(decision.COMMANDS)
ACTIONS = all_actions(FakeOrders(), FakeCalendar())


VARIATIONS = [
    pytest.param(name, way, id=f"{name} {number}")
    for name, ways in RESPONSES.by_name.items()
    for number, way in enumerate(ways)
]


def test_every_yaml_file_can_be_read():
    paths = sorted(DATA.rglob("*.yml"))
    assert len(read(paths, ROOT)) == len(paths)


def test_every_goal_is_an_intent_and_lies_in_a_file_of_its_name():
    for goal in GOALS:
        assert goal.id in DOMAIN.intents
        assert goal.file == f"data/flows/{goal.id}.yml"


def test_every_intent_is_a_goal_or_a_command():
    goals = {goal.id for goal in GOALS}
    assert DOMAIN.intents == goals | COMMANDS
    assert not goals & COMMANDS


def test_every_intent_is_taught_and_nothing_else():
    bases = {intent.partition("/")[0] for intent in TAUGHT}
    assert bases == DOMAIN.intents - TAPPED_ONLY | {OUT_OF_SCOPE_INTENT}


def test_every_question_has_an_answer_and_every_answer_a_question():
    answered = {n.removeprefix("utter_") for n in RESPONSES.by_name if "/" in n}
    assert answered == {intent for intent in TAUGHT if "/" in intent}


def test_a_goal_of_the_faq_has_the_name_of_its_entry():
    assert {f"faq/{name}" for name in OF_THE_FAQ} <= TAUGHT


def test_every_goal_is_tested_by_a_script():
    scripts = {path.stem for path in (DATA / "conversations").glob("*.yml")}
    assert {goal.id for goal in GOALS} <= scripts


def test_every_action_is_in_the_domain_and_in_a_module_of_its_name():
    assert {action.name() for action in ACTIONS} == DOMAIN.actions
    for action in ACTIONS:
        module = Path(type(action).__module__.replace(".", "/")).name
        is_judge = module.startswith("validate_")
        assert action.name() == (module if is_judge else f"action_{module}")


def test_every_entity_of_the_domain_is_found_by_a_pattern():
    patterns = examples.load([DATA / "nlu" / "entities.yml"]).patterns
    by_name = {naming.EVENT, products_asked.PRODUCT}
    assert DOMAIN.entities - by_name <= {pattern.entity for pattern in patterns}


def test_every_slot_is_filled_by_entities_and_intents_that_exist():
    for slot in DOMAIN.slots.values():
        for filling in slot.fillings:
            assert filling.entity is None or filling.entity in DOMAIN.entities
            assert {*filling.intents} <= DOMAIN.intents


def test_the_patterns_that_the_dialogue_needs_exist():
    needed = {run.CANCEL, run.CORRECTION, run.HANDOFF, run.INTERNAL_ERROR}
    assert needed | {course.CANNOT_HANDLE, going_on.CONTINUE} <= set(FLOWS.by_id)
    assert WELCOME in FLOWS.by_id


def spoken_by_code():
    """Return the responses that actions, rules and patterns build or name."""
    orders, parcels = get_args(ports.OrderStatus), get_args(ports.ParcelStatus)
    states = get_args(ports.EventStatus)
    source = "".join(
        path.read_text()
        for folder in ("flows", "bot")
        for path in (ROOT / folder).rglob("*.py")
    )
    whole = set(re.findall(r'"(utter_[a-z_]+[a-z])"', source))
    # None is a response: rasa's name for the event, that of a key, all of the FAQ.
    return (whole - {"utter_action", "utter_name", "utter_faq"}) | {
        DISCLOSURE,
        *(f"utter_order_{status}" for status in orders),
        *(f"utter_your_order_{status}" for status in orders),
        *(f"utter_parcel_{status}" for status in parcels),
        *(f"utter_refund_{how}" for how in (*get_args(ports.RefundStatus), "unknown")),
        *(f"utter_cancel_{how}" for how in ("cancelled", "marked", "refused")),
        *(f"utter_address_{how}" for how in ("changed", "marked", "refused")),
        *(f"utter_return_{how}" for how in get_args(ports.ReturnStatus)),
        *(f"utter_handoff_{reason}" for reason in ports.REASONS),
        *(f"utter_event_where_{status}" for status in (*states, "over")),
        *(f"utter_event_when_{status}" for status in ("scheduled", "moved")),
        *(f"utter_calendar_says_{status}" for status in states),
        *(f"utter_upcoming_event_{status}" for status in states),
        *(f"utter_named_event_{status}" for status in states),
        *(f"utter_product_{stock}" for stock in get_args(products.Stock)),
        *(f"{voice.TITLES}{g.id}" for g in GOALS if g.id not in ("faq", "greet")),
        "utter_parcel_tracking",
        "utter_parcel_tracking_courier",
    }


def spoken_by_flows():
    for flow in FLOWS.by_id.values():
        for step in flow.steps.values():
            if isinstance(step, Act):
                yield step.action
            elif isinstance(step, Collect):
                yield step.ask
                yield from (rejection.utter for rejection in step.rejections)


def test_every_response_that_code_says_exists():
    assert spoken_by_code() <= set(RESPONSES.by_name)


def test_no_response_is_never_said():
    said = spoken_by_code() | set(spoken_by_flows())
    assert {name for name in RESPONSES.by_name if "/" not in name} <= said


@pytest.mark.parametrize(("name", "way"), VARIATIONS)
def test_every_response_fits_messenger(name, way):
    for reply in replies({**way.said, "metadata": way.metadata}):
        assert problems(reply.message) == []


@pytest.mark.parametrize(("name", "way"), VARIATIONS)
def test_every_choice_is_short_and_leads_somewhere(name, way):
    for choice in [*way.said.get("buttons", []), *way.said.get("quick_replies", [])]:
        assert length(choice["title"]) <= LIMITS["quick_replies"]["title"]
        match re.split(r"[({]", choice["payload"].lstrip("/"))[0]:
            case "SetSlots":
                set_by_it = re.findall(r"[(,] ?(\w+)=(\w+)", choice["payload"])
                assert set_by_it
                for slot, value in set_by_it:
                    assert not DOMAIN.slots[slot].controlled
                    assert DOMAIN.slots[slot].read(value) is not None
            case "c:":
                assert name == "utter_did_you_mean"
            case intent:
                assert intent in DOMAIN.intents


@pytest.mark.parametrize(("name", "way"), VARIATIONS)
def test_metadata_says_only_what_is_understood(name, way):
    assert set(way.metadata) <= {"purpose", "class", "join", "title", "list"}
    assert way.metadata.get("class", "park") in ("repeatable", "park", "expire")
    assert way.metadata.get("join", "line") in ("space", "line", "paragraph")


def test_every_goal_has_a_title_that_fits_a_quick_reply():
    most = LIMITS["quick_replies"]["title"]
    for goal in GOALS:
        if goal.id != "faq":  # its questions have titles of their own
            assert length(guesses.title(goal.id, FLOWS, RESPONSES)) <= most
