"""Two hundred deliveries at once, twice or forged: each change comes once."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from bot.shop.notices.working import Working
from bot.store.database import open_database
from tests.bot.shop.notices.conftest import Desk, served
from tests.shops.senders import (
    OrdersSender,
    ShopifySender,
    WooCommerceSender,
    described_order,
    shopify_order,
    woocommerce_order,
)

SENT = {"fulfillment_status": "fulfilled"}
STRANGER = "a-secret-of-nobody-9"


def deliveries(desks):
    """130 changes, of which 50 are sent twice, and 20 forgeries, in any order."""
    shopify, woocommerce, orders = (
        [desk.sender(kind) for desk in desks]
        for kind in (ShopifySender, WooCommerceSender, OrdersSender)
    )
    jobs = []
    for number in range(48001, 48131):
        here, name = number % 2, str(number)
        if number % 3 == 0:
            sender, order = shopify[here], shopify_order(name, **SENT)
            body_of = ("orders/updated", order)
        elif number % 3 == 1:
            sender = woocommerce[here]
            body_of = ("order.updated", woocommerce_order(name, status="completed"))
        else:
            sender, body_of = orders[here], (described_order(name, status="shipped"),)
        jobs.append((sender, body_of, 2 if number % 13 < 5 else 1))
    for number in range(20):
        forger = desks[number % 2].sender(ShopifySender, STRANGER)
        jobs.append((forger, ("orders/updated", shopify_order("66666")), 1))
    random.Random(7).shuffle(jobs)  # noqa: S311 - an order, no secret
    return jobs


def test_each_change_of_two_hundred_deliveries_comes_once(database, url):
    other = open_database(url)
    desks = [Desk(database), Desk(other)]
    with served(desks[0].receiver) as here, served(desks[1].receiver) as there:
        desks[0].url, desks[1].url = here, there
        jobs = deliveries(desks)
        assert sum(times for *_, times in jobs) == 200
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(_deliver, jobs))
    senders = {id(sender): sender for sender, *_ in jobs}.values()
    statuses = Counter(one for sender in senders for one in sender.statuses)
    # Shopify tries a forgery nine times before it gives up.
    assert statuses == {200: 180, 401: 20 * 9}
    changed = _worked_off_by_both(desks)
    other.close()
    assert changed == Counter({str(number): 1 for number in range(48001, 48131)})
    assert desks[0].states("66666") == {}
    assert {desks[0].states(number)[""] for number in changed} == {"shipped"}
    assert "new" not in desks[0].counts()


def _deliver(job):
    sender, arguments, times = job
    sender.send(*arguments, times=times)


def _worked_off_by_both(desks):
    """Let two processes work the same notices off at the same time."""
    changed = Counter()

    def note(connection, number, now):
        changed[number] += 1

    workings = [
        Working(desk.database, lambda: desks[0].now, desk.readers, note)
        for desk in desks
    ]
    with ThreadPoolExecutor(2) as pool:
        for _ in range(3):
            list(pool.map(Working.look, workings))
    return changed
