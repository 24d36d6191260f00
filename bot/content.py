"""What the assistant can say and do, as it came and as a shop's own files say it.

Built-in files lie in data/; a shop's own in FRONTDESK_HOME/data are read over
them; what admins edit in the browser lies over both (bot/saying.py). An upgrade
changes the first alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot import faq_files, own_actions, pinned, source_files
from bot.messenger import profile
from bot.messenger.profile import Profile
from bot.own_actions import OwnActions
from bot.pinned import Pinned
from bot.settings import LANGUAGES, Settings
from bot.store.knowledge import Faq
from flows import domain, responses, script
from flows.domain import Domain
from flows.files import Source
from flows.responses import Responses
from flows.steps import Flows, with_forms
from intents import examples, language
from intents.entities import Pattern
from intents.language import Identifier

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
SHIPPED_MODELS = ROOT / "build" / "models"
#: Everything is there in this language, whatever a shop's own is.
COMPLETE = "en"
PREFIX = faq_files.PREFIX
SCRIPTS = "conversations"
_AS_YAML = (
    "write phrasings as .yml, like those in data/nlu; orders, events and the FAQ have "
    "commands and pages that import them"
)
#: How files end that people put among ours, and what to do with them.
UNREAD = {".yaml": "", ".csv": _AS_YAML, ".tsv": _AS_YAML, ".json": _AS_YAML}


@dataclass(frozen=True)
class Content:
    """The flows and responses in files, checked against each other."""

    domain: Domain
    flows: Flows
    #: The languages of the shop, its own first.
    languages: tuple[str, ...]
    #: What is said in the shop's own language, the answers of the FAQ in files too.
    responses: Responses
    #: What each language has of its own, without the FAQ.
    spoken: Mapping[str, Responses]
    #: The FAQ as it stands in files: it seeds the database.
    faq: tuple[Faq, ...]
    #: The names of those of them that ship.
    shipped: frozenset[str]
    #: The files with phrasings, but for those of the FAQ: of each language.
    lessons: Mapping[str, tuple[Path, ...]]
    #: What the Page shows before anybody writes.
    profile: Profile
    identifier: Identifier
    #: The folders with conversation scripts, ours before the shop's own.
    scripts: tuple[Path, ...] = ()
    #: What is pinned before anybody pins anything.
    pins: tuple[Pinned, ...] = ()
    #: What a shop's own flows can do.
    own_actions: OwnActions = ()
    #: Of each file of the shop that is not read, and of each answer of the FAQ that is
    #: not given, that it is not, with the cure.
    passed_over: tuple[str, ...] = ()
    #: How values are found in messages of every language: order numbers and the like.
    patterns: tuple[Pattern, ...] = ()

    @property
    def language(self) -> str:
        """Return the shop's own language."""
        return self.languages[0]

    @property
    def phrasings(self) -> tuple[Path, ...]:
        """Return the files with phrasings of all languages."""
        every = (path for paths in self.lessons.values() for path in paths)
        return tuple(dict.fromkeys(every))

    @property
    def own_phrasings(self) -> tuple[Path, ...]:
        """Return those of them that the shop wrote."""
        return tuple(one for one in self.phrasings if not one.is_relative_to(DATA))


def load(
    home: Path, languages: Sequence[str] = LANGUAGES, *, elsewhere: bool = False
) -> Content:
    """Return the content of all files, or raise DataError with all that is wrong.

    *elsewhere* says that an action server may have actions that are not here.
    A file of phrasings that can't be learned from raises TrainingDataError.
    """
    layers = [DATA, home / "data"]
    known = domain.load(source_files.read(_all(layers, ".", "domain.yml")))
    # Each file is read once: five languages are much to read at every start.
    codes = tuple(dict.fromkeys((COMPLETE, *languages)))
    faq = {one: source_files.read(_all(layers, "faq", f"{one}.yml")) for one in codes}
    spoken = {one: _spoken(layers, one, faq[one]) for one in codes}
    said = responses.over(spoken[one] for one in (COMPLETE, languages[0]))
    asked = faq_files.read(faq, tuple(dict.fromkeys((*languages, COMPLETE))))
    flows = script.load(source_files.read(_all(layers, "flows", "*.yml")), known, said)
    found = Content(
        domain=with_forms(flows),
        flows=flows,
        languages=tuple(languages),
        responses=said,
        spoken={one: _without_faq(found) for one, found in spoken.items()},
        faq=tuple(one for one in asked.entries if {*one.answers} & {*languages}),
        shipped=faq_files.names(_shipped(faq.values())),
        lessons={one: _lessons(layers, one) for one in languages},
        profile=_profile(layers, known),
        identifier=language.load(languages, _all(layers, "languages", "*.txt")),
        scripts=tuple(layer / SCRIPTS for layer in layers),
        pins=_pins(layers, known),
        own_actions=own_actions.load(
            home / "actions", () if elsewhere else known.actions
        ),
        passed_over=(*_passed_over(layers[-1]), *asked.left),
        patterns=patterns_of(home),
    )
    if found.own_phrasings:  # ours are read by our tests, and cost a start 0.3 s
        examples.load(found.phrasings)
    return found


def _passed_over(own: Path) -> Iterator[str]:
    """Yield a sentence for each file that looks like content and is none we read."""
    for path in sorted(one for one in own.rglob("*") if one.suffix in UNREAD):
        if path.suffix == ".yaml":
            yield f"{path} is not read: rename it to {path.stem}.yml"
        else:
            yield f"{path} is not read: {UNREAD[path.suffix]}"


def of(settings: Settings) -> Content:
    """Return the content of all files as the settings want it; raises as `load`."""
    elsewhere = settings.action_endpoint is not None
    return load(settings.home, settings.languages, elsewhere=elsewhere)


def _all(layers: Iterable[Path], folder: str, pattern: str) -> list[Path]:
    return [path for layer in layers for path in sorted((layer / folder).glob(pattern))]


def _spoken(layers: Iterable[Path], code: str, faq: Sequence[Source]) -> Responses:
    """Return what a language has of its own, with the answers of its FAQ."""
    own = source_files.read(_all(layers, "responses", f"{code}.yml"))
    return replace(responses.load([*own, *faq]), language=code)


def _shipped(sources: Iterable[Sequence[Source]]) -> Iterator[Source]:
    return (one for some in sources for one in some if DATA in Path(one.name).parents)


def _without_faq(spoken: Responses) -> Responses:
    ours = {
        name: variations
        for name, variations in spoken.by_name.items()
        if not name.startswith(f"utter_{PREFIX}")
    }
    return replace(spoken, by_name=ours)


def _lessons(layers: Sequence[Path], code: str) -> tuple[Path, ...]:
    """Return the files with a language's phrasings, and what holds in all languages."""
    return (*_all(layers, "nlu", "*.yml"), *_all(layers, f"nlu/{code}", "*.yml"))


def patterns_of(home: Path) -> tuple[Pattern, ...]:
    """Return how values are found in messages, or raise TrainingDataError."""
    return examples.load(_all([DATA, home / "data"], "nlu", "*.yml")).patterns


def profile_of(home: Path) -> Profile:
    """Return what the Page shows, or raise DataError; quicker than all content."""
    layers = [DATA, home / "data"]
    return _profile(
        layers, domain.load(source_files.read(_all(layers, ".", "domain.yml")))
    )


def _profile(layers: Iterable[Path], known: Domain) -> Profile:
    """Return what the last layer that says it says a Page shows."""
    (source,) = source_files.read(_all(layers, "messenger", "profile.yml")[-1:])
    return profile.load(source, known.intents)


def _pins(layers: Iterable[Path], known: Domain) -> tuple[Pinned, ...]:
    """Return what the last layer that pins anything pins."""
    (source,) = source_files.read(_all(layers, ".", "pins.yml")[-1:])
    return pinned.load(source, known.intents)
