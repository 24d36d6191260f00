"""Whatever somebody does to a file, loading it works or names what is wrong."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from flows import domain, responses, script
from flows.files import DataError, Source
from tests.dialogue import sources

FILES = sources()
VALUES = st.sampled_from(
    [None, 5, 2.5, True, "", "x", "END", "slots.", [], [5], [{}], {}, {"if": 1}, [[]]]
)


def _places(contents, path=()):
    """Yield the way to every value in a file."""
    if path:
        yield path
    if isinstance(contents, dict):
        for key, value in contents.items():
            yield from _places(value, (*path, key))
    elif isinstance(contents, list):
        for index, value in enumerate(contents):
            yield from _places(value, (*path, index))


PLACES = [
    (number, path)
    for number, file in enumerate(FILES)
    for path in _places(file.contents)
    if path[0] != "nlu"
]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(PLACES),
    VALUES,
    st.sampled_from(["", "new", "id", "next", "values", "condition"]),
)
def test_damage_is_survived_or_named(place, value, key):
    number, path = place
    files = list(FILES)
    contents = copy.deepcopy(
        {k: v for k, v in files[number].contents.items() if k != "nlu"}
    )
    files[number] = Source(files[number].name, contents)
    inside = contents
    for step in path[:-1]:
        inside = inside[step]
    if key and isinstance(inside, dict):
        inside[key] = value
    else:
        inside[path[-1]] = value

    assert all(problem.startswith("data/") for problem in _problems(files))


def _problems(files):
    try:
        words = domain.load(files)
        script.load(files, words, responses.load(files))
    except DataError as error:
        return error.problems
    return ()
