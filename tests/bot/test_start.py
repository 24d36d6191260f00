"""A start that can't be says why: one line, status 2, nothing else."""

import contextlib
import fcntl
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import requests
from sqlalchemy import insert, text

from bot.store import migrate
from bot.store.database import open_database
from bot.store.models import Page

pytestmark = pytest.mark.slow

FRONTDESK = Path(sys.executable).with_name("frontdesk")
NOBODY = "postgresql://postgres@127.0.0.1:1/frontdesk"
BROKER = "amqp://guest:guest@127.0.0.1:1//"
GIFT = """
flows:
  gift:
    description: Wrap it up.
    steps:
    - collct: email
"""


@pytest.fixture
def env(tmp_path):
    (tmp_path / "home").mkdir()
    return {
        "PATH": os.environ["PATH"],
        "FACEBOOK_APP_ID": "1517776481860111",
        "FACEBOOK_PAGE_ID": "102030405060708",
        "FACEBOOK_APP_SECRET": "shh",
        "FACEBOOK_PAGE_ACCESS_TOKEN": "EAAtests",
        "FRONTDESK_HOME": str(tmp_path / "home"),
        "FRONTDESK_PORT": "0",
        "GRAPH_URL": "http://127.0.0.1:9",
    }


def refusal(env, command="run", **changes):
    """The one line of a start that was refused."""
    kept = {name: value for name, value in {**env, **changes}.items() if value}
    done = subprocess.run(  # noqa: S603 - our own command
        [FRONTDESK, command],
        env=kept,
        cwd=kept["PATH"].split(":")[0],  # no .env lies there
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    (line,) = done.stderr.splitlines()
    return line.removeprefix("frontdesk: ")


@contextlib.contextmanager
def started(env, command="run"):
    """A Frontdesk that answers, and what it says on standard error."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [FRONTDESK, command],
        env={**env, "FRONTDESK_PORT": str(port)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    said = []
    reader = threading.Thread(target=lambda: said.extend(process.stderr))
    reader.start()
    try:
        wait_until_healthy(process, port)
        yield process, port, said
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        reader.join()
        process.stderr.close()


def wait_until_healthy(process, port):
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(requests.ConnectionError):
            answer = requests.get(f"http://127.0.0.1:{port}/healthz", timeout=10)
            assert answer.text == "ok\n"
            return
        time.sleep(0.05)
    raise AssertionError("it does not answer")


@pytest.mark.parametrize("command", ["run", "web", "worker"])
def test_a_missing_secret(env, command):
    said = refusal(env, command, FACEBOOK_APP_SECRET="")
    assert said == (
        "FACEBOOK_APP_SECRET is not set: "
        "copy it from your app's dashboard, Settings, Basic"
    )


def test_a_malformed_url(env):
    said = refusal(env, GRAPH_URL="graph.facebook.com")
    assert said.startswith("GRAPH_URL is malformed: it must begin with http")


def test_an_unknown_setting(env):
    said = refusal(env, FRONTDESK_PRECISSION="0.98")
    assert said.endswith("did you mean FRONTDESK_PRECISION?")


@pytest.mark.parametrize("command", ["run", "demo"])
def test_a_folder_that_cannot_be_written(env, command):
    said = refusal(env, command, FRONTDESK_HOME="/dev/null/home")
    assert said.startswith("FRONTDESK_HOME /dev/null/home can't be written")


def test_a_port_that_is_taken(env):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refusal(env, FRONTDESK_PORT=port)
    assert said.startswith(f"FRONTDESK_PORT {port} on 127.0.0.1 can't be used")
    assert "set FRONTDESK_PORT to a free port" in said


def test_an_address_that_is_not_this_machines(env):
    said = refusal(env, FRONTDESK_HOST="192.0.2.1")
    assert said.startswith("FRONTDESK_HOST 192.0.2.1 can't be listened on")


@pytest.mark.parametrize("command", ["run", "web", "worker"])
def test_a_database_that_does_not_answer(env, command):
    said = refusal(env, command, DATABASE_URL=NOBODY, BROKER_URL=BROKER)
    assert said.startswith("DATABASE_URL can't be used (")
    assert "Connection refused" in said
    assert "start that server" in said


def test_a_database_in_a_folder_that_cannot_be(env):
    said = refusal(env, DATABASE_URL="sqlite:////dev/null/frontdesk.sqlite")
    assert said.startswith("DATABASE_URL is in /dev/null, which can't be written")


def test_a_database_of_a_newer_version(env, tmp_path):
    url = f"sqlite:///{tmp_path}/home/frontdesk.sqlite"
    of_another(url, text("UPDATE alembic_version SET version_num = '9999'"))
    assert "revision 9999" in refusal(env)
    assert "install the version that made it" in refusal(env)


def test_a_demo_leaves_the_database_of_a_real_page_alone(env, tmp_path):
    url = f"sqlite:///{tmp_path}/home/frontdesk.sqlite"
    row = {"page_id": "4711", "token": b"", "abilities": {}}
    page = insert(Page).values(**row, created_at=text("CURRENT_TIMESTAMP"))
    of_another(url, page)
    assert refusal(env, "demo").startswith("DATABASE_URL holds the Page 4711")


def of_another(url, statement):
    database = open_database(url)
    migrate.migrate(database)
    database.write(lambda connection: connection.execute(statement))
    database.close()


def test_a_flow_that_cannot_be_run(env, tmp_path):
    file = tmp_path / "home/data/flows/gift.yml"
    file.parent.mkdir(parents=True)
    file.write_text(GIFT)
    said = refusal(env)
    assert f"{file}, line 6, flow gift" in said
    assert "'collct'; did you mean 'collect'?" in said


def test_phrasings_with_a_typo(env, tmp_path):
    file = tmp_path / "home/data/nlu/en/gift.yml"
    file.parent.mkdir(parents=True)
    file.write_text("nlu:\n- intnt: gift_wrap\n  examples: |\n    - wrap it\n")
    said = refusal(env)
    assert said.startswith(f"{file}:2: write one of intent")
    assert said.endswith("did you mean 'intent'?")


@pytest.mark.parametrize("command", ["web", "worker"])
def test_several_processes_need_postgresql(env, command):
    said = refusal(env, command)
    assert said.startswith("DATABASE_URL is SQLite")
    assert said.endswith(f"use `{FRONTDESK} run`")


@pytest.mark.parametrize("command", ["web", "worker"])
def test_several_processes_need_a_broker(env, command):
    said = refusal(env, command, DATABASE_URL=NOBODY)
    assert said.startswith("BROKER_URL is not set: set it to your RabbitMQ")


def test_another_frontdesk_in_the_same_folder(env):
    with started(env):
        said = refusal(env)
        assert said.startswith(f"FRONTDESK_HOME {env['FRONTDESK_HOME']} is in use")
        assert "stop it, or name another folder" in said


def test_another_frontdesk_on_the_same_database(env, tmp_path):
    (tmp_path / "rows").mkdir()
    url = f"sqlite:///{tmp_path}/rows/frontdesk.sqlite"
    with (tmp_path / "rows" / "engine.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = refusal(env, DATABASE_URL=url)
    assert said.startswith(f"FRONTDESK_HOME {tmp_path}/rows is in use")


def test_one_that_starts_says_where_it_listens_and_who_is_the_first_admin(env):
    with started(env) as (process, port, said):
        pass
    assert process.returncode == 0
    plain = [line.strip() for line in said if not line.startswith("{") and line.strip()]
    assert plain[0] == f"Frontdesk listens on http://127.0.0.1:{port}"
    assert plain[1].startswith("Sign in as the first admin")
    for line in said:
        if line.startswith("{"):
            assert json.loads(line)["level"] != "error", line


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.postgres
def test_a_web_process_says_it_too_and_only_once(env, url):
    given = {**env, "DATABASE_URL": url, "BROKER_URL": BROKER}
    with started(given, "web") as (_, port, first):
        pass
    with started(given, "web") as (_, _, second):
        pass
    plain = [line.strip() for line in first if not line.startswith("{")]
    assert f"Frontdesk listens on http://127.0.0.1:{port}" in plain
    assert "Sign in as the first admin, once, within 30 minutes:" in plain
    assert f"Later: {FRONTDESK} users link admin" in plain
    assert not any("first admin" in line for line in second)


def test_one_that_is_no_demo_has_no_past(env, tmp_path):
    with started(env):
        pass
    with sqlite3.connect(tmp_path / "home" / "frontdesk.sqlite") as database:
        for table in ("conversation", "message", "shop_order"):
            query = f"SELECT count(*) FROM {table}"  # noqa: S608 - names of ours
            assert database.execute(query).fetchone() == (0,)
