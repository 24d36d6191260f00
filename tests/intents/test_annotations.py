import pytest

from intents.annotations import AnnotationError, Marked, read

TABLE = [
    (
        "plain",
        "where is [48213](order_number)",
        "where is 48213",
        [("48213", "order_number", "48213")],
    ),
    (
        "with a value",
        "to [bln](city:Berlin)",
        "to bln",
        [("bln", "city", "Berlin")],
    ),
    (
        "as JSON",
        'from [Berlin]{"entity":"city","role":"departure","group":"1","value":"BER"}',
        "from Berlin",
        [("Berlin", "city", "BER")],
    ),
    (
        "several on one text",
        '[rot][{"entity":"color"},{"entity":"style"}] shoes',
        "rot shoes",
        [("rot", "color", "rot"), ("rot", "style", "rot")],
    ),
    (
        "a bracket in a value",
        '[x][{"entity":"e","value":"a]b"}] and [y][{"entity":"f","value":"}]\\""}]!',
        "x and y!",
        [("x", "e", "a]b"), ("y", "f", '}]"')],
    ),
    ("two", "[a](x) and [b](y)", "a and b", [("a", "x", "a"), ("b", "y", "b")]),
    ("brackets that mark nothing", "a [b] (c) [d][e]", "a [b] (c) [d][e]", []),
    ("never closed", "a [b](c", "a [b](c", []),
    ("none", "hello", "hello", []),
]


@pytest.mark.parametrize(
    ("example", "plain", "marked"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_marked_entities_are_read(example, plain, marked):
    assert read(example) == (plain, tuple(Marked(*one) for one in marked))


@pytest.mark.parametrize(
    ("example", "cure"),
    [
        ('[a]{"role": "x"}', 'write [a]{"entity"'),
        ("[a]{entity: x}", "is not JSON"),
        ('[a][{"entity": 1}]', "has no name"),
        ('[a][{"entity: "x"}]', "is not JSON"),
    ],
    ids=["without a name", "not JSON", "a name that is a number", "an endless string"],
)
def test_a_mark_that_cannot_be_read_says_how_to_mend_it(example, cure):
    with pytest.raises(AnnotationError, match=cure.replace("[", r"\[")):
        read(example)
