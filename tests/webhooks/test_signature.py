import pytest

from webhooks.signature import SignatureError, sign, verify

BODY = b'{"object": "page"}'


def test_accepts_what_messenger_signed():
    verify(BODY, sign(BODY, "secret"), ["secret"])


def test_accepts_any_of_several_secrets_while_one_is_being_replaced():
    verify(BODY, sign(BODY, "old"), ["new", "old"])
    verify(BODY, sign(BODY, "new"), ["new", "old"])


def test_agrees_with_a_published_example():
    # https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert sign(b"Hello, World!", "It's a Secret to Everybody") == header


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        sign(BODY, "another secret"),
        sign(BODY + b" ", "secret"),
        sign(BODY, "secret").removeprefix("sha256="),
        sign(BODY, "secret").upper(),
        sign(BODY, "secret").replace("sha256", "sha1"),
        "sha256=é",
        "sha256=\udcff",
        "sha256=" + "0" * 10_000,
    ],
)
def test_rejects_everything_else(header):
    with pytest.raises(SignatureError):
        verify(BODY, header, ["secret"])


def test_says_nothing_that_helps_a_forger():
    with pytest.raises(SignatureError) as error:
        verify(BODY, "sha256=00", ["secret"])
    assert sign(BODY, "secret")[10:] not in str(error.value)
    assert "page" not in str(error.value)
