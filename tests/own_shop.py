"""A shop with flows, responses and slots of its own beside what comes with us."""

from dataclasses import replace

from flows import domain, responses, script
from flows.files import parse
from flows.responses import over
from flows.steps import with_forms
from tests.dialogue import RESPONSES, assistant, sources


def own_shop(*texts, runs=None, **world):
    """Return its assistant; *runs* makes of the raw domain what runs its actions."""
    files = [*sources(), *(parse(text, "own.yml") for text in texts)]
    known = domain.load(files)
    said = over([RESPONSES, responses.load(files)])
    flows = script.load(files, known, said)
    known = with_forms(flows)
    found = replace(assistant(**world), flows=flows, responses=said, domain=known)
    return replace(found, run_action=runs(known.raw)) if runs else found
