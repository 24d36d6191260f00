"""A script that breaks, in words: where, what came instead, and what to do."""

from collections.abc import Callable

from bot.scripts.lacking import ANSWER, Lack
from bot.scripts.lines import Step
from bot.scripts.player import Break
from bot.tongue import _


def told(step: Step, words: Callable[[str], str]) -> str:
    """Return a line as somebody reads it who writes none.

    *words* gives what a response says, nothing if there is no such response.
    """
    text = said(step, words)
    if text is None:
        return step.written
    if step.name == "customer":
        return _("Customer: %(text)s", text=text)
    if step.name == "taps":
        return _("Customer taps: %(text)s", text=text)
    return _("Assistant: %(text)s", text=text)


def said(step: Step, words: Callable[[str], str]) -> str | None:
    """Return what somebody says in a line, nothing if nobody speaks in it."""
    if step.name in ("customer", "taps"):
        return str(step.value)
    if step.name == "bot" and isinstance(step.value, str):
        return words(step.value) or step.value
    return None


def where(broken: Break) -> str:
    """Return the file, the line and the step at which a script breaks."""
    step = broken.step
    return _(
        "%(file)s, line %(line)s, step %(step)s",
        file=file(broken),
        line=step.line,
        step=step.number,
    )


def file(broken: Break) -> str:
    """Return the file that a script is in: the shop's own by its path."""
    script = broken.script
    return script.path or _("%(file)s (built in)", file=script.file)


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
    step, found = broken.step, file(broken)
    if broken.lack is not None:
        return _cure_of(broken.lack, found)
    if step.name in ("bot", "not said", "choices", "taps") and not _is_name(step.value):
        return _(
            "If the new words are right, write them in line %(line)s of %(file)s, or "
            "name the response there instead of its words.",
            line=step.line,
            file=found,
        )
    return _(
        "If a phrasing is like what the customer says here, take it out; if this is "
        "what you want from now on, change line %(line)s of %(file)s.",
        line=step.line,
        file=found,
    )


def waits(broken: Break) -> str:
    """Return what a script waits for whose answer is not published."""
    if broken.lack is None:
        return ""
    name = broken.lack.name.removeprefix(ANSWER)
    return _("Waits for the answer to %(name)s, which is not published yet.", name=name)


def _cure_of(lack: Lack, found: str) -> str:
    there = {
        "answer": _("No published question is called %(name)s.", name=lack.name),
        "response": _("There is no response %(name)s.", name=lack.name),
        "flow": _("There is no flow %(name)s.", name=lack.name),
        "slot": _("There is no slot %(name)s.", name=lack.name),
    }
    meant = _("Did you mean %(name)s?", name=lack.near) if lack.near else ""
    change = _("Change line %(line)s of %(file)s.", line=lack.line, file=found)
    return " ".join(filter(None, (there[lack.kind], meant, change)))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.startswith("utter_")
