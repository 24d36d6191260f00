"""What may go out after 24 hours: our utility templates, language by language.

The server makes those that are missing, and looks hourly how their reviews stand; a
page and commands tell it. It is no ninth check: while a review lasts, a Page works.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale
from sqlalchemy import Connection

from bot import tongue
from bot.connection.line import Line
from bot.messenger import templates
from bot.messenger.templates import APPROVED, NOT_MADE, NOT_SENT, States
from bot.settings import Settings
from bot.store import pages
from bot.tongue import _, lazy

_TITLES: Mapping[str, str] = {
    templates.EVENT_REMINDER: lazy("Reminders of events"),
    templates.ORDER_UPDATE: lazy("News of orders"),
}
_STATES: Mapping[str, str] = {
    APPROVED: lazy("approved"),
    "PENDING": lazy("in review"),
    "IN_APPEAL": lazy("in review again"),
    "REJECTED": lazy("rejected"),
    "PAUSED": lazy("paused by Messenger"),
    "DISABLED": lazy("disabled by Messenger"),
    NOT_MADE: lazy("not taken by Messenger; the log says why (template_not_made)"),
    NOT_SENT: lazy("not taken when it was sent; Frontdesk looks again within the hour"),
    "": lazy("not made yet"),
}
#: These end by themselves.
_PASSING = ("PENDING", "IN_APPEAL", NOT_SENT, "")
CURE = lazy(
    "What Meta rejected or disabled stays so until somebody acts: appeal there, or "
    "delete it there; Frontdesk then makes it anew within the hour."
)


@dataclass(frozen=True, kw_only=True)
class Review:
    """How a template stands in one of the shop's languages."""

    language: str
    #: As Messenger calls it; empty while there is none.
    state: str
    #: The language in which it goes out meanwhile; None: in none.
    instead: str | None

    @property
    def is_approved(self) -> bool:
        """Whether customers of this language get it in their own."""
        return self.state == APPROVED

    @property
    def is_refused(self) -> bool:
        """Whether somebody must act before it can be used."""
        return not self.is_approved and self.state not in _PASSING

    @property
    def called(self) -> str:
        """Return the name of the language, as it stands by itself."""
        name = _called(self.language)
        return name[0].upper() + name[1:]

    @property
    def said(self) -> str:
        """Return how it stands, and what comes of that."""
        known = _STATES.get(self.state)
        stands = str(known) if known else _("not in use (%(word)s)", word=self.state)
        if self.is_approved:
            return stands
        if self.instead is None:
            return _("%(stands)s; until then nothing goes out", stands=stands)
        other = _called(self.instead)
        return _(
            "%(stands)s; until then it goes out in %(other)s",
            stands=stands,
            other=other,
        )


@dataclass(frozen=True, kw_only=True)
class Approval:
    """How a template stands in all languages of the shop."""

    name: str
    reviews: Sequence[Review]

    @property
    def title(self) -> str:
        """Return what it is for."""
        return str(_TITLES[self.name])

    @property
    def is_refused(self) -> bool:
        """Whether somebody must act before all languages can be used."""
        return any(review.is_refused for review in self.reviews)

    @property
    def said(self) -> str:
        """Return how it stands in each language, in a line."""
        told = (f"{review.called}: {review.said}" for review in self.reviews)
        return f"{self.title}: {' · '.join(told)}"


def wanted(settings: Settings) -> Sequence[str]:
    """Return which templates may be needed: of orders, where shops tell of them."""
    orders = [templates.ORDER_UPDATE] if settings.shop.signing else []
    return [templates.EVENT_REMINDER, *orders]


def learn(line: Line) -> None:
    """Make the templates that are missing, and note how the reviews stand.

    Raise SendError if Messenger does not say.
    """
    found = templates.look(line.graph, line.page, wanted(line.settings))
    made = templates.make(line.graph, line.page, found, line.settings.languages)
    _keep(line, made)


def look(line: Line) -> None:
    """Note how the reviews stand, and make nothing; raise SendError as `learn`."""
    _keep(line, templates.look(line.graph, line.page, wanted(line.settings)))


def known(connection: Connection, settings: Settings, page_id: str) -> list[Approval]:
    """Return how each template stood last; nothing if nobody has looked yet."""
    found = templates.known(pages.abilities(connection, page_id))
    return [
        Approval(name=name, reviews=_reviews(found[name], settings.languages))
        for name in wanted(settings)
        if name in found
    ]


def lines(approvals: Sequence[Approval]) -> Iterator[str]:
    """Yield what a terminal shows of them."""
    for one in approvals:
        yield _("After 24 hours: %(said)s", said=one.said)
    if any(one.is_refused for one in approvals):
        yield str(CURE)


def _reviews(found: Mapping[str, str], languages: Sequence[str]) -> Sequence[Review]:
    return [
        Review(
            language=one,
            state=found.get(templates.code(one), ""),
            instead=_first_approved(found, templates.preferred(one, languages[0])),
        )
        for one in languages
    ]


def _first_approved(found: Mapping[str, str], languages: Sequence[str]) -> str | None:
    approved = (one for one in languages if found.get(templates.code(one)) == APPROVED)
    return next(approved, None)


def _keep(line: Line, found: States) -> None:
    page_id, abilities = line.page_id, {"templates": found}
    line.database.write(lambda c: pages.able(c, page_id, abilities))


def _called(language: str) -> str:
    return Locale.parse(language).get_display_name(tongue.locale()) or language
