"""What Messenger would cut or not take, as `frontdesk check` tells of it."""

import re
import textwrap

import pytest
from click.testing import CliRunner

from bot.cli import frontdesk


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FRONTDESK_HOME", str(tmp_path))
    monkeypatch.setenv("FRONTDESK_LANGUAGES", "en")
    return tmp_path


def notes(home, variations):
    """Return what is noted of a response, without where that is."""
    return [text for _, text in placed(home, variations)]


def placed(home, variations):
    """Return what is noted of a response, each behind its line in the file."""
    path = home / "data" / "responses" / "en.yml"
    path.parent.mkdir(parents=True)
    body = textwrap.indent(textwrap.dedent(variations), "  ")
    path.write_text(f"responses:\n  utter_gift:\n{body}", encoding="utf-8")
    result = CliRunner().invoke(frontdesk, ["check", "--strict"])
    noted = result.output.splitlines()[: None if result.exit_code else -1]
    form = rf"note: {re.escape(str(path))}, line (\d+), response utter_gift: (.+)"
    read = [re.fullmatch(form, one) for one in noted]
    assert all(read), result.output
    return [(int(one[1]), one[2]) for one in read]


def payload(length):
    return '/affirm{"note": "' + "x" * (length - 19) + '"}'


def test_a_choice_that_is_left_out_for_its_payload_is_named(home):
    variations = f"""\
        - text: A gift?
          buttons:
          - {{title: Wrap it, payload: '{payload(1_001)}'}}
          - {{title: "No", payload: /deny}}
          quick_replies:
          - {{title: Send it, payload: '{payload(1_002)}'}}
          elements:
          - title: A gift
            buttons:
            - {{title: Keep it, payload: '{payload(1_003)}'}}
        """
    left_out = (
        "the payload of '{}' has {} characters where Messenger takes 1,000, so it is "
        "not offered; shorten the payload"
    )
    assert notes(home, variations) == [
        left_out.format("Wrap it", "1,001"),
        left_out.format("Send it", "1,002"),
        left_out.format("Keep it", "1,003"),
    ]


def test_every_title_that_is_cut_is_named(home):
    variations = f"""\
        - text: A gift?
          buttons:
          - {{title: Wrap it up and send it, payload: /affirm}}
          - {{title: See what it looks like, url: "{{url}}"}}
          - {{title: Call us about it today, type: phone_number, payload: "+441632960"}}
          quick_replies:
          - {{title: No wrapping for me today, payload: /deny}}
          elements:
          - title: {"A gift " * 12}
            subtitle: {"wrapped " * 12}
            buttons:
            - {{title: See what it looks like now, url: "https://shop.example"}}
        """
    assert notes(home, variations) == [
        "'Wrap it up and send it' is cut to 20 characters; shorten it",
        "'See what it looks like' is cut to 20 characters; shorten it",
        "'Call us about it today' is cut to 20 characters; shorten it",
        "'No wrapping for me today' is cut to 20 characters; shorten it",
        "the card title 'A gift A gift A gift A gift A gift A gi…' is cut to 80 "
        "characters; shorten it",
        "the card subtitle 'wrapped wrapped wrapped wrapped wrapped…' is cut to 80 "
        "characters; shorten it",
        "'See what it looks like now' is cut to 20 characters; shorten it",
    ]


def test_what_just_fits_is_no_note(home):
    title, whole = "a" * 20, "b" * 80
    variations = f"""\
        - text: A gift?
          buttons:
          - {{title: {title}, payload: '{payload(1_000)}'}}
          - {{title: {title}, url: "https://shop.example/{"x" * 1_000}"}}
          elements:
          - title: {whole}
            subtitle: {whole}
            buttons: [{{title: {title}, payload: /affirm}}]
        """
    assert notes(home, variations) == []


def test_values_count_for_nothing_before_they_are_known(home):
    variations = """\
        - text: A gift?
          buttons:
          - {title: "Wrap {the_name_of_the_product}", payload: /affirm}
          - {title: "Wrap up {product} in gold for me", payload: /affirm}
        """
    assert notes(home, variations) == [
        "'Wrap up {product} in gold for me' is cut to 20 characters; shorten it"
    ]


def test_what_stands_in_the_text_is_not_cut(home):
    link = '- {title: See what it looks like, url: "https://shop.example"}'
    tap = "- {title: Wrap it up and send it, payload: /affirm}"
    links = "\n".join(["- text: A gift?", "  buttons:", *[f"  {link}"] * 4])
    taps = "\n".join(["- text: A gift?", "  quick_replies:", *[f"  {tap}"] * 14])
    assert (
        notes(home, f"{links}\n{taps}\n")
        == ["'See what it looks like' is cut to 20 characters; shorten it"] * 3
    )


def test_a_button_of_a_card_that_leads_nowhere_is_named(home):
    variations = """\
        - elements:
          - title: A gift
            buttons:
            - {title: Wrap it, payload: /afirm}
            - {title: Look, payload: /look, url: "https://shop.example"}
        """
    assert notes(home, variations) == [
        "'Wrap it' leads to the unknown intent 'afirm'; did you mean 'affirm'?"
    ]


def test_buttons_for_which_a_card_has_no_room_are_named(home):
    button = "{title: Wrap it, payload: /affirm}"
    variations = f"""\
        - elements:
          - title: A gift
            buttons: [{", ".join([button] * 4)}]
        """
    assert notes(home, variations) == [
        "the card 'A gift' has 4 buttons and shows 3; take out the others"
    ]


def test_each_note_names_the_line_of_what_is_wrong(home):
    variations = f"""\
        - text: A gift?
          button_type: reply
          buttons:
          - {{title: See what it looks like, url: "https://shop.example"}}
          - payload: '{payload(1_001)}'
            title: Wrap it
        - condition: slots.order_nmber
          attachment:
            type: template
            payload:
              template_type: generic
              elements:
              - title: A gift
                subtitle: {"wrapped " * 12}
                buttons:
                - {{title: Keep it, payload: /afirm}}
        - text: A gift!
          quick_replies:
          - title: "No"
            payload: /SetSlots(emial=none)
          condition:
          - {{type: slot, name: day_knd, value: weekend}}
        """
    assert [(line, text.split("'")[1]) for line, text in placed(home, variations)] == [
        (7, "Wrap it"),
        (6, "See what it looks like"),
        (15, "wrapped wrapped wrapped wrapped wrapped…"),
        (18, "Keep it"),
        (21, "No"),
        (9, "order_nmber"),
        (23, "day_knd"),
    ]


@pytest.mark.parametrize("name", ["zzzz", "SetSlots(zzzz=1)"])
def test_what_resembles_nothing_has_a_cure_too(home, name):
    variations = f"""\
        - text: A gift?
          condition: slots.qqqq
          buttons: [{{title: Wrap it, payload: /{name}}}]
        """
    wrong, unknown = notes(home, variations)
    assert unknown == (
        "depends on the unknown slot 'qqqq'; add it to 'slots' in domain.yml"
    )
    assert wrong.endswith(
        "unknown slot 'zzzz'; add it to 'slots' in domain.yml"
        if "(" in name
        else "intent 'zzzz'; write a flow for it, or change the payload"
    )


@pytest.mark.parametrize(
    "card", ["hello", "{title: A, buttons: [5]}", "{buttons: [{title: 5}]}"]
)
def test_what_is_no_card_is_refused(home, card):
    path = home / "data" / "responses" / "en.yml"
    path.parent.mkdir(parents=True)
    path.write_text(f"responses:\n  utter_gift:\n  - elements: [{card}]\n")
    result = CliRunner().invoke(frontdesk, ["check"])
    assert result.exit_code == 1
    assert result.output == (
        f"{path}, line 2, response utter_gift, elements: each is a card such as "
        "'- title: A gift', its 'buttons' a list such as '- title: Wrap it'\n"
    )
