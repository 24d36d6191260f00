import textwrap

import pytest
from click.testing import CliRunner

from bot.cli import frontdesk

LANGUAGES = ("ar", "en", "es", "fr", "zh")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FRONTDESK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("FRONTDESK_LANGUAGES", raising=False)
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def write(home, name, text):
    path = home / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def check(*options):
    return CliRunner().invoke(frontdesk, ["check", *options])


def test_what_comes_with_it_is_sound(home):
    result = check("--strict")
    assert result.exit_code == 0, result.output
    assert result.output.endswith("responses hold together\n")
    assert len(result.output.splitlines()) == 1


def test_a_mistake_is_named_with_file_line_and_cure(home):
    path = write(
        home,
        "flows/gift.yml",
        """
        flows:
          gift:
            description: Wrap it up.
            steps:
            - collect: order_number
            - noop: true
              next:
              - if: slots.order_nmber
                then: END
              - else: END
        """,
    )
    result = check()
    assert result.exit_code == 1
    assert result.output == (
        f"{path}, line 7, flow gift, step 1_noop: "
        "unknown slot 'order_nmber'; did you mean 'order_number'?\n"
    )


def test_phrasings_and_scripts_are_read_as_well(home):
    path = write(home, "nlu/en/gift.yml", "nlu:\n- intnt: gift\n")
    result = check()
    assert result.exit_code == 1
    assert str(path) in result.output

    path.write_text("")
    write(home, "conversations/gift.yml", "A gift:\n- custmer: hello\n")
    result = check()
    assert result.exit_code == 1
    assert "conversations/gift.yml, line 2" in result.output


def test_a_response_for_other_channels_alone_is_a_note(home):
    text = "responses:\n  utter_gift:\n  - {text: Hi, channel: slack}\n"
    for language in LANGUAGES:
        write(home, f"responses/{language}.yml", text)
    noted = check().output.splitlines()[0]
    assert noted == (
        f"note: {home}/data/responses/en.yml, line 3, response utter_gift: is for "
        "slack alone and is never said; add a variation without 'channel'"
    )


def test_a_condition_on_a_slot_that_there_is_not_is_a_note(home):
    text = (
        "responses:\n  utter_gift:\n  - text: Hi\n  - text: Ho\n"
        "    condition: [{type: slot, name: day_knd, value: weekend}]\n"
        "  - text: Ha\n    condition: slots.open_now\n"
    )
    for language in LANGUAGES:
        write(home, f"responses/{language}.yml", text)
    noted = check().output.splitlines()
    assert noted[0] == (
        f"note: {home}/data/responses/en.yml, line 5, response utter_gift: depends "
        "on the unknown slot 'day_knd'; did you mean 'day_kind'?"
    )
    assert not [one for one in noted if "open_now" in one]


def test_what_only_looks_wrong_is_a_note(home):
    choices = """\
        responses:
          utter_gift:
          - text: {text}
            quick_replies:
            - {{title: "Yes, please wrap it nicely", payload: /gift_wrap}}
            - {{title: "No", payload: "/SetSlots(emial=none)"}}
        """
    for language in LANGUAGES:
        write(home, f"responses/{language}.yml", choices.format(text=language))
    write(home, "responses/fr.yml", "responses: {}\n")
    result = check()
    assert result.exit_code == 0
    *noted, told = result.output.splitlines()
    assert told.endswith("hold together")
    en = f"note: {home}/data/responses/en.yml, line"
    assert noted[0] == (
        f"{en} 3, response utter_gift: is said in 'en' to customers who write 'fr'; "
        "add it to responses/fr.yml"
    )
    assert noted[1:4] == [
        f"{en} 5, response utter_gift: 'Yes, please wrap it nicely' is cut to 20 "
        "characters; shorten it",
        f"{en} 5, response utter_gift: 'Yes, please wrap it nicely' leads to the "
        "unknown intent 'gift_wrap'; write a flow for it, or change the payload",
        f"{en} 6, response utter_gift: 'No' sets the unknown slot 'emial'; did you "
        "mean 'email'?",
    ]
    assert len(noted) == 1 + 3 * 4
    assert check("--strict").exit_code == 1


def test_a_file_that_is_not_read_is_named_with_its_cure(home):
    yaml = write(home, "nlu/en/gift.yaml", "nlu: []")
    table = write(home, "nlu/phrasings.csv", "text,intent")
    result = check()
    assert result.exit_code == 0
    first, second, _ = result.output.splitlines()
    assert first == f"note: {yaml} is not read: rename it to gift.yml"
    assert second.startswith(f"note: {table} is not read: write phrasings as .yml")


def phrasings(intent, *texts):
    lines = "".join(f"    - {text}\n" for text in texts)
    return f"nlu:\n- intent: {intent}\n  examples: |\n{lines}"


def test_the_same_words_as_ours_under_another_intent_are_a_note(home):
    path = home / "data" / "nlu" / "en" / "refund.yml"
    path.parent.mkdir(parents=True)
    path.write_text(phrasings("refund", "where is my order"))
    result = check()
    assert result.exit_code == 0
    (note,) = (one for one in result.output.splitlines() if "the same words" in one)
    assert f"{path}:4 'where is my order'" in note
    assert note.endswith("'order_status' and 'refund'; take them out of one") or (
        note.endswith("'refund' and 'order_status'; take them out of one")
    )
    assert check("--strict").exit_code == 1


@pytest.mark.slow
def test_what_is_surely_taken_for_something_else_is_told_when_asked_for(
    home, monkeypatch
):
    monkeypatch.setenv("FRONTDESK_LANGUAGES", "en")
    path = home / "data" / "nlu" / "en" / "mine.yml"
    path.parent.mkdir(parents=True)
    text = "please let me speak to a real human agent"
    path.write_text(phrasings("refund", text))
    result = check("--phrasings")
    assert result.exit_code == 0
    assert (
        f"perhaps: {path}:4: '{text}' stands under 'refund' and reads like "
        "'contact_human_agent'; move it if it means that"
    ) in result.output
