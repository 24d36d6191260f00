"""What stands on cards: how long a line of one may be, and what is wrong with it."""

from collections.abc import Iterator, Mapping

from bot.admin import on_buttons
from bot.messenger.limits import LIMITS, length
from bot.saying import Part
from bot.tongue import _

LONGEST: Mapping[Part, int] = {
    Part.BUTTON: on_buttons.LONGEST,
    Part.TITLE: LIMITS["generic_template"]["title"],
    Part.SUBTITLE: LIMITS["generic_template"]["subtitle"],
}


def problems(words: str, part: Part) -> Iterator[str]:
    """Yield what is wrong with a title or a subtitle by itself."""
    if not words:
        yield _("Write something here: a card is not sent without it.")
    if (over := length(words) - LONGEST[part]) > 0:
        yield _(
            "Shorten “%(title)s” by %(over)s: a card takes %(most)s in one line.",
            title=words,
            over=over,
            most=LONGEST[part],
        )
