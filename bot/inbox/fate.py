"""What became of a message we owe, in words, and what a person can do about it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.store.desk import Said
from bot.store.models import OutgoingState
from bot.tongue import _, kept


@dataclass(frozen=True, kw_only=True)
class Fate:
    """How a message stands, unless it arrived and all is well."""

    words: str
    #: quiet, wait, warn or bad.
    tone: str
    reason: str | None = None
    is_uncertain: bool = False
    is_unsent: bool = False
    may_go_again: bool = False


def fate(said: Said) -> Fate | None:
    """Return what there is to say about a message, None if there is nothing."""
    if said.state is None:
        return None
    words = _WORDS.get(said.state)
    return words(said) if words else None


def _pending(said: Said) -> Fate:
    if said.reason is None:
        return Fate(words=_("Sending…"), tone="quiet")
    return Fate(words=_("Waits to be sent"), tone="wait", reason=said.reason)


def _sending(said: Said) -> Fate:
    if said.reason is None:
        return Fate(words=_("Sending…"), tone="quiet")
    words = _("Messenger has not said yet whether it took this")
    return Fate(words=words, tone="wait", reason=said.reason)


def _failed(said: Said) -> Fate:
    return Fate(
        words=_("Not sent: Messenger refused it"),
        is_unsent=True,
        tone="bad",
        reason=said.reason,
        may_go_again=said.by == "agent",
    )


def _refused(said: Said) -> Fate:
    words = (
        _("Not sent: %(reason)s", reason=kept(said.reason))
        if said.reason
        else _("Not sent")
    )
    return Fate(
        words=words, tone="bad", is_unsent=True, may_go_again=said.by == "agent"
    )


def _unconfirmed(said: Said) -> Fate:
    return Fate(
        words=_("Nobody knows whether this arrived"),
        tone="warn",
        reason=said.reason,
        is_uncertain=True,
    )


def _cancelled(said: Said) -> Fate:
    return Fate(
        words=_("Not sent: a person took over first"), tone="quiet", is_unsent=True
    )


def _expired(said: Said) -> Fate:
    words = _("Not sent: its time had passed before it could go out")
    return Fate(words=words, tone="quiet", is_unsent=True)


_WORDS: dict[OutgoingState, Callable[[Said], Fate]] = {
    OutgoingState.PENDING: _pending,
    OutgoingState.SENDING: _sending,
    OutgoingState.FAILED: _failed,
    OutgoingState.REFUSED: _refused,
    OutgoingState.UNCONFIRMED: _unconfirmed,
    OutgoingState.CANCELLED: _cancelled,
    OutgoingState.EXPIRED: _expired,
}
