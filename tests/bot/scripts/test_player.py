"""A script played against the assistant: it holds, or says where it breaks and why."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from bot import content, curriculum, saying
from bot.assistants import Assistants
from bot.rehearsal import holds as holds_pin
from bot.rehearsal import meant, rehearse
from bot.scripts import files, telling
from bot.scripts.player import Player, play
from intents.classifier import Model
from intents.polyglot import Polyglot
from tests import dialogue

OWN = "/home/shop/data/conversations/own.yml"
WORLD = """
orders:
  "77001":
    proofs: [eve@example.com]
    status: shipped
"""


def played(text, **assistant):
    library = files.parse(text, OWN.rpartition("data/")[2], OWN)
    assert library.problems == ()
    return play(library.scripts[0], dialogue.assistants(**assistant))


def holds(text):
    assert played(text) is None
    return True


@cache
def shipped():
    """The assistant as it ships, with the model that ships."""
    written = content.load(dialogue.ROOT / "nowhere")
    subjects = curriculum.subjects(written, written.faq)
    parts = {
        code: Model.load(content.SHIPPED_MODELS / one.model)
        for code, one in subjects.items()
    }
    said = saying.responses(written, written.faq, {}, date(2026, 11, 24))
    return written, Assistants(
        models=Polyglot("shipped", parts),
        flows=written.flows,
        responses=said,
        domain=written.domain,
        run_action=dialogue.assistant().run_action,
        identifier=written.identifier,
    )


def test_every_script_that_ships_holds_with_the_model_that_ships():
    written, assistants = shipped()
    library = files.load(written.scripts)
    broken = [play(one, assistants) for one in library.scripts]
    assert [telling.where(one) for one in broken if one] == []


DOUBT = """
A doubt:
- customer: where is my parcel?
- customer: by the way, is the shop open these days
  means: {faq/opening_hours: 0.6, faq/store_location: 0.2}
"""


def test_an_entry_of_the_faq_is_tapped_by_its_name_whatever_its_question_is():
    named = "- choices: [faq/opening_hours, faq/store_location, Something else]\n"
    taken = "- taps: faq/opening_hours\n- bot: utter_faq/opening_hours\n"
    assert holds(f"{DOUBT}{named}{taken}")
    other = played(f"{DOUBT}- choices: [faq/store_location]\n")
    assert other.came[-1] == "Something else"
    unknown = played(f"{DOUBT}- taps: faq/opening_hour\n")
    assert unknown.lack.name == "utter_faq/opening_hour"
    assert unknown.lack.near == "utter_faq/opening_hours"


@pytest.mark.parametrize("precision", [0.95, 0.99])
def test_no_script_that_ships_hangs_on_how_sure_the_assistant_must_be(precision):
    """Whoever chooses another sureness would be stopped by scripts not their own."""
    written, assistants = shipped()
    surer = replace(assistants, models=assistants.models.at(precision))
    library = files.load(written.scripts)
    broken = [play(one, surer) for one in library.scripts]
    assert [telling.where(one) for one in broken if one] == []


def test_every_pin_that_ships_holds_with_the_model_that_ships():
    written, assistants = shipped()
    found = {
        pin: meant(rehearse(pin.text, assistants, files.NOW)) for pin in written.pins
    }
    assert [p.text for p, one in found.items() if not holds_pin(one, p.intent)] == []


def test_the_orders_of_a_script_are_its_own():
    text = """
A parcel:
- customer: where is my parcel?
- customer: "77001"
- slots: {order_number: "77001"}
- customer: eve@example.com
- bot: utter_order_shipped
"""
    assert holds(WORLD + text)
    broken = played(text)
    assert broken.came == ("utter_order_not_found", "utter_ask_email_or_postcode")


def test_a_flow_is_begun_and_a_person_fetched():
    assert holds("""
A refund:
- customer: i want my money back
- flow: refund
- customer: "48213"
- customer: "yes"
- handed over: flow
""")


def test_the_assistant_is_silent_once_a_person_was_fetched_until_that_is_taken_back():
    assert holds(
        "A title:\n- customer: i want a person\n- handed over: asked\n"
        "- customer: hello\n- the bot is silent\n"
        "- taps: Never mind\n- customer: hello\n- bot: utter_greet\n"
    )


def test_the_summary_is_looked_through_for_words_anywhere_in_a_line():
    said = "- customer: a person, about 48213\n  means: contact_human_agent\n"
    told = f"A title:\n{said}- summary: "
    assert holds(f'{told}"48213"')
    assert played(f"{told}nowhere").step.name == "summary"


def test_time_passes_between_two_messages():
    script = """
events:
  HR-ABC123: {email: a@example.com, name: A show, starts: 2026-11-24 19:30}
A show that is over:
- customer: when is the concert?
- customer: HR-ABC123 a@example.com
- bot: utter_event_when_scheduled
- later: 2 days
- customer: when is the concert?
- customer: HR-ABC123 a@example.com
- bot: utter_event_over
"""
    assert holds(script)
    assert played(script.replace("- later: 2 days\n", "")) is not None


def test_a_break_says_where_what_came_and_what_the_message_was_taken_for():
    broken = played("""
A greeting:
- customer: hello
- bot: utter_ask_order_number
""")
    assert telling.where(broken) == f"{OWN}, line 4, step 2"
    assert broken.step.written == "bot: utter_ask_order_number"
    assert telling.came(broken) == "utter_greet"
    assert telling.understood(broken) == "“hello” was taken for “greet”."
    assert f"change line 4 of {OWN}" in telling.cure(broken)


def test_what_nobody_could_be_sure_of_is_told_as_not_understood():
    broken = played("""
A word:
- customer: my thing
  means: {greet: 0.2}
- bot: utter_greet
""")
    assert telling.understood(broken) == "“my thing” was not understood."


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        (
            "bot: utter_faq/opning_hours",
            "No published question is called utter_faq/opning_hours. "
            "Did you mean utter_faq/opening_hours?",
        ),
        (
            "bot: utter_ask_ordernumber",
            "There is no response utter_ask_ordernumber. "
            "Did you mean utter_ask_order_number?",
        ),
        (
            "flow: order_staus",
            "There is no flow order_staus. Did you mean order_status?",
        ),
    ],
)
def test_what_there_is_not_is_told_with_what_may_have_been_meant(line, cure):
    broken = played(f"A question:\n- customer: hello\n- {line}\n")
    assert telling.cure(broken) == f"{cure} Change line 3 of {OWN}."


def test_a_script_waits_for_an_answer_of_a_question_that_is_not_published():
    broken = played("""
A question:
- customer: hello
- bot: utter_bye
- bot: utter_faq/gift_wrap
""")
    assert not broken.waits_for(["gift_wrap"])  # it breaks before, at a typo
    broken = played("A question:\n- customer: hello\n- bot: utter_faq/gift_wrap\n")
    assert broken.waits_for(["gift_wrap"])
    assert not broken.waits_for(["opening_hours"])


@pytest.mark.parametrize(
    "lines",
    [
        "- customer: hello\n  means: {faq/gift_wrap: 0.6}\n- bot: utter_did_you_mean",
        "- customer: hello\n- choices: [faq/gift_wrap, Something else]",
        "- customer: hello\n- understood: faq/gift_wrap",
    ],
    ids=["means", "choices", "understood"],
)
def test_it_waits_too_where_it_means_or_offers_one(lines):
    broken = played(f"A question:\n{lines}\n")
    assert broken.waits_for(["gift_wrap"])


def test_what_is_meant_after_a_break_is_not_its_cause():
    broken = played("""
A question:
- customer: hello
- bot: utter_goodbye
- customer: and now
  means: {faq/gift_wrap: 0.6}
""")
    assert broken.lack is None


def test_words_that_were_changed_ask_for_the_name_of_the_response():
    broken = played("""
A greeting:
- customer: hello
- bot: Good morning to you
""")
    assert "name the response there instead of its words" in telling.cure(broken)


@pytest.mark.parametrize("share", [0.45, 0.97])
def test_what_a_message_means_can_be_given(share):
    came = "utter_did_you_mean" if share < 0.8 else "utter_ask_order_number"
    assert holds(f"""
A vague word:
- customer: my thing
  means: {{refund: {share}}}
- bot: {came}
""")


def test_nothing_of_a_shop_is_asked_while_a_script_is_played():
    class NoShop:
        def find(self, *_):
            raise AssertionError("the shop was asked")

        def upcoming(self):
            raise AssertionError("the shop was asked")

        announced = upcoming

    text = 'A parcel:\n- customer: "77001"\n- customer: eve@example.com\n'
    (script,) = files.parse(WORLD + text, "own.yml").scripts
    assert play(script, dialogue.assistants(orders=NoShop(), calendar=NoShop())) is None


def test_questions_are_answered_until_none_is_asked():
    assert holds("""
    Answers:
    - customer: where is my parcel?
    - answers: {email_or_postcode: eve@example.com, order_number: "77001"}
    - nothing is open
    orders:
      "77001": {proofs: [eve@example.com], status: shipped}
    """)


def test_an_action_that_was_not_run_breaks_the_script():
    broken = played("""
    An action:
    - customer: hello
    - action: action_order_status
    """)
    assert broken is not None
    assert broken.step.written == "action: action_order_status"


def test_an_action_is_stood_in_for():
    assert holds("""
    actions:
      action_order_status: {lookup: shipped}
    Stood in for:
    - customer: where is my parcel?
    - customer: "77001"
    - customer: eve@example.com
    - action: action_order_status
    - slots: {order_number: "77001"}
    """)


def test_what_is_known_before_is_not_asked_for():
    assert holds(f"""
    {WORLD}
Known:
- known before: {{order_number: "77001"}}
- customer: where is my parcel?
- bot: utter_ask_email_or_postcode
- customer: eve@example.com
- bot: utter_order_shipped
    """)


def test_what_is_known_before_must_be_a_slot():
    broken = played("""
Known:
- known before: {order_nunber: "77001"}
- customer: where is my parcel?
    """)
    assert telling.cure(broken) == (
        f"There is no slot order_nunber. Did you mean order_number? "
        f"Change line 3 of {OWN}."
    )


def test_what_a_customer_edits_or_unsends_is_no_turn():
    assert holds("""
Edited:
- customer: where is my parcel?
- edits: where is my money?
- the bot is silent
- unsends
- the bot is silent
- flow: order_status
""")


def test_a_customer_who_falls_silent_is_asked_again_or_how_it_was():
    assert holds("""
Silent:
- customer: where is my parcel?
- the customer falls silent
- bot: utter_still_there
- bot: utter_ask_order_number
- customer: never mind
- the customer falls silent
- bot: utter_how_was_it
- taps: 👎 Not good
- rated: unsatisfied
- bot: utter_ask_csat_reason
- taps: Too slow
- rated: too_slow
- nothing is open
""")


def test_where_nobody_is_there_the_assistant_goes_on():
    assert holds("""
Closed:
- the shop is closed
- customer: i want a person
- handed over: asked
- bot: There's nobody here just now
- customer: when are you open?
- bot: utter_faq/opening_hours
""")


@pytest.mark.parametrize(
    ("line", "came"),
    [
        ("bot like: ^Hello$", "order number"),
        ("understood: refund", "order_status"),
        ("action: action_order_status", "action_which_order"),
        ("flow ended: order_status", None),
        ("remembers: order_number", "order_number: nothing"),
        ("rated: satisfied", None),
    ],
)
def test_a_look_that_finds_something_else_says_what_came(line, came):
    broken = played(f"Lost:\n- customer: where is my parcel?\n- {line}\n")
    assert came is None or came in "".join(broken.came)


def test_a_pattern_that_is_none_is_told():
    library = files.parse('A:\n- customer: hi\n- bot like: "("\n', "own.yml")
    assert "no regular expression" in library.problems[0]


def test_where_the_button_of_a_card_leads_is_said():
    assert holds("""
languages: [en]
products:
  "501": {name: Mug, stock: few, url: https://shop.example/mug}
A card:
- customer: do you have the mug
  means: product_availability
- bot: https://shop.example/mug
- not said: https://shop.example/cup
""")


def test_a_thumbs_up_has_no_words_as_over_messenger():
    text = """
A thumbs-up is a yes to a person:
- customer: where is my parcel?
- customer: blue
- customer: green
- sends: a thumbs-up
"""
    (script,) = files.parse(text, "own.yml").scripts
    player = Player(script, dialogue.assistants())
    assert not any(map(player.take, script.steps))
    assert "Last words" not in player.turn.handoff.summary
