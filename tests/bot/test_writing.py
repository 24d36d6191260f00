"""The dots that a customer sees while a person writes to them."""

import pytest

from bot.store import presence
from bot.writing import AGAIN, LASTS, Writing
from tests.emulator.conftest import PAGE
from tests.floor import PSID, Floor


class Desk:
    """An agent who writes, and what Messenger is asked to show of it."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.seconds = 1000.0
        self.shown: list[str] = []
        self.writing = Writing(
            floor.database, floor.clock, self.show, lambda: self.seconds
        )
        floor.says("hello")
        self.agent = floor.staff()
        floor.takes_over(staff_id=self.agent)

    def show(self, page_id: str, psid: str, action: str) -> None:
        assert (page_id, psid) == (PAGE, PSID)
        self.shown.append(action)

    def types(self, who: int | None = None, **how: object) -> list[str]:
        """Let somebody type; return what was shown since."""
        told = {"writes": True, "answers": True, **how}
        found = self.floor.conversation()
        who = who or self.agent
        self.floor.write(lambda c: presence.look(c, who, found, **told))
        return self.looks()

    def stops(self) -> list[str]:
        self.floor.run("UPDATE viewing SET answering = answering - 1000")
        return self.looks()

    def looks(self) -> list[str]:
        before = len(self.shown)
        self.writing.look()
        return self.shown[before:]


@pytest.fixture
def desk(floor):
    return Desk(floor)


def test_the_dots_come_once_and_go_when_nobody_types_any_more(desk):
    assert desk.types() == ["typing_on"]
    assert desk.types() == []
    assert desk.stops() == ["typing_off"]
    assert desk.looks() == []


def test_who_goes_on_typing_shows_them_again_before_they_end(desk):
    desk.types()
    desk.seconds += AGAIN
    assert desk.types() == ["typing_on"]
    desk.seconds += AGAIN - 1
    assert desk.types() == []


def test_dots_that_have_ended_by_themselves_are_not_taken_away(desk):
    desk.types()
    desk.seconds += LASTS
    assert desk.stops() == []


def test_a_private_note_shows_nothing(desk):
    assert desk.types(answers=False) == []


def test_who_does_not_answer_the_conversation_shows_nothing(desk):
    other = desk.floor.staff("uma@example.com")
    assert desk.types(who=other) == []


def test_while_the_window_is_closed_nothing_is_shown(desk):
    desk.floor.clock.advance(hours=24)
    assert desk.types() == []


def test_dots_are_not_taken_away_once_the_window_has_closed(desk):
    desk.types()
    desk.floor.clock.advance(hours=24)
    assert desk.stops() == []


def test_a_page_that_is_shut_and_a_customer_out_of_reach_show_nothing(desk):
    desk.floor.run("UPDATE page SET parked_until = 9999999999")
    assert desk.types() == []
    desk.floor.run("UPDATE page SET parked_until = NULL")
    desk.floor.run("UPDATE customer SET unreachable_at = created_at")
    assert desk.types() == []
