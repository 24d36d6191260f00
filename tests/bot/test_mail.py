"""Mails over a mail server: what is sent, and what an error tells."""

import time

import pytest

from bot.content import DATA
from bot.mail import Mail, Written, in_language, load
from bot.settings import LANGUAGES
from flows.ports import PortError
from tests.shops.mail import SENDER, MailServer

MAIL = Written("Your code is {code}", "It is {code}.\n")


@pytest.fixture
def server():
    with MailServer().open() as server:
        yield server


def test_a_mail_arrives_as_it_was_written(server):
    Mail(server.url, SENDER).send("anna@example.com", MAIL.filled({"code": "001234"}))
    ((to, message),) = server.received
    assert (to, message["To"], message["From"]) == (
        "anna@example.com",
        "anna@example.com",
        SENDER,
    )
    assert message["Subject"] == "Your code is 001234"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "It is 001234." in server.text


@pytest.mark.parametrize("fault", ["silent", "busy", "late"])
def test_a_server_that_does_not_take_it_is_an_error_without_the_address(server, fault):
    server.fault, began = fault, time.monotonic()
    with pytest.raises(PortError) as error:
        Mail(server.url, SENDER, longest=1.0).send("anna@example.com", MAIL)
    assert "anna" not in str(error.value)
    assert time.monotonic() - began < 2.5
    assert (
        Mail(server.url, SENDER, longest=1.0).refusal() is not None or fault == "busy"
    )


def test_an_address_that_there_is_not_looks_like_any_other(server):
    server.fault = "unknown"
    Mail(server.url, SENDER).send("nobody@example.com", MAIL)
    assert server.received == []


def test_a_server_that_is_not_there_is_named_by_the_doctor():
    assert Mail("smtp://127.0.0.1:9", SENDER).refusal() is not None


def test_a_server_elsewhere_must_close_the_line(server, monkeypatch):
    monkeypatch.setattr("bot.mail.LOOPBACK", frozenset())
    with pytest.raises(PortError, match="SMTPNotSupportedError"):
        Mail(server.url, SENDER).send("anna@example.com", MAIL)
    assert server.received == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_is_mailed_in_every_language(language):
    mail = load("code", [DATA])[language].filled({"code": "001234"})
    assert "001234" in mail.subject
    assert "001234" in mail.text
    assert "{" not in mail.subject + mail.text


def test_a_shops_own_mail_counts_and_english_stands_in(tmp_path):
    own = tmp_path / "mails" / "fr" / "code.txt"
    own.parent.mkdir(parents=True)
    own.write_text("À nous : {code}\nBonjour\n{code}\n")
    mails = load("code", [DATA, tmp_path])
    assert in_language(mails, "fr").subject == "À nous : {code}"
    assert in_language(mails, "de") == mails["en"]
