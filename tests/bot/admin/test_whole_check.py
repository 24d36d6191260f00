"""A check foresees what then happens, message by message and script by script."""

from dataclasses import replace

import pytest

from bot.change import Change, Lesson
from bot.check import State
from bot.comparing import together
from bot.holding import played
from bot.rehearsal import meant, rehearse
from bot.scripts import files
from bot.scripts.player import play
from bot.store import faq, knowledge, lessons
from bot.store.knowledge import Faq
from tests.bot.admin.test_check import (
    FIELDS,
    LONGEST,
    shop,  # noqa: F401 - a fixture
    written,  # noqa: F401 - a fixture
)
from tests.bot.visiting import converse, says

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.slow,
]

ENTRY = Faq(
    name="do_you_mend_records",
    question=FIELDS["question"],
    phrasings=tuple(FIELDS["phrasings"].splitlines()),
    answers={"en": FIELDS["answer"]},
    live=True,
)
#: What takes the messages of others, and breaks what the scripts expect.
GREEDY = replace(
    ENTRY,
    name="greedy",
    question="Where is my order kept?",
    phrasings=tuple(f"where is my order {end}" for end in ("", "kept", "now", "then")),
)
EDITS = {
    "a new entry": Change(entry=ENTRY),
    "one that takes what others are asked": Change(entry=GREEDY),
    "one that could be of any language": Change(
        entry=replace(ENTRY, phrasings=("RX",))
    ),
    "a draft": Change(entry=replace(ENTRY, live=False)),
    "an entry that goes": Change(gone="delivery_time"),
    "one in another language": Change(
        entry=replace(ENTRY, phrasings=("¿Arregláis discos?", "arreglo de discos"))
    ),
    "a message that means a goal": Change(
        lesson=Lesson(text="where it stays", language="en", intent="order_status")
    ),
}
SAID = (
    "where is my order, and do you mend records?",
    "hi! how long does delivery take? and can you mend my record",
    "where is my order kept",
    "how long does delivery take",
    "RX",
    "i want to talk to a person",
    "cancel",
    "where it stays",
    "two things: where is my order? do you mend records?",
    "أين طلبي",
    "هل تصلحون الأسطوانات؟",
    "¿dónde está mi pedido?",
    "hola, ¿arregláis discos?",
)
SCRIPTS = """
A parcel:
- customer: where is my order
- bot: utter_ask_order_number
Records:
- customer: can you mend my record please
- bot: utter_handoff_unsure
Delivery:
- customer: how long does delivery take
- bot: utter_faq/delivery_time
In Arabic:
- customer: أين طلبي
- bot: utter_ask_order_number
- customer: where is my order kept
- bot: utter_ask_order_number
Fails as it is:
- customer: hello
- bot: utter_ask_order_number
Fails as it is, in Spanish:
- customer: hola
- bot: utter_ask_order_number
"""


def made(parts, change):
    """Make a change live, unchecked."""
    now = parts.clock()

    def job(connection):
        if change.entry:
            knowledge.save(connection, change.entry, now=now)
        elif change.gone:
            knowledge.delete(connection, change.gone, now)
        else:
            one = change.lesson
            said = (one.intent, one.language, one.text)
            lessons.teach(connection, *said, now=now, staff_id=None)
            knowledge.changed(connection)

    parts.database.write(job)
    parts.teaching.train_now()
    parts.understanding.refresh()


def fares(parts, texts):
    live, now = parts.understanding.assistants, parts.clock()
    return [meant(rehearse(text, live, now)) for text in texts]


@pytest.mark.parametrize("edit", EDITS)
def test_a_check_foresees_just_what_happens(shop, parts, folder, edit):  # noqa: F811
    (folder / "own.yml").write_text(SCRIPTS)
    conversation = converse(parts, "3003")
    for text in SAID:
        says(parts, conversation, text)
    with parts.database.read() as connection:
        entries = faq.names(connection)
    change, live = EDITS[edit], parts.understanding.assistants
    library = files.load(parts.content.scripts)
    before = fares(parts, SAID)

    # What was found of another draft is remembered, where this one is as that.
    other = replace(ENTRY, name="other", phrasings=("do you play at parties",))
    assert parts.checks.gate(Change(entry=other), LONGEST).state is State.DONE
    parts.checks.start(change)
    check = parts.checks.gate(change, LONGEST)
    made(parts, change)

    report, then = check.report, parts.understanding.assistants
    every = together(SAID, before, fares(parts, SAID))
    told = {one.text: one for one in (*report.gained, *report.changed)}
    told = {text: told[text] for text in SAID if text in told}
    assert told == {one.text: one for one in every if one.is_one}
    broken = [*filter(None, (play(one, then) for one in library.scripts))]
    whole = played(library, live, broken, entries)
    assert _names(report.scripts) == _names(whole)


def _names(found):
    kinds = (found.broken, found.failing, found.waiting)
    return [[(one.script.name, one.step, one.came) for one in kind] for kind in kinds]
