"""What stands on buttons: as a form has it, and what is wrong with it."""

from collections.abc import Iterator, Sequence

from bot.messenger.limits import LIMITS, length
from bot.messenger.texts import clean
from bot.tongue import _

#: Of either kind: too many buttons go out as quick replies (bot/replies.py).
LONGEST = min(LIMITS["button"]["title"], LIMITS["quick_replies"]["title"])


def tidy(title: str) -> str:
    """Return a title as it is kept: in one line, with single blanks."""
    return " ".join(clean(title).split())


def problems(title: str) -> Iterator[str]:
    """Yield what is wrong with a title by itself."""
    if not title:
        yield _("Write on each button what it does.")
    if (over := length(title) - LONGEST) > 0:
        yield _(
            "Shorten “%(title)s” by %(over)s: a button takes %(most)s.",
            title=title,
            over=over,
            most=LONGEST,
        )


def differ(titles: Sequence[str]) -> bool:
    """Return whether no two of these read alike; an empty one is no title."""
    read = [title.casefold() for title in titles if title]
    return len({*read}) == len(read)


def alike() -> str:
    """Return what is said where two do."""
    return _("Give each button a title of its own.")
