"""What the assistant made of what the past customers wrote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from bot.demo.past.story import Understood

LEFT = Understood(outcome="left_to_person", rule="", why="")


@dataclass(frozen=True)
class Reader:
    """Says how sure the assistant was: by chance, within its thresholds."""

    chance: Random
    #: From which confidence on it answered, and from which it asked back.
    answer: float
    offer: float
    #: What may have been meant besides.
    intents: Sequence[str] = ()

    def known(self, intent: str, *, flow: str | None, **more: Any) -> Understood:
        """Return a reading that is sure; *more* is what else there is to say of it."""
        confidence = self._between(self.answer, 1.0)
        sure = Understood(
            outcome="answered",
            intent=intent,
            confidence=confidence,
            others=self._others(intent, confidence),
            flow=flow,
            rule="goals",
            why=f"sure of {intent}",
        )
        return replace(sure, **more)

    def unsure(self, intent: str, choices: Sequence[tuple[str, str]]) -> Understood:
        """Return a reading that asks back."""
        confidence = self._between(self.offer, self.answer)
        return Understood(
            outcome="offered",
            intent=intent,
            confidence=confidence,
            others=self._others(intent, confidence, [name for name, _ in choices]),
            choices=tuple(choices),
            rule="guesses",
            why="not sure enough to answer, sure enough to ask",
        )

    def unknown(self, intent: str | None) -> Understood:
        """Return a reading that is sure of nothing."""
        confidence = self._between(0.07, self.offer - 0.02)
        return Understood(
            outcome="handed_over",
            intent=intent,
            confidence=confidence,
            others=self._others(intent or "", confidence),
            handoff="unsure",
            rule="unsure",
            why="not sure of anything",
        )

    def value(self, slot: str, value: str, **more: Any) -> Understood:
        """Return the reading of an answer to a question."""
        fits = Understood(
            outcome="asked",
            flow="order_status",
            rule="fills",
            why=f"fits {slot}",
            slots={slot: value},
        )
        return replace(fits, **more)

    def tapped(self, intent: str) -> Understood:
        """Return the reading of a choice of "did you mean"."""
        return Understood(
            outcome="answered",
            intent=intent,
            confidence=1.0,
            flow="faq" if "/" in intent else intent,
            rule="goals",
            why=f"sure of {intent}",
            is_tap=True,
        )

    def declined(self, titles: Sequence[str]) -> Understood:
        """Return the reading of "something else"."""
        return Understood(
            outcome="handed_over",
            handoff="unsure",
            rule="something_else",
            why="none of our guesses was right",
            is_tap=True,
            not_meant=tuple(titles),
        )

    def _others(
        self, intent: str, confidence: float, first: Sequence[str] = ()
    ) -> tuple[tuple[str, float], ...]:
        """Return the next likeliest: what is left is shared, each half of the last."""
        left = 1.0 - confidence
        names = [name for name in first if name != intent]
        names += self.chance.sample(self.intents, k=min(3, len(self.intents)))
        shares = []
        for name in dict.fromkeys(name for name in names if name != intent):
            share = min(left * self._between(0.3, 0.5), confidence * 0.9)
            shares.append((name, round(share, 4)))
            left -= share
        return tuple(sorted(shares, key=lambda one: -one[1]))

    def _between(self, least: float, most: float) -> float:
        return round(self.chance.uniform(least, most), 4)
