"""What can be wrong between Facebook and us, at real addresses: TLS, proxies."""

import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.connection import address, signature
from bot.connection.results import Result, State, Step
from bot.store import migrate
from bot.store.database import open_database
from tests.bot.connection.conftest import Shop

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

Change = Callable[[bytes, dict[str, str]], tuple[bytes, dict[str, str]]]
HANDED_ON = ("Content-Type", "X-Hub-Signature-256")


class Proxy(BaseHTTPRequestHandler):
    """Hands everything on to us, changed as a test wants it."""

    target = ""
    change: Any = None

    def do_GET(self) -> None:
        self._say(requests.get(self.target + self.path, timeout=5))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name: self.headers[name] for name in HANDED_ON}
        if self.change is not None:
            body, headers = type(self).change(body, headers)
        url = self.target + self.path
        self._say(requests.post(url, data=body, headers=headers, timeout=5))

    def _say(self, answer: requests.Response) -> None:
        self.send_response(answer.status_code)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, format: str, *args: object) -> None: ...


@contextmanager
def listening(handler: type, context: ssl.SSLContext | None = None) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *about: None  # type: ignore[method-assign]
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def proxy(shop: Shop, change: Change | None = None) -> type:
    target = shop.parts.settings.public_url
    about = {"target": target, "change": staticmethod(change) if change else None}
    return type("Ours", (Proxy,), about)


def certificate(folder: Path) -> tuple[ssl.SSLContext, str]:
    """A certificate for 127.0.0.1 that nobody but whoever has the file trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both, public = folder / "both.pem", folder / "public.pem"
    both.write_bytes(secret + made.public_bytes(pem))
    public.write_bytes(made.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context, str(public)


def looked(shop: Shop, url: str | None, **more: Any) -> Result:
    return address.check(shop.line(public_url=url, **more))


def test_an_address_that_was_never_set_is_asked_for(bare: Shop) -> None:
    found = looked(bare, None, graph_url="https://graph.facebook.com")
    assert found.finding == "address_unset"
    assert "FRONTDESK_URL" in found.cure[0].said


def test_an_address_without_https_is_none_for_facebook(bare: Shop) -> None:
    real = "https://graph.facebook.com"
    found = looked(bare, "http://desk.example.com", graph_url=real)
    assert found.finding == "address_plain"


def test_a_certificate_that_nobody_knows_is_refused(bare: Shop, tmp_path: Path) -> None:
    context, public = certificate(tmp_path)
    with listening(proxy(bare), context) as port:
        line = bare.line(public_url=f"https://127.0.0.1:{port}")
        found = address.check(line)
        assert found.finding == "address_untrusted"
        assert "self-signed certificate" in found.said

        trusted = address.check(replace(line, authorities=public))
        assert trusted.state is State.GREEN


def test_an_address_where_nobody_listens_is_silent(bare: Shop) -> None:
    with listening(proxy(bare)) as port:
        pass
    found = looked(bare, f"http://127.0.0.1:{port}")
    assert (found.finding, "refused" in found.said) == ("address_silent", True)


def test_another_page_at_our_address_is_told_from_us(bare: Shop) -> None:
    found = looked(bare, f"{bare.messenger.url}/nowhere")
    assert found.finding == "address_other"


def test_a_frontdesk_with_another_verify_token_is_told_from_us(bare: Shop) -> None:
    url = bare.parts.settings.public_url
    found = looked(bare, url, verify_token="another")
    assert found.finding == "address_verify_token"


def test_an_address_that_facebook_does_not_know_yet_is_right_from_here(
    bare: Shop,
) -> None:
    with listening(proxy(bare)) as port:
        found = looked(bare, f"http://127.0.0.1:{port}")
    assert found.finding == "address_ok"
    assert looked(bare, bare.parts.settings.public_url).finding == "address_reached"


def test_a_proxy_that_writes_bodies_anew_is_noticed(bare: Shop) -> None:
    def spaced(body: bytes, headers: dict[str, str]) -> Any:
        return body.replace(b":", b": "), headers

    with listening(proxy(bare, spaced)) as port:
        line = bare.line(public_url=f"http://127.0.0.1:{port}")
        assert address.check(line).state is State.GREEN
        found = signature.check(line)
    assert (found.step, found.finding) == (Step.SIGNATURE, "signature_refused")


def test_a_server_that_takes_forgeries_is_not_ours(bare: Shop) -> None:
    class Credulous(Proxy):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

    with listening(Credulous) as port:
        found = signature.check(bare.line(public_url=f"http://127.0.0.1:{port}"))
    assert found.finding == "signature_unchecked"


def test_another_frontdesk_at_our_address_is_told_by_its_database(
    bare: Shop, tmp_path: Path
) -> None:
    other = open_database(f"sqlite:///{tmp_path / 'other.sqlite'}")
    migrate.migrate(other)
    found = signature.check(replace(bare.line(), database=other))
    other.close()
    assert found.finding == "signature_elsewhere"


def test_a_signature_is_looked_at_only_where_somebody_answers(bare: Shop) -> None:
    with listening(proxy(bare)) as port:
        pass
    found = signature.check(bare.line(public_url=f"http://127.0.0.1:{port}"))
    assert (found.step, found.finding) == (Step.SIGNATURE, "address_silent")
