"""Twelve words for a parcel, whoever's words they were."""

from typing import get_args

import pytest
from structlog.testing import capture_logs

from bot.inbox.words import STATES
from bot.shop import statuses
from flows.ports import OrderStatus, ParcelStatus


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        # AfterShip
        ("Pending", "pending"),
        ("InfoReceived", "info_received"),
        ("InTransit", "in_transit"),
        ("Exception_004", "delayed"),
        ("OutForDelivery", "out_for_delivery"),
        ("AvailableForPickup", "available_for_pickup"),
        ("AttemptFail", "attempt_failed"),
        ("Delivered", "delivered"),
        ("Exception", "exception"),
        ("Expired", "expired"),
        # and its subtags, where they tell more than the tag
        ("Exception_010", "returned"),
        ("Exception_011", "returned"),
        ("Exception_005", "delayed"),
        ("Exception_016", "delayed"),
        ("Exception_017", "delayed"),
        ("Exception_019", "delayed"),
        ("Exception_020", "cancelled"),
        # where they don't
        ("Exception_001", "exception"),
        ("Exception_003", "exception"),
        ("Exception_008", "exception"),
        ("Exception_013", "exception"),
        ("Exception_018", "exception"),
        ("Exception_021", "exception"),
        ("AvailableForPickup_001", "available_for_pickup"),
        ("AttemptFail_002", "attempt_failed"),
        ("Delivered_002", "delivered"),
        ("Delivered_005", "delivered"),
        ("OutForDelivery_004", "out_for_delivery"),
        ("Pending_006", "pending"),
        # EasyPost
        ("unknown", "pending"),
        ("pre_transit", "info_received"),
        ("failure", "attempt_failed"),
        ("return_to_sender", "returned"),
        ("error", "exception"),
        ("cancelled", "cancelled"),
        # 17TRACK
        ("NotFound", "pending"),
        ("InTransit_CustomsProcessing", "in_transit"),
        ("Exception_Delayed", "delayed"),
        ("DeliveryFailure_NoBody", "attempt_failed"),
        ("Exception_Returning", "returned"),
        ("Exception_Lost", "exception"),
        ("Exception_Cancel", "cancelled"),
    ],
)
def test_couriers_words_are_ours(word, meant):
    with capture_logs() as logs:
        assert statuses.of_courier(word) == meant
    assert logs == []


@pytest.mark.parametrize("word", get_args(ParcelStatus))
def test_our_own_words_stay(word):
    assert statuses.of_courier(word) == word


@pytest.mark.parametrize("read", [statuses.of_courier, statuses.of_shopify])
def test_a_word_that_nobody_knows_is_under_way_and_logged(read):
    with capture_logs() as logs:
        assert read("TELEPORTED") == "in_transit"
    (entry,) = logs
    assert (entry["event"], entry["word"]) == ("parcel_status_unknown", "TELEPORTED")


def test_each_word_of_ours_but_two_is_one_of_shopifys():
    # Shopify has no word for what goes back, nor for what nobody has heard of.
    ours = set(get_args(ParcelStatus)) - {"returned", "expired"}
    assert set(statuses.SHOPIFY.values()) == ours


def test_agents_read_a_word_for_each():
    ours = {*get_args(OrderStatus), *get_args(ParcelStatus)}
    assert ours <= set(STATES)
