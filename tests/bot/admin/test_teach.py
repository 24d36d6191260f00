"""Teaching from a message: what it becomes, for whom, and what stays private."""

import pytest

from bot.store import knowledge, lessons
from bot.store.models import Author
from bot.store.people import AuditEntry
from bot.store.teaching import TaughtPhrasing, TurnMark
from tests.bot.visiting import converse, name, row, rows, says, turn_of, visitor, words

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
TEXT = "can you mend my scratched record? order 48213"


@pytest.fixture
def agent(app):
    return visitor(app, "agent", "Ada")


class Story:
    """A customer asked, the assistant did not know, a person answered."""

    def __init__(self, parts):
        self.parts = parts
        self.conversation = converse(parts, "1001")
        name(parts, self.conversation, "Dan Vale")
        self.message = says(parts, self.conversation, TEXT)
        self.turn = turn_of(parts, self.conversation, TEXT)
        says(
            parts,
            self.conversation,
            "Hello Dan, sadly not. I wrote to dan@example.com.",
            author=Author.AGENT,
        )

    @property
    def path(self):
        return f"/inbox/{self.conversation}/messages/{self.message}/teach"

    @property
    def origin(self):
        return f"{self.conversation}-{self.message}"


@pytest.fixture
def story(parts, clock):
    return Story(parts)


def mark_of(parts, story):
    return row(parts, TurnMark, turn_id=story.turn).kind


def test_every_message_of_a_customer_can_be_taught_from(agent, story):
    page = agent.page(f"/inbox/{story.conversation}")
    assert page.count('data-testid="teach"') == 1
    assert story.path in page
    assert TEXT in agent.words(story.path)


@only_sqlite
def test_an_agent_may_mark_and_not_edit(agent, story):
    told = agent.words(story.path)
    assert "Not for us" in told
    assert "This is a new question" not in told
    assert agent.post(f"{story.path}/flow", flow="order_status").status_code == 403
    assert agent.post(f"{story.path}/phrasing", entry="x").status_code == 403


@only_sqlite
@pytest.mark.parametrize(
    ("outcome", "is_offered"), [("answered", True), ("handed_over", False)]
)
def test_only_what_the_assistant_answered_can_be_marked_as_wrong(
    agent, parts, clock, outcome, is_offered
):
    conversation = converse(parts, "1003")
    message = says(parts, conversation, TEXT)
    turn_of(parts, conversation, TEXT, outcome=outcome)
    told = agent.words(f"/inbox/{conversation}/messages/{message}/teach")
    assert ("The answer was wrong" in told) is is_offered
    assert ("put under Review" in told) is is_offered


@only_sqlite
def test_what_is_not_a_message_of_this_customer_is_not_taught(agent, story, parts):
    other = converse(parts, "1002", "hello")
    assert (
        agent.get(story.path.replace("/inbox/1/", f"/inbox/{other}/")).status_code
        == 404
    )
    assert (
        agent.get(f"/inbox/{story.conversation}/messages/999/teach").status_code == 404
    )


def test_a_new_question_is_filled_in_without_what_is_private(editor, story):
    page = editor.who.page(f"/admin/faq/new?from={story.origin}")
    told = words(page)
    assert "can you mend my scratched record? order [order number]" in page
    assert "can you mend my scratched record? order 12345" in page
    assert "Hello [name], sadly not. I wrote to [e-mail address]." in page
    for taken in (
        "Dan (name)",
        "dan@example.com (e-mail address)",
        "48213 (order number)",
    ):
        assert taken in told


@only_sqlite
def test_an_answer_with_a_place_that_nobody_filled_is_not_published(editor, story):
    fields = {
        "from": story.origin,
        "question": "Do you mend records?",
        "phrasings": "can you mend my record",
        "answer": "Hello [name], sadly not.",
        "state": "live",
    }
    answer = editor.who.post("/admin/faq/new", **fields)
    assert answer.status_code == 422
    assert "Fill in or delete [name]" in answer.text
    answer = editor.who.post("/admin/faq/new", **{**fields, "answer": "Sadly not."})
    assert answer.status_code == 303
    assert mark_of(editor.parts, story) == "taught"


@only_sqlite
def test_a_phrasing_is_added_to_an_entry_that_the_model_or_a_search_finds(
    editor, story
):
    page = editor.who.page(f"{story.path}?q=gift+cards")
    assert "How do gift cards work?" in words(page)
    answer = editor.who.post(f"{story.path}/phrasing", entry="gift_cards")
    page = editor.who.page(answer.location)
    assert "can you mend my scratched record? order 12345" in page
    assert "stand last among the phrasings" in words(page)


def test_what_belongs_to_a_goal_is_among_the_rows_of_training(
    editor, story, lessons_asked
):
    answer = editor.who.post(f"{story.path}/flow", flow="order_status")
    assert "Taught." in editor.who.words(answer.location)
    taught = row(editor.parts, TaughtPhrasing, intent="order_status")
    assert taught.text == "can you mend my scratched record? order 12345"
    with editor.parts.database.read() as connection:
        rows = editor.parts.teaching._subjects(connection)["en"].rows
    assert (taught.text, "order_status") in rows
    assert lessons_asked() == 1
    assert mark_of(editor.parts, story) == "taught"


@only_sqlite
def test_a_goal_that_is_none_is_refused(editor, story):
    answer = editor.who.post(f"{story.path}/flow", flow="nonsense")
    assert answer.status_code == 422
    assert rows(editor.parts, TaughtPhrasing) == []


def test_what_is_not_for_us_is_learned_from_an_editor_and_marked_by_an_agent(
    agent, editor, story
):
    answer = agent.post(f"{story.path}/mark", kind="out_of_scope")
    assert "Marked as not for us." in agent.words(answer.location)
    assert rows(editor.parts, TaughtPhrasing) == []
    editor.who.post(f"{story.path}/mark", kind="out_of_scope")
    assert row(editor.parts, TaughtPhrasing, intent="out_of_scope")
    assert mark_of(editor.parts, story) == "out_of_scope"


def test_a_wrong_answer_is_marked(agent, story, parts):
    agent.post(f"{story.path}/mark", kind="wrong")
    assert mark_of(parts, story) == "wrong"


@only_sqlite
def test_a_phrasing_is_never_of_two_intents(editor, story, parts):
    phrase = "do you sell gift cards"
    message = says(parts, story.conversation, phrase)
    path = story.path.replace(f"s/{story.message}/", f"s/{message}/")
    answer = editor.who.post(f"{path}/flow", flow="order_status")
    assert answer.status_code == 422
    assert "stands already under" in words(answer.text)

    with parts.database.read() as connection:
        before = knowledge.live(connection).content
    for intent in ("order_status", "refund"):
        parts.database.write(
            lambda c, intent=intent: lessons.teach(
                c, intent, "en", "mend it", now=parts.clock(), staff_id=None
            )
        )
    (kept,) = rows(parts, TaughtPhrasing)
    assert kept.intent == "refund"
    with parts.database.read() as connection:
        assert knowledge.live(connection).content > before
    answer = editor.who.post(
        "/admin/faq/gift_cards", **editor.form("gift_cards", phrasings="mend it")
    )
    assert "stands already under" in words(answer.text)


@pytest.fixture
def lessons_asked(request):
    return lambda: request.getfixturevalue("lessons").asked


@only_sqlite
def test_what_an_agent_proposes_waits_in_review_for_an_editor(
    agent, editor, story, parts
):
    page = agent.get(story.path).text
    assert "Hello [name], sadly not. I wrote to [e-mail address]." in page
    fields = {"question": "Do you mend records?", "answer": "Sadly not."}
    answer = agent.post(f"{story.path}/propose", **fields)
    assert "Proposed. An editor reads it" in agent.words(answer.location)
    kept = editor.entry("do_you_mend_records")
    assert (kept.live, kept.author, kept.answers) == (
        False,
        "Ada",
        {"en": "Sadly not."},
    )
    assert kept.phrasings == ["can you mend my scratched record? order 12345"]
    told = editor.who.words("/admin/review")
    assert "Proposed by colleagues Do you mend records? Ada" in told
    assert "Review 1" in told
    assert TEXT not in told
    assert "faq_proposed" in [one.action for one in rows(parts, AuditEntry)]


@only_sqlite
def test_a_proposal_leaves_review_once_an_editor_saves_or_deletes_it(
    agent, editor, story
):
    fields = {"question": "Do you mend records?", "answer": "Sadly not."}
    agent.post(f"{story.path}/propose", **fields)
    editor.save("do_you_mend_records", state="live")
    assert editor.entry("do_you_mend_records").live
    assert "Proposed by colleagues" not in editor.who.words("/admin/review")


@only_sqlite
def test_what_stands_already_is_not_proposed_and_what_was_typed_is_kept(agent, story):
    fields = {"question": "Do you mend records?", "answer": "Sadly not."}
    agent.post(f"{story.path}/propose", **fields)
    again = agent.post(
        f"{story.path}/propose", question="Mending?", answer="No, sorry."
    )
    assert again.status_code == 422
    assert "stands already under “Do you mend records?”" in words(again.text)
    assert "No, sorry." in again.text
    assert (
        agent.post(f"{story.path}/propose", question="", answer="").status_code == 422
    )


@only_sqlite
def test_a_viewer_proposes_nothing(app, story):
    viewer = visitor(app, "viewer", "Vic")
    fields = {"question": "Do you mend records?", "answer": "Sadly not."}
    assert viewer.post(f"{story.path}/propose", **fields).status_code == 403
