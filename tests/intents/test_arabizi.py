import pytest

from intents.arabizi import written
from intents.features import grams
from intents.text import normalise

#: As customers of several countries write it, and in Arabic script.
SPELT = [
    ("wen talabi", "وين طلبي"),
    ("feen el order", "فين الاوردر"),
    ("fin wslat lcommande", "فين وصلت الكوموند"),
    ("emta el 7afle", "امتى الحفلة"),
    ("mata el-7afla", "متى الحفلة"),
    ("3ayez arga3 7aga", "عايز ارجع حاجة"),
    ("bkam el tawsil", "بكم التوصيل"),
    ("la2 shukran", "لا شكرا"),
]
WITH_VALUES = "el order 48213 w anna@example.com"


@pytest.mark.parametrize(("latin", "arabic"), SPELT)
def test_arabic_in_latin_letters_is_read_in_its_own_script(latin, arabic):
    assert written(normalise(latin)) == normalise(arabic)


def test_a_word_is_the_same_however_its_vowels_are_written():
    ways = ["ra2m el talab", "raqm il talab", "rakam al-talab", "ra9m eltalab"]
    assert len({written(normalise(way)) for way in ways}) == 1


def test_values_in_it_stay_values():
    read = written(normalise(WITH_VALUES))
    assert "orderno" in read.split()
    assert "email" in read.split()


def test_what_the_thesaurus_does_not_know_is_spelt_by_its_sounds():
    assert written("zarzour") == "زرزور"


def test_both_scripts_give_the_model_the_same_words():
    latin, arabic = (grams(normalise(one), "ar") for one in ("wen talabi", "وين طلبي"))
    assert latin == arabic


def test_other_languages_are_left_as_they_are():
    assert grams("wen talabi", "en")[0][:2] == ["wen", "talabi"]


def test_a_long_word_takes_no_time_to_speak_of():
    assert written(normalise("3a" * 500))
