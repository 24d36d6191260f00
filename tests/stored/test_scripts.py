"""Every script that ships, over Messenger and through the tables, on both databases.

`tests/test_conversations.py` plays them as pure turns, with a model that is told what
its messages mean; here the model is the one that ships.
"""

import shutil

import pytest

from benchmarks.automation import first_start
from benchmarks.quiet import silent
from bot.content import DATA, SCRIPTS
from bot.scripts import files
from bot.scripts.lines import LINES
from bot.scripts.looks import LOOKS
from bot.scripts.player import Player
from bot.scripts.scene import SETS
from bot.store import groups
from bot.store.database import open_database
from tests.conftest import emptied
from tests.stored.house import house
from tests.stored.player import DOES, PURE, StoredPlayer, play

pytestmark = pytest.mark.slow

SHIPPED = files.load([DATA / SCRIPTS]).scripts
PLAYED = [one for one in SHIPPED if not {step.name for step in one.steps} & PURE.keys()]
ALL = [pytest.param(one, id=one.name) for one in PLAYED]


#: Longer than what a turn is told of the talk before it.
LONG = """
A number of another shop, and then much else:
- customer: when are you open? it is NAEGH70023318
  means: faq/opening_hours
{}
- customer: i want a person
- handed over: asked
""".format("\n".join(["- customer: how long does delivery take?"] * 9))


@pytest.fixture(scope="module")
def parts():
    """The parts of a first start: the assistant that ships."""
    with silent(), first_start(0.98) as parts:
        yield parts


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def here(request, parts, tmp_path_factory):
    """One house for all scripts, each of which brings a customer."""
    if request.param == "sqlite":
        empty = request.getfixturevalue("migrated_sqlite")
        path = shutil.copy(empty, tmp_path_factory.mktemp("stored") / "test.sqlite")
        url = f"sqlite:///{path}"
    else:
        url = emptied(request.getfixturevalue("migrated_postgresql"))
    database = open_database(url)
    with pytest.MonkeyPatch.context() as patch, house(parts, database) as here:
        patch.setattr(groups, "APART", 0.0)
        yield here
    database.close()


@pytest.mark.parametrize("script", ALL)
def test_a_script_holds_over_messenger_and_through_the_tables(script, here):
    broken = play(script, here)
    assert broken is None, f"step {broken.step.number}: {broken.came}"


def test_a_long_talk_is_told_to_a_person_alike_however_it_is_played(here):
    (script,) = files.parse(LONG, "long.yml").scripts
    stored, pure = StoredPlayer(script, here), Player(script, here.assistants)
    for step in script.steps:
        assert stored.take(step) is None
        assert pure.take(step) is None
    assert stored.turn.handoff.summary == pure.turn.handoff.summary


def test_all_that_was_said_is_handled_and_all_that_was_owed_is_sent(here):
    here.emulator.settle()
    states = {name.rpartition(" ")[2] for name in here.floor.kinds()}
    assert states <= {"handled"}
    owed = here.floor.all("SELECT DISTINCT state FROM outgoing_message")
    assert {row["state"] for row in owed} <= {"sent"}


def test_what_is_left_out_is_what_can_only_be_played_as_pure_turns():
    assert LINES.keys() == LOOKS.keys() | SETS.keys() | DOES.keys() | PURE.keys()
    assert not (LOOKS.keys() | SETS.keys() | DOES.keys()) & PURE.keys()
    assert len(PLAYED) == len(SHIPPED)
