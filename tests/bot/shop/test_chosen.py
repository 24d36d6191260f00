"""The orders of a process, as its settings have them."""

from dataclasses import replace

import pytest

from bot.shop.chosen import guarded_orders
from tests.shops.mail import SENDER, MailServer

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def server():
    with MailServer().open() as server:
        yield server


def orders(parts, **shop):
    settings = replace(parts.settings, shop=replace(parts.settings.shop, **shop))
    return guarded_orders(settings, parts.database)


def test_without_a_mail_server_no_code_is_mailed_and_nothing_cancelled(parts):
    found = orders(parts, cancels=True)
    assert not found.mails_codes()
    assert not found.cancels()
    assert found.mine("anna") is None
    assert not found.mail_owner("48213", "anna", "en")


def test_with_one_a_code_is_mailed_in_the_shops_own_words(parts, server):
    own = parts.settings.home / "data" / "mails" / "en" / "code.txt"
    own.parent.mkdir(parents=True)
    own.write_text("Harbour Records: {code}\n{code} is your code.\n")
    found = orders(parts, mail_url=server.url, mail_from=SENDER)
    found.mail_code("anna@example.com", "anna", "en")
    assert server.received[-1][1]["Subject"] == f"Harbour Records: {server.code}"
    assert found.prove(server.code, "anna")
    assert found.mine("anna") == []
    assert not found.cancels()


def test_customers_cancel_where_the_settings_say_so(parts, server):
    assert orders(parts, mail_url=server.url, mail_from=SENDER, cancels=True).cancels()
