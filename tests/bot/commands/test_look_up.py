"""`frontdesk orders show`: what is found, and what a customer would be told."""

from zoneinfo import ZoneInfo

import pytest

from bot.commands import look_up
from bot.commands.demo import ignored
from bot.shop.own import OwnOrders
from flows.ports import PortError

ORDERS = """
KEPT = {
    "48213": {
        "email": "ada@example.com",
        "postcode": "SW1A 1AA",
        "status": "shipped",
        "placed_on": "2026-11-20",
        "parcels": [
            {"status": "in_transit", "courier": "DHL", "expected_on": "2026-11-25"}
        ],
        "items": [{"name": "Blue Train", "quantity": 2}],
        "total": {"amount": "59.80", "currency": "GBP"},
    },
    "1": {"status": "shipped"},
    "2": {"status": "gone", "email": "ada@example.com"},
}


def order(number):
    if number == "3":
        return KEPT[number]
    found = KEPT.get(number)
    return found and {"number": number, **found}
"""


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "orders.py").write_text(ORDERS)
    return OwnOrders(tmp_path / "orders.py", ZoneInfo("Europe/London"))


def test_an_order_is_shown_by_what_was_proved_and_no_proof_is_printed(shop):
    lines = look_up.told(shop, "48213", None, mails=True)
    assert lines == [
        "found: 1 of the number 48213",
        "it is proved by its number and an e-mail address or a postcode; "
        "then it is told:",
        "  state: shipped",
        "  placed: 2026-11-20",
        "  parcel 1: in_transit, DHL, expected 2026-11-25",
        "and to who proves that e-mail address by a mailed code:",
        "  2 × Blue Train",
        "  total: 59.80 GBP",
    ]


def test_without_a_mail_server_nobody_is_told_what_is_in_it(shop):
    lines = look_up.told(shop, "48213", None, mails=False)
    assert lines[-1] == "what is in it is told to nobody: MAIL_URL is not set"
    assert not any("Blue Train" in one for one in lines)


@pytest.mark.parametrize(
    ("proof", "fits"),
    [("Ada@example.com", True), ("sw1a1aa", True), ("ben@example.com", False)],
)
def test_a_proof_is_tried_as_that_of_a_customer(shop, proof, fits):
    last = look_up.told(shop, "#48213", proof, mails=False)[-1]
    assert last.startswith("the proof fits" if fits else "the proof does not fit")


def test_what_there_is_not_and_what_nobody_can_prove_are_told(shop):
    assert look_up.told(shop, "999", "x", mails=False)[0].startswith("found: no order")
    assert "shown to nobody" in look_up.told(shop, "1", None, mails=False)[-1]


def test_what_nobody_can_read_is_named_with_its_line(shop, tmp_path):
    with pytest.raises(PortError, match="a status that is not in"):
        look_up.told(shop, "2", None, mails=False)
    with pytest.raises(PortError) as error:
        look_up.told(shop, "3", None, mails=False)
    said = look_up.where(error.value, tmp_path)
    assert said == f"orders.py: order: KeyError ({tmp_path}/orders.py, line 21)"


def test_the_doctor_names_the_way_to_try_a_number(shop, tmp_path):
    (tmp_path / "orders.py").write_text("def order(number): return KEPT[number]")
    found = OwnOrders(tmp_path / "orders.py", ZoneInfo("Europe/London")).diagnosis()
    assert (found.well, found.said) == (False, "orders.py: order: NameError")
    assert "`frontdesk orders show NUMBER`" in found.cure


def test_the_demo_says_which_files_it_does_not_ask(tmp_path):
    assert list(ignored(tmp_path)) == []
    (tmp_path / "orders.py").touch()
    (said,) = ignored(tmp_path)
    assert said.startswith(f"the demo does not ask {tmp_path}/orders.py")
