"""A conversation that is tried, as its page asks for it and shows it.

The page carries all that was said so far: any process can say it again, after a start
as before, and says it to the draft as it stands by then.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

import orjson
from flask import abort, render_template, request

from bot.admin.home import blueprint
from bot.admin.tried import Sides, sides
from bot.change import Change
from bot.check import Check
from bot.messenger.texts import clean
from bot.rehearsal import Move
from bot.replies import Payload
from bot.web.current import parts

LONGEST = 2000
#: So much is said in one conversation at most.
MOST = 20
#: Seconds that a try is waited for; after that the page asks for it.
PATIENCE = 2.0


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A conversation as far as the page has it."""

    #: The address of what is tried, as its form has it.
    at: str
    #: Of its check; "new" before anything was said, "empty" where nothing is said,
    #: "over" where it begins anew.
    state: str = "new"
    key: str = ""
    error: str | None = None
    moves: tuple[Move, ...] = ()
    #: What was taken from the field below the phone, and what is left in it.
    took: str = ""
    typed: str = ""
    #: None until it has ended.
    sides: Sides | None = None

    @property
    def carried(self) -> list[str]:
        """Return what was said so far as the page carries it."""
        return [written(one.text, one.payload) for one in self.moves]

    @property
    def is_full(self) -> bool:
        """Return whether no more can be said."""
        return len(self.moves) >= MOST


def begun(change: Change, at: str) -> Trial:
    """Try what the page asks for; what was said before is said again if it must be."""
    if "over" in request.form:
        return Trial(at=at, state="over")
    said, typed = _said(), _typed()
    new = _tapped() or ([Move(text=typed)] if typed else [])
    moves = (*said, *new)[:MOST]
    took = typed if Move(text=typed) in moves[len(said) :] else ""
    shown = Trial(at=at, state="empty", moves=moves, took=took)
    shown = shown if took else replace(shown, typed=typed)
    return _tried(shown, change) if moves else shown


def news(key: str, change: Callable[[], Change], at: str) -> Trial:
    """Return what came of a try; what is not known here is begun anew."""
    shown = Trial(at=at, state="empty", moves=(*_said(),)[:MOST])
    check = parts().checks.find(key)
    if check is not None:
        return _shown(shown, check)
    return _tried(shown, change()) if shown.moves else shown


@blueprint.app_template_filter("carried")
def carried(choice: Payload) -> str:
    """Return a tap on something offered as the page carries it."""
    return written(choice["title"], choice["payload"])


def part(trial: Trial) -> str:
    """Return what stands on a page of it, without the page."""
    return render_template("admin/tried_parts.html", trial=trial)


def written(text: str, payload: str | None) -> str:
    """Return what a customer does as the page carries it."""
    return orjson.dumps(asdict(Move(text=text, payload=payload))).decode()


def _tried(shown: Trial, change: Change) -> Trial:
    return _shown(shown, parts().checks.try_out(change, shown.moves, PATIENCE))


def _shown(shown: Trial, check: Check) -> Trial:
    found = replace(shown, state=check.state.value, key=check.key, error=check.error)
    return replace(found, sides=sides(check.tried)) if check.tried else found


def _typed() -> str:
    text = clean(request.form.get("try", "")).replace("\r\n", "\n")
    return text.strip()[:LONGEST]


def _said() -> list[Move]:
    return [_read(one) for one in request.form.getlist("said")]


def _tapped() -> list[Move]:
    return [_read(one) for one in request.form.getlist("tap")]


def _read(carried: str) -> Move:
    """Return what the page carries; what counts as a tap is seen where it is heard."""
    try:
        told = orjson.loads(carried)
    except orjson.JSONDecodeError:
        told = None
    match told:
        case {"text": str(text), "payload": None | str() as payload}:
            return Move(text=clean(text)[:LONGEST], payload=payload)
    return abort(400)
