"""What stands in the files of phrasings that whoever keeps them should know?"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from bot.content import DATA, Content
from bot.named import KINDS
from flows.files import nearest
from intents import examples
from intents.audit import audit
from intents.examples import TrainingDataError
from intents.nlu import Found
from intents.rejection import OUT_OF_SCOPE_INTENT


def unreadable(content: Content) -> str | None:
    """Return why nothing can be learned from the files as they are now.

    They are read when something is learned, and may have changed since the start.
    """
    try:
        examples.load(content.own_phrasings)
    except TrainingDataError as error:
        return str(error)
    return None


def doubts(content: Content, entries: Collection[str]) -> list[str]:
    """Return what of the shop's own is not read, or learned and leads nowhere.

    *entries* are the intents of the FAQ.
    """
    triggers = (one for flow in content.flows.by_id.values() for one in flow.triggers)
    intents = {*content.domain.intents, *content.flows.by_id, *entries}
    intents |= {trigger.intent for trigger in triggers}
    lines = [*examples.found(content.own_phrasings)]
    entities = {one.name for one in lines if one.kind in ("regex", "lookup")} | KINDS
    known = {
        "intent": (intents | {OUT_OF_SCOPE_INTENT}, "no flow and no question"),
        "entity": (entities | content.domain.entities, "found by no regex or lookup"),
    }
    return [*content.passed_over, *_doubts(lines, known)]


def suspects(content: Content) -> Iterator[str]:
    """Yield what looks mistaken in the phrasings of the shop, with ours beside them."""
    own = {*content.own_phrasings}
    for language in content.languages if own else ():
        for one in audit(said_in(content, language)):
            if any(line.path in own for line in one.lines):
                yield str(one)


def said_in(content: Content, language: str) -> Iterator[Found]:
    """Yield what files teach in a language, our questions of the FAQ among it."""
    faq = DATA / "faq" / f"{language}.yml"
    yield from examples.found([*content.lessons[language], *filter(Path.exists, [faq])])


def _doubts(
    lines: Sequence[Found], known: dict[str, tuple[set[str], str]]
) -> Iterator[str]:
    told = set()
    for one in lines:
        names, lack = known.get(one.kind, ({one.name}, ""))
        if one.name in names or (one.kind, one.name) in told:
            continue
        told.add((one.kind, one.name))
        yield f"{_where(one)}: '{one.name}' is {lack}{nearest(one.name, names)}"


def _where(found: Found) -> str:
    return f"{found.path}:{found.line}"
