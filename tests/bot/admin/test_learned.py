"""What a model makes of messages is told of that model alone."""

from types import SimpleNamespace

import pytest

from bot.admin import learned


@pytest.fixture
def live(monkeypatch):
    """The model that is live, which tests change; each takes a text for its own."""
    understanding = SimpleNamespace(assistants="old")
    parts = SimpleNamespace(understanding=understanding, database=None)
    monkeypatch.setattr(learned, "parts", lambda: parts)
    monkeypatch.setattr(learned, "likeliest", lambda text, by: f"{text} by {by}")
    return understanding


def test_what_an_old_model_makes_of_texts_is_not_told_of_the_new_one(live):
    answered = learned.Answered()

    def texts():
        yield "a"
        live.assistants = "new"
        assert answered.turns() == {}  # another page asks, and begins anew
        yield "b"

    assert answered.goals(texts()) == ["a by old", "b by old"]
    assert answered.goals(["a", "b"]) == ["a by new", "b by new"]
