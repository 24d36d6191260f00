"""Searching in the inbox: what is found, how it is shown, and odd wishes."""

from datetime import timedelta

import pytest

from bot.inbox.excerpts import Piece, cut, pieces
from bot.store import search
from bot.store.models import Author
from tests.bot.inbox.test_lists import listed, wait
from tests.bot.visiting import change, converse, name, owes, says, visitor, words


@pytest.fixture
def agent(app):
    return visitor(app, "agent", "Ada")


def test_what_was_said_is_found_on_whatever_list_it_is_with_the_words_marked(
    parts, agent
):
    answered = converse(parts, "1", "where is my order #41976?")
    waiting = converse(parts, "2", "my order is lost")
    converse(parts, "3", "hello")
    wait(parts, waiting, timedelta(minutes=3))
    page = agent.page("/inbox/?view=mine&q=ORDER")
    assert listed(agent, "mine&q=ORDER") == [
        f"Customer {waiting}",
        f"Customer {answered}",
    ]
    assert "where is my <mark>order</mark> #41976?" in page
    assert "2 conversations for ORDER" in agent.words("/inbox/?q=ORDER")


@pytest.mark.parametrize("asked", ["41976", "%2341976", "4197"])
def test_an_order_is_found_by_its_number(parts, agent, asked):
    conversation = converse(parts, "1", "where is #41976?")
    assert listed(agent, f"mine&q={asked}") == [f"Customer {conversation}"]


def test_a_customer_is_found_by_name_which_is_marked(parts, agent):
    conversation = converse(parts, "1", "it arrived broken")
    name(parts, conversation, "Zoë Ward")
    page = agent.page("/inbox/?q=zoe+brok")
    assert "<mark>Zoë</mark> Ward" in page
    assert "it arrived <mark>brok</mark>en" in page


def test_what_we_said_is_found_too_and_shown_as_ours(parts, agent):
    conversation = converse(parts, "1", "hi")
    owes(parts, conversation, "Your parcel left Leeds.")
    assert "Assistant: Your parcel left" in agent.words("/inbox/?q=parcel")
    assert "Your <mark>parcel</mark> left" in agent.page("/inbox/?q=parcel")


def test_what_is_found_leads_to_the_message_and_back_to_what_was_searched(parts, agent):
    conversation = converse(parts, "1", "blue")
    said = says(parts, conversation, "the red one")
    says(parts, conversation, "thanks")
    page = agent.page("/inbox/?view=all&q=red")
    assert f'href="/inbox/{conversation}?view=all&amp;q=red#said-{said}"' in page
    opened = agent.page(f"/inbox/{conversation}?view=all&q=red")
    assert "the <mark>red</mark> one" in opened
    assert f'id="said-{said}"' in opened
    assert f'href="/inbox/{conversation}?view=all">Back to the list' in opened


def test_a_message_that_lies_deep_in_a_thread_is_reached_all_the_same(parts, agent):
    conversation = converse(parts, "1")
    start = parts.clock() - timedelta(days=1)
    said = says(parts, conversation, "the needle", at=start)
    for number in range(120):
        says(parts, conversation, "hay", at=start + timedelta(seconds=number + 1))
    (link,) = (
        part.split('"')[0]
        for part in agent.page("/inbox/?q=needle").split('href="')
        if f"#said-{said}" in part
    )
    path = link.replace("&amp;", "&").partition("#")[0]
    assert f'id="said-{said}"' in agent.page(path)


def test_filters_narrow_what_is_found(parts, agent):
    converse(parts, "1", "order one")
    urgent = converse(parts, "2", "order two")
    change(parts, urgent, priority=2)
    assert listed(agent, "all&q=order&priority=2") == [f"Customer {urgent}"]
    page = agent.page("/inbox/?view=all&q=order&priority=2")
    assert '<input type="hidden" name="q" value="order">' in page
    assert "Nothing here matches the filter" in agent.words(
        "/inbox/?q=order&priority=1"
    )


def test_the_lists_lead_out_of_the_search(parts, agent):
    page = agent.page("/inbox/?view=mine&q=order")
    assert 'id="view-waiting" href="/inbox/?view=waiting"' in page
    assert 'aria-current="true"' not in page


def test_a_search_that_finds_nothing_says_what_to_try(agent):
    told = agent.words("/inbox/?q=unicorn")
    assert "Nothing found for unicorn" in told
    assert "Texts are kept for 180 days." in told
    assert "Try fewer words" in told


def test_a_long_result_shows_fifty_and_offers_more(parts, agent):
    for number in range(60):
        converse(parts, str(number), "my order")
    assert len(listed(agent, "all&q=order")) == 50
    told = agent.words("/inbox/?q=order")
    assert "The newest 50 conversations" in told
    assert "Show 100 more" in told
    assert len(listed(agent, "all&q=order&lines=150")) == 60


@pytest.mark.parametrize(
    "asked",
    [
        "*",
        '"',
        "'",
        "%00",
        "a%00b",
        "%ff%fe",
        "%22order%22+OR+1%3D1--",
        "words:order+NEAR+x",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "%F0%9F%98%80",
        "x" * 10_000,
        "order+" * 1_600,
    ],
)
def test_odd_wishes_are_answered_with_a_page(parts, agent, asked):
    converse(parts, "1", "my order <script>alert(1)</script>")
    page = agent.page(f"/inbox/?q={asked}")
    assert "<script>alert" not in page
    assert 'id="search-for"' in page


def test_news_of_a_search_come_only_with_what_changes_on_it(parts, agent):
    converse(parts, "1", "my order")
    page = agent.page("/inbox/?q=order")
    path = page.split('hx-get="/inbox/news')[1].split('"')[0].replace("&amp;", "&")
    assert agent.get(f"/inbox/news{path}").status_code == 204
    wait(parts, converse(parts, "2", "my order"), timedelta(minutes=1))
    news = agent.get(f"/inbox/news{path}")
    assert "2 conversations" in news.text


def marked(found):
    return "".join(f"[{one.text}]" if one.is_found else one.text for one in found)


@pytest.mark.parametrize(
    ("text", "asked", "shown"),
    [
        ("my order", "order", "my [order]"),
        ("Order my ORDER", "order", "[Order] my [ORDER]"),
        ("orders", "ord order", "[order]s"),
        ("el envío", "envio", "el [envío]"),
        ("el envi\u0301o llego\u0301", "envio llego", "el [envi\u0301o] [llego\u0301]"),
        ("Straße 5", "strasse", "[Straße] 5"),
        ("أُرِيدُ إرجاع", "ارجاع", "أُرِيدُ [إرجاع]"),
        ("我想退款", "退款", "我想[退款]"),
        ("hi, which", "hi", "[hi], which"),
        ("nr. #41976", "#41976", "nr. #[41976]"),
        ("a  b", '"a b"', "[a  b]"),
        ("nothing", "x" * 9, "nothing"),
    ],
)
def test_the_words_are_marked_as_they_were_written(text, asked, shown):
    assert marked(pieces(text, search.needles(asked))) == shown


def test_of_a_long_text_the_stretch_around_the_first_word_is_shown():
    text = "one two three " * 20 + "the needle is here " + "four five six " * 20
    shown = marked(cut(text, ["needle"]))
    assert "[needle]" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 130
    assert cut("short", ["x"]) == [Piece("short")]


def test_what_nobody_wrote_is_shown_by_its_kind(parts, agent):
    conversation = converse(parts, "1")
    name(parts, conversation, "Zoë Ward")
    says(parts, conversation, None, parts={"attachments": [{"type": "image"}]})
    says(parts, conversation, None, author=Author.AGENT)
    assert "Us: Nothing that can be shown" in agent.words("/inbox/?q=zoe")


@pytest.mark.parametrize(
    ("rung", "told"), [(1, "Overdue"), (2, "Nobody came"), (3, "Escalated")]
)
def test_what_was_found_says_as_the_list_does_how_far_it_has_come(
    parts, agent, rung, told
):
    conversation = converse(parts, "1", "my order is lost")
    wait(parts, conversation, timedelta(minutes=70), overdue=True)
    change(parts, conversation, rung=rung)
    for page in ("/inbox/?view=waiting", "/inbox/?view=waiting&q=order"):
        assert f" {told} " in agent.words(page).split("All ")[1]


def test_what_was_found_says_who_has_it_and_whether_they_are_there(app, parts, agent):
    ben = visitor(app, "agent", "Ben")
    conversation = converse(parts, "1", "my order is lost")
    ben.post(f"/inbox/{conversation}/take-over")
    ben.post("/inbox/away")
    line = agent.page("/inbox/?q=order").split('id="lines-found"')[1].split("</ul>")[0]
    assert words(line).endswith("Ben away")
