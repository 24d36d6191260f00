"""A tap counts as what it stands for only if we offered it to this customer."""

from dataclasses import replace

from bot.store import outbox
from tests.floor import NOW, PSID, planned, postback


class TestATap:
    OFFERED = "/SetSlots(order_number=50001)"

    def test_fills_what_was_asked_only_for_whom_it_was_offered_to(self, floor):
        for psid in ("8", PSID):
            floor.says("where is my parcel?", psid)
        button = {"content_type": "text", "title": "That one", "payload": self.OFFERED}
        asked = {"text": "Which?", "quick_replies": [button]}
        number = floor.conversation("8")
        plans = [replace(planned("Which?"), message=asked)]
        floor.write(lambda c: outbox.plan(c, number, NOW, plans))
        for psid in ("8", PSID):
            floor.receives(postback("hello", self.OFFERED, psid))
        floor.answers()
        assert [self.order_number(floor, psid) for psid in ("8", PSID)] == [True, False]

    def order_number(self, floor, psid):
        """Whether the assistant took an order number from this customer."""
        number = floor.conversation(psid)
        state = floor.one("SELECT state FROM conversation WHERE id = :i", i=number)
        return "50001" in str(state)

    def test_on_the_menu_of_the_page_counts_without_an_offer(self, floor):
        floor.says("hello")
        floor.receives(postback("A line", "/contact_human_agent"))
        floor.answers()
        status = "SELECT status FROM conversation WHERE id = :i"
        assert floor.one(status, i=floor.conversation()) == "waiting"
