"""How we speak to Graph, and what we make of what comes back."""

import re
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.messenger import mark
from bot.messenger.client import Access, Graph
from bot.messenger.errors import Fate, SendError
from tests.emulator.conftest import APP_SECRET, PAGE, PAGES, TOKEN, running_emulator

ACCESS = Access(PAGE, TOKEN, APP_SECRET)


@pytest.fixture
def graph(messenger):
    return Graph(messenger.url, "v25.0")


@pytest.fixture
def psid(messenger):
    return messenger.customer()


def to(psid, text="hi", **more):
    message = {"text": text, **more}
    return {
        "recipient": {"id": psid},
        "messaging_type": "RESPONSE",
        "message": message,
    }


def fate(graph, psid="1", access=ACCESS):
    with pytest.raises(SendError) as error:
        graph.send(access, to(psid))
    assert TOKEN not in str(error.value)
    return error.value.fate


class TestSend:
    def test_a_message_arrives_and_its_id_is_told(self, messenger, graph, psid):
        mid = graph.send(ACCESS, to(psid))
        assert [(m["mid"], m["text"]) for m in messenger.messages(psid)] == [
            (mid, "hi")
        ]

    def test_our_mark_comes_back_in_the_echo(self, messenger, graph, psid, webhook):
        mid = graph.send(ACCESS, to(psid, metadata=mark.written(47, 2)))
        (echo,) = webhook.wait_for("echo")
        assert echo["message"]["mid"] == mid
        assert mark.read(echo["message"]["metadata"]) == 47

    def test_many_threads_may_send_at_once(self, messenger, graph, psid):
        with ThreadPoolExecutor(8) as pool:
            mids = list(
                pool.map(lambda n: graph.send(ACCESS, to(psid, f"{n}")), "x" * 40)
            )
        assert len(set(mids)) == len(messenger.messages(psid)) == 40

    def test_what_stands_in_the_environment_changes_nothing(
        self, graph, psid, monkeypatch
    ):
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        assert graph.send(ACCESS, to(psid))


@pytest.mark.parametrize(
    "text",
    [None, "", "hello", "v1", "v1:x:1", "v1:1", "v2:1:1", "v1:" + "9" * 30 + ":1"],
)
def test_the_mark_of_another_app_is_not_ours(text):
    assert mark.read(text) is None


class TestProof:
    def test_it_is_right_where_it_is_demanded(self):
        with running_emulator(*PAGES, "--require-proof") as strict:
            psid = strict.customer()
            assert strict.send(psid, "without").status_code != 200
            assert Graph(strict.url, "v25.0").send(ACCESS, to(psid))
            assert [m["text"] for m in strict.messages(psid)] == ["hi"]

    def test_one_of_another_secret_is_refused(self, messenger, graph, psid):
        stranger = Access(PAGE, TOKEN, "another secret")
        assert fate(graph, psid, stranger) is Fate.FINAL
        assert messenger.messages(psid) == []

    def test_the_token_is_in_a_header_and_never_in_the_address(self):
        with recording() as server:
            Graph(server.url, "v25.0").send(ACCESS, to("1"))
        ((path, headers),) = server.seen
        assert re.fullmatch(
            rf"/v25.0/{PAGE}/messages\?appsecret_proof=[0-9a-f]{{64}}", path
        )
        assert headers["Authorization"] == f"Bearer {TOKEN}"


class TestRefusal:
    @pytest.mark.parametrize(
        ("code", "subcode", "expected"),
        [
            (613, None, Fate.WAIT),
            (190, 463, Fate.PARK),
            (1200, 2018024, Fate.RETRY),
            (551, None, Fate.FINAL),
            (1, None, Fate.UNKNOWN),
        ],
    )
    def test_an_error_has_the_fate_of_its_code(
        self, messenger, graph, psid, code, subcode, expected
    ):
        messenger.faults(graph={"do": "error", "code": code, "subcode": subcode})
        assert fate(graph, psid) is expected

    def test_an_error_with_status_200_is_one_all_the_same(self, messenger, graph, psid):
        messenger.faults(graph={"do": "error", "code": 613, "status": 200})
        assert fate(graph, psid) is Fate.WAIT

    def test_an_expired_token_shuts_the_page(self, messenger, graph, psid):
        messenger.post(f"pages/{PAGE}", {"token": "expired"})
        assert fate(graph, psid) is Fate.PARK

    def test_a_stranger_can_not_be_reached(self, messenger, graph):
        with pytest.raises(SendError) as error:
            graph.send(ACCESS, to("4711"))
        assert error.value.unreachable

    def test_a_closed_window_is_final(self, messenger, graph, psid):
        messenger.pass_time(hours=25)
        assert fate(graph, psid) is Fate.FINAL


class TestDoubt:
    """Messenger may have it, or not: nobody sends again at once."""

    @pytest.mark.parametrize(
        "fault",
        [
            {"do": "status", "status": 503},
            {"do": "reset_before_reading"},
            {"do": "reset_after_accept"},
            {"do": "cut"},
        ],
    )
    def test_a_broken_answer_tells_nothing(self, messenger, graph, psid, fault):
        messenger.faults(graph=fault)
        assert fate(graph, psid) is Fate.UNKNOWN

    def test_nor_does_one_that_does_not_come(self, messenger, psid):
        hurried = Graph(messenger.url, "v25.0", read_timeout=0.2)
        messenger.faults(graph={"do": "hang", "seconds": 2})
        assert fate(hurried, psid) is Fate.UNKNOWN

    @pytest.mark.parametrize("doing", ["html", "empty", "truncated", "no_message_id"])
    def test_taken_without_an_id_it_waits_for_its_echo(
        self, messenger, graph, psid, doing
    ):
        messenger.faults(graph={"do": doing})
        assert graph.send(ACCESS, to(psid)) is None
        assert len(messenger.messages(psid)) == 1

    def test_a_redirect_is_not_followed(self):
        with recording(status=307) as server:
            assert fate(Graph(server.url, "v25.0")) is Fate.UNKNOWN
        assert len(server.seen) == 1


class TestNotSent:
    """What surely never reached Messenger is tried again."""

    def test_nobody_listens(self):
        with socket.create_server(("127.0.0.1", 0)) as gone:
            port = gone.getsockname()[1]
        assert fate(Graph(f"http://127.0.0.1:{port}", "v25.0")) is Fate.RETRY

    def test_whoever_listens_speaks_no_tls(self):
        with socket.create_server(("127.0.0.1", 0)) as plain:
            answering = threading.Thread(target=answer_plainly, args=(plain,))
            answering.start()
            port = plain.getsockname()[1]
            assert fate(Graph(f"https://127.0.0.1:{port}", "v25.0")) is Fate.RETRY
            answering.join()


def answer_plainly(server):
    connection, _ = server.accept()
    with connection:
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


class TestConnection:
    def test_it_is_used_again_while_it_is_fresh(self):
        with recording() as server:
            graph = Graph(server.url, "v25.0")
            for _ in range(3):
                graph.send(ACCESS, to("1"))
        assert len(set(server.clients)) == 1

    def test_one_that_sat_idle_is_not_trusted(self, monkeypatch):
        """To write into one that the other side has closed looks like a lost send."""
        monkeypatch.setattr("bot.messenger.client.IDLE", 0.0)
        with recording() as server:
            graph = Graph(server.url, "v25.0")
            for _ in range(3):
                graph.send(ACCESS, to("1"))
        assert len(set(server.clients)) == 3


class TestOtherCalls:
    def test_a_customer_has_a_name(self, messenger, graph):
        psid = messenger.customer(name="Dina Ward")
        found = graph.get(ACCESS, psid, fields="first_name,last_name")
        assert (found["first_name"], found["last_name"]) == ("Dina", "Ward")

    def test_an_error_is_one_here_too(self, messenger, graph):
        with pytest.raises(SendError):
            graph.get(ACCESS, "4711", fields="first_name")
        with pytest.raises(SendError):
            graph.post(ACCESS, f"{PAGE}/message_templates", {"name": "x"})


class recording:  # noqa: N801 - reads as what it does
    """A server that takes every call, and remembers how it was made."""

    def __init__(self, status=200):
        self.seen, self.clients = [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                outer.seen.append((self.path, dict(self.headers)))
                outer.clients.append(self.client_address)
                body = b'{"message_id": "m_1"}'
                self.send_response(status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *about):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *about):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
