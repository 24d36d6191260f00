import pytest

from benchmarks.automation import first_start
from benchmarks.frozen.__main__ import FOLDERS, HERE, scripts
from bot.scripts.player import play

pytestmark = pytest.mark.slow

#: What does not hold yet, below why; whatever comes to hold must go from there.
LINES = (HERE / "not_yet.txt").read_text().splitlines()
NOT_YET = frozenset(one for one in LINES if one and not one.startswith("#"))


@pytest.fixture(scope="module")
def assistants():
    with first_start(0.98) as parts:
        yield parts.understanding.assistants


def known(script):
    """The script, and whether it is known to break."""
    mark = pytest.mark.xfail(strict=True, reason="does not hold yet")
    marks = [mark] if script.name in NOT_YET else []
    return pytest.param(script, id=script.name, marks=marks)


@pytest.mark.parametrize(
    "script", [known(one) for folder in FOLDERS for one in scripts(folder)]
)
def test_what_strangers_wrote_down_holds_at_a_first_start(script, assistants):
    broken = play(script, assistants)
    assert broken is None, f"{broken.step.written}: {broken.came}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_there_are_forty(folder):
    assert len(scripts(folder)) == 40


def test_what_does_not_hold_yet_is_there():
    assert {one.name for folder in FOLDERS for one in scripts(folder)} >= NOT_YET
