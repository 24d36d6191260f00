"""Our utility templates: made once a language, reviewed, filled in as is allowed."""

import tomllib
from datetime import UTC, datetime

import pytest

from bot.messenger import templates
from bot.messenger.client import Access, Graph
from bot.messenger.errors import SendError
from bot.messenger.limits import LIMITS
from bot.messenger.templates import EVENT_REMINDER, ORDER_UPDATE
from bot.settings import LANGUAGES
from bot.shop.news import OF_ORDER, OF_PARCEL
from flows.spoken import spoken_date, spoken_time
from tests.emulator.conftest import APP_SECRET, PAGE, TOKEN

ACCESS = Access(PAGE, TOKEN, APP_SECRET)
BOTH = (EVENT_REMINDER, ORDER_UPDATE)
CODES = ("en", "ar", "es", "fr", "zh_CN")
DAY = datetime(2026, 12, 5, 19, 30, tzinfo=UTC)
WORDS = tomllib.loads(templates.WORDS_FILE.read_text(encoding="utf-8"))


@pytest.fixture
def graph(messenger):
    return Graph(messenger.url, "v25.0")


@pytest.fixture
def learn(graph):
    def learn(*languages, names=(EVENT_REMINDER,)):
        found = templates.look(graph, ACCESS, names)
        return templates.make(graph, ACCESS, found, languages or LANGUAGES)

    return learn


def on_the_page(messenger):
    (page,) = (p for p in messenger.get("pages")["pages"] if p["page_id"] == PAGE)
    return [(one["name"], one["language"]) for one in page["templates"]]


def reviewed(messenger, language, status, name=EVENT_REMINDER):
    review = {"name": name, "language": language, "status": status}
    messenger.post(f"pages/{PAGE}/templates", review)


def said(language, event="Harbour Sessions"):
    return {
        "event": event,
        "date": spoken_date(DAY.date(), DAY.date(), language),
        "time": spoken_time(DAY.time(), language),
        "venue": "The Old Chapel",
    }


def reminder(*languages, event="Harbour Sessions"):
    return templates.event_reminder({one: said(one, event) for one in languages})


def sent(graph, psid, template):
    body = {"recipient": {"id": psid}, "messaging_type": "UTILITY"}
    return graph.send(ACCESS, {**body, "message": {"template": template}})


def test_those_that_are_missing_are_made_in_each_language(messenger, learn):
    found = learn(names=BOTH)
    assert found == {name: dict.fromkeys(CODES, "APPROVED") for name in BOTH}
    assert on_the_page(messenger) == [(name, code) for name in BOTH for code in CODES]


def test_those_that_are_there_are_only_looked_at(messenger, learn):
    assert learn("en") == {EVENT_REMINDER: {"en": "APPROVED"}}
    assert learn("es", "en") == {EVENT_REMINDER: {"en": "APPROVED", "es": "APPROVED"}}
    assert learn("es", "en") == {EVENT_REMINDER: {"en": "APPROVED", "es": "APPROVED"}}
    assert len(on_the_page(messenger)) == 2


@pytest.mark.parametrize("state", ["PENDING", "REJECTED"])
def test_the_review_may_take_its_time_or_end_badly(messenger, learn, state):
    messenger.post(f"pages/{PAGE}", {"review": state})
    assert learn("en", "fr") == {EVENT_REMINDER: {"en": state, "fr": state}}
    reviewed(messenger, "fr", "APPROVED")
    assert learn("en", "fr") == {EVENT_REMINDER: {"en": state, "fr": "APPROVED"}}


def test_those_of_others_are_not_ours(messenger, graph, learn):
    for name, language in (("event_reminder_old", "en"), (EVENT_REMINDER, "de")):
        theirs = {**templates.described(EVENT_REMINDER, "en"), "name": name}
        path = f"{PAGE}/message_templates"
        graph.post(ACCESS, path, {**theirs, "language": language})
    assert learn("en") == {EVENT_REMINDER: {"en": "APPROVED"}}


def test_one_that_messenger_does_not_take_leaves_the_others(
    messenger, learn, monkeypatch
):
    monkeypatch.setitem(templates._CODES, "es", "es-ES")  # no code of Meta's
    assert learn("es", "fr") == {
        EVENT_REMINDER: {"es-ES": "NOT_MADE", "fr": "APPROVED"}
    }
    assert on_the_page(messenger) == [(EVENT_REMINDER, "fr")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Here is your reminder: Harbour Sessions is on Saturday 5 December at "
            "19:30 (local time), at The Old Chapel. If you want no more reminders, "
            "answer STOP.",
        ),
        (
            "es",
            "Este es su recordatorio: Harbour Sessions es el sábado 5 de diciembre a "
            "las 19:30 (hora local), en The Old Chapel. Si no quiere más "
            "recordatorios, responda STOP.",
        ),
        (
            "fr",
            "Voici votre rappel : Harbour Sessions a lieu le samedi 5 décembre à 19:30 "
            "(heure locale). Lieu : The Old Chapel. Si vous ne voulez plus de rappels, "
            "répondez STOP.",
        ),
        (
            "zh",
            "活动提醒：Harbour Sessions 将于 12月5日星期六 19:30（当地时间）在 "
            "The Old Chapel 举行。如果不想再收到提醒，请回复 STOP。",
        ),
    ],
)
def test_a_filled_one_goes_out_long_after_the_window(
    messenger, graph, learn, language, text
):
    found = learn()
    psid = messenger.customer()
    messenger.pass_time(days=30)
    assert sent(graph, psid, templates.approved(reminder(language), found))
    (message,) = messenger.messages(psid)
    assert message["text"] == text


def test_arabic_has_its_own_days_and_digits(messenger, graph, learn):
    psid = messenger.customer()
    sent(graph, psid, templates.approved(reminder("ar"), learn()))
    (message,) = messenger.messages(psid)
    assert "يوم السبت، 5 ديسمبر الساعة 7:30 م (بالتوقيت المحلي)" in message["text"]


def test_orders_are_told_in_each_language(messenger, graph, learn):
    found = learn(names=BOTH)
    psid = messenger.customer()
    for language in LANGUAGES:
        template = templates.order_update("48213", "out_for_delivery", [language])
        sent(graph, psid, templates.approved(template, found))
    states = ["out for delivery", "خرج للتسليم", "en reparto"]
    states += ["en cours de livraison", "正在派送"]
    for message, state in zip(messenger.messages(psid), states, strict=True):
        assert "48213" in message["text"]
        assert state in message["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_that_is_news_has_its_word(language):
    assert WORDS["states"][language].keys() == OF_ORDER | OF_PARCEL


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_as_a_reviewer_wants_them(name, language):
    """One variable to four words at most, none at an end, and all with an example."""
    template = templates.described(name, language)
    text = template["components"][0]["text"]
    given = template["components"][0]["example"]["body_text_named_params"]
    names = [one["param_name"] for one in given]
    assert sorted(names) == sorted(part.split("}}")[0] for part in text.split("{{")[1:])
    assert not text.startswith("{{")
    assert not text.endswith("}}")
    assert not set("#$%") & set(text)
    assert "STOP" in text
    assert len(text) <= LIMITS["utility_template"]["body"]
    words = len(text) / 2 if language == "zh" else len(text.split())
    assert words >= 4 * len(names)


class TestWhichGoesOut:
    """The customer's language, else the shop's own, else English: of those approved."""

    ORDER = templates.order_update("1", "shipped", templates.preferred("ar", "fr"))

    def chosen(self, **states):
        found = {ORDER_UPDATE: states}
        template = templates.approved(self.ORDER, found)
        return template and template["language"]["code"]

    def test_the_customers_own(self):
        assert self.chosen(ar="APPROVED", fr="APPROVED", en="APPROVED") == "ar"

    def test_the_shops_while_that_is_reviewed(self):
        assert self.chosen(ar="PENDING", fr="APPROVED", en="APPROVED") == "fr"

    def test_english_at_last(self):
        assert self.chosen(ar="REJECTED", en="APPROVED") == "en"

    def test_none_while_none_is_approved(self):
        assert self.chosen(ar="PENDING", fr="PAUSED", es="APPROVED") is None

    def test_what_an_earlier_version_kept_was_english(self):
        old = {"templates": {ORDER_UPDATE: "APPROVED"}}
        english = {"name": ORDER_UPDATE, "language": {"code": "en"}, "components": []}
        assert templates.approved(english, templates.known(old)) == english
        assert templates.approved(self.ORDER, templates.known(old)) is not None


@pytest.mark.parametrize("state", ["PENDING", "REJECTED", "PAUSED", None])
def test_messenger_refuses_a_language_that_is_not_approved(
    messenger, graph, learn, state
):
    """Not that we would send one: what we know of a review may be an hour old."""
    found = learn("en") if state is None else learn("en", "es")
    if state is not None:
        reviewed(messenger, "es", state)
    stale = {EVENT_REMINDER: {**found[EVENT_REMINDER], "es": "APPROVED"}}
    psid = messenger.customer()
    with pytest.raises(SendError) as refused:
        sent(graph, psid, templates.approved(reminder("es", "en"), stale))
    assert refused.value.code == 100
    assert messenger.messages(psid) == []
    now = templates.look(graph, ACCESS, [EVENT_REMINDER])
    assert sent(graph, psid, templates.approved(reminder("es", "en"), now))


@pytest.mark.parametrize("name", ["50% off: #1 for $5", "%", ""])
def test_what_messenger_refuses_in_a_variable_is_left_out(
    messenger, graph, learn, name
):
    psid = messenger.customer()
    filled = templates.approved(reminder("en", event=name), learn("en"))
    assert sent(graph, psid, filled)
    (message,) = messenger.messages(psid)
    assert not set("#$%") & set(message["text"])


def test_a_page_that_is_shut_tells_nothing(messenger, graph):
    messenger.post(f"pages/{PAGE}", {"token": "expired"})
    with pytest.raises(SendError):
        templates.look(graph, ACCESS, [EVENT_REMINDER])
