"""Does a customer go along with what is to be passed on, without saying yes?

"Shall I pass that on to a colleague?" is answered with the address of the order as
well; and who gives number and address at once need not be asked at all.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.situation import Situation
from flows.actions import said_reason

#: What asks before a colleague acts on a wish, and the slot of the yes.
CHECKS, YES = "utter_check_", "person_wanted"
_NUMBER = "order_number"
#: By which an order is somebody's.
_PROOFS = frozenset(["email", "postcode"])
#: What stands in the way: a proof is looked up there, or an address is a new one.
_OTHERWISE = frozenset(["email_or_postcode", "new_address"])
#: A longer message says more than that.
MOST_WORDS = 10
_ASKS = re.compile(r"[?？؟]")
_LETTER = re.compile("[a-z]", re.IGNORECASE)


def given(here: Situation, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the yes that lies in a proof beside a number that was asked for."""
    asked, flow = here.asked, here.speaking
    if asked is None or flow is None or asked.name != _NUMBER:
        return {}
    if answers.get(_NUMBER) in (None, "none") or _collects(here) & _OTHERWISE:
        return {}
    checks = any(step.ask.startswith(CHECKS) for step in flow.collected())
    return {YES: True} if checks and _proves(here) else {}


def is_told(here: Situation) -> bool:
    """Whether a proof is all that is said to the question whether to pass it on."""
    if here.asking is None or not here.asking.ask.startswith(CHECKS):
        return False
    takes_back = here.intent in ("deny", "cancel")
    return not takes_back and "new_address" not in _collects(here) and _proves(here)


def _collects(here: Situation) -> set[str]:
    return {step.slot for step in here.speaking.collected()} if here.speaking else set()


def _proves(here: Situation) -> bool:
    """Whether a short text has a proof, and no reason is left to be asked for."""
    says = [e for e in here.reading.parse["entities"] if e["entity"] in _PROOFS]
    # Five digits may be an order's number as well.
    proofs = [one for one in says if _LETTER.search(str(one["value"]))]
    is_short = len(here.text.split()) <= MOST_WORDS and not _ASKS.search(here.text)
    return bool(proofs) and is_short and here.kind == "text" and _has_reason(here)


def _has_reason(here: Situation) -> bool:
    """Whether why it goes back was said, or is nothing that is asked for."""
    known = here.state.slots.get(said_reason.REASON) or said_reason.reason(here.text)
    return said_reason.REASON not in _collects(here) or known is not None
