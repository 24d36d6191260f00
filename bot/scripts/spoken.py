"""Which languages does a script speak? Nothing of the others can break it."""

from bot.assistants import Assistants
from bot.scripts.lines import DOES, Script
from bot.scripts.scene import Scene
from bot.turn import Heard


def spoken(script: Script, assistants: Assistants) -> frozenset[str]:
    """Return the languages in which its customer is read and answered, at most.

    However far it goes: whoever taps or waits is spoken to as they were before.
    """
    scene, known = Scene(script, assistants).assistants, ""
    found = frozenset[str]()
    for number, step in enumerate(script.steps, start=1):
        if step.name == "customer":
            heard = Heard(event_id=number, kind="text", text=step.value)
            answering = scene.hearing(heard, known)
            found, known = found | answering.assistant.languages, answering.language
        elif step.name in DOES:
            found |= scene.speaking(known).languages
    return found
