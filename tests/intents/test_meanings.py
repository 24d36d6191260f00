"""Words of one meaning are one word to the classifier."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.meanings import FOLDER, thesaurus
from intents.stems import forms
from intents.text import normalise

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def meant(text: str, language: str) -> set[str]:
    groups = thesaurus(language)
    assert groups is not None
    return {*groups.meanings(normalise(text))}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "how much is postage", "what does shipping cost"),
        ("en", "Are you hiring?", "any vacancies"),
        ("en", "they repaired it", "can you fix this"),
        ("en", "can I wash dusty LPs", "do you clean vinyl"),
        ("ar", "بكام الشحن", "كم سعر التوصيل"),
        ("ar", "شحال الليفريزون", "كم سعر التوصيل"),
        ("ar", "وين أصف السيارة", "فين الباركينغ"),
        ("ar", "واش كاينة كراء القاعة", "هل لديكم تأجير الصالة"),
        ("ar", "وين طلبيتي", "أين طلبي"),
        ("ar", "هتبعتوا الأوردر امتى", "متى ترسلون الطلب"),
    ],
)
def test_two_ways_to_ask_the_same_share_most_meanings(language, one, other):
    left, right = meant(one, language), meant(other, language)
    assert len(left & right) * 2 > len(left | right)


def test_words_that_belong_together_are_looked_up_together():
    assert meant("a gift card", "en") == {"=gift_card"}


def test_what_says_nothing_of_the_subject_is_left_out():
    assert meant("hi, could you please tell me", "en") == set()
    assert meant("لو سمحت", "ar") == set()


def test_a_word_of_no_group_stands_for_itself_without_its_endings():
    assert meant("zithers", "en") == meant("zither", "en") == {"zither"}
    assert meant("والقيثارة", "ar") == meant("قيثارة", "ar")


def test_a_language_without_groups_has_no_meanings():
    assert thesaurus("zh") is None


@given(st.text(), st.sampled_from(["en", "ar", "fr"]))
def test_any_word_has_a_stem(word, language):
    assert forms(word, language)[0] == word


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_any_text_has_meanings(text, language):
    assert all(meant(text, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_group_has_a_name_of_its_own(language):
    lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    names = [line.split(",")[0] for line in lines if line and line[0] not in "#-"]
    assert len(names) == len({*names})
