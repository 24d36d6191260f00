"""What the receiver answers, and what it hands on; see test_receiver_served.py."""

import io

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from webhooks.receiver import MAX_BODY, NotStoredError, Receiver, read
from webhooks.signature import sign

SECRETS = ("the new one", "the old one")
BODY = b'{"object":"page","entry":[]}'


class Taken(list):
    """Takes bodies; is full when a test says so."""

    full = False

    def __call__(self, body):
        if self.full:
            raise NotStoredError
        self.append(body)


@pytest.fixture
def taken():
    return Taken()


@pytest.fixture
def refusals():
    return []


@pytest.fixture
def client(taken, refusals):
    receiver = Receiver(
        Response("a page"),
        taken,
        on_refusal=refusals.append,
        app_secrets=SECRETS,
        verify_token="let-me-in",
    )
    return Client(receiver)


def post(client, body=BODY, secret=SECRETS[0], **headers):
    signature = {"X-Hub-Signature-256": sign(body, secret)} if secret else {}
    return client.post("/webhook", data=body, headers={**signature, **headers})


def test_a_genuine_body_is_handed_on_untouched(client, taken):
    body = b' {"object" :"page",\r\n"\\u00e4":1}\xff '
    answer = post(client, body)
    assert (answer.status_code, answer.data) == (200, b"EVENT_RECEIVED")
    assert taken == [body]


@pytest.mark.parametrize("secret", SECRETS)
def test_while_a_secret_is_replaced_both_are_good(client, secret):
    assert post(client, secret=secret).status_code == 200


def test_a_forgery_gets_no_word_of_why_but_we_hear_it(client, taken, refusals):
    answer = post(client, secret="another")
    assert (answer.status_code, answer.data) == (403, b"")
    assert taken == []
    assert refusals == ["X-Hub-Signature-256 does not match the body"]


def test_what_is_not_stored_is_not_received(client, taken):
    taken.full = True
    answer = post(client)
    assert (answer.status_code, answer.data) == (503, b"")
    taken.full = False
    assert post(client).status_code == 200


@pytest.mark.parametrize("path", ["/", "/webhook/", "/webhooks", "/webhook/x"])
def test_every_other_path_is_the_applications(client, taken, path):
    answer = client.post(path, data=BODY)
    assert answer.data == b"a page"
    assert taken == []


class Endless(io.RawIOBase):
    """A body that never ends, and knows how much of it was read."""

    given = 0

    def readable(self):
        return True

    def read(self, size=-1):
        assert size >= 0
        self.given += size
        return b"x" * size


class TestReading:
    def test_stops_at_the_limit_if_no_length_is_stated(self):
        endless = Endless()
        assert read(endless, None) is None
        assert endless.given == MAX_BODY + 1

    @pytest.mark.parametrize("length", ["", "many", "-1", "1e3", "+5"])
    def test_does_not_believe_a_length_that_is_none(self, length):
        assert read(io.BytesIO(BODY), length) == BODY
        assert read(Endless(), length) is None

    def test_reads_nothing_of_what_is_stated_to_be_too_long(self):
        endless = Endless()
        assert read(endless, str(MAX_BODY + 1)) is None
        assert endless.given == 0

    def test_takes_what_is_just_small_enough(self):
        assert len(read(Endless(), str(MAX_BODY))) == MAX_BODY
