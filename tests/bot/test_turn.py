import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messenger.limits import problems
from bot.turn import Heard, take_turn
from flows import responses
from flows.files import parse
from flows.ports import ActionResult, hand_over
from flows.stack import State
from tests.dialogue import (
    NOW,
    SPOKEN,
    Conversation,
    StubModel,
    assistant,
    said,
    sources,
    tappable,
    words,
)

ASSISTANT = assistant()


def turn(text, state=State(), disclose=False, with_=ASSISTANT):  # noqa: B008
    heard = Heard(event_id=1, kind="text", text=text)
    return take_turn(heard, state, [], with_, psid="555", now=NOW, disclose=disclose)


def purposes(turn):
    return [reply.purpose for reply in turn.replies]


def test_a_turn_says_what_came_of_it():
    asked = turn("where is my parcel?")
    assert asked.outcome == "asked"
    assert purposes(asked) == ["question"]
    assert asked.state.asked == "order_number"
    assert asked.handoff is None


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("when are you open?", "answered"),
        ("hello", "answered"),
        ("stop writing to me", "confirmed"),
        ("never mind", "confirmed"),
        ("i want a person", "handed_over"),
        ("do you pay in shells", "handed_over"),
    ],
)
def test_the_outcome_is_for_the_figures(text, outcome):
    assert turn(text).outcome == outcome


def test_the_first_words_say_that_a_program_answers():
    disclosed = turn("when are you open?", disclose=True)
    assert disclosed.replies[0].text.startswith("You're chatting with our automated")
    assert "Monday to Saturday" in disclosed.replies[0].text
    assert "automated" not in words(turn("when are you open?"))


@pytest.mark.parametrize("language", SPOKEN)
def test_who_asks_for_a_person_first_is_not_told_how_to_ask_for_one(language):
    with_ = replace(ASSISTANT, responses=SPOKEN[language])
    told = {
        name: SPOKEN[language].plain(f"utter_disclosure{name}")
        for name in ("", "_and_person")
    }
    (person,) = turn("i want a person", disclose=True, with_=with_).replies
    assert person.text.startswith(told["_and_person"])
    assert told[""] not in person.text
    assert told[""].startswith(told["_and_person"])


def test_where_nothing_is_said_nothing_is_disclosed():
    heard = Heard(event_id=1, kind="thumbs_up", text="👍")
    silent = take_turn(
        heard, State(), [], ASSISTANT, psid="555", now=NOW, disclose=True
    )
    assert silent.replies == ()
    assert silent.outcome == "silent"


def test_before_a_picture_the_disclosure_is_a_message_of_its_own():
    more = "responses:\n  utter_greet:\n  - image: https://x.example/a.png\n"
    said_ = responses.load([*sources(), parse(more, "more")])
    disclosed = turn("hello", disclose=True, with_=replace(ASSISTANT, responses=said_))
    first, second = disclosed.replies
    assert first.text.startswith("You're chatting")
    assert second.message["attachment"]["type"] == "image"


def test_a_long_disclosed_text_with_buttons_stays_inside_the_limits():
    more = """
responses:
  utter_greet:
  - text: "{}"
    buttons: [{{title: A, payload: /refund}}]
""".format("Hello there. " * 45)
    said_ = responses.load([*sources(), parse(more, "more")])
    disclosed = turn("hello", disclose=True, with_=replace(ASSISTANT, responses=said_))
    for reply in disclosed.replies:
        assert problems(reply.message) == []
    assert tappable(disclosed.replies[-1])[0]["title"] == "A"


def replies_to(*texts):
    conversation = Conversation()
    for text in texts:
        conversation.say(text)
    return [reply.message for reply in conversation.turns[-1].replies]


def test_a_wrong_proof_and_an_unknown_order_cannot_be_told_apart():
    unknown = replies_to("where is my parcel?", "99999", "anna@example.com")
    wrong = replies_to("where is my parcel?", "48213", "eve@example.com")
    assert unknown == wrong


def test_a_wrong_email_and_an_unknown_ticket_cannot_be_told_apart():
    unknown = replies_to("when is the concert?", "HR-AAAAAA", "anna@example.com")
    wrong = replies_to("when is the concert?", "HR-7K2M9Q", "eve@example.com")
    assert unknown == wrong


def test_of_an_order_no_name_address_or_price_is_told():
    conversation = Conversation()
    for text in ("where is my parcel?", "48213", "sw1a 1aa"):
        conversation.say(text)
    told = words(conversation.turns[-1])
    assert "anna" not in told
    assert "SW1A" not in told
    assert "£" not in told


def test_a_hand_over_is_one_notice_and_one_pause():
    conversation = Conversation()
    conversation.say("i want my money back")
    conversation.say("48213")
    turn = conversation.say("yes")
    assert purposes(turn) == ["handoff_notice"]
    assert "refund for order 48213" in turn.replies[0].text
    assert turn.replies[0].send_class == "park"
    assert [e["event"] for e in turn.events].count("pause") == 1
    assert [choice.title for choice in turn.state.offer.choices] == ["Never mind"]


def test_what_holds_a_customers_data_is_parked_if_its_fate_is_unknown():
    conversation = Conversation()
    assert conversation.say("where is my parcel?").replies[0].send_class == "repeatable"
    status = conversation.say("48213 anna@example.com")
    assert [reply.send_class for reply in status.replies] == ["park"]


def test_the_same_turn_again_is_the_same():
    assert turn("hello") == turn("hello")


def test_an_event_has_the_time_of_its_turn():
    assert {event["timestamp"] for event in turn("hello").events} == {NOW.timestamp()}


def test_a_response_that_does_not_exist_fetches_a_person():
    broken = {
        k: v for k, v in ASSISTANT.responses.by_name.items() if k != "utter_greet"
    }
    with_ = replace(ASSISTANT, responses=responses.Responses(broken))
    handed = turn("hello", with_=with_)
    assert handed.handoff.reason == "error"
    assert handed.replies[0].purpose == "handoff_notice"


def test_buttons_of_an_action_come_on_top_of_those_of_its_response():
    def run_action(name, tracker):
        message = {"response": "utter_reminders_on", "ticket": "HR-1"}
        buttons = [{"title": "More", "payload": "/event_where"}]
        return ActionResult(responses=[{**message, "buttons": buttons}])

    conversation = Conversation(replace(ASSISTANT, run_action=run_action))
    conversation.say("when is the concert?")
    turn = conversation.say("HR-7K2M9Q anna@example.com")
    assert [c["title"] for c in tappable(turn.replies[0])] == ["More", "No reminders"]


def test_a_person_never_comes_without_a_word():
    def run_action(name, tracker):
        return ActionResult(events=[hand_over("asked")])

    conversation = Conversation(replace(ASSISTANT, run_action=run_action))
    handed = conversation.say("i want a person")
    assert handed.replies[0].text.startswith("Of course.")


def test_an_action_may_speak_freely():
    def run_action(name, tracker):
        return ActionResult(responses=[{"text": "Just {so}", "buttons": []}])

    conversation = Conversation(replace(ASSISTANT, run_action=run_action))
    conversation.say("stop writing to me")
    assert words(conversation.turns[-1]) == "Just {so}"


def test_an_action_sees_the_conversation():
    seen = []

    def run_action(name, tracker):
        seen.append(tracker)
        return ActionResult()

    conversation = Conversation(replace(ASSISTANT, run_action=run_action))
    conversation.say("when is the concert?")
    conversation.say("HR-7K2M9Q anna@example.com")
    [tracker] = seen
    assert tracker["slots"]["ticket"] == "HR-7K2M9Q"
    assert tracker["slots"]["lookup_misses"] == 0
    assert tracker["latest_message"]["text"] == "HR-7K2M9Q anna@example.com"
    last = [event["event"] for event in tracker["events"][-3:]]
    assert last == ["user", "slot", "slot"]


def test_the_present_is_when_the_customer_wrote_last_not_when_they_began():
    conversation = Conversation()
    conversation.say("when is the concert?")
    conversation.now = NOW + timedelta(days=30)
    turn = conversation.say("HR-7K2M9Q anna@example.com")
    assert "took place on Saturday 5 December at" in words(turn)


def test_the_first_message_of_all_is_heard_in_the_present_too():
    conversation = Conversation()
    conversation.knows(**{"HR-7K2M9Q anna@example.com when is it": "event_when"})
    turn = conversation.say("HR-7K2M9Q anna@example.com when is it")
    assert "is on Saturday 5 December at" in words(turn)


def test_the_trace_says_what_was_decided_and_why():
    conversation = Conversation()
    conversation.knows(hm={"order_status": 0.5, "refund": 0.3})
    trace = json.loads(json.dumps(conversation.say("hm").trace))
    assert trace["parse"]["intent"] == {"name": "order_status", "confidence": 0.5}
    assert trace["band"] == "offer"
    assert trace["thresholds"] == {"answer": 0.8, "offer": 0.4}
    assert trace["rule"] == "guesses"
    assert [choice["intent"] for choice in trace["offer"]] == [
        "order_status",
        "refund",
        None,
    ]
    assert trace["outcome"] == "offered"


def test_the_trace_says_which_steps_were_taken():
    conversation = Conversation()
    conversation.say("where is my parcel?")
    steps = conversation.say("48213 anna@example.com").trace["steps"]
    assert steps[0] == {
        "flow": "order_status",
        "step": "number",
        "does": "collect order_number",
    }
    assert {"action_order_status"} <= {step["does"] for step in steps}
    assert conversation.turns[-1].trace["flow"] == "order_status"


def test_a_state_of_yesterday_whose_flow_is_gone_can_go_on():
    stale = {
        "stack": [{"flow_id": "gone", "step_id": "x"}],
        "asked": "no_such_slot",
        "slots": {"no_such_slot": 1},
    }
    answered = turn("when are you open?", State.from_json(stale))
    assert "utter_faq/opening_hours" in said(answered)
    assert answered.state.stack == ()


def test_a_summary_is_short_whatever_the_customer_wrote():
    handed = turn("x" * 5_000)
    assert len(handed.handoff.summary) < 400


def test_a_goal_is_followed_sooner_than_an_answer_is_given():
    class Cautious(StubModel):
        thresholds = {"answer": 0.95, "offer": 0.4}
        lenient_thresholds = {"answer": 0.8, "offer": 0.4}

    model = Cautious(
        {
            "my parcel": {"order_status": 0.9},
            "your hours": {"faq/opening_hours": 0.9},
        }
    )
    talk = Conversation(assistant(model=model))
    assert said(talk.say("your hours")) == ["utter_did_you_mean"]
    assert said(talk.say("my parcel")) == ["utter_ask_order_number"]


@pytest.mark.parametrize(
    ("means", "asks"),
    [
        ({"faq/opening_hours": 0.6}, "Did you mean this?"),
        (
            {"faq/opening_hours": 0.6, "faq/return_policy": 0.3},
            "Did you mean one of these?",
        ),
    ],
)
def test_one_choice_is_not_offered_as_several(means, asks):
    talk = Conversation(assistant(model=StubModel({"your hours": means})))
    assert asks in talk.say("your hours").replies[-1].message["text"]


@pytest.mark.parametrize("means", ["cancel", "contact_human_agent", "goodbye"])
def test_what_is_tapped_counts_whatever_its_title_may_mean(means):
    talk = Conversation()
    talk.say("where is my parcel?")
    talk.knows(**{"I don't have it": means})
    assert said(talk.tap("I don't have it"))[0] == "utter_order_number_help"


@pytest.mark.parametrize("text", ["我的订单48213在哪", "وين طلبي٤٨٢١٣"])
def test_a_number_that_is_glued_to_words_is_told_once(text):
    talk = Conversation()
    talk.knows(**{text: "order_status"})
    talk.say(text)
    turn = talk.say("i want a person")
    assert "Order number: 48213" in turn.handoff.summary
    assert "Other number" not in turn.handoff.summary
