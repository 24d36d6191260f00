"""What a Page shows before anybody writes: our file, and what is wrong with others."""

import pytest

from bot.content import DATA, profile_of
from bot.messenger.profile import load
from flows.files import DataError, Source, read

GOALS = frozenset({"order_status", "greet"})
RIGHT = {
    "greeting": "Hello!",
    "menu": [{"title": "Orders", "payload": "/order_status"}],
    "test_message": "A test.",
}


def wrong(**changes):
    with pytest.raises(DataError) as refused:
        load(Source("profile.yml", {**RIGHT, **changes}), GOALS)
    return str(refused.value)


def test_what_the_file_says_is_what_messenger_takes():
    profile = load(Source("profile.yml", RIGHT), GOALS)
    assert profile.payloads == {"/order_status"}
    assert profile.greetings() == {
        "greeting": [{"locale": "default", "text": "Hello!"}]
    }
    (menu,) = profile.essentials()["persistent_menu"]
    assert menu["call_to_actions"] == [
        {"type": "postback", "title": "Orders", "payload": "/order_status"}
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"greeting": "x" * 161}, "'greeting' must be a text of at most 160"),
        ({"greeting": None}, "'greeting'"),
        ({"test_message": ""}, "'test_message'"),
        ({"menu": []}, "'menu' must have 1 to 20 lines"),
        ({"menu": ["Orders"]}, "must have a title and a payload"),
        ({"menu": [{"title": "x" * 31, "payload": "/greet"}]}, "'title'"),
        ({"menu": [{"title": "Orders", "payload": "/sing"}]}, "'/sing' is no goal"),
    ],
)
def test_what_is_wrong_with_a_file_is_named(changes, words):
    assert words in wrong(**changes)


def test_a_shops_own_file_stands_in_place_of_ours(tmp_path):
    assert profile_of(tmp_path).menu
    ours = read([DATA / "messenger" / "profile.yml"])[0].contents
    folder = tmp_path / "data" / "messenger"
    folder.mkdir(parents=True)
    text = (
        "greeting: Welcome!\nmenu: [{title: Hi, payload: /greet}]\ntest_message: Test\n"
    )
    (folder / "profile.yml").write_text(text)
    found = profile_of(tmp_path)
    assert (found.greeting, found.menu) == ("Welcome!", (("Hi", "/greet"),))
    assert ours["greeting"] != "Welcome!"
