import textwrap

import pytest

from bot import content, own_actions
from bot.own_actions import Nowhere
from flows.actions import all_actions
from flows.executor import in_process
from flows.files import DataError

TRACKER = {"sender_id": "7", "slots": {"order_number": "48213"}, "events": []}
GIFT = """
    from rasa_sdk import Action
    from rasa_sdk.events import SlotSet

    from . import words


    class WrapGift(Action):
        def __init__(self, orders):
            self.orders = orders

        def name(self):
            return "action_wrap_gift"

        async def run(self, dispatcher, tracker, domain):
            dispatcher.utter_message(text=words.SAID)
            return [SlotSet("found", self.orders is not None)]
"""


@pytest.fixture
def write(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
        return path

    return write


def load(tmp_path, *known):
    return own_actions.load(tmp_path / "actions", known)


def refused(tmp_path, *known):
    with pytest.raises(DataError) as error:
        load(tmp_path, *known)
    return str(error.value)


def test_a_shops_own_action_gets_what_it_names_and_is_run(tmp_path, write):
    write("actions/gift.py", GIFT)
    write("actions/words.py", "SAID = 'We wrap it.'")
    own = load(tmp_path, "action_wrap_gift")
    run = in_process(all_actions(Nowhere(), Nowhere(), own), {"slots": {}})
    result = run("action_wrap_gift", TRACKER)
    assert [said["text"] for said in result.responses] == ["We wrap it."]
    assert result.events[0]["value"] is True


def test_one_of_the_same_name_stands_in_for_ours(tmp_path, write):
    write(
        "actions/stop.py",
        """
        from flows.actions.stop import Stop


        class QuietStop(Stop):
            pass
        """,
    )
    write("actions/words.py", "SAID = ''")
    made = all_actions(Nowhere(), Nowhere(), load(tmp_path))
    [stop] = [one for one in made if one.name() == "action_stop"]
    assert type(stop).__name__ == "QuietStop"


def test_a_file_that_has_changed_is_read_anew(tmp_path, write):
    write("actions/gift.py", GIFT)
    write("actions/words.py", "SAID = 'one'")
    load(tmp_path)
    write("actions/words.py", "SAID = 'another'")
    run = in_process(all_actions(Nowhere(), Nowhere(), load(tmp_path)), {"slots": {}})
    assert run("action_wrap_gift", TRACKER).responses[0]["text"] == "another"


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("x = 1\nimport nothing_of_that_name\n", "gift.py, line 2: can't be used: Mod"),
        ("def f(:\n", "gift.py, line 1: can't be used: SyntaxError"),
        (GIFT.replace("words", "nowords"), "can't be used: ImportError"),
        (
            GIFT.replace("from . import words", "").replace("orders", "shop"),
            "gift.py: WrapGift can't be made (TypeError",
        ),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path, write, text, cure):
    write("actions/gift.py", text)
    assert cure in refused(tmp_path)


def test_an_action_of_the_domain_must_be_there(tmp_path, write):
    write("actions/gift.py", GIFT)
    write("actions/words.py", "")
    assert refused(tmp_path, "action_wrap_gfit") == (
        f"action 'action_wrap_gfit' is in the domain, but no class in "
        f"{tmp_path / 'actions'} has that name(), and FRONTDESK_ACTION_ENDPOINT is not "
        "set; did you mean 'action_wrap_gift'?"
    )


def test_a_flow_of_the_shop_runs_it(tmp_path, write):
    write("actions/gift.py", GIFT)
    write("actions/words.py", "SAID = ''")
    write("data/domain.yml", "actions: [action_wrap_gift]\n")
    write(
        "data/flows/gift.yml",
        """
        flows:
          gift_wrap:
            description: Wrap it up.
            steps:
            - action: action_wrap_gift
        """,
    )
    written = content.load(tmp_path)
    assert [one.__name__ for one in written.own_actions] == ["WrapGift"]
    assert "gift_wrap" in written.flows.by_id
