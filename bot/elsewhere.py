"""Models that another process has loaded: no process that serves loads a candidate."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.held import Model
from bot.trainer import Said
from intents.comparison import Held, Readings
from intents.parse import Parse


class Elsewhere:
    """The models of all languages in another process, asked once about each text.

    What is foreseen is asked at once: each question costs a load of the models.
    Those that are here as well, by language, are asked here.
    """

    def __init__(
        self, read: Callable[[Sequence[Said]], Readings], here: Mapping[str, Model]
    ) -> None:
        self._read = read
        self._here = here
        self._parses: dict[Said, Parse] = {}
        self._held: dict[str, Held] = {}

    def foresee(self, said: Iterable[Said]) -> None:
        """Ask about all that was not asked before."""
        new = [
            one
            for one in dict.fromkeys(said)
            if one not in self._parses and one[1] not in self._here
        ]
        if self._held and not new:
            return
        found = self._read(new)
        self._held = found["held"]
        self._parses.update(zip(new, found["parses"], strict=True))

    def parse(self, text: str, language: str) -> Parse:
        """Return what the model of a language makes of a text."""
        if (text, language) not in self._parses:
            self.foresee([(text, language)])
        return self._parses[text, language]

    def of(self, language: str) -> Model:
        """Return the model of a language, or else that of the shop's own."""
        if language in self._here:
            return self._here[language]
        if not self._held:
            self.foresee(())
        held = self._held.get(language) or next(iter(self._held.values()))
        return OneElsewhere(**held, all_=self)


@dataclass(frozen=True)
class OneElsewhere:
    """One of them, as a turn needs it."""

    thresholds: Mapping[str, float]
    lenient_thresholds: Mapping[str, float]
    all_: Elsewhere

    def classify(self, text: str, language: str = "en") -> Parse:
        """Return what the other process makes of a text."""
        return self.all_.parse(text, language)
