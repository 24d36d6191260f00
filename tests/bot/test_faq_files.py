"""The FAQ as files: what is written is read again, and written the same."""

import itertools

import pytest

from bot import faq_files
from bot.content import load
from bot.store.extras import Button, Extras, Kind
from bot.store.knowledge import Faq
from bot.store.variants import Variant, When
from flows import files, responses

WHENS = [
    When(day=day, hours=hours, country=country, since=since, until=until)
    for day, hours, country, since, until in itertools.product(
        ("", "weekend", "monday"),
        ("", "open", "closed"),
        ("", "FR"),
        ("", "2026-12-24"),
        ("", "2026-12-26"),
    )
][1:]
ENTRY = Faq(
    name="repairs",
    question="Do you repair: records?",
    phrasings=("can you mend my record", "# my record: broken"),
    answers={"en": 'Yes, "all" of {them}.\n\nBring it.', "fr": "Oui."},
    titles={"en": "Do you repair: records?", "fr": "Réparez-vous ?"},
    extras=Extras(
        buttons=(
            Button(kind=Kind.WEB, title="Map", target="https://shop.example/map"),
            Button(kind=Kind.PHONE, title="Call", target="+442079460000"),
            Button(kind=Kind.ASK, title="When?", target="opening_hours"),
        ),
        image="https://shop.example/a.jpg",
        until="2027-01-31",
    ),
    variants=(
        Variant(
            when=When(day="weekend", hours="closed"),
            answers={"en": "On Monday.", "fr": "Lundi."},
        ),
        Variant(when=When(since="2026-12-24"), answers={"en": "Next year: {soon}."}),
    ),
)


def read_back(tmp_path, texts):
    sources = {}
    for code, text in texts.items():
        path = tmp_path / f"{code}.yml"
        path.write_text(text, encoding="utf-8")
        sources[code] = files.read([path])
    return faq_files.read(sources, [*texts])


def test_an_entry_is_read_as_it_was_written_and_written_the_same(tmp_path):
    spoken = {"en": ENTRY.phrasings, "fr": ["vous réparez ?"]}
    texts = {
        code: faq_files.written([ENTRY], {"repairs": mine}, code)
        for code, mine in spoken.items()
    }
    (read,) = read_back(tmp_path, texts).entries
    assert read.phrasings == (*ENTRY.phrasings, "vous réparez ?")
    assert (read.question, read.titles) == (ENTRY.question, ENTRY.titles)
    assert (read.answers, read.extras) == (ENTRY.answers, ENTRY.extras)
    assert read.variants == ENTRY.variants
    for code, mine in spoken.items():
        assert faq_files.written([read], {"repairs": mine}, code) == texts[code]


@pytest.mark.parametrize("when", WHENS, ids=str)
def test_a_condition_in_a_file_holds_when_it_does_here(when, tmp_path):
    one = Faq(
        name="x",
        question="X?",
        phrasings=("x",),
        answers={"en": "Plain."},
        variants=(Variant(when=when, answers={"en": "Other."}),),
    )
    text = faq_files.written([one], {"x": ["x"]}, "en")
    (read,) = read_back(tmp_path, {"en": text}).entries
    assert read.variants == one.variants
    rasas = responses.load(files.read([tmp_path / "en.yml"]))
    for day, is_open, country, today in itertools.product(
        ("weekend", "weekday"),
        (True, False),
        ("FR", None),
        ("2026-12-23", "2026-12-25", "2026-12-27"),
    ):
        slots = {
            "day_kind": day,
            "weekday": "saturday" if day == "weekend" else "monday",
            "open_now": is_open,
            "country": country,
            "today": today,
        }
        said = rasas.fill("utter_faq/x", slots, {}, seed=1)["text"]
        assert (said == "Other.") is when.holds(slots, {})


@pytest.mark.parametrize(
    "condition",
    [
        "[{type: slot, name: vip, value: true}]",
        "slots.country = 'FR' or slots.open_now",
        "[{type: slot, name: day_kind, value: someday}]",
        "[{type: slot, name: weekday, value: monday}, "
        "{type: slot, name: day_kind, value: weekend}]",
        "[]",
    ],
)
def test_a_variation_that_the_faq_can_t_have_is_left_out_and_named(condition, tmp_path):
    folder = tmp_path / "data" / "faq"
    folder.mkdir(parents=True)
    (folder / "en.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: faq/repairs\n  examples: |\n    - mend it\n'
        "responses:\n  utter_faq/repairs:\n  - text: Yes.\n"
        f"  - text: No.\n    condition: {condition}\n"
    )
    found = load(tmp_path, ["en"])
    (mine,) = (one for one in found.faq if one.name == "repairs")
    assert (mine.answers, mine.variants) == ({"en": "Yes."}, ())
    (told,) = found.passed_over
    assert "line 7, utter_faq/repairs: answer 2 is left out" in told
