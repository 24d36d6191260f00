"""What is wrong with other words for a response, before they are kept."""

from collections import defaultdict
from collections.abc import Iterator

from bot import saying
from bot.admin import on_buttons, on_cards, shipped
from bot.admin.draft import Problem
from bot.admin.shipped import Wording
from bot.messenger.limits import length
from bot.saying import Part, Titled
from bot.store.wordings import Words
from bot.tongue import _
from bot.web import figures


def problem(wording: Wording, words: Words, most: int) -> Problem | None:
    """Return why a wording can't be saved, and at which field."""
    text, came = words.text, wording.came
    if came.text and not text.strip():
        told = _("Write something, or restore the text that came with Frontdesk.")
        return Problem(field="text", words=told)
    if (over := length(text) - most) > 0:
        told = _(
            "Messenger takes %(most)s characters: shorten it by %(over)s.",
            most=figures.number(most),
            over=figures.number(over),
        )
        return Problem(field="text", words=told)
    if misplaced := _misplaced(text, came.text):
        return Problem(field="text", words=misplaced)
    # What a shop's own file has on its buttons is no reason not to change the text.
    return None if words.titles == came.titles else _of_titles(wording, words)


def _of_titles(wording: Wording, words: Words) -> Problem | None:
    beside: dict[int, list[str]] = defaultdict(list)
    for number, came in enumerate(saying.titled(wording.said), start=1):
        title = words.titles[came.key]
        told = next(_wrong(title, came), None)
        if came.part is Part.BUTTON:
            beside[came.card].append(title)
            if told is None and not on_buttons.differ(beside[came.card]):
                told = on_buttons.alike()
        if told is not None:
            return Problem(field=f"title-{number}", words=told)
    return None


def _wrong(title: str, came: Titled) -> Iterator[str]:
    if came.part is Part.BUTTON:
        yield from on_buttons.problems(title)
    else:
        yield from on_cards.problems(title, came.part)
    if misplaced := _misplaced(title, came.words):
        yield misplaced


def _misplaced(text: str, came: str) -> str | None:
    """Return what is wrong with the places that are filled in, if anything is."""
    given, wanted = shipped.placeholders(text), shipped.placeholders(came)
    told = []
    if missing := [f"{{{name}}}" for name in wanted if name not in given]:
        told.append(
            _(
                "Keep %(places)s: it is filled in when this is said.",
                places=figures.listed(missing),
            )
        )
    if unknown := [f"{{{name}}}" for name in given if name not in wanted]:
        told.append(
            _(
                "There is nothing to fill in for %(places)s. Leave it out.",
                places=figures.listed(unknown),
            )
        )
    return " ".join(told) or None
