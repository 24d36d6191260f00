"""What a shop's sender is answered, and what of it is handed on."""

import json

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from webhooks import shop_signature
from webhooks.receiver import NotStoredError
from webhooks.shops import MAX_BODY, ShopReceiver
from webhooks.signature import SignatureError

BODY = b'{"id":820982911946154508,"name":"#1001"}'
NEW, OLD = "shpss_of_tests", "shpss_of_yesterday"
#: By `openssl dgst -sha256 -hmac shpss_of_tests -binary | base64`.
SIGNATURE = "Hakxiq0IeLQuFKp3y0ExgFpkYF2juPIC0kJsAtT3iis="
SHOPIFY = "X-Shopify-Hmac-Sha256"


class Taken(list):
    """Takes notices; is full when a test says so."""

    full = False

    def __call__(self, notice):
        if self.full:
            raise NotStoredError
        self.append(notice)
        return "200 OK", {"taken": 1}


@pytest.fixture
def taken():
    return Taken()


@pytest.fixture
def refusals():
    return []


@pytest.fixture
def client(taken, refusals):
    receiver = ShopReceiver(
        Response("a page"),
        taken,
        secrets={"shopify": (NEW, OLD), "woocommerce": (NEW,), "orders": (NEW,)},
        on_refusal=lambda sender, reason: refusals.append((sender, reason)),
    )
    return Client(receiver)


def post(client, body=BODY, path="/webhook/shopify", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client.post(path, data=body, headers=named)
    return answer.status_code


def shopify(client, body=BODY, secret=NEW, **headers):
    signature = {SHOPIFY: shop_signature.in_base64(body, secret)}
    return post(client, body, **signature, **headers)


def test_the_signature_is_that_of_openssl(client, taken):
    assert post(client, **{SHOPIFY: SIGNATURE}) == 200
    assert [one.body for one in taken] == [BODY]


def test_each_of_two_secrets_counts_while_one_is_replaced(client, taken):
    assert [shopify(client, secret=one) for one in (NEW, OLD)] == [200, 200]


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "Hakxiq0IeLQuFKp3y0ExgFpkYF2juPIC0kJsAtT3iit=",
        SIGNATURE.lower(),
        "é",
        "sha256=" + "0" * 64,
    ],
)
def test_what_nobody_of_ours_signed_is_refused_without_a_hint(
    client, taken, refusals, signature
):
    given = {SHOPIFY: signature} if signature else {}
    answer = client.post("/webhook/shopify", data=BODY, headers=given)
    assert (answer.status_code, answer.json) == (401, {"error": "signature"})
    assert taken == []
    ((sender, reason),) = refusals
    assert sender == "shopify"
    assert "1001" not in reason


def test_a_body_that_was_written_anew_is_refused(client):
    assert post(client, json.dumps(json.loads(BODY)), **{SHOPIFY: SIGNATURE}) == 401


def test_a_signature_of_another_sender_does_not_count(client):
    given = {"X-WC-Webhook-Signature": SIGNATURE}
    assert post(client, **given) == 401
    assert post(client, path="/webhook/woocommerce", **given) == 200


def test_what_is_too_large_is_not_read(client, taken):
    assert shopify(client, b"x" * (MAX_BODY + 1)) == 413
    assert shopify(client, b"x" * MAX_BODY) == 200
    assert len(taken) == 1


def test_what_could_not_be_stored_is_to_be_sent_again(client, taken):
    taken.full = True
    assert shopify(client) == 503


def test_only_post_is_answered(client):
    assert client.get("/webhook/shopify").status_code == 405


def test_other_paths_are_those_of_the_application(client):
    assert client.get("/webhook/pretix").text == "a page"
    assert client.post("/webhook").text == "a page"


def test_without_a_secret_there_is_no_door(taken):
    client = Client(ShopReceiver(Response("a page"), taken, secrets={}))
    assert client.post("/webhook/shopify", data=BODY).text == "a page"


class TestThePingOfWooCommerce:
    PATH = "/webhook/woocommerce"

    def test_is_answered_unsigned_and_nothing_is_taken(self, client, taken, refusals):
        assert post(client, b"webhook_id=7", self.PATH) == 200
        assert (taken, refusals) == ([], [])

    @pytest.mark.parametrize("body", [b"webhook_id=7&more=1", b"webhook_id=x", b""])
    def test_is_nothing_else(self, client, body):
        assert post(client, body, self.PATH) == 401

    def test_is_no_ping_of_others(self, client):
        assert post(client, b"webhook_id=7") == 401

    def test_that_is_signed_wrongly_is_refused(self, client):
        given = {"X-WC-Webhook-Signature": SIGNATURE}
        assert post(client, b"webhook_id=7", self.PATH, **given) == 401


class TestTheKey:
    def key(self, client, taken, body=BODY, **headers):
        assert shopify(client, body, **headers) == 200
        return taken[-1].key

    def test_is_the_same_when_it_is_sent_again(self, client, taken):
        again = [
            self.key(
                client,
                taken,
                X_Shopify_Event_Id="e1",
                X_Shopify_Webhook_Id=f"w{number}",
                X_Shopify_Topic="orders/updated",
            )
            for number in (1, 1, 2)
        ]
        assert len(set(again)) == 1

    def test_differs_by_event_topic_and_body(self, client, taken):
        keys = [
            self.key(client, taken, X_Shopify_Event_Id="e1"),
            self.key(client, taken, X_Shopify_Event_Id="e2"),
            self.key(client, taken, X_Shopify_Webhook_Id="e3"),
            self.key(client, taken, X_Shopify_Event_Id="e1", X_Shopify_Topic="a/b"),
            self.key(client, taken, b"{}", X_Shopify_Event_Id="e1"),
        ]
        assert len(set(keys)) == len(keys)
        assert all(len(one) <= 80 for one in keys)


def test_no_error_holds_the_signature_that_would_have_fitted():
    with pytest.raises(SignatureError) as raised:
        shop_signature.verify(BODY, "AAAA", [NEW], shop_signature.in_base64)
    assert SIGNATURE not in str(raised.value)
