"""Who answers whom, in which language; and what is remembered of it."""

import pytest

from bot.turn import Heard
from intents.language import load
from tests.dialogue import IDENTIFIER, assistants
from tests.floor import Floor

ASSISTANTS = assistants()


def hears(text, known="", supposed="", kind="text"):
    heard = Heard(event_id=1, kind=kind, text=text)
    spoken = ASSISTANTS.hearing(heard, known, supposed)
    assistant = spoken.assistant
    return assistant.reading, assistant.responses.language, spoken.language


@pytest.mark.parametrize(
    ("text", "known", "supposed", "found"),
    [
        ("hello", "", "", ("en", "en", "en")),
        ("hola", "", "", ("es", "es", "es")),
        ("48213", "", "", ("en", "en", "")),
        ("48213", "fr", "", ("fr", "fr", "fr")),
        ("48213", "", "ar", ("ar", "ar", "")),
        ("merci", "en", "", ("fr", "en", "en")),
        ("وين طلبي", "en", "", ("ar", "ar", "ar")),
        ("3ayez a3raf feen el order", "", "", ("ar", "ar", "ar")),
        ("where is my order then", "ar", "", ("en", "en", "en")),
        ("¿dónde está mi pedido?", "", "en", ("es", "es", "es")),
        ("где заказ", "", "", ("en", "en", "")),
        ("48213", "de", "ru", ("en", "en", "")),
    ],
)
def test_a_message_is_read_in_its_own_and_answered_in_the_conversations(
    text, known, supposed, found
):
    assert hears(text, known, supposed) == found


def test_a_tap_is_in_the_language_of_the_conversation():
    assert hears("Track an order", "es", kind="tap") == ("es", "es", "es")
    assert hears("Track an order", "", "fr", kind="tap") == ("fr", "fr", "")


def test_what_is_not_spoken_is_spoken_to_in_the_shops_own():
    assert ASSISTANTS.speaking("de").responses.language == "en"
    assert IDENTIFIER.default == "en"
    assert load(("es", "en"), []).default == "es"


class TestRemembered:
    """What the conversation and its customer are known to write."""

    def language(self, floor):
        return floor.one("SELECT language FROM conversation")

    def test_it_is_kept_with_the_first_words_and_changes_with_a_sentence(
        self, database
    ):
        floor = Floor(database)
        floor.says("48213")
        assert self.language(floor) == ""
        floor.says("وين طلبي")
        assert self.language(floor) == "ar"
        floor.says("ok")
        assert self.language(floor) == "ar"
        assert floor.one("SELECT language FROM customer") == "ar"
        floor.says("where is my order please")
        assert self.language(floor) == "en"

    def test_the_turn_remembers_how_the_message_was_read(self, database):
        floor = Floor(database)
        floor.says("hello")
        floor.says("merci")
        assert floor.one("SELECT language FROM turn ORDER BY id DESC LIMIT 1") == "fr"
        assert self.language(floor) == "en"
