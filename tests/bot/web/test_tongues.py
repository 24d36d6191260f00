"""In which language a page speaks, and how it writes times, numbers and names."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import tongue
from bot.store import audit
from bot.tongue import Lazy, english, kept, shape
from bot.web import cookies, figures, names, times
from tests.bot.visiting import stranger, visitor, words

sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def speak():
    """Let a test speak a language; it is English again afterwards."""
    yield tongue.speak
    tongue.speak(tongue.ENGLISH)


# Which language


@sqlite
@pytest.mark.parametrize(
    ("asks", "spoken"),
    [
        ("ar", "ar"),
        ("ar-EG,en;q=0.5", "ar"),
        ("de,fr;q=0.8,en;q=0.5", "fr"),
        ("zh-CN", "zh-Hans"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_a_page_speaks_what_the_browser_asks_for(app, asks, spoken):
    page = app.test_client().get("/sign-in", headers={"Accept-Language": asks}).text
    assert f'<html lang="{spoken}"' in page


@sqlite
def test_arabic_is_written_from_right_to_left(app):
    page = app.test_client().get("/sign-in", headers={"Accept-Language": "ar"}).text
    assert '<html lang="ar" dir="rtl"' in page
    assert "تسجيل الدخول إلى Frontdesk" in page


@sqlite
def test_what_is_chosen_before_signing_in_counts_more_than_what_is_asked_for(app):
    who = stranger(app)
    answer = who.post("/language", language="es", back="/sign-in?next=/inbox/")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/inbox/")
    page = who.get("/sign-in", headers={"Accept-Language": "ar"}).text
    assert '<html lang="es" dir="ltr"' in page


@sqlite
def test_a_choice_leads_to_no_other_site(app):
    answer = stranger(app).post("/language", language="es", back="//evil.example")
    assert answer.location == "/sign-in"


@sqlite
@pytest.mark.parametrize("path", ["/language", "/account/language"])
def test_a_language_we_do_not_speak_is_refused(app, path):
    assert visitor(app, "viewer").post(path, language="tlh").status_code == 400


@sqlite
def test_somebodys_own_language_counts_in_every_browser_of_theirs(app, parts):
    ada = visitor(app, "agent", "Ada")
    answer = ada.post("/account/language", language="fr")
    assert answer.location == "/account/?note=language"
    assert "Vos pages sont désormais dans cette langue." in ada.words(answer.location)
    ada.client.delete_cookie(cookies.LANGUAGE)
    page = ada.get("/inbox/", headers={"Accept-Language": "ar"}).text
    assert '<html lang="fr"' in page


@sqlite
def test_somebody_may_leave_the_language_to_the_browser_again(app):
    ada = visitor(app, "agent", "Ada")
    ada.post("/account/language", language="fr")
    ada.post("/account/language", language="")
    page = ada.get("/inbox/", headers={"Accept-Language": "ar"}).text
    assert '<html lang="ar"' in page


@sqlite
def test_a_language_ends_with_its_request(app):
    ada = visitor(app, "agent", "Ada")
    ada.post("/account/language", language="ar")
    ada.get("/inbox/")
    assert tongue.spoken() == tongue.ENGLISH


@sqlite
def test_an_error_speaks_the_readers_language_too(app):
    answer = app.test_client().get("/nowhere", headers={"Accept-Language": "fr"})
    assert "Il n’y a rien ici" in words(answer.text)


@sqlite
def test_parts_of_the_inbox_come_in_the_language_of_who_asks(app, conversation):
    ada = visitor(app, "agent", "Ada")
    news = f"/inbox/news?conversation={conversation}"
    assert "Nobody is answering yet" not in ada.words(news)
    ada.post("/account/language", language="zh")
    told = ada.get(news).text
    assert "助手" in told
    assert "Assistant" not in words(told)


@sqlite
def test_what_is_kept_is_english_whoever_did_it(app, parts):
    grace = visitor(app, "admin", "Grace")
    grace.post("/account/language", language="ar")
    grace.post("/account/password", new="four words in a row")
    with parts.database.read() as connection:
        (entry, *_) = audit.entries(connection, audit.Wanted(), 10)
    assert entry.action == "password_set"
    assert "تعيين كلمة مرور" in grace.words("/admin/audit")


# Sentences


def test_a_sentence_that_stands_in_the_code_is_told_when_it_is_read(speak):
    told = Lazy("Search")
    speak("ar")
    assert (f"{told}", str(told), told == "Search") == ("بحث", "بحث", True)


def test_a_sentence_that_was_kept_in_english_is_told_to_its_reader(speak):
    sentence = english("it took too long")
    assert kept(sentence) == "it took too long"
    speak("es")
    assert kept(sentence) == "tardó demasiado"
    assert kept("(#10) Application does not have permission") == (
        "(#10) Application does not have permission"
    )


def test_what_was_put_into_a_kept_sentence_is_put_into_its_translation(speak):
    said = shape("marked as sent by {name}").format(name="Ada {x} %s")
    speak("fr")
    assert kept(said) == "marqué comme envoyé par Ada {x} %s"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "بقيت مسودة واحدة للقراءة."),
        (2, "بقيت مسودتان للقراءة."),
        (3, "بقيت 3 مسودات للقراءة."),
        (11, "بقيت 11 مسودة للقراءة."),
        (100, "بقيت 100 مسودة للقراءة."),
        (103, "بقيت 103 مسودات للقراءة."),
    ],
)
def test_arabic_counts_in_six_ways(speak, count, said):
    speak("ar")
    one, many = "%(num)s draft is left to read.", "%(num)s drafts are left to read."
    assert tongue.ngettext(one, many, count) == said


# Times, numbers, names


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", ["2 h 5 min ago", "yesterday, 11:00", "24 Oct, 13:00"]),
        ("ar", ["منذ ساعتين و5 دقائق", "أمس، 11:00", "24 أكتوبر، 13:00"]),
        ("es", ["hace 2 h 5 min", "ayer, 11:00", "24 oct, 13:00"]),
        ("fr", ["il y a 2 h 5 min", "hier, 11:00", "24 oct., 13:00"]),
        ("zh", ["2 小时 5 分钟前", "昨天 11:00", "10月24日 13:00"]),
    ],
)
def test_times_are_told_as_they_are_where_it_is_spoken(speak, code, told):
    speak(code)
    spans = (timedelta(hours=2, minutes=5), timedelta(hours=25), timedelta(days=31))
    assert [times.relative(NOW - span, NOW, LONDON) for span in spans] == told


def test_numbers_and_lists_are_written_as_they_are_where_it_is_spoken(speak):
    speak("es")
    assert (figures.number(12345), figures.listed("abc")) == ("12.345", "a, b y c")
    speak("ar")
    assert (figures.series("ab"), figures.percent(0.98)) == ("a، b", "98%")


def test_languages_and_days_have_their_names_in_the_readers_language(speak):
    speak("fr")
    assert names.language("pt-BR") == "Portugais (Brésil)"
    assert times.weekdays()[0] == "Lundi"
    assert times.whole_date(date(2026, 11, 24)) == "mardi 24 novembre 2026"
