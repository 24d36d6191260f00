"""What in a shop's files stops nothing and looks wrong all the same?"""

import re
from collections.abc import Iterable, Iterator

from bot import circumstances, phrasings
from bot.content import COMPLETE, Content
from bot.messenger.limits import LIMITS, length
from bot.replies import choices
from flows.conditions import Condition
from flows.files import nearest
from flows.responses import CHANNEL, Responses, SlotIs, Variation

_PAYLOAD = re.compile(r"/(?P<intent>[^{@(]+)(?:\((?P<pairs>.*)\))?")
_SETS = "SetSlots"


def notes(written: Content) -> list[str]:
    """Return a sentence for each thing, with its cure."""
    return [
        *phrasings.doubts(written, {entry.name for entry in written.faq}),
        *phrasings.suspects(written),
        *_untranslated(written),
        *_choices(written),
        *_elsewhere(written),
        *_unknown(written),
    ]


def _untranslated(written: Content) -> Iterator[str]:
    """Yield what is said in another language than the customer's."""
    for language in written.languages:
        said = set(written.spoken[language].by_name)
        for lender in dict.fromkeys((written.language, COMPLETE)):
            lent = sorted({*written.spoken[lender].by_name} - said)
            said |= {*lent}
            for name in lent:
                yield (
                    f"response {name} is said in '{lender}' to customers who write "
                    f"'{language}': add it to responses/{language}.yml"
                )


def _choices(written: Content) -> Iterator[str]:
    """Yield choices whose titles are cut, or that lead nowhere."""
    most = LIMITS["quick_replies"]["title"]
    for language, responses in written.spoken.items():
        for name, choice in _offered(responses):
            title, where = choice["title"], f"response {name} ({language})"
            if length(title) > most:
                yield f"{where}: '{title}' is cut to {most} characters; shorten it"
            if (lost := _leads_nowhere(choice["payload"], written)) is not None:
                yield f"{where}: '{title}' {lost}"


def _elsewhere(written: Content) -> Iterator[str]:
    """Yield responses that are said on another channel than Messenger alone."""
    for language, responses in written.spoken.items():
        for name, variations in responses.by_name.items():
            channels = {variation.channel for variation in variations}
            if not channels & {None, CHANNEL}:
                told = ", ".join(sorted(map(str, channels)))
                yield (
                    f"response {name} ({language}) is for {told} alone and is never "
                    "said: add a variation without 'channel'"
                )


def _unknown(written: Content) -> Iterator[str]:
    """Yield conditions on slots that there are not: they never hold."""
    known = {*written.domain.slots, *written.domain.initial, *circumstances.NAMES}
    for language, responses in written.spoken.items():
        for name, variations in responses.by_name.items():
            for slot in _looked_at(variations):
                if slot not in known:
                    yield (
                        f"response {name} ({language}) depends on the unknown slot "
                        f"'{slot}'{nearest(slot, known)}"
                    )


def _looked_at(variations: Iterable[Variation]) -> list[str]:
    """Return the slots on which variations depend."""
    conditions = (one for each in variations for one in each.conditions or ())
    looking = (one for one in conditions if isinstance(one, SlotIs | Condition))
    return [*dict.fromkeys(slot for one in looking for slot in one.slots())]


def _offered(responses: Responses) -> Iterator[tuple[str, dict[str, str]]]:
    for name, variations in responses.by_name.items():
        for variation in variations:
            for choice in choices(variation.said):
                yield name, choice


def _leads_nowhere(payload: str, written: Content) -> str | None:
    """Return what is wrong with the payload of a choice."""
    read = _PAYLOAD.fullmatch(payload)
    if read is None:
        return None
    if read["intent"] == _SETS:
        slots = written.domain.slots
        names = [pair.partition("=")[0].strip() for pair in read["pairs"].split(",")]
        unknown = next((name for name in names if name not in slots), None)
        near = nearest(str(unknown), slots)
        return None if unknown is None else f"sets the unknown slot '{unknown}'{near}"
    intent = read["intent"].partition("/")[0]
    known = {*written.domain.intents, *written.flows.by_id}
    if intent in known or written.flows.triggered_by(intent) is not None:
        return None
    return f"leads to the unknown intent '{intent}'{nearest(intent, known)}"
