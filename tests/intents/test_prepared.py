"""What was worked out beforehand is used for what it follows from, and nothing else."""

import pytest

from intents import examples, language, prepared

FILE = 'nlu:\n- intent: greet\n  examples: |\n    - hello\n    - "hi \\u263a"\n'
PAGES = {
    "en": "where is my order and when does it come",
    "fr": "quand arrive ma commande",
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    kept = tmp_path / "prepared"
    monkeypatch.setattr(prepared, "FOLDER", kept)
    return kept


@pytest.fixture
def nlu(tmp_path):
    path = tmp_path / "own.yml"
    path.write_text(FILE)
    return path


@pytest.fixture
def pages(tmp_path):
    for code, text in PAGES.items():
        (tmp_path / f"{code}.txt").write_text(text)
    return [tmp_path / f"{code}.txt" for code in PAGES]


def test_a_piece_is_found_by_what_it_follows_from():
    prepared.keep_value(prepared.piece("a", b"b"), ["it", 1, None])
    assert prepared.value(prepared.piece("a", b"b")) == ["it", 1, None]
    assert prepared.value(prepared.piece("a", "c")) is None
    assert prepared.value(prepared.piece("ab")) is None


@pytest.mark.parametrize("keep", [-1, 10, 0])
def test_a_damaged_piece_is_none(folder, keep):
    name = prepared.piece("a")
    prepared.keep(name, b"0123456789" * 10)
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[:keep])
    assert prepared.found(name) is None


def test_another_state_of_the_code_is_told(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for package, value in ((first, 1), (second, 2)):
        package.mkdir()
        (package / "a.py").write_text(f"A = {value}")
    assert prepared.code(first) != prepared.code(second)


def said(*paths):
    examples._REMEMBERED.clear()  # as a process finds them that has just begun
    return [(one.text, one.line) for one in examples.found(paths)]


def test_lines_are_those_that_the_file_has(nlu):
    before = said(nlu)
    examples.prepare([nlu])
    assert said(nlu) == before == [("hello", 4), ('"hi \\u263a"', 5)]


def test_lines_are_taken_from_what_was_kept_until_the_file_changes(nlu, folder):
    examples.prepare([nlu])
    (piece,) = folder.iterdir()
    prepared.keep_value(piece.name, [["intent", "greet", "kept", 1]])
    assert said(nlu) == [("kept", 1)]
    nlu.write_text(FILE.replace("hello", "good morning"))
    assert said(nlu)[0] == ("good morning", 4)


def test_languages_are_taken_from_what_was_kept_until_a_page_changes(pages, folder):
    text = "quand arrive"
    told = language.load(PAGES, pages).home(text)
    language.load(PAGES, pages).prepare([text])
    assert language.load(PAGES, pages).home(text) == told == "fr"
    (piece,) = folder.iterdir()
    prepared.keep_value(piece.name, [[text, "en"]])
    assert language.load(PAGES, pages).home(text) == "en"
    assert language.load(["fr", "en"], pages).home(text) == "fr"
    pages[0].write_text(PAGES["en"] + " please")
    assert language.load(PAGES, pages).home(text) == "fr"
