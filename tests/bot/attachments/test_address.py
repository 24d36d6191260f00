"""From where files are fetched: Meta's hosts, at addresses of the internet."""

import pytest

from bot.attachments.address import NotAllowedError, is_public, place

PUBLIC = ["157.240.1.35"]
EMULATOR = "http://127.0.0.1:8123"


def found(*addresses):
    return lambda host, port: list(addresses)


def nobody(host, port):
    raise AssertionError("a host that is not allowed was looked up")


@pytest.mark.parametrize(
    "url",
    [
        "https://scontent.xx.fbcdn.net/v/a.jpg?oh=1&oe=2",
        "https://SCONTENT.fbcdn.net:443/a.jpg",
        "https://cdn.fbsbx.com/v/order.pdf",
    ],
)
def test_files_are_fetched_from_metas_hosts(url):
    where = place(url, None, found(*PUBLIC))
    assert (where.scheme, where.port, where.address) == ("https", 443, PUBLIC[0])
    assert where.path.startswith(("/v/", "/a.jpg"))


@pytest.mark.parametrize(
    "url",
    [
        "http://scontent.fbcdn.net/a.jpg",
        "https://fbcdn.net.evil.example/a",
        "https://evilfbcdn.net/a",
        "https://fbcdn.net@evil.example/a",
        "https://user:pass@scontent.fbcdn.net/a",
        "https://scontent.fbcdn.net:8443/a",
        "https://scontent.fbcdn.net:99999999/a",
        "https://evil.example/scontent.fbcdn.net",
        "https://evil.example\\.fbcdn.net/",
        "https://evil.example#.fbcdn.net/",
        "https://127.0.0.1/a",
        "https://2130706433/a",
        "https://0x7f.1/a",
        "https://[::1]/a",
        "https://[::ffff:127.0.0.1]/a",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/a",
        "https://scontent.fbcdn.net./a",
        "https://scontent.fbcdn。net/a",
        "file:///etc/passwd",
        "ftp://scontent.fbcdn.net/a",
        "gopher://scontent.fbcdn.net/a",
        "javascript:alert(1)",
        "data:text/plain,x",
        "//scontent.fbcdn.net/a",
        "",
        "https://",
        "https:///a",
    ],
)
def test_no_other_spelling_of_an_address_is_even_looked_up(url):
    with pytest.raises(NotAllowedError):
        place(url, EMULATOR, nobody)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "172.16.4.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - refused, not bound
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.8",
        "2002:7f00:1::",
        "not an address",
    ],
)
def test_a_name_that_leads_inside_is_refused(address):
    assert not is_public(address)
    for addresses in ([address], [*PUBLIC, address]):
        with pytest.raises(NotAllowedError, match="private network"):
            place("https://scontent.fbcdn.net/a", None, found(*addresses))


def test_the_connection_goes_to_the_address_that_was_looked_at():
    answers = iter([PUBLIC, ["10.0.0.8"]])
    where = place("https://scontent.fbcdn.net/a", None, lambda *_: next(answers))
    assert (where.host, where.address) == ("scontent.fbcdn.net", PUBLIC[0])


def test_beside_an_emulator_nothing_leaves_the_machine():
    with pytest.raises(NotAllowedError, match="not one of Messenger's"):
        place("https://scontent.fbcdn.net/a", EMULATOR, nobody)


def test_the_emulator_is_allowed_at_its_own_address_alone():
    where = place(f"{EMULATOR}/media/1", EMULATOR, found("127.0.0.1"))
    assert (where.scheme, where.port, where.path) == ("http", 8123, "/media/1")
    for other in ("http://127.0.0.1:8124/a", f"{EMULATOR}0/a", f"{EMULATOR}@x.y/a"):
        with pytest.raises(NotAllowedError):
            place(other, EMULATOR, nobody)
    with pytest.raises(NotAllowedError):
        place(f"{EMULATOR}/media/1", None, nobody)
