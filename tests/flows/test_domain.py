import pytest

from flows.domain import load
from flows.files import DataError, parse


def domain(*texts):
    return load([parse(text, f"data/{n}.yml") for n, text in enumerate(texts)])


def slot(body):
    return domain(f"slots:\n  a: {body}\n").slots["a"]


def test_later_files_lie_over_earlier_ones():
    found = domain(
        "intents: [a]\nslots:\n  s: {type: text, mappings: [{type: custom}]}\n",
        "intents: [{b: {use_entities: []}}]\n"
        "slots:\n  s: {type: bool, mappings: [{type: custom}]}\n",
    )
    assert found.intents == {"a", "b"}
    assert found.slots["s"].kind == "bool"


def test_what_actions_alone_set_is_controlled():
    assert slot("{type: text, mappings: [{type: custom}]}").controlled
    assert slot("{type: text, mappings: [{type: controlled}]}").controlled
    assert not slot("{type: text, mappings: [{type: from_text}]}").controlled


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("bool", "true", True),
        ("bool", "No", False),
        ("bool", "perhaps", None),
        ("float", "2.5", 2.5),
        ("float", "nan", None),
        ("float", "many", None),
        ("text", " none ", "none"),
        ("text", " ", None),
    ],
)
def test_a_tap_sets_what_fits_the_type(kind, text, value):
    assert (
        slot(f"{{type: {kind}, mappings: [{{type: from_text}}]}}").read(text) == value
    )


def test_a_tap_sets_one_of_the_categories_only():
    size = slot("{type: categorical, values: [S, M], mappings: [{type: from_text}]}")
    assert size.read("m") == "M"
    assert size.read("XL") is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{type: test, mappings: [{type: custom}]}", "needs a 'type'"),
        (
            "{type: text, mapings: []}",
            "unknown key 'mapings'; did you mean 'mappings'?",
        ),
        ("{type: text}", "needs 'mappings'"),
        ("{type: text, mappings: [{type: from_txt}]}", "did you mean 'from_text'?"),
        ("{type: text, mappings: [{type: from_llm}]}", "not supported yet"),
        ("{type: text, mappings: [{type: from_entity}]}", "needs 'entity'"),
        ("{type: categorical, mappings: [{type: custom}]}", "needs a list of 'values'"),
    ],
)
def test_refuses_a_slot_by_file_and_name(body, problem):
    with pytest.raises(DataError) as error:
        slot(body)
    assert str(error.value).startswith("data/0.yml, line 2, slot a: ")
    assert problem in str(error.value)
