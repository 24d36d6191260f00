"""A project of Rasa is taken over and its stories are played, by the real commands."""

import pytest

from benchmarks.interval import Share
from benchmarks.rasa_projects import bring

DOMAIN = """\
version: "3.1"
intents: [water_plants]
responses:
  utter_watered:
  - text: "Watered."
  utter_broken:
  - buttons: [1]
"""
NLU = """\
version: "3.1"
nlu:
- intent: water_plants
  examples: |
    - please water the plants
    - the plants need watering
    - water my plants
"""
RULES = """\
version: "3.1"
rules:
- rule: water
  steps:
  - intent: water_plants
  - action: utter_watered
"""
STORIES = """\
version: "3.1"
stories:
- story: it waters
  steps:
  - user: water my plants
    intent: water_plants
  - action: utter_watered
- story: it says something else
  steps:
  - user: water my plants
    intent: water_plants
  - action: utter_broken
"""


@pytest.mark.slow
@pytest.mark.timeout(480)
def test_what_is_taken_and_what_holds_is_counted(tmp_path):
    for path, text in {
        "domain.yml": DOMAIN,
        "data/nlu.yml": NLU,
        "data/rules.yml": RULES,
        "tests/test_stories.yml": STORIES,
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    found = bring(tmp_path)
    assert found.mapped == {"examples": Share(3, 3), "responses": Share(1, 2)}
    assert found.held == Share(1, 2)
