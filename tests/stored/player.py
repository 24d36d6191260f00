"""Play a script as a customer would live it: over Messenger, through the tables.

What its lines look at is read back from the tables, and from the customer's phone.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from bot import prompts
from bot.ladder import UNANSWERED
from bot.scripts.lines import Script, Step, delay, wall
from bot.scripts.looks import LOOKS, Seen, said, stands_for, tappable, titles
from bot.scripts.player import Break
from bot.scripts.scene import SETS, Scene
from bot.store.models import Status
from bot.turn import Turn
from tests.stored.house import House
from tests.stored.kept import KEPT
from tests.stored.thread import Thread

#: Lines that can't be played this way, and why.
PURE = {
    "known before": "nobody has a conversation before they have written",
    "answers": "what was not offered on the phone is no tap to the tables",
    "country": "Messenger's profile tells it, which bot/profiles.py asks for",
}
_URL = "https://cdn.example/file"
SENDS: Mapping[str, Any] = {
    "a picture": {"type": "image", "url": _URL},
    "a video": {"type": "video", "url": _URL},
    "a voice message": {"type": "audio", "url": _URL},
    "a file": {"type": "file", "url": _URL},
    "a location": {"type": "location", "lat": 51.5, "long": -0.12},
    "a thumbs-up": "thumbs_up",
}
NOT_KEPT = "said, and not kept in the tables"
_psids = count(7_400_000_000_000_001)


class StoredPlayer:
    """One customer with a phone of their own."""

    def __init__(self, script: Script, house: House) -> None:
        self.script = script
        self._house = house
        self._scene = Scene(script, house.assistants)
        self._around = self._scene.around
        self._thread = Thread(house, psid=str(next(_psids)))
        self._seen: Seen | None = None
        house.live.assistants = self._scene.assistants
        house.clock.set(script.now)
        house.opens(script.hours)
        house.holds(script.world)
        house.emulator.post("customers", {"psid": self._thread.psid})

    @property
    def turn(self) -> Turn:
        """Return the last turn."""
        assert self._seen is not None
        return self._seen.turn

    def take(self, step: Step) -> Break | None:
        """Take a step; return where the script breaks, None if it holds."""
        if step.name in LOOKS:
            assert self._seen is not None
            came = LOOKS[step.name](self._seen, step.value)
            if came is None and not self._is_kept(step):
                came = [NOT_KEPT]
            return None if came is None else self._broken(step, came)
        if step.name in SETS:
            SETS[step.name](self._scene)
            self._house.opens(self._around.hours)
            return None
        return DOES[step.name](self, step)

    def _is_kept(self, step: Step) -> bool:
        """Whether the tables keep what a line says, where they keep such a thing."""
        if step.name not in KEPT:
            return True
        with self._house.database.read() as connection:
            number = self._thread.conversation_id
            return KEPT[step.name](connection, number, step.value)

    # What the customer does

    def write(self, step: Step) -> None:
        self._scene.suppose(step)
        self._house.live.assistants = self._scene.reading(step.value)
        self._say(text=step.value)

    def send(self, step: Step) -> None:
        self._say(attachment=SENDS[step.value])

    def tap(self, step: Step) -> Break | None:
        for reply in reversed(self._thread.shown):
            for choice in reversed(tappable(reply)):
                if stands_for(choice, step.value, self.turn):
                    kind = choice.get("type")
                    how = "postback" if kind == "postback" else "quick_reply"
                    tap = {name: choice[name] for name in ("title", "payload")}
                    self._house.live.assistants = self._scene.reading(choice["title"])
                    self._say(**{how: tap})
                    return None
        return self._broken(step, titles(self._seen.turn) if self._seen else ())

    def _say(self, **what: Any) -> None:
        self._house.emulator.say(self._thread.psid, **what)
        self._thread.conversation_id = self._house.arrives()
        self._see()

    def edit(self, step: Step) -> None:
        self._change_mind(edit={"text": step.value})

    def unsend(self, step: Step) -> None:
        self._change_mind(unsend={})

    def _change_mind(self, **what: Any) -> None:
        self._house.emulator.say(self._thread.psid, **what)
        self._house.emulator.settle()
        self._see()

    def _see(self) -> None:
        """Let all be done that is owed, and see what came of it."""
        self._house.answers(self._thread.conversation_id)
        self._seen = self._thread.look()

    # What time does

    def wait(self, step: Step) -> None:
        self._go_to(self._around.now + delay(step.value))

    def wait_until(self, step: Step) -> Break | None:
        if not self._around.go_to(wall(step.value)):
            shown = self._around.on_the_wall()
            return self._broken(step, [f"on: {shown:%Y-%m-%d %H:%M}"])
        self._go_to(self._around.now)
        return None

    def _go_to(self, moment: datetime) -> None:
        self._around.now = moment
        self._house.clock.set(moment)

    def fall_silent(self, step: Step) -> None:
        """Let time pass until the assistant begins by itself, if that is to come.

        What is said to who waits for a person is no such thing: `nobody comes`.
        """
        if due := self._thread.due(*prompts.KINDS):
            self._go_to(max(self._house.clock(), min(due)))
            self._house.sweeps()
        self._see()

    def wait_for_nobody(self, step: Step) -> Break | None:
        """Let time pass until the customer is told something, if they are."""
        if self._thread.row().status is not Status.WAITING:
            return self._broken(step, said(self._seen.turn) if self._seen else ())
        self._see()
        while not self._seen.turn.replies and (due := self._thread.due(UNANSWERED)):
            self._go_to(max(self._house.clock(), min(due)))
            self._house.sweeps()
            self._see()
        return None

    def _broken(self, step: Step, came: Sequence[str]) -> Break:
        return Break(script=self.script, step=step, came=tuple(came))


def play(script: Script, house: House) -> Break | None:
    """Return where a script breaks in a house, None if it holds."""
    player = StoredPlayer(script, house)
    try:
        return next(filter(None, map(player.take, script.steps)), None)
    finally:
        house.forgets_timers()


#: What is done at each line that looks at nothing and sets nothing.
DOES: Mapping[str, Callable[[StoredPlayer, Step], Break | None]] = {
    "customer": StoredPlayer.write,
    "taps": StoredPlayer.tap,
    "sends": StoredPlayer.send,
    "edits": StoredPlayer.edit,
    "unsends": StoredPlayer.unsend,
    "later": StoredPlayer.wait,
    "on": StoredPlayer.wait_until,
    "the customer falls silent": StoredPlayer.fall_silent,
    "nobody comes": StoredPlayer.wait_for_nobody,
}
