"""A real server answers as it likes; what is fetched stays within limits."""

import stat
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.attachments.fetch import Fetcher, FetchError
from tests.bot.attachments.test_content import png


@contextmanager
def serving(answer):
    """A server on this machine; *answer* is called with each request's handler."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer(self)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def saying(content, status=200, **headers):
    """Return an answer that says *content*."""

    def answer(handler):
        handler.send_response(status)
        for name, value in {"Content-Length": len(content), **headers}.items():
            handler.send_header(name, str(value))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def endless(handler):
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"\x89PNG\r\n\x1a\n" * 4096)
    except OSError:
        pass


def files(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def fetch(tmp_path):
    """Fetch from a server that answers so, into a folder of its own."""

    def fetched(answer, *, is_picture=True, path="/media/1", **limits):
        with serving(answer) as url:
            fetcher = Fetcher(folder=tmp_path / "kept", emulator=url, **limits)
            return fetcher.fetch(url + path, is_picture=is_picture)

    return fetched


def test_a_picture_is_kept_under_a_name_nobody_can_guess(fetch, tmp_path):
    found = fetch(saying(png()))
    assert (found.content_type, found.is_shown) == ("image/png", True)
    kept = tmp_path / "kept" / found.name
    assert kept.read_bytes() == png()
    assert len(found.name) == 32
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("answer", "told", "again"),
    [
        (saying(b"no", 403), "answered 403", True),
        (saying(b"no", 404), "answered 404", True),
        (saying(b"no", 500), "answered 500", True),
        (saying(b""), "empty", True),
        (saying(b"<html><script>alert(1)</script>"), "not the picture", False),
        (saying(b"x" * 2000), "larger than", False),
        (endless, "larger than", False),
        (saying(b"", 302, Location="http://127.0.0.1:1/"), "not one of Mess", False),
        (saying(b"", 302, Location="file:///etc/passwd"), "one of Messenger", False),
        (saying(b"", 302, Location="/media/1"), "leads on and on", False),
    ],
)
def test_what_can_not_be_kept_leaves_nothing_behind(
    fetch, tmp_path, answer, told, again
):
    with pytest.raises(FetchError, match=told) as error:
        fetch(answer, largest=1000)
    assert error.value.again is again
    assert files(tmp_path / "kept") == []


def test_a_server_that_hardly_says_anything_is_left(fetch):
    with pytest.raises(FetchError, match="too long") as error:
        fetch(saying(png()), longest=-1.0)
    assert error.value.again


def test_a_server_that_is_not_there_may_be_later(tmp_path):
    with serving(saying(b"")) as url:
        gone = url
    fetcher = Fetcher(folder=tmp_path, emulator=gone)
    with pytest.raises(FetchError, match="can't be reached") as error:
        fetcher.fetch(f"{gone}/media/1", is_picture=True)
    assert error.value.again


def test_what_is_no_picture_is_a_file_whatever_it_says_it_is(fetch):
    page = saying(b"<html><script>alert(1)</script>", **{"Content-Type": "image/png"})
    found = fetch(page, is_picture=False)
    assert (found.content_type, found.is_shown) == ("application/octet-stream", False)
