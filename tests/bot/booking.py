"""A shop's own actions, as rasa-sdk's documentation has them: here and on a server."""

from rasa_sdk import Action, FormValidationAction
from rasa_sdk.events import ConversationPaused, FollowupAction


class ValidateBooking(FormValidationAction):
    def name(self):
        return "validate_booking"

    async def required_slots(self, domain_slots, dispatcher, tracker, domain):
        if tracker.get_slot("guests") == "1":
            return [one for one in domain_slots if one != "room"]
        return domain_slots

    def validate_guests(self, value, dispatcher, tracker, domain):
        if not value.isdigit():
            dispatcher.utter_message(text=f"{value} is no number.")
            return {"guests": None}
        return {"guests": str(int(value))}

    async def extract_code(self, dispatcher, tracker, domain):
        text = tracker.latest_message.get("text") or ""
        return {"code": text.removeprefix("code ")} if "code " in text else {}

    def validate_code(self, value, dispatcher, tracker, domain):
        return {"code": value.upper()}


class Book(Action):
    def name(self):
        return "action_book"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text=f"Booked for {tracker.get_slot('guests')}.")
        return [FollowupAction("action_say_goodbye")]


class SayGoodbye(Action):
    def name(self):
        return "action_say_goodbye"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="See you!")
        return [FollowupAction("survey")]


class AskPerson(Action):
    def name(self):
        return "action_ask_person"

    async def run(self, dispatcher, tracker, domain):
        return [ConversationPaused()]
