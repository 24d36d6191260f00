import shutil
import tracemalloc
from pathlib import Path

import pytest

from intents.examples import Example, TrainingDataError, found, load

PHRASINGS = Path(__file__).parents[2] / "data" / "nlu"


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding)
    return path


def nlu(kind: str, name: str, *examples: str) -> str:
    lines = "".join(f"    - {one}\n" for one in examples)
    return f"- {kind}: {name}\n  examples: |\n{lines}"


def test_files_below_a_directory_are_read_in_order(tmp_path):
    (tmp_path / "b").mkdir()
    written(tmp_path / "b" / "z.yml", "nlu:\n" + nlu("intent", "late", "third"))
    written(tmp_path / "a.yaml", "nlu:\n" + nlu("intent", "early", "first"))
    written(tmp_path / "b.csv", "intent,text,more\nmiddle,second,x\n")
    written(tmp_path / "notes.txt", "not training data")
    assert load([tmp_path]).examples == (
        Example("first", "early"),
        Example("third", "late"),
        Example("second", "middle"),
    )


def test_a_csv_with_quotes_lines_and_a_byte_order_mark_is_read(tmp_path):
    text = 'text,intent\r\n"one, ""two""\nthree",a\r\n'
    path = written(tmp_path / "rows.csv", text, "utf-8-sig")
    assert load([path]).examples == (Example('one, "two"\nthree', "a"),)


def test_an_entity_that_no_pattern_finds_is_noted(tmp_path):
    path = written(tmp_path / "a.yml", "nlu:\n" + nlu("intent", "go", "to [x](town)"))
    assert "add '- regex: town'" in load([path]).notes[0]


def test_the_last_of_two_synonyms_is_used_and_noted(tmp_path):
    text = "nlu:\n" + nlu("synonym", "Bern", "b") + nlu("synonym", "Basel", "B")
    training = load([written(tmp_path / "a.yml", text)])
    assert training.synonyms == {"b": "Basel"}
    assert "the latter is used" in training.notes[0]


def test_lookups_of_one_entity_are_joined_over_files(tmp_path):
    written(tmp_path / "a.yml", "nlu:\n" + nlu("lookup", "town", "Rome"))
    written(tmp_path / "b.yml", "nlu:\n" + nlu("lookup", "town", "Rome am Rhein"))
    (pattern,) = load([tmp_path]).patterns
    assert pattern.compiled.findall("rome am rhein, Rome, Romeo") == [
        "rome am rhein",
        "Rome",
    ]


def test_a_file_says_the_same_when_it_is_asked_again(tmp_path):
    text = (
        "nlu:\n"
        + nlu("intent", "go", "to [x](town)", 'am "Zoo", Zürich', "القاهرة", "北京")
        + nlu("synonym", "Bern", "b")
        + nlu("regex", "size", r"\d\d")
        + nlu("lookup", "town", "Rome", "x")
        + '- intent: half\n  examples:\n  - text: "a \\ud83d smile"\n'
        + "responses:\n  utter_faq/x:\n  - text: one\n"
    )
    path = written(tmp_path / "a.yml", text)
    once, again = [*found([path])], [*found([path])]
    assert [one.line for one in once if one.kind == "intent"] == [4, 5, 6, 7, 20]
    assert again == once


def test_a_file_that_says_something_else_is_read_anew(tmp_path):
    path = written(tmp_path / "rows.csv", "text,intent\none,a\n")
    assert load([path]).examples == (Example("one", "a"),)
    for name in ("two", "one", "two"):
        written(path, f"text,intent\n{name},a\n")
        assert load([path]).examples == (Example(name, "a"),)


def test_what_files_said_is_remembered_in_little_room(tmp_path):
    shutil.copytree(PHRASINGS / "en", tmp_path / "en")
    [*found([PHRASINGS / "fr"])]  # what reads them is loaded, too
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    many = sum(1 for _ in found([tmp_path]))
    size = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert size < many * 120


def test_examples_of_an_admin_are_added(shop):
    more = shop.with_examples([Example("hoi", "greet")])
    assert more.examples == (*shop.examples, Example("hoi", "greet"))
    assert more.patterns == shop.patterns


MISTAKES = {
    "another kind of file": ("a.json", b"{}", "only .yml, .yaml and .csv"),
    "another encoding": ("a.yml", "nlu: \u00e9".encode("latin-1"), "not UTF-8"),
    "no header": ("a.csv", b"hello,greet\n", "a.csv:1: the first line must name"),
    "an empty file": ("a.csv", b"", "the first line must name"),
    "a row without intent": ("a.csv", b"text,intent\nhi,\n", "a.csv:2: the row has"),
    "a short row": ("a.csv", b"text,intent\nhi\n", "a.csv:2: the row has"),
    "an open quote": ("a.csv", b'text,intent\n"hi,greet\n', "is not CSV"),
}


@pytest.mark.parametrize(
    ("name", "content", "problem"), MISTAKES.values(), ids=MISTAKES.keys()
)
def test_a_file_that_cannot_be_used_says_why(tmp_path, name, content, problem):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TrainingDataError) as caught:
        load([tmp_path / name])
    assert problem in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(TrainingDataError, match=r"gone\.yml: .*check its path"):
        load([tmp_path / "gone.yml"])


def test_patterns_that_are_slow_together_are_refused(tmp_path):
    many = [rf"x{letter}[a-z]+\d+{letter}" for letter in "abcdefgh"]
    path = written(tmp_path / "a.yml", "nlu:\n" + nlu("regex", "code", *many))
    with pytest.raises(TrainingDataError, match=r"together .* that of code"):
        load([path])


def test_a_lookup_that_is_too_long_is_refused(tmp_path):
    towns = nlu("lookup", "town", *(f"town {n}" for n in range(2500)))
    path = written(tmp_path / "a.yml", "nlu:\n" + towns)
    with pytest.raises(TrainingDataError, match="2500 entries"):
        load([path])


def test_forty_files_are_read_in_a_blink(tmp_path, seconds):
    for number in range(40):
        lines = [f"this is example {n} of file {number}" for n in range(60)]
        text = "nlu:\n" + nlu("intent", f"i{number}", *lines)
        written(tmp_path / f"{number}.yml", text)
    assert len(load([tmp_path]).examples) == 2400
    assert seconds(lambda: load([tmp_path])) < 1.0


def test_the_shipped_phrasings_load():
    training = load([PHRASINGS])
    assert {"order_number", "ticket", "email", "postcode"} <= {
        one.entity for one in training.patterns
    }
    assert not training.notes
