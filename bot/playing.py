"""How do the scripts go with the assistant as it is? Played beside the pages.

What is asked for is told as far as it is known, and the rest is played in a thread,
file by file. Once played it holds until the assistant or a script is another; then
only those are played again that may come out otherwise.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import groupby
from threading import Lock

from bot.assistants import Assistants
from bot.content import Content
from bot.fares import Fares
from bot.scripts import files
from bot.scripts.files import Library
from bot.scripts.lines import Script
from bot.scripts.player import Break
from bot.understanding import Understanding


@dataclass(frozen=True, kw_only=True)
class Known:
    """All scripts, and what is known of how they go."""

    library: Library
    #: By their names where they break, None where they hold; others are being played.
    breaks: Mapping[str, Break | None]

    @property
    def is_whole(self) -> bool:
        """Return whether all of them were played."""
        return all(script.name in self.breaks for script in self.library.scripts)


@dataclass
class _Round:
    """One assistant, the scripts it plays, and how they went so far."""

    assistants: Assistants
    library: Library
    breaks: dict[str, Break | None] = field(default_factory=dict)
    ended: Future[None] | None = None

    def is_of(self, assistants: Assistants, library: Library) -> bool:
        """Return whether it tells how these scripts go with this assistant."""
        if self.ended is not None and self.ended.done() and self.ended.exception():
            return False  # it is tried anew
        return self.assistants is assistants and self.library == library


class Playing:
    """What is known in this process; plays one script at a time."""

    def __init__(
        self, understanding: Understanding, content: Content, fares: Fares
    ) -> None:
        self._understanding = understanding
        self._content = content
        # Of its own: that of the checks plays candidates, and in another thread.
        self._fares = fares
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="playing")
        self._lock = Lock()
        self._round: _Round | None = None

    def known(self, patience: float) -> Known:
        """Return what is known of the scripts, after so many seconds at most."""
        current = self._current()
        if current.ended is not None:
            wait([current.ended], patience)
            if current.ended.done():
                current.ended.result()  # whoever asks is told what went wrong
        return Known(library=current.library, breaks=dict(current.breaks))

    def close(self) -> None:
        """Play no script any more, and wait for those of one file."""
        with self._lock:
            self._round = None
        self._thread.shutdown(cancel_futures=True)

    def _current(self) -> _Round:
        library = files.load(self._content.scripts)
        library = library.in_languages(self._content.languages)
        assistants = self._understanding.assistants
        with self._lock:
            if self._round is None or not self._round.is_of(assistants, library):
                self._round = _Round(assistants, library)
                self._round.ended = self._thread.submit(self._play, self._round)
            return self._round

    def _play(self, current: _Round) -> None:
        for some in _by_file(current.library.scripts):
            if self._round is not current:
                return  # another has begun, or the process ends
            found = self._fares.breaks(some, current.assistants)
            names = [script.name for script in some]
            current.breaks |= zip(names, found, strict=True)


def _by_file(scripts: Sequence[Script]) -> list[list[Script]]:
    return [[*some] for _file, some in groupby(scripts, lambda one: one.file)]
