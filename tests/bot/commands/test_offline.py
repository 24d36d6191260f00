"""Commands that never talk to Facebook need no setting of it; errors are one line."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.content import DATA
from bot.shop.tables import TableOrders
from bot.store.database import open_database
from bot.store.shop import ShopOrder
from flows.ports import Address
from tests.floor import NOW
from tests.shops.mail import MailServer
from tests.shops.rest import TOKEN, Rest

pytestmark = pytest.mark.slow

FRONTDESK = Path(sys.executable).with_name("frontdesk")
NOBODY = "postgresql://postgres@127.0.0.1:1/frontdesk"
DEMO = DATA / "demo"


@pytest.fixture
def run(tmp_path):
    """Run a command where nothing but the home is set."""

    def run(*words, **env):
        given = {"PATH": os.environ["PATH"], "FRONTDESK_HOME": str(tmp_path / "home")}
        return subprocess.run(  # noqa: S603 - our own command
            [FRONTDESK, *words],
            env={**given, **env},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=90,
        )

    return run


@pytest.mark.parametrize(
    "words",
    [
        ("migrate",),
        ("users", "list"),
        ("orders", "import", DEMO / "orders.csv"),
        ("products", "import", DEMO / "products.csv"),
        ("orders", "cancelled"),
        ("orders", "addresses"),
        ("events", "import", DEMO / "events.csv"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_on_a_fresh_machine_it_does_what_was_asked(run, words):
    done = run(*words)
    assert (done.returncode, done.stderr) == (0, "")


def test_before_there_are_tables_the_model_that_ships_says_what_a_text_means(
    run, tmp_path
):
    done = run("classify", "hello", DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["intent"] == "greet"


def test_training_prints_its_facts_alone(run):
    done = run("train", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ok"]


@pytest.mark.parametrize(
    "words",
    [("migrate",), ("users", "list"), ("train",), ("classify", "hello")],
    ids=lambda words: words[0],
)
def test_a_database_that_does_not_answer_is_one_line(run, words):
    done = run(*words, DATABASE_URL=NOBODY)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("frontdesk: DATABASE_URL can't be used (")
    assert "start that server" in line


@pytest.mark.parametrize("command", ["run", "web", "worker", "connect"])
def test_who_talks_to_facebook_is_told_of_all_four_settings_at_once(run, command):
    done = run(command)
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.split()[1] for line in done.stderr.splitlines()] == [
        "FACEBOOK_APP_ID",
        "FACEBOOK_PAGE_ID",
        "FACEBOOK_APP_SECRET",
        "FACEBOOK_PAGE_ACCESS_TOKEN",
    ]


@pytest.mark.parametrize("line", ["FRONTDESK_ZONE", "Europe/London is our zone"])
def test_a_line_of_the_env_file_that_sets_nothing_is_named(run, tmp_path, line):
    (tmp_path / ".env").write_text(f"# ours\nFRONTDESK_PORT=8000\n\n{line}\n")
    done = run("users", "list")
    assert done.returncode == 2
    assert done.stderr == "frontdesk: .env, line 4: no setting; write NAME=value\n"


def test_an_env_file_that_is_not_utf_8_is_named(run, tmp_path):
    (tmp_path / ".env").write_bytes("FRONTDESK_ZONE=é".encode("latin-1"))
    done = run("users", "list")
    assert done.returncode == 2
    assert done.stderr == "frontdesk: .env is not UTF-8: save it as UTF-8\n"


def test_a_hint_names_the_program_as_it_was_called(run):
    done = run("doctor")
    assert done.returncode == 1
    assert "there are none yet" not in done.stdout  # the settings come first
    facebook = {
        "FACEBOOK_APP_ID": "1517776481860111",
        "FACEBOOK_PAGE_ID": "102030405060708",
        "FACEBOOK_APP_SECRET": "shh",
        "FACEBOOK_PAGE_ACCESS_TOKEN": "EAAtests",
    }
    closed = "amqp://guest:guest@127.0.0.1:1//"
    done = run("doctor", **facebook, BROKER_URL=closed)
    lines = done.stdout.splitlines()
    assert "RED tables: there are none yet" in lines
    cure = f"Run `{FRONTDESK} migrate`; the first start makes them by itself as well."
    assert f"      {cure}" in lines
    (broker,) = [line for line in lines if "broker" in line]
    assert broker.startswith("RED broker: it can't be used (")


def test_the_doctor_asks_the_shop_for_orders(run):
    facebook = {
        "FACEBOOK_APP_ID": "1517776481860111",
        "FACEBOOK_PAGE_ID": "102030405060708",
        "FACEBOOK_APP_SECRET": "shh",
        "FACEBOOK_PAGE_ACCESS_TOKEN": "EAAtests",
    }
    with Rest().open() as shop:
        asked = {"ORDERS_URL": shop.url, "ORDERS_TOKEN": TOKEN}
        done = run("doctor", **facebook, **asked, FRONTDESK_ORDERS="rest")
        assert "ok  orders: the shop answers" in done.stdout
        asked["ORDERS_TOKEN"] = "another"
        done = run("doctor", **facebook, **asked, FRONTDESK_ORDERS="rest")
    assert "RED orders: the shop: HTTP 401" in done.stdout


FACEBOOK = {
    "FACEBOOK_APP_ID": "1517776481860111",
    "FACEBOOK_PAGE_ID": "102030405060708",
    "FACEBOOK_APP_SECRET": "0123456789abcdef0123456789abcdef",
    "FACEBOOK_PAGE_ACCESS_TOKEN": "EAAtests",
}


def test_all_that_is_wrong_with_a_file_of_settings_is_told_at_once(run, tmp_path):
    lines = ["FRONTDESK_PROT=80", "nonsense", "export FRONTDESK_ZONE", "GRAPH_URL=x"]
    (tmp_path / ".env").write_text("\n".join(lines))
    done = run("run")
    assert done.returncode == 2
    told = done.stderr.splitlines()
    assert told[:2] == [
        "frontdesk: .env, line 2: no setting; write NAME=value",
        "frontdesk: .env, line 3: no setting; write NAME=value",
    ]
    assert sorted(one.split()[1] for one in told[2:]) == [
        "FACEBOOK_APP_ID",
        "FACEBOOK_APP_SECRET",
        "FACEBOOK_PAGE_ACCESS_TOKEN",
        "FACEBOOK_PAGE_ID",
        "FRONTDESK_PROT",
        "GRAPH_URL",
    ]
    assert [f"frontdesk: {one}" for one in _red_settings(run)] == told


def _red_settings(run):
    lines = run("doctor").stdout.splitlines()
    return [one[14:] for one in lines if one.startswith("RED settings: ")]


def test_settings_that_can_hardly_be_meant_are_told_by_the_doctor(run):
    odd = {"FACEBOOK_APP_SECRET": "abc", "FRONTDESK_URL": "http://desk.example.com"}
    told = [one for one in run("doctor", **{**FACEBOOK, **odd}).stdout.splitlines()]
    secret, address = told[1:3]
    assert secret.startswith("      note: FACEBOOK_APP_SECRET is not the 32 digits")
    assert address.startswith("      note: FRONTDESK_URL begins with http://")
    assert "webhook" in address
    well = run("doctor", **FACEBOOK, FRONTDESK_URL="https://desk.example.com").stdout
    assert "FACEBOOK_APP_SECRET" not in well
    assert "FRONTDESK_URL" not in well


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def ordr(number): return None", "has no function 'order(number)'"),
        ("import nothing_of_the_kind", "line 1: can't be used: ModuleNotFoundError"),
        (None, "is not there: FRONTDESK_ORDERS=own needs it"),
    ],
)
def test_the_doctor_tells_what_is_wrong_with_the_shops_own_file(
    run, tmp_path, text, said
):
    home = tmp_path / "own"
    home.mkdir()
    if text is not None:
        (home / "orders.py").write_text(text)
    facebook = {
        "FACEBOOK_APP_ID": "1517776481860111",
        "FACEBOOK_PAGE_ID": "102030405060708",
        "FACEBOOK_APP_SECRET": "shh",
        "FACEBOOK_PAGE_ACCESS_TOKEN": "EAAtests",
        "FRONTDESK_HOME": str(home),
    }
    done = run("doctor", **facebook, FRONTDESK_ORDERS="own", FRONTDESK_PRODUCTS="own")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = done.stdout.splitlines()
    (at,) = (number for number, one in enumerate(lines) if said in one)
    assert lines[at].startswith("RED orders: ")
    assert "docs/orders.md" in lines[at + 1]
    assert any(one.startswith("RED products: ") for one in lines)


def test_the_doctor_tells_of_the_notices_of_the_shop(run, tmp_path):
    given = {
        "FACEBOOK_APP_ID": "1517776481860111",
        "FACEBOOK_PAGE_ID": "102030405060708",
        "FACEBOOK_APP_SECRET": "shh",
        "FACEBOOK_PAGE_ACCESS_TOKEN": "EAAtests",
        "DATABASE_URL": f"sqlite:///{tmp_path}/told.sqlite",
        "ORDERS_WEBHOOK_SECRET": "a-secret-of-a-shop-1,a-secret-of-a-shop-0",
    }
    run("migrate", **given)
    lines = run("doctor", **given).stdout.splitlines()
    place = lines.index(
        "ok  notices: http://127.0.0.1:8000/webhook/orders, none yet",
    )
    assert lines[place + 1] == (
        "      note: 2 secrets count: take out the old one in time"
    )


def test_an_own_file_is_tried_and_an_import_says_that_it_is_not_asked(run, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "orders.py").write_text(
        "def order(number):\n"
        "    return {'number': number, 'email': 'ada@example.com', 'status': 'shipped'}"
    )
    own = {"FRONTDESK_ORDERS": "own"}
    done = run("orders", "show", "48213", "--proof", "ada@example.com", **own)
    lines = done.stdout.splitlines()
    assert lines[:2] == [
        "asked: own (FRONTDESK_ORDERS)",
        "found: 1 of the number 48213",
    ]
    assert lines[-1] == "the proof fits"
    assert "ada@" not in done.stdout
    (home / "orders.py").write_text("def order(number):\n    return KEPT[number]\n")
    done = run("orders", "show", "48213", **own)
    assert done.returncode == 1
    said = f"orders.py: order: NameError ({home}/orders.py, line 2)"
    assert done.stderr == f"Error: {said}\n"
    done = run("orders", "import", DEMO / "orders.csv", **own)
    assert done.returncode == 0
    assert "the tables are not asked" in done.stderr


def test_orders_that_are_marked_to_be_cancelled_are_printed(run, tmp_path):
    url = f"sqlite:///{tmp_path}/marked.sqlite"
    run("orders", "import", DEMO / "orders.csv", DATABASE_URL=url)
    with closing(open_database(url)) as database:
        number = database.write(_mark)
    printed = run("orders", "cancelled", DATABASE_URL=url).stdout.splitlines()
    assert printed == ["number,asked_at", f"{number},2026-11-24T12:00:00+00:00"]


def test_orders_that_are_to_go_elsewhere_are_printed(run, tmp_path):
    url = f"sqlite:///{tmp_path}/elsewhere.sqlite"
    run("orders", "import", DEMO / "orders.csv", DATABASE_URL=url)
    with closing(open_database(url)) as database:
        number, email = database.write(_open_one)
        to = Address(street='14 "Mill" Lane', town="Leeds", postcode="LS1 4AB")
        assert TableOrders(database).readdress(number, email, to) == "marked"
    printed = run("orders", "addresses", DATABASE_URL=url).stdout.splitlines()
    assert printed[0] == "number,asked_at,street,town,region,postcode"
    assert printed[1].startswith(f"{number},20")
    assert printed[1].endswith(',"14 ""Mill"" Lane",Leeds,,LS1 4AB')


def _open_one(connection):
    wanted = select(ShopOrder.number, ShopOrder.email)
    return connection.execute(
        wanted.where(ShopOrder.status == "processing").limit(1)
    ).one()


def _mark(connection):
    open_one = select(ShopOrder.number).where(ShopOrder.status == "processing")
    number = connection.scalars(open_one.limit(1)).one()
    asked = update(ShopOrder).where(ShopOrder.number == number)
    connection.execute(asked.values(cancel_asked_at=NOW))
    return number


def test_the_doctor_tries_the_mail_server(run):
    facebook = {
        "FACEBOOK_APP_ID": "1517776481860111",
        "FACEBOOK_PAGE_ID": "102030405060708",
        "FACEBOOK_APP_SECRET": "shh",
        "FACEBOOK_PAGE_ACCESS_TOKEN": "EAAtests",
    }
    with MailServer().open() as server, Rest().open() as shop:
        given = {
            "MAIL_URL": server.url,
            "MAIL_FROM": "help@shop.example",
            "FRONTDESK_ORDERS": "rest",
            "ORDERS_URL": shop.url,
            "ORDERS_TOKEN": TOKEN,
        }
        shop.searches = False
        done = run("doctor", **facebook, **given)
        assert "ok  mail: the mail server answers" in done.stdout
        assert "RED orders by e-mail: the shop: HTTP 404" in done.stdout
        server.fault = "silent"
        done = run("doctor", **facebook, **given)
    assert "RED mail: mail: " in done.stdout
