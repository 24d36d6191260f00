"""Scripts in files: ours, a shop's own over them, and what is wrong with one."""

import pytest

from bot.scripts import files

HELLO = """
A greeting:
- customer: hello
- bot: utter_greet
"""


def problem(text):
    """The one thing that is wrong with a file."""
    library = files.parse(text, "conversations/own.yml")
    assert library.scripts == ()
    (found,) = library.problems
    return found


def written(folder, name, text):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    return folder


def test_a_shops_file_replaces_ours_of_its_name_and_adds_others(tmp_path):
    ours = written(tmp_path / "ours", "greet.yml", HELLO)
    written(ours, "bye.yml", HELLO.replace("greeting", "farewell"))
    own = written(tmp_path / "own", "greet.yml", HELLO.replace("A greeting", "Ours"))
    written(own, "more.yml", HELLO.replace("A greeting", "More"))
    titles = {one.title for one in files.load([ours, own]).scripts}
    assert titles == {"A farewell", "Ours", "More"}


def test_a_shop_switches_one_of_ours_off_with_an_empty_file(tmp_path):
    ours = written(tmp_path / "ours", "greet.yml", HELLO)
    own = written(tmp_path / "own", "greet.yml", "")
    assert files.load([ours, own]) == files.Library()


def test_a_file_that_was_changed_is_read_again(tmp_path):
    folder = written(tmp_path / "own", "greet.yml", HELLO)
    assert len(files.load([folder]).scripts) == 1
    written(folder, "greet.yml", HELLO + HELLO.replace("A greeting", "Another"))
    assert len(files.load([folder]).scripts) == 2


def test_a_script_is_played_where_the_shop_offers_its_languages():
    library = files.parse("languages: [en, ar]\n" + HELLO, "own.yml")
    assert library.in_languages(["en"]).scripts == ()
    assert len(library.in_languages(["ar", "en", "fr"]).scripts) == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("- costumer: hello", "'costumer' is no line of a script; did you mean"),
        ("- bot: 48213", 'write a text here, in quotes: "48213"'),
        ("- bot:", "write a text here"),
        ("- choices: Yes", "write a list of titles: [Yes, No]"),
        ("- sends: a letter", "'a letter' can't stand here"),
        ("- handed over: mises", "did you mean 'misses'?"),
        ("- later: soon", "write a number and one of minutes, hours, days"),
        ("- slots: order_number", "write names and values"),
        ("- nothing is open: now", "nothing follows this line"),
        ("- customer: hi\n  menas: greet", "'menas' can't stand beside 'customer'"),
        (
            "- customer: hi\n  means: [greet]",
            "write an intent, nothing, or intents with",
        ),
    ],
)
def test_a_malformed_line_is_told_with_file_line_step_and_cure(line, says):
    found = problem(HELLO + line)
    assert found.startswith("conversations/own.yml, line 5, “A greeting”, step 3: ")
    assert says in found


def test_what_a_message_means_may_stand_on_a_line_of_its_own():
    text = "A title:\n- customer: hm\n- means: greet\n- bot: utter_greet"
    first, second = files.parse(text, "own.yml").scripts[0].steps
    assert (first.means, second.line, second.number) == ({"greet": 0.97}, 4, 3)


@pytest.mark.parametrize("before", ["- bot: utter_greet", "- customer: x\n  means: y"])
def test_a_meaning_belongs_to_what_a_customer_writes(before):
    found = problem(f"A title:\n- customer: hi\n{before}\n- means: greet")
    assert "write it below what the customer writes" in found


def test_what_is_known_before_stands_above_all_that_a_customer_does():
    found = problem(HELLO + "- known before: {email: a@example.com}")
    assert "step 3: write it above all that the customer does" in found


def test_a_script_begins_with_the_customer():
    found = problem("A reply:\n- bot: utter_greet")
    assert "line 2, “A reply”, step 1: the customer has to do something first" in found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- one\n- two", "line 1: write titles"),
        ("A title: [", "not YAML"),
        ("A title:\n- bot: Noted: 25 seats", "put a text with a colon in quotes"),
        ("A title: {}", "line 1, “A title”: write a list of lines below the title"),
        ("order: {}", "did you mean 'orders'?"),
        ("now: tomorrow", "write a moment: 2026-11-24 10:00"),
        ("orders:\n  48213: {}", 'put the number in quotes: "48213"'),
        ('orders:\n  "1": {state: shipped}', "line 2, '1': 'state' is no field"),
        ('orders:\n  "1":\n    status: sent', "line 3, '1': 'sent' is no status"),
        ("languages: [de]", "line 1: no such language 'de'; we have en"),
        ("events:\n  HR-1: {starts: soon}", "'starts' is a moment"),
    ],
)
def test_what_a_file_says_wrongly_is_told_too(text, says):
    assert says in problem(text)
