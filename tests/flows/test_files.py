import pytest

from flows.files import DataError, nearest, parse


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("flows: [", "data/x.yml, line"),
        ("a: 1\na: 2", "data/x.yml, line 2: not YAML: found duplicate key"),
        ("- a", "data/x.yml: must be a mapping"),
        ("a: !!python/object/apply:os.system [ls]", "data/x.yml"),
        ("\x00", "data/x.yml: not YAML"),
        ("a:\n- b: c: d", "line 2: not YAML: mapping values are not allowed"),
        ("a:\n- b: c: d", "put a text with a colon in quotes"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(text, problem):
    with pytest.raises(DataError) as error:
        parse(text, "data/x.yml")
    assert problem in str(error.value)


def test_an_empty_file_says_nothing():
    assert parse("", "x").contents == {}


def test_a_slip_of_the_pen_gets_its_cure():
    assert nearest("don", ["done", "start"]) == "; did you mean 'done'?"
    assert nearest("zzz", ["b", "a"]) == "; known: a, b"
    assert nearest("zzz", []) == ""


def test_a_section_of_the_wrong_shape_is_named():
    source = parse("flows: 5\nactions: 5", "data/x.yml")
    with pytest.raises(DataError, match="data/x.yml: 'flows' must be a mapping"):
        source.section("flows")
    with pytest.raises(DataError, match="data/x.yml: 'actions' must be a list"):
        source.listed("actions")
