"""What an editor types: tidied, and checked before it is saved."""

import pytest

from bot.admin import draft as drafting
from bot.admin.draft import LONGEST_ANSWER, Draft, new_name, problems, read
from bot.admin.phrases import Place, once
from bot.change import Change
from bot.rewording import rewording
from bot.store.faq import Version

GOOD = Draft(
    question="Do you repair records?",
    phrasings=("do you repair records",),
    answer="No, sorry.",
    live=True,
)
NOWHERE: dict[str, Place] = {}


def form(**changes):
    fields = {
        "question": "Do you repair records?",
        "phrasings": "do you repair records",
        "answer": "No, sorry.",
        "state": "live",
    }
    return fields | changes


def with_(**changes):
    return Draft(**(vars(GOOD) | changes))


def told(draft, places=NOWHERE):
    return [(problem.field, problem.words) for problem in problems(draft, places, {})]


def test_each_line_is_a_phrasing_without_blanks_around_it():
    read = drafting.read(form(phrasings="  mend  this \r\n\r\n\t\nfix it\n"))
    assert read.phrasings == ("mend this", "fix it")


def test_phrasings_the_assistant_can_not_tell_apart_are_kept_once():
    read = drafting.read(form(phrasings="Fix it?\nfix it\nFIX IT!\nmend it"))
    assert read.phrasings == ("Fix it?", "mend it")


def test_phrasings_in_any_script_are_kept_apart():
    lines = ("متى تفتحون؟", "何時に開きますか", "😀", "🎉")
    assert drafting.read(form(phrasings="\n".join(lines))).phrasings == lines


def test_a_title_is_one_line_and_an_answer_keeps_its_lines():
    read = drafting.read(form(question=" Do you\n repair? ", answer=" a\r\n\r\nb \n"))
    assert (read.question, read.answer) == ("Do you repair?", "a\n\nb")


@pytest.mark.parametrize("state", ["draft", "", "LIVE"])
def test_only_what_is_said_to_be_live_is(state):
    assert drafting.read(form(state=state)).live is False


def test_nothing_speaks_against_a_good_entry():
    assert problems(GOOD, NOWHERE, {}) == []


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"question": ""}, "question", "Give the question a title."),
        ({"question": "x" * 201}, "question", "Shorten the title to 200 characters."),
        ({"phrasings": ()}, "phrasings", "Write at least one way"),
        ({"phrasings": ("x" * 501,)}, "phrasings", "is too long for one phrasing."),
        (
            {"phrasings": tuple(map(str, range(1001)))},
            "phrasings",
            "Keep the best 1,000 phrasings",
        ),
        ({"answer": ""}, "answer", "Write the answer, or keep the entry as a draft."),
        ({"answer": "x" * (LONGEST_ANSWER + 7)}, "answer", "shorten it by 7."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(changes, field, words):
    ((where, said),) = told(with_(**changes))
    assert where == field
    assert words in said


def test_a_draft_needs_no_answer():
    assert problems(with_(answer="", live=False), NOWHERE, {}) == []


def test_an_answer_is_as_long_as_messenger_counts_it():
    assert problems(with_(answer="😀" * (LONGEST_ANSWER // 2)), NOWHERE, {}) == []
    ((_, said),) = told(with_(answer="😀" * (LONGEST_ANSWER // 2 + 1)))
    assert "shorten it by 2." in said


def test_everything_that_is_wrong_is_said_at_once():
    fields = [field for field, _ in told(with_(question="", phrasings=(), answer=""))]
    assert fields == ["question", "phrasings", "answer"]


def test_a_phrasing_stands_under_one_question():
    places = {"do you repair records": Place(title="Repairs", entry="repairs")}
    (problem,) = problems(
        with_(phrasings=("Do you repair records?", "x y")), places, {}
    )
    assert problem.phrase == "Do you repair records?"
    assert problem.place == Place(title="Repairs", entry="repairs")


@pytest.mark.parametrize(
    ("question", "used", "name"),
    [
        ("Do you repair records?", (), "do_you_repair_records"),
        (
            "Do you repair records?",
            ("do_you_repair_records",),
            "do_you_repair_records_2",
        ),
        ("Größe & Maße", (), "grosse_masse"),
        ("Où êtes-vous ?", (), "ou_etes_vous"),
        ("متى تفتحون؟", (), "question"),
        ("營業時間", ("question", "question_2"), "question_3"),
        ("New!", (), "new_2"),
        ("a" * 80, (), "a" * 60),
    ],
)
def test_a_name_is_made_of_the_title_and_is_its_own(question, used, name):
    assert new_name(question, used) == name


def test_whoever_changes_but_an_answer_leaves_all_phrasings_as_they_were(written):
    """The form drops those that are alike: saving it took them out, and took long."""
    ours = [*written.faq]
    assert any(len(once(one.phrasings)) < len(one.phrasings) for one in ours)
    for one in ours:
        was = version(one)
        form = {"question": one.question, "phrasings": "\r\n".join(one.phrasings)}
        after = read({**form, "answer": "Another.", "state": "live"})
        saved = after.entry(one.name, was, "en")
        assert saved.phrasings == one.phrasings
        assert rewording(Change(entry=saved), [one], written) is not None


def version(entry):
    """The first version of an entry."""
    told = {**vars(entry), "phrasings": [*entry.phrasings]}
    about = {"number": 1, "at": None, "author": None, "note": None, "deleted_at": None}
    return Version(**told, **about)
