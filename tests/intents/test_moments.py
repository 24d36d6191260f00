"""Days and hours as customers write them, seen from a Wednesday in Madrid."""

import statistics
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from intents.calendar_words import LANGUAGES
from intents.moments import moments

#: A Wednesday.
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Madrid"))
FIVE = "2026-11-26T17:00:00+01:00"
#: Behind this day.
MIDNIGHT = "2026-11-26T00:00:00+01:00"

TABLE = {
    "en": {
        "tonight at 8": "2026-11-25T20:00:00+01:00",
        "today": "2026-11-25",
        "tomorrow": "2026-11-26",
        "Tomorrow at 5": FIVE,
        "tomorrow at 5pm": FIVE,
        "at 5 p.m. tomorrow": FIVE,
        "tmrw 17:00": FIVE,
        "the day after tomorrow": "2026-11-27",
        "yesterday": "2026-11-24",
        "next Friday": "2026-12-04",
        "Friday": "2026-11-27",
        "on fri": "2026-11-27",
        "this Friday at noon": "2026-11-27T12:00:00+01:00",
        "3 Dec": "2026-12-03",
        "3rd of December": "2026-12-03",
        "Dec 3rd, 2027": "2027-12-03",
        "December 3 at 9:30 am": "2026-12-03T09:30:00+01:00",
        "2 January": "2027-01-02",
        "3/12": "2026-12-03",
        "03.12.2026": "2026-12-03",
        "2026-12-03": "2026-12-03",
        "in 3 days": "2026-11-28",
        "in two weeks": "2026-12-09",
        "in a week": "2026-12-02",
        "on the 3rd": "2026-12-03",
        "half past 3": "2026-11-25T15:30:00+01:00",
        "quarter to nine": "2026-11-26T08:45:00+01:00",
        "at 11": "2026-11-25T11:00:00+01:00",
        "9 in the morning": "2026-11-26T09:00:00+01:00",
        "tomorrow morning at 8": "2026-11-26T08:00:00+01:00",
        "tonight at 12": MIDNIGHT,
        "12 at night": MIDNIGHT,
        "2 at night": "2026-11-26T02:00:00+01:00",
        "12 pm": "2026-11-25T12:00:00+01:00",
        "this afternoon at 1": "2026-11-25T13:00:00+01:00",
    },
    "es": {
        "esta noche a las 8": "2026-11-25T20:00:00+01:00",
        "hoy": "2026-11-25",
        "mañana": "2026-11-26",
        "manana": "2026-11-26",
        "mañana a las 5": FIVE,
        "mañana a las 17:00": FIVE,
        "mañana a las cinco de la tarde": FIVE,
        "pasado mañana": "2026-11-27",
        "ayer": "2026-11-24",
        "el viernes": "2026-11-27",
        "el próximo viernes": "2026-11-27",
        "el viernes que viene": "2026-11-27",
        "el miércoles": "2026-12-02",
        "3 de diciembre": "2026-12-03",
        "el 3 de diciembre de 2027": "2027-12-03",
        "2 ene": "2027-01-02",
        "3/12": "2026-12-03",
        "en 3 días": "2026-11-28",
        "dentro de dos semanas": "2026-12-09",
        "el día 3": "2026-12-03",
        "a las 9 de la mañana": "2026-11-26T09:00:00+01:00",
        "a las 5 y media": "2026-11-25T17:30:00+01:00",
        "a las seis menos cuarto": "2026-11-25T17:45:00+01:00",
        "el viernes a mediodía": "2026-11-27T12:00:00+01:00",
        "mañana por la tarde a las 5": FIVE,
        "a las 12 de la noche": MIDNIGHT,
        "esta noche a las doce": MIDNIGHT,
        "hoy a las 12 de la noche": MIDNIGHT,
    },
    "fr": {
        "ce soir à 8h": "2026-11-25T20:00:00+01:00",
        "aujourd'hui": "2026-11-25",
        "aujourd\u2019hui": "2026-11-25",
        "demain": "2026-11-26",
        "demain à 17h": FIVE,
        "demain à 17 heures": FIVE,
        "demain à 5h du soir": FIVE,
        "après-demain": "2026-11-27",
        "hier": "2026-11-24",
        "vendredi": "2026-11-27",
        "vendredi prochain": "2026-11-27",
        "ce vendredi à midi": "2026-11-27T12:00:00+01:00",
        "mercredi": "2026-12-02",
        "3 décembre": "2026-12-03",
        "le 3 décembre 2027": "2027-12-03",
        "le 1er janvier": "2027-01-01",
        "2 févr.": "2027-02-02",
        "03/12/2026": "2026-12-03",
        "dans 3 jours": "2026-11-28",
        "dans deux semaines": "2026-12-09",
        "le 3": "2026-12-03",
        "à 9h du matin": "2026-11-26T09:00:00+01:00",
        "à 17h30": "2026-11-25T17:30:00+01:00",
        "à cinq heures et demie": "2026-11-25T17:30:00+01:00",
        "demain matin à 9h": "2026-11-26T09:00:00+01:00",
        "ce soir à 12h": MIDNIGHT,
        "à minuit": MIDNIGHT,
    },
    "ar": {
        "اليوم": "2026-11-25",
        "بكرة": "2026-11-26",
        "بكرا": "2026-11-26",
        "غدا": "2026-11-26",
        "غدًا": "2026-11-26",
        "بكرة الساعة 5": FIVE,
        "غدا الساعة ٥": FIVE,
        "بكرة الساعة خمسة مساءً": FIVE,
        "غدا الساعة الخامسة": FIVE,
        "بعد غد": "2026-11-27",
        "بعد بكرة": "2026-11-27",
        "امبارح": "2026-11-24",
        "أمس": "2026-11-24",
        "يوم الجمعة": "2026-11-27",
        "الجمعة القادمة": "2026-11-27",
        "الجمعه الجاية": "2026-11-27",
        "الأربعاء": "2026-12-02",
        "3 ديسمبر": "2026-12-03",
        "٣ كانون الأول": "2026-12-03",
        "يوم 2 يناير 2027": "2027-01-02",
        "٣/١٢": "2026-12-03",
        "بعد 3 أيام": "2026-11-28",
        "بعد يومين": "2026-11-27",
        "بعد أسبوع": "2026-12-02",
        "الساعة 9 صباحا": "2026-11-26T09:00:00+01:00",
        "الساعة 5 ونص": "2026-11-25T17:30:00+01:00",
        "بكرة الصبح الساعة 9": "2026-11-26T09:00:00+01:00",
        "الليلة الساعة تسعة": "2026-11-25T21:00:00+01:00",
        "الساعة ثمانية ونص مساءا": "2026-11-25T20:30:00+01:00",
        "الساعة ٧ المغرب": "2026-11-25T19:00:00+01:00",
        "الساعة العاشرة والنصف": "2026-11-25T10:30:00+01:00",
        "الساعة الخامسة إلا الربع": "2026-11-25T16:45:00+01:00",
        "الساعة اتنين": "2026-11-25T14:00:00+01:00",
        "الساعة 12 بالليل": MIDNIGHT,
        "الليلة الساعة 12": MIDNIGHT,
        "اليوم الساعة 12 ليلا": MIDNIGHT,
        "الساعة 12 ظهرا": "2026-11-25T12:00:00+01:00",
    },
    "zh": {
        "今天": "2026-11-25",
        "明天": "2026-11-26",
        "明天下午五点": FIVE,
        "明天下午5点": FIVE,
        "明天17:00": FIVE,
        "后天": "2026-11-27",
        "后天下午三点": "2026-11-27T15:00:00+01:00",
        "大后天": "2026-11-28",
        "昨天": "2026-11-24",
        "周五": "2026-11-27",
        "星期五": "2026-11-27",
        "这周五": "2026-11-27",
        "下周五": "2026-12-04",
        "下星期三": "2026-12-02",
        "周日": "2026-11-29",
        "12月3日": "2026-12-03",
        "12月3号": "2026-12-03",
        "十二月三号": "2026-12-03",
        "2027年12月3日": "2027-12-03",
        "三天后": "2026-11-28",
        "两周后": "2026-12-09",
        "下午三点半": "2026-11-25T15:30:00+01:00",
        "早上九点": "2026-11-26T09:00:00+01:00",
        "晚上七点十五分": "2026-11-25T19:15:00+01:00",
        "3号": "2026-12-03",
        "今晚8点": "2026-11-25T20:00:00+01:00",
        "大後天": "2026-11-28",
        "3天之後": "2026-11-28",
        "下禮拜三": "2026-12-02",
        "下個星期三": "2026-12-02",
        "這週五": "2026-11-27",
        "下午兩點鐘": "2026-11-25T14:00:00+01:00",
        "下午3时": "2026-11-25T15:00:00+01:00",
        "晚上十二点": MIDNIGHT,
        "今晚12点": MIDNIGHT,
        "今天晚上十二点": MIDNIGHT,
        "半夜12点": MIDNIGHT,
        "明天晚上12点": "2026-11-27T00:00:00+01:00",
        "今天夜里两点": "2026-11-26T02:00:00+01:00",
        "中午十二点": "2026-11-25T12:00:00+01:00",
    },
}
SENTENCES = {
    "en": "hi, could you bring it {}, please?",
    "es": "hola, ¿podéis traerlo {}, por favor?",
    "fr": "bonjour, pouvez-vous l'apporter {}, svp ?",
    "ar": "مرحبا، ممكن توصلوه {} لو سمحتم؟",
    "zh": "请{}送来，谢谢",
}
CASES = [(lang, text, value) for lang, t in TABLE.items() for text, value in t.items()]


def found(text, language, **options):
    told = moments(text, language, NOW, **options)
    return [(text[one["start"] : one["end"]], one["value"]) for one in told]


def test_every_language_has_twenty_cases_or_more():
    assert {*TABLE} == {*LANGUAGES}
    assert all(len(cases) >= 20 for cases in TABLE.values())


@pytest.mark.parametrize(("language", "text", "value"), CASES)
def test_a_moment_is_found_alone_and_in_a_sentence(language, text, value):
    assert [told for _, told in found(text, language)] == [value]
    sentence = SENTENCES[language].format(text)
    assert [told for _, told in found(sentence, language)] == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "where is 48213?"),
        ("en", "may I have it, I sat down in the sun"),
        ("en", "at 25 euros"),
        ("en", "version 1.2.3"),
        ("en", "31/31"),
        ("en", "30 February"),
        ("es", "por la mañana"),
        ("es", "48213"),
        ("fr", "il y a un mois"),
        ("ar", "وين طلبي 48213"),
        ("zh", "订单48213到哪了"),
        ("zh", "3号线"),
        ("zh", "上周五"),
        ("zh", "上个星期三"),
        ("zh", "3小时"),
        ("ar", "ما هو الحد الأدنى للشحن المجاني"),
        ("en", "it was due last Friday"),
        ("en", "I ordered it on Friday last week"),
        ("en", "this past Friday"),
        ("es", "el viernes pasado"),
        ("es", "el pasado viernes"),
        ("es", "el viernes de la semana pasada"),
        ("fr", "vendredi dernier"),
        ("fr", "le vendredi de la semaine dernière"),
        ("ar", "الجمعة الماضية"),
        ("ar", "يوم الجمعة اللي فات"),
        ("ar", "الجمعة الي فاتت"),
    ],
)
def test_what_is_no_moment_is_not_found(language, text):
    assert found(text, language) == []


def test_where_it_stands_is_told_and_two_are_two():
    text = "from 3 Dec to 5 Dec"
    told = found(text, "en")
    assert told == [("3 Dec", "2026-12-03"), ("5 Dec", "2026-12-05")]


def test_an_american_writes_the_month_first():
    assert found("3/12", "en", month_first=True) == [("3/12", "2027-03-12")]
    assert found("25/12", "en", month_first=True) == [("25/12", "2026-12-25")]


def test_an_hour_that_has_passed_is_tomorrows():
    assert found("at 9", "en") == [("at 9", "2026-11-26T09:00:00+01:00")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_takes_no_time_to_speak_of(language):
    """Half of a turn's 0.3 ms for all its values, by the processor's clock."""
    texts = [SENTENCES[language].format(text) for text in TABLE[language]]
    took = []
    for text in texts * 5:
        began = time.process_time_ns()
        moments(text, language, NOW)
        took.append(time.process_time_ns() - began)
    assert statistics.median(took) < 150_000


def test_long_messages_do_not_hold_up_anybody():
    for text in ("in 3 " * 4000, "一" * 20_000, "at 5 " * 4000, "3/" * 9000):
        for language in LANGUAGES:
            began = time.process_time()
            moments(text, language, NOW)
            assert time.process_time() - began < 0.02, (text[:9], language)


def test_a_day_far_behind_in_a_long_message_is_found():
    (found,) = moments("and so on. " * 140 + "tomorrow at 5", "en", NOW)
    assert found["value"] == FIVE
