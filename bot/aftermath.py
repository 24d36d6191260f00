"""What comes of taking an entry away? What names it, at once; and what is beside it.

Whoever asks what is deleted gets it no more: that is what deleting means, and told of
in a number at most. What else fares otherwise was nobody's wish.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from bot.candidates import Both
from bot.check import Report
from bot.comparing import About, Difference, Verdict, sorted_out, together
from bot.holding import Pin, Played, broken_pins, played
from bot.rehearsal import Meant
from bot.scripts.files import Library
from bot.scripts.lines import Script
from bot.scripts.player import play
from intents.text import as_said

#: What is worse for whoever gets it, and no wish of whoever deleted something else.
_BESIDE = (Verdict.UNHEARD, Verdict.WORSE, Verdict.OTHER)


def of_what_names(
    intent: str,
    both: Both,
    pins: Sequence[Pin],
    library: Library,
    meant: Callable[[str], tuple[Meant, Meant]],
) -> Report:
    """Return which pins and scripts name an entry and break without it.

    That is known without training: nothing can lead to an answer that is not there.
    """
    named = [one for one in pins if one.intent == intent]
    fared = [meant(one.text) for one in named]
    texts = [one.text for one in named]
    found = together(texts, [one for one, _ in fared], [one for _, one in fared])
    ours = replace(library, scripts=tuple(naming(library.scripts, intent)))
    broken = [one for script in ours.scripts if (one := play(script, both.then))]
    return Report(
        broken=broken_pins(found, named), scripts=played(ours, both.now, broken)
    )


def naming(scripts: Sequence[Script], intent: str) -> Iterator[Script]:
    """Yield the scripts of which a line names an entry or its answer."""
    for script in scripts:
        if any(_names(one.value, intent) for one in script.steps):
            yield script


def _names(value: object, intent: str) -> bool:
    """Return whether what a line says is an entry, its answer, or a list with it."""
    if isinstance(value, str):
        return value in (intent, f"utter_{intent}")
    return isinstance(value, list | tuple) and any(_names(o, intent) for o in value)


def beside(
    intent: str, asked: Collection[str], found: Sequence[Difference], must: Report
) -> Report:
    """Return what else fares otherwise without an entry, and how its own askers do."""
    own = {*map(as_said, asked)}
    its, others = list[Difference](), list[Difference]()
    for one in found:
        (its if _is_own(one, intent, own) else others).append(one)
    sorted_ones = sorted_out(others, About(intent=intent))
    return replace(
        must,
        messages=len(found),
        changes={one: sorted_ones[one] for one in _BESIDE},
        own=tuple(Counter(one.after for one in its if one.is_one).most_common()),
    )


def _is_own(one: Difference, intent: str, own: Collection[str]) -> bool:
    """Return whether who says it asks what is gone, or may have."""
    return (
        as_said(one.text) in own
        or one.before.intent == intent
        or intent in one.before.offered
    )


def without_own(broken: Played, intent: str) -> Played:
    """Return what came of scripts without those that name what is gone."""
    named = {one.name for one in naming([b.script for b in broken.broken], intent)}
    left = tuple(one for one in broken.broken if one.script.name not in named)
    return replace(broken, broken=left)
