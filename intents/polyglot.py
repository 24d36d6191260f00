"""A model for each language, known together by one name.

On disk it is a directory with nothing but the names of its parts, which lie beside
it: teaching one language leaves the others as they are.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from intents import storage
from intents.classifier import Model
from intents.storage import FORMAT


@dataclass(frozen=True, eq=False, slots=True)
class Polyglot:
    """All that is learnt, by language; never changes once it is made."""

    name: str
    #: The shop's own language first.
    parts: Mapping[str, Model]

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages in which something was learnt."""
        return tuple(self.parts)

    def of(self, language: str) -> Model:
        """Return the model of a language, or else that of the shop's own."""
        own = next(iter(self.parts.values()))
        return self.parts.get(language, own)

    def at(self, precision: float) -> "Polyglot":
        """Return the same models, asked for another precision."""
        parts = {code: one.at(precision) for code, one in self.parts.items()}
        same = all(parts[code] is one for code, one in self.parts.items())
        return self if same else Polyglot(self.name, parts)

    @classmethod
    def load(
        cls,
        path: Path | str,
        precision: float = 0.98,
        *,
        like: "Polyglot | None" = None,
    ) -> "Polyglot":
        """Return the models that *save* wrote the names of.

        Those that are the same in *like* are taken from there.
        """
        folder = Path(path)
        known = {one.name: one for one in like.parts.values()} if like else {}
        parts = {
            language: known[name].at(precision)
            if name in known
            else Model.load(folder.parent / name, precision)
            for language, name in names(folder).items()
        }
        return cls(folder.name, parts)


def save(home: Path, parts: Mapping[str, str]) -> Path:
    """Write down below *home* which models belong together; return the directory."""
    return storage.write_parts(home, name_of(parts), parts)


def name_of(parts: Mapping[str, str]) -> str:
    """Return how models of these names, by language, are called together."""
    content = json.dumps([FORMAT, [*parts.items()]])
    return sha256(content.encode()).hexdigest()


def names(path: Path) -> dict[str, str]:
    """Return the names of the models that belong together, by language."""
    return storage.read_parts(path)
