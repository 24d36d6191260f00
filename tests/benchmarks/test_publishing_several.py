"""Whoever carries a publication on may die in it: another does, and it is done once."""

from contextlib import closing

import pytest
from sqlalchemy import func, select

from benchmarks import several
from bot.store import faq, undertaken
from bot.store.database import open_database
from bot.store.people import AuditEntry
from bot.store.undertaken import State
from tests.benchmarks import processes
from tests.benchmarks.processes import Editor, await_that

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.rabbitmq,
    pytest.mark.timeout(400),
]

LONGEST = 180.0  # seconds, on a machine that does much else
FORM = {
    "question": "Do you engrave turntables?",
    "phrasings": "do you engrave turntables\nengraving please\nengrave my record",
    "answer": "Yes.",
    "state": "live",
}
NAME = "do_you_engrave_turntables"


def state(database, number):
    with database.read() as connection:
        return undertaken.find(connection, number)


def test_one_worker_dies_in_the_check_and_the_other_publishes_it_once(servers):
    with (
        several.stage(servers) as on,
        processes.running(on, "web", "worker", "worker") as every,
        closing(open_database(on.database_url)) as database,
    ):
        editor = Editor(on, "grace", every[0].url)
        where = editor.post("/admin/faq/new", **FORM).headers["Location"]
        assert "/undertakings/" in where
        number = int(where.rsplit("/", 1)[1])
        await_that(lambda: state(database, number).doing == "learning", LONGEST)
        processes.sweeper(on, every[1:]).kill()
        assert state(database, number).state is State.CHECKING
        await_that(lambda: state(database, number).state is State.DONE, LONGEST)
        assert state(database, number).told["name"] == NAME
        told = select(func.count()).where(AuditEntry.about == NAME)
        with database.read() as connection:
            assert connection.scalar(told) == 1
            assert faq.entry(connection, NAME).number == 1
        assert f"/admin/faq/{NAME}?note=" in editor.follow(where)
