"""A script that breaks, in words: where, what came instead, and what to do."""

from collections.abc import Callable

from bot.scripts.player import Break
from bot.tongue import _


def where(broken: Break) -> str:
    """Return the file, the line and the step at which a script breaks."""
    step = broken.step
    return _(
        "%(file)s, line %(line)s, step %(step)s",
        file=broken.script.file,
        line=step.line,
        step=step.number,
    )


def came(broken: Break) -> str:
    """Return what came instead of what the line expects."""
    return " · ".join(broken.came) or _("nothing")


def understood(broken: Break, called: Callable[[str], str] = str) -> str:
    """Return what the customer's last words were taken for; *called* names intents."""
    if not broken.heard:
        return ""
    if broken.taken_for is None:
        return _("“%(text)s” was not understood.", text=broken.heard)
    intent = called(broken.taken_for)
    text = broken.heard
    return _("“%(text)s” was taken for “%(intent)s”.", text=text, intent=intent)


def cure(broken: Break) -> str:
    """Return what to do about it."""
    step, file = broken.step, broken.script.file
    if not broken.can_be_said:
        return _(
            "Nothing answers %(name)s: publish that question again, or take the script "
            "out of %(file)s.",
            name=step.value,
            file=file,
        )
    if step.name in ("bot", "not said", "choices", "taps") and not _is_name(step.value):
        return _(
            "If the new words are right, write them in line %(line)s of %(file)s, or "
            "name the response there instead of its words.",
            line=step.line,
            file=file,
        )
    return _(
        "If a phrasing is like what the customer says here, take it out; if this is "
        "what you want from now on, change line %(line)s of %(file)s.",
        line=step.line,
        file=file,
    )


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.startswith("utter_")
