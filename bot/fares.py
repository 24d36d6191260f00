"""How do customers fare with the assistant as it is, and with another?

Each is asked only about what it may say otherwise than one that was asked before:
what nothing touched fares as it did.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.alike import alike, without_others
from bot.assistants import Assistants
from bot.candidates import Both
from bot.clock import Clock
from bot.comparing import Difference, together
from bot.rehearsal import Meant, meant, rehearse
from bot.scripts.lines import Script
from bot.scripts.player import Break, play
from bot.scripts.spoken import spoken
from bot.turn import Heard

#: So many messages are remembered: those of a check, and of some more.
MOST_KEPT = 4000


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

    def differences(self, both: Both, texts: Sequence[str]) -> list[Difference]:
        """Return each text with what is done about it now, and what would be."""
        same = alike(both.now, both.then)
        before = self._before(both.now, texts)
        after = [
            was if _languages(text, both.now) <= same else self.meant(both.then, text)
            for text, was in zip(texts, before, strict=True)
        ]
        return together(texts, before, after)

    def meant(self, assistants: Assistants, text: str) -> Meant:
        """Return what is done about a text."""
        return meant(rehearse(text, assistants, self._clock()))

    def breaks(
        self, scripts: Sequence[Script], assistants: Assistants
    ) -> list[Break | None]:
        """Return where each script breaks, None where it holds."""
        by = self._remembered(assistants)
        for script in self._touched(scripts, assistants):
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

    def _before(self, now: Assistants, texts: Sequence[str]) -> list[Meant]:
        if self._live != now or len(self._messages) > MOST_KEPT:
            self._live, self._messages = now, {}
        for text in texts:
            if text not in self._messages:
                self._messages[text] = self.meant(now, text)
        return [self._messages[text] for text in texts]


def _languages(text: str, assistants: Assistants) -> frozenset[str]:
    heard = Heard(event_id=1, kind="text", text=text)
    return assistants.hearing(heard).assistant.languages
