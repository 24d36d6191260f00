"""What is found by which words, on both databases; and what is not found any more."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, text, update

from bot.store import arrivals, folding, indexing, migrate, retention, search, threads
from bot.store.database import SqliteDatabase
from bot.store.models import Author, Conversation, Customer, Message, Page

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PAGE = "1"


@pytest.fixture
def desk(database):
    return Desk(database)


class Desk:
    """A database in which customers say something, and somebody searches."""

    def __init__(self, database):
        self.database = database
        database.write(
            lambda c: c.execute(
                Page.__table__.insert().values(
                    page_id=PAGE, name="Shop", token=b"", abilities={}, created_at=NOW
                )
            )
        )

    def says(self, words, psid="7", at=NOW):
        """The number of the message that a customer now has said."""

        def job(connection):
            whose = arrivals.conversation_of(connection, PAGE, psid, at)
            return threads.add(
                connection,
                whose,
                at,
                page_id=PAGE,
                author=Author.CUSTOMER,
                text=words,
            )

        return self.database.write(job)

    def finds(self, asked, most=10, narrow=()):
        """The texts that are found, from the top."""
        wanted = search.needles(asked)
        with self.database.read() as connection:
            found, _ = search.hits(connection, wanted, most, narrow)
        return [hit.text for hit in found]

    def change(self, query):
        self.database.write(lambda connection: connection.execute(query))


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Where is my order #41976?", "41976"),
        ("Where is my order #41976?", "#41976"),
        ("Where is my order 41976?", "#41976"),
        ("it is order #41976", '"order 41976"'),
        ("Where is my order 41976?", "ORDER"),
        ("Please refund the jacket", "ref"),
        ("Please refund the jacket", "jacket refund"),
        ("Hi there", "hi"),
        ("Hi there", "h"),
        ("HR-6G593V please", "hr-6g5"),
        ("¿Dónde está el envío?", "envio"),
        ("wo ist das Paket, Straße 5", "STRASSE"),
        ("ΠΟΥ ΕΙΝΑΙ Ο ΔΡΟΜΟΣ", "δρόμος"),
        ("Где мой заказ", "ЗАКАЗ"),
        ("أين الطلب رقم ٤١٩٧٦؟", "طلب"),
        ("أين الطلب رقم ٤١٩٧٦؟", "41976"),
        ("أُرِيدُ إرجاع المنتج", "اريد ارجاع"),
        ("我想退款，衣服尺码不合适", "退款"),
        ("我想退款", "退"),
        ("我想退款", "想退款"),
        ("注文はどこですか", "どこ"),
        ("배송이 언제 오나요", "배송"),
        ("ฉันต้องการคืนสินค้า", "คืน"),
        ("100% wool, isn't it?", "100%"),
        ("100% wool, isn't it?", "isn't"),
        ('she said "soon"', 'said "soon"'),
        ("c++ or c_sharp", "c_sh"),
        ("ein Ａ４ Ordner", "a4"),
    ],
)
def test_a_message_is_found_by_its_words_in_any_script(desk, said, asked):
    desk.says("something else", psid="8")
    desk.says(said)
    assert desk.finds(asked) == [said]


@pytest.mark.parametrize(
    "asked", ["41977", "xjacket", "k", "款退", "je", "طلبات", '"is order"']
)
def test_a_message_is_not_found_by_what_it_does_not_say(desk, asked):
    desk.says("Where is jackets order 41976 الطلب 退款")
    assert desk.finds(asked) == []


@pytest.mark.parametrize(
    "asked",
    [
        "",
        " ",
        "*",
        '"',
        "'",
        "#",
        '"""',
        "\0",
        "?",
        "\u200b",
    ],
)
def test_what_says_nothing_searches_for_nothing(asked):
    assert search.needles(asked) == []


@pytest.mark.parametrize(
    "asked",
    [
        "order*",
        '"order',
        'order"',
        "order AND",
        "NEAR(order, 41976)",
        "words:order",
        "^order",
        "-order",
        "order\0",
        "'; DROP TABLE message; --",
        "order%",
        "\\",
        "{order}",
        "ord\ud800er",
        "order " * 2000,
        "x" * 10_000,
        "😀",
        "..",
    ],
)
def test_odd_wishes_are_answered(desk, asked):
    desk.says("where is my order?")
    found = desk.finds(asked.encode("utf-8", "replace").decode())
    assert found in ([], ["where is my order?"])
    assert desk.finds("order") == ["where is my order?"]


def test_a_star_after_a_word_does_no_harm(desk):
    desk.says("my order")
    assert desk.finds("ord*") == ["my order"]


def test_each_conversation_is_found_once_by_its_newest_message(desk):
    desk.says("order one", psid="1")
    desk.says("order two", psid="2")
    desk.says("order three", psid="1")
    desk.says("thanks", psid="2")
    assert desk.finds("order") == ["order three", "order two"]


def test_no_more_are_found_than_are_wanted_and_that_there_are_is_told(desk):
    for psid in "123":
        desk.says(f"order {psid}", psid=psid)
    with desk.database.read() as connection:
        assert search.hits(connection, ["order"], 3)[1] is True
        assert search.hits(connection, ["order"], 4)[1] is False
    assert desk.finds("order", most=2) == ["order 3", "order 2"]


def test_a_customer_is_found_by_name_also_together_with_what_they_said(desk):
    desk.says("the jacket is torn", psid="1")
    desk.says("the jacket is blue", psid="2")
    desk.change(update(Customer).where(Customer.psid == "1").values(name="Zoë Ward"))
    assert desk.finds("zoe") == ["the jacket is torn"]
    assert desk.finds("ward jacket") == ["the jacket is torn"]
    desk.says("and now?", psid="1")
    assert desk.finds("zoe") == ["and now?"]
    desk.change(update(Customer).where(Customer.psid == "1").values(name=None))
    assert desk.finds("zoe") == []
    assert desk.finds("torn") == ["the jacket is torn"]


def test_what_is_narrowed_is_searched_within(desk):
    desk.says("order one", psid="1")
    desk.says("order two", psid="2")
    desk.change(update(Conversation).where(Conversation.id == 1).values(priority=2))
    urgent = [Conversation.priority == 2]
    assert desk.finds("order", narrow=urgent) == ["order one"]


def test_a_text_that_changes_is_found_by_what_it_says_now(desk):
    message = desk.says("blue jacket")
    desk.change(update(Message).where(Message.id == message).values(text="red coat"))
    assert desk.finds("jacket") == []
    assert desk.finds("coat") == ["red coat"]


def test_a_message_that_is_deleted_is_not_found(desk):
    message = desk.says("blue jacket")
    desk.change(delete(Message).where(Message.id == message))
    assert desk.finds("jacket") == []
    assert indexed(desk.database) == []


def test_a_text_that_is_forgotten_leaves_the_index(desk):
    desk.says("blue jacket", at=NOW - timedelta(days=200))
    desk.says("red coat")
    desk.database.write(lambda connection: retention.forget(connection, NOW))
    assert desk.finds("jacket") == []
    assert desk.finds("coat") == ["red coat"]
    assert "jacket" not in "".join(indexed(desk.database))


def test_what_is_undone_is_not_found(desk):
    def job(connection):
        whose = arrivals.conversation_of(connection, PAGE, "9", NOW)
        threads.add(
            connection,
            whose,
            NOW,
            page_id=PAGE,
            author=Author.CUSTOMER,
            text="half a thought",
        )
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        desk.database.write(job)
    assert desk.finds("thought") == []


def test_the_index_of_a_table_that_was_made_anew_is_kept_again(desk):
    """As a later migration may do on SQLite."""
    desk.says("blue jacket")
    name = "message_search_added" if _is_sqlite(desk) else "message_search ON message"
    desk.change(text(f"DROP TRIGGER {name}"))
    desk.says("red coat", psid="8")
    assert desk.finds("coat") == []
    desk.database.write(indexing.watch)
    desk.database.write(indexing.fill)
    desk.says("green hat", psid="9")
    assert desk.finds("coat") == ["red coat"]
    assert desk.finds("hat") == ["green hat"]
    assert desk.finds("jacket") == ["blue jacket"]


def test_an_sqlite_without_threes_of_letters_reads_all(tmp_path, migrated_sqlite):
    database = SqliteDatabase(f"sqlite:///{tmp_path / 'plain.sqlite'}")
    try:
        migrate.migrate(database)
        database.write(lambda c: c.execute(text("DROP TABLE message_search")))
        database.write(
            lambda c: c.execute(
                text(
                    "CREATE TABLE message_search"
                    " (rowid INTEGER PRIMARY KEY, words TEXT, conversation_id INTEGER)"
                )
            )
        )
        desk = Desk(database)
        desk.says("我想退款 #41976")
        assert desk.finds("退款 41976") == ["我想退款 #41976"]
        assert desk.finds("41977") == []
    finally:
        database.close()


def _is_sqlite(desk):
    return desk.database.engine.dialect.name == "sqlite"


def indexed(database):
    with database.read() as connection:
        return list(connection.scalars(text("SELECT words FROM message_search")))


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_both_databases_fold_alike(database):
    letters = [chr(n) for n in range(1, 0x3400) if chr(n).isprintable() or n < 33]
    texts = [f"x{''.join(letters[n : n + 40])}y" for n in range(0, len(letters), 40)]
    with database.read() as connection:
        query = text("SELECT frontdesk_folded(:text)")
        for one in texts:
            told = connection.scalar(query, {"text": one})
            assert told == folding.folded(one), ascii(one)


@given(st.text(max_size=80))
def test_letter_by_letter_a_text_folds_to_the_same(words):
    together = folding.plain(words)
    assert sorted("".join(map(folding.plain, words))) == sorted(together)
