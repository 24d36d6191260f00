"""The emulator as a process: how it starts, listens and ends."""

import json
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest
import requests

from emulator.options import parse
from tests.emulator.conftest import Emulator, running_emulator, start


def test_it_says_where_it_is_and_ends_on_sigterm() -> None:
    process, url = start()
    assert requests.get(f"{url}/api/clock", timeout=5).status_code == 200
    assert url.startswith("http://127.0.0.1:")

    process.send_signal(signal.SIGTERM)

    out, _ = process.communicate(timeout=5)
    assert process.returncode == 0
    assert out == ""  # the line with the URL was all


def test_it_ends_while_somebody_waits() -> None:
    process, url = start()
    psid = requests.post(f"{url}/api/customers", timeout=5).json()["psid"]
    with socket.create_connection(
        ("127.0.0.1", int(url.rpartition(":")[2]))
    ) as waiting:
        path = f"/api/customers/{psid}/messages?wait=60"
        waiting.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.1)
        process.terminate()
        process.communicate(timeout=5)

    assert process.returncode == 0


def test_it_ends_when_its_parent_dies() -> None:
    parent = (
        "import subprocess, sys, time\n"
        "command = [sys.executable, '-m', 'emulator', '--quiet', '--with-parent']\n"
        "subprocess.Popen(command)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["url"]
        (child,) = psutil.Process(process.pid).children()
        process.kill()
        process.wait(5)
        child.wait(5)

    with pytest.raises(requests.ConnectionError):
        requests.get(f"{url}/api/clock", timeout=5)


def test_it_starts_quickly_and_stays_small() -> None:
    began = time.monotonic()
    process, url = start()
    try:
        # It takes an eighth of a second; the rest is for machines that are busy.
        assert time.monotonic() - began < 3
        assert psutil.Process(process.pid).memory_info().rss < 50 * 1024 * 1024
        settings = requests.get(f"{url}/api/settings", timeout=5).json()
        assert settings["FACEBOOK_APP_SECRET"]
    finally:
        process.terminate()
        process.communicate(timeout=5)


@pytest.mark.parametrize("option", ["--webhook=nonsense", "--host=203.0.113.1"])
def test_a_start_that_fails_says_why_in_one_line(option: str) -> None:
    command = [sys.executable, "-m", "emulator", "--quiet", option]
    ended = subprocess.run(  # noqa: S603 - our own command
        command, capture_output=True, text=True, timeout=10, check=False
    )

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("the emulator did not start: ")
    assert ended.stderr.count("\n") == 1


def test_what_is_not_given_is_made_up_anew() -> None:
    first, second = parse([]), parse([])

    assert first.app_secret != second.app_secret
    assert first.pages[0].token != second.pages[0].token
    assert first.host == "127.0.0.1"


def test_pages_and_tokens_go_in_pairs() -> None:
    options = parse(["--page-id", "1", "--page-id", "2", "--page-access-token", "A"])

    assert [page.page_id for page in options.pages] == ["1", "2"]
    assert options.pages[0].token == "A"
    assert options.pages[1].token not in ("", "A")
    assert parse(["--page-access-token", "A"]).pages[0].token == "A"


def test_a_secret_may_begin_with_a_dash() -> None:
    options = parse(["--app-secret", "-a", "--verify-token", "--b", "--quiet"])

    assert (options.app_secret, options.verify_token) == ("-a", "--b")
    assert options.quiet


def test_a_token_without_a_page_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--page-access-token", "A", "--page-access-token", "B"])

    assert "--page-id" in capsys.readouterr().err


def test_a_webhook_of_the_command_line_survives_a_reset() -> None:
    with running_emulator("--webhook", "http://127.0.0.1:9/webhook") as emulator:
        emulator.post("webhooks", {"url": None})
        emulator.post("reset")

        assert emulator.get("webhooks")["url"] == "http://127.0.0.1:9/webhook"


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /api/clock HTTP/1.0\r\n\r\n", b"200"),
        (b"GET /api/clock HTTP/1.1\r\nConnection: close\r\n\r\n", b"200"),
        (b"HEAD /api/clock HTTP/1.1\r\nConnection: close\r\n\r\n", b"404"),
        (b"POST /api/reset HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"POST /api/reset HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n", b"400"),
        (b"GET /api/clock HTTP/1.1\r\nno colon\r\n\r\n", b"400"),
        (b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\n\r\n", b"400"),
        (
            b"POST /api/reset HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
            b"Connection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            b"200",
        ),
        (
            b"POST /api/reset HTTP/1.1\r\nContent-Length: 2\r\n"
            b"Expect: 100-continue\r\nConnection: close\r\n\r\n{}",
            b"100",
        ),
    ],
    ids=[
        "http 1.0",
        "close",
        "head",
        "no length",
        "too long",
        "no colon",
        "long line",
        "chunks",
        "continue",
    ],
)
def test_http_is_read_as_it_comes(
    one_emulator: Emulator, request_bytes: bytes, status: bytes
) -> None:
    port = int(one_emulator.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request_bytes)
        answer = connection.makefile("rb").read()

    assert answer.startswith(b"HTTP/1.1 " + status)
