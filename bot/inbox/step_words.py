"""The words in which one tells what the assistant did."""

from bot.tongue import lazy

OFFERED = lazy("Offered a person")
FETCHED = lazy("Fetched a person")
#: What a message may mean, beside the goals and questions that it may mean.
NOTHING = lazy("Something the assistant doesn't know")
#: What wants nothing by itself, and so has no title that customers choose.
TALK = {
    "affirm": lazy("A yes"),
    "cancel": lazy("Dropping what was begun"),
    "deny": lazy("A no"),
    "goodbye": lazy("A goodbye"),
    "greet": lazy("A greeting"),
    "stop": lazy("No more messages"),
    "thank": lazy("A thank-you"),
}
#: From which chance on to call it so.
CHANCES = (
    (0.9, lazy("almost certain")),
    (0.7, lazy("likely")),
    (0.4, lazy("possible")),
)

ACTIONS = {
    "action_cancel_order": lazy("Asked the shop to cancel the order"),
    "action_change_address": lazy("Asked the shop to change the address"),
    "action_check_owner": lazy("Held a code against the one that was mailed"),
    "action_check_code": lazy("Held a code against the one that was mailed"),
    "action_human_handoff": FETCHED,
    "action_mail_code": lazy("Mailed a code to an e-mail address"),
    "action_product_price": lazy("Asked the shop what it costs"),
    "action_product_stock": lazy("Asked the shop whether it is in stock"),
    "action_reminders_off": lazy("Switched reminders off"),
    "action_stop": lazy("Noted that they want no more messages like this"),
    "action_upcoming_events": lazy("Listed the events to come"),
    "action_withdraw_handoff": lazy("Let them do without a person"),
    "utter_cannot_read": lazy("Said that it can't read this"),
    "utter_no_words": lazy("Said that it can't read this"),
    "utter_offer_person": OFFERED,
}
ASKED = {
    "person_wanted": OFFERED,
    "address_confirmed": lazy("Asked back before changing the address"),
    "cancel_confirmed": lazy("Asked back before cancelling"),
    "csat_score": lazy("Asked how it was"),
    "csat_reason": lazy("Asked what was wrong"),
    "interrupted_flow_to_continue": lazy("Asked which goal to go on with"),
}
#: What was looked up: that alone, that it was found, that it was not, that it may not
#: be any more.
_ORDER = (
    lazy("Looked up the order"),
    lazy("Looked up the order: found"),
    lazy("Looked up the order: not found, or the proof did not fit"),
    lazy("Did not look up the order: too many tries, perhaps by strangers"),
)
_TICKET = (
    lazy("Looked up the ticket"),
    lazy("Looked up the ticket: found"),
    lazy("Looked up the ticket: not found, or the proof did not fit"),
    lazy("Did not look up the ticket: too many tries, perhaps by strangers"),
)
#: What anybody may know of an event that is called by its name.
LOOKED_EVENT_UP = lazy("Looked the event up in the calendar")
LOOK_UPS = {
    "action_order_contents": _ORDER,
    "action_order_open": _ORDER,
    "action_order_status": _ORDER,
    "action_refund_state": _ORDER,
    "action_event_cancelled": _TICKET,
    "action_event_when": _TICKET,
    "action_event_where": _TICKET,
}
OF_EVENTS = ("action_event_cancelled", "action_event_when", "action_event_where")
SLOTS = {
    "order_number": lazy("order number"),
    "email": lazy("e-mail"),
    "mail_code": lazy("code"),
    "email_or_postcode": lazy("e-mail or postcode"),
    "postcode": lazy("postcode"),
    "phone": lazy("phone number"),
    "further_orders": lazy("orders asked about besides"),
    "other_number": lazy("other number"),
    "ticket": lazy("ticket"),
    "event_status": lazy("event status"),
    "csat_score": lazy("mark"),
    "csat_reason": lazy("reason"),
    "interrupted_flow_to_continue": lazy("goal to go on with"),
    "calendar_event": lazy("event"),
    "product": lazy("item"),
    "new_address": lazy("new address"),
    "address_street": lazy("street"),
    "address_town": lazy("town"),
    "address_postcode": lazy("postcode"),
    "payment_trouble": lazy("trouble with paying"),
    "discount_code": lazy("discount code"),
    "reason_given": lazy("reason"),
    "remedy": lazy("wanted instead"),
    "person_wanted": lazy("yes or no to a person"),
    "address_confirmed": lazy("yes or no to the new address"),
    "cancel_confirmed": lazy("yes or no to cancelling"),
    "news_wanted": lazy("yes or no to news"),
}
#: What a yes or no was said to.
AGREED = {
    ("person_wanted", True): lazy("Wants a person"),
    ("person_wanted", False): lazy("Wants no person"),
    ("address_confirmed", True): lazy("Confirmed the new address"),
    ("address_confirmed", False): lazy("Does not want this address"),
    ("cancel_confirmed", True): lazy("Confirmed that the order is to be cancelled"),
    ("cancel_confirmed", False): lazy("Does not want to cancel after all"),
    ("news_wanted", True): lazy("Wants news of the order"),
    ("news_wanted", False): lazy("Wants no news of the order"),
}
HEARD = {
    "attachment": lazy("Not a text: the assistant can't read it"),
    "referral": lazy("Came by a link"),
    "thumbs_up": lazy("A thumbs-up"),
}


def label(name: str) -> str:
    """Return what a slot is called in a sentence."""
    told = SLOTS.get(name)
    return str(told) if told else name.replace("_", " ").replace("email", "e-mail")
