"""Does the customer put right what they said before?"""

import re
from typing import Any

from bot.bareness import is_bare
from bot.situation import Situation
from flows.answers import mentioned

#: Words that announce a correction.
_CORRECTS = re.compile(
    r"\W*(no+|nope|sorry|oops|wait|actually|correction|i meant?|my mistake)\b", re.I
)


def changed(here: Situation) -> dict[str, Any]:
    """Return the slots that the customer gives another value than before."""
    earlier, _ = here.around()
    # A tap that answers the open question puts nothing right.
    tapped = {
        name: new for name, new in here.tapped.items() if name != here.state.asked
    }
    given = tapped or mentioned(earlier, here.reading.parse)
    if not (here.chosen or _is_correction(here)):
        return {}
    known = here.state.slots
    return {name: new for name, new in given.items() if known.get(name) != new}


def _is_correction(here: Situation) -> bool:
    """Whether a value for an earlier question is meant to replace the one we have."""
    if _CORRECTS.match(here.text):
        return True
    started = here.flows.triggered_by(here.intent)
    own = started is not None and started[0] == here.speaking
    if here.surer and started is not None and not own:
        return False
    yes_or_no = here.asked is not None and here.asked.kind == "bool"
    bare = is_bare(here.text, here.reading.parse)
    return (own and here.sure) or yes_or_no or bare
