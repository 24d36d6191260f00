"""Which answers are suggested of what the model takes a text for."""

from dataclasses import dataclass, field

import pytest

from bot.inbox.suggesting import suggested
from flows.responses import Responses, Variation

HOURS, COST = "faq/opening_hours", "faq/delivery_cost"


@dataclass
class Model:
    """What `suggested` asks of an assistant, with the chances that a test names."""

    chances: dict[str, float]
    flows: tuple = ()
    responses: Responses = field(
        default_factory=lambda: Responses(
            {f"utter_{one}": (Variation(said={"text": one}),) for one in (HOURS, COST)}
        )
    )

    def classify(self, text):
        ranked = [{"name": n, "confidence": c} for n, c in self.chances.items()]
        return {"entities": [], "intent_ranking": ranked}


def names(**chances):
    of = {"hours": HOURS, "cost": COST}
    model = Model({of.get(name, name): chance for name, chance in chances.items()})
    return [one.name for one in suggested("a text", model, dict)]


@pytest.mark.parametrize(
    ("chances", "shown"),
    [
        ({"hours": 0.8, "cost": 0.1}, ["opening_hours", "delivery_cost"]),
        ({"hours": 0.8, "cost": 0.02}, ["opening_hours"]),
        ({"greet": 0.5, "hours": 0.3}, ["opening_hours"]),
        # An address, an e-mail, a complaint: a little like many.
        ({"hours": 0.13, "cost": 0.1}, []),
        ({"order_status": 0.15, "hours": 0.04}, []),
    ],
)
def test_what_is_hardly_meant_is_not_suggested(chances, shown):
    assert names(**chances) == shown
