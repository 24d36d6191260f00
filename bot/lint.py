"""What in a shop's files stops nothing and looks wrong all the same?"""

import re
from collections.abc import Iterator

from bot import circumstances, phrasings
from bot.content import COMPLETE, Content
from bot.lengths import Problem, fits, tappable, too_long
from bot.replies import is_link
from flows.conditions import Condition
from flows.files import nearest
from flows.responses import CHANNEL, SlotIs, Variation

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
                first = written.spoken[lender].by_name[name][0]
                yield (
                    f"{first.lines.itself()}, response {name}: is said in '{lender}' "
                    f"to customers who write '{language}'; add it to "
                    f"responses/{language}.yml"
                )


def _choices(written: Content) -> Iterator[str]:
    """Yield what Messenger cuts or does not take, and choices that lead nowhere."""
    for name, variations in _responses(written):
        for one in variations:
            for part, problem in (*too_long(one.said), *_dead(one, written)):
                yield f"{one.lines.of(part, one.said)}, response {name}: {problem}"


def _elsewhere(written: Content) -> Iterator[str]:
    """Yield responses that are said on another channel than Messenger alone."""
    for name, variations in _responses(written):
        channels = {variation.channel for variation in variations}
        if not channels & {None, CHANNEL}:
            told = ", ".join(sorted(map(str, channels)))
            yield (
                f"{variations[0].lines.itself()}, response {name}: is for {told} "
                "alone and is never said; add a variation without 'channel'"
            )


def _unknown(written: Content) -> Iterator[str]:
    """Yield conditions on slots that there are not: they never hold."""
    known = {*written.domain.slots, *written.domain.initial, *circumstances.NAMES}
    for name, variations in _responses(written):
        for one in variations:
            for slot in _looked_at(one):
                if slot not in known:
                    cure = nearest(slot, known) or "; add it to 'slots' in domain.yml"
                    yield (
                        f"{one.lines.of_condition()}, response {name}: depends on the "
                        f"unknown slot '{slot}'{cure}"
                    )


def _responses(written: Content) -> Iterator[tuple[str, tuple[Variation, ...]]]:
    """Yield what each language has of its own."""
    for responses in written.spoken.values():
        yield from responses.by_name.items()


def _looked_at(variation: Variation) -> list[str]:
    """Return the slots on which a variation depends."""
    conditions = variation.conditions or ()
    looking = (one for one in conditions if isinstance(one, SlotIs | Condition))
    return [*dict.fromkeys(slot for one in looking for slot in one.slots())]


def _dead(variation: Variation, written: Content) -> Iterator[Problem]:
    for choice in tappable(variation.said):
        payload = "" if is_link(choice) else str(choice.get("payload") or "")
        if fits(choice) and (lost := _leads_nowhere(payload, written)) is not None:
            yield choice, f"'{choice.get('title')}' {lost}"


def _leads_nowhere(payload: str, written: Content) -> str | None:
    """Return what is wrong with the payload of a choice."""
    read = _PAYLOAD.fullmatch(payload)
    if read is None:
        return None
    if read["intent"] == _SETS:
        slots = written.domain.slots
        names = [pair.partition("=")[0].strip() for pair in read["pairs"].split(",")]
        unknown = next((name for name in names if name not in slots), None)
        cure = nearest(str(unknown), slots) or "; add it to 'slots' in domain.yml"
        return None if unknown is None else f"sets the unknown slot '{unknown}'{cure}"
    intent = read["intent"].partition("/")[0]
    known = {*written.domain.intents, *written.flows.by_id}
    if intent in known or written.flows.triggered_by(intent) is not None:
        return None
    cure = nearest(intent, known) or "; write a flow for it, or change the payload"
    return f"leads to the unknown intent '{intent}'{cure}"
