"""How do customers fare with the assistant as it is, and with another?

Each is asked only about what it may say otherwise than one that was asked before:
what nothing touched fares as it did.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.alike import alike, without_others
from bot.assistants import Assistants
from bot.candidates import Both
from bot.clock import Clock
from bot.comparing import Difference
from bot.rehearsal import Meant, meant, rehearse
from bot.scripts.lines import Script
from bot.scripts.player import Break, play
from bot.scripts.spoken import spoken
from bot.turn import Heard

#: Is told how many were seen, of how many.
Seen: TypeAlias = Callable[[int, int], None]
#: So many messages are remembered: those of a check, and of some more.
MOST_KEPT = 4000


def unseen(seen: int, total: int) -> None:
    """Let nobody know how far it is."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What came of a script, and who played it."""

    script: Script
    by: Assistants
    broken: Break | None


class Fares:
    """What was found last, of messages and of scripts; for one thread at a time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._live: Assistants | None = None
        self._messages: dict[str, Meant] = {}
        self._runs: dict[str, _Run] = {}
        #: Who played last, and as whom they are remembered.
        self._player: tuple[Assistants, Assistants] | None = None

    def differences(
        self, both: Both, texts: Sequence[str], seen: Seen = unseen
    ) -> list[Difference]:
        """Return each text with what is done about it now, and what would be."""
        same = alike(both.now, both.then)
        self._begin(both.now)
        found = list[Difference]()
        for text in texts:
            was = self._before(both.now, text)
            is_same = _languages(text, both.now) <= same
            now = was if is_same else self.meant(both.then, text)
            found.append(Difference(text=text, before=was, after=now))
            seen(len(found), len(texts))
        return found

    def meant(self, assistants: Assistants, text: str) -> Meant:
        """Return what is done about a text."""
        return meant(rehearse(text, assistants, self._clock()))

    def breaks(
        self, scripts: Sequence[Script], assistants: Assistants, seen: Seen = unseen
    ) -> list[Break | None]:
        """Return where each script breaks, None where it holds."""
        by = self._remembered(assistants)
        touched = self._touched(scripts, assistants)
        for number, script in enumerate(touched, start=1):
            seen(number, len(touched))
            self._runs[script.name] = _Run(script, by, play(script, assistants))
        for script in scripts:
            self._runs[script.name] = replace(self._runs[script.name], by=by)
        return [self._runs[one.name].broken for one in scripts]

    def _remembered(self, assistants: Assistants) -> Assistants:
        """Return as whom it is remembered, as the same one each time it plays on."""
        if self._player is None or self._player[0] is not assistants:
            self._player = assistants, without_others(assistants)
        return self._player[1]

    def _touched(
        self, scripts: Sequence[Script], assistants: Assistants
    ) -> list[Script]:
        """Return the scripts that were never played, or may come out otherwise."""
        players = {id(one.by): one.by for one in self._runs.values()}
        same = {key: alike(by, assistants) for key, by in players.items()}
        return [
            script
            for script in scripts
            if (last := self._runs.get(script.name)) is None
            or last.script is not script
            or not spoken(script, assistants) <= same[id(last.by)]
        ]

    def _begin(self, now: Assistants) -> None:
        if self._live != now or len(self._messages) > MOST_KEPT:
            self._live, self._messages = now, {}

    def _before(self, now: Assistants, text: str) -> Meant:
        if text not in self._messages:
            self._messages[text] = self.meant(now, text)
        return self._messages[text]


def _languages(text: str, assistants: Assistants) -> frozenset[str]:
    heard = Heard(event_id=1, kind="text", text=text)
    return assistants.hearing(heard).assistant.languages
