import base64
import json
import secrets
import threading
from collections import Counter
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine
from sqlalchemy import text as sql
from sqlalchemy.exc import OperationalError

from bot.cli import frontdesk
from bot.store import migrate
from bot.store.database import open_database
from tests.required import lacking
from webhooks.signature import SignatureError, sign, verify

SHARED = Path(__file__).parents[4] / "shared" / "payloads"


def run(*words, **env):
    return CliRunner().invoke(frontdesk, ["replay", *map(str, words)], env=env)


def text(mid, said="where is my parcel?", psid="7001", **more):
    message = {"mid": mid, "text": said, **more}
    return {"sender": {"id": psid}, "recipient": {"id": "8001"}, "message": message}


def webhook(*messaging):
    return {"object": "page", "entry": [{"id": "8001", "messaging": list(messaging)}]}


def vector(name, secret, signature, *, valid, algorithm="sha256", header="-256"):
    return {
        "id": name,
        "scheme": "x-hub",
        "header": f"X-Hub-Signature{header}",
        "algorithm": algorithm,
        "secret": secret,
        "body_base64": base64.b64encode(BODY).decode(),
        "signature": signature,
        "expect_valid": valid,
    }


BODY = b'{"object":"page","entry":[]}'
FILES = {
    "two-texts.json": ("webhook", webhook(text("m_1"), text("m_2", "hello", "7002"))),
    "same-again.json": ("event", text("m_1")),
    "echo.json": ("event", text("m_3", is_echo=True)),
    "no-sender.json": ("event", {"message": {"text": "hello"}}),
    "no-page.json": ("webhook", {"entry": [{"messaging": [{"message": {}}]}]}),
    "like.json": ("change", {"field": "feed", "value": {"item": "like"}}),
    "nonsense.json": ("raw", {"raw_body": "not JSON at all"}),
    "asked.json": ("request", {"recipient": {"id": "7001"}}),
}
VECTORS = [
    vector("good", "s-one", sign(BODY, "s-one"), valid=True),
    vector("other secret", "s-two", sign(BODY, "s-one"), valid=False),
    vector("old", "s-one", "sha1=aa", valid=True, algorithm="sha1", header=""),
    {**vector("theirs", "s-one", "v1,aa", valid=True), "scheme": "standard"},
]


@pytest.fixture
def folder(tmp_path):
    lines = ["file,level"]
    for name, (level, content) in FILES.items():
        (tmp_path / name).write_text(json.dumps(content))
        lines.append(f"{name},{level}")
    (tmp_path / "SOURCES.csv").write_text("\n".join(lines))
    (tmp_path / "signatures.json").write_text(json.dumps({"vectors": VECTORS}))
    return tmp_path


@pytest.mark.slow
def test_a_folder_is_replayed_and_every_check_holds(folder):
    result = run(folder, "--json")
    facts = json.loads(result.stdout)
    assert [check for check in facts["checks"] if not check["held"]] == []
    assert result.exit_code == 0

    assert facts["posted"] == 7
    assert facts["not_inbound"] == {"request": 1}
    assert facts["statuses"] == {"200": 7}
    stored = {kind["kind"]: kind["stored"] for kind in facts["stored"]}
    assert stored == {"message": 4, "echo": 1, "feed": 1, "unparsable": 1}
    tried = {one["id"]: set(one["statuses"].values()) for one in facts["signatures"]}
    assert tried == {"good": {200}, "other secret": {403}, "old": {403}}
    assert list(facts["unusable"]) == ["theirs"]


POSTGRESQL = "postgresql://postgres@127.0.0.1:5432"


@pytest.fixture
def postgresql():
    """Return the URL of an empty database, which is dropped at the end."""
    name = f"fd_replay_{secrets.token_hex(4)}"
    engine = create_engine(
        f"{POSTGRESQL.replace('://', '+psycopg://')}/postgres",
        isolation_level="AUTOCOMMIT",
    )
    try:
        with engine.connect() as connection:
            connection.execute(sql(f"CREATE DATABASE {name}"))
            yield f"{POSTGRESQL}/{name}"
            connection.execute(sql(f"DROP DATABASE {name} WITH (FORCE)"))
    except OperationalError:
        lacking("no PostgreSQL at 127.0.0.1:5432")
    finally:
        engine.dispose()


@pytest.mark.slow
@pytest.mark.postgres
def test_the_same_holds_on_postgresql(folder, postgresql):
    facts = json.loads(run(folder, "--json", "--database-url", postgresql).stdout)
    assert [check for check in facts["checks"] if not check["held"]] == []


def test_a_database_that_is_in_use_is_refused(folder, tmp_path):
    url = f"sqlite:///{tmp_path / 'used.sqlite'}"
    with closing(open_database(url)) as database:
        migrate.migrate(database)
    result = run(folder, "--database-url", url)
    assert result.exit_code == 2
    assert "the database is not empty" in result.stderr


def test_a_database_that_does_not_answer_is_refused(folder):
    result = run(folder, "--database-url", "postgresql://nobody@127.0.0.1:1/none")
    assert result.exit_code == 2
    assert "can't be read" in result.stderr


@pytest.mark.slow
def test_a_vector_that_does_not_come_out_as_expected_breaks_a_check(folder):
    wrong = vector("forged", "s-one", "sha256=aa", valid=True)
    (folder / "signatures.json").write_text(json.dumps([wrong]))
    result = run(folder)
    assert result.exit_code == 1
    assert "BROKEN  every signature" in result.stdout
    assert "wrong: forged" in result.stdout


def test_a_folder_without_sources_is_refused_in_one_line(tmp_path):
    result = run(tmp_path)
    assert result.exit_code == 2
    [line] = result.stderr.splitlines()
    assert "has no SOURCES.csv" in line


@pytest.mark.parametrize(
    "words",
    [["--url", "http://127.0.0.1:1"], ["--app-secret", "s3cret"]],
    ids=["no secret", "no url"],
)
def test_a_url_and_a_secret_go_together(folder, words):
    result = run(folder, *words, FACEBOOK_APP_SECRET="")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


class Server(BaseHTTPRequestHandler):
    """Answers 200 to a body that is signed with the right secret, or 403."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            verify(body, self.headers["X-Hub-Signature-256"], ["s3cret"])
            self.send_response(200)
        except SignatureError:
            self.send_response(403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


@pytest.fixture
def url():
    with HTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_running_server_gets_every_body_signed(folder, url):
    result = run(folder, "--url", url, "--app-secret", "s3cret", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["statuses"] == {"200": 7}


def test_the_secret_may_come_from_the_environment(folder, url):
    result = run(folder, "--url", url, FACEBOOK_APP_SECRET="s3cret,older")
    assert result.exit_code == 0


def test_a_server_that_refuses_breaks_the_check(folder, url):
    result = run(folder, "--url", url, "--app-secret", "another")
    assert result.exit_code == 1
    assert "BROKEN  every answer is 200: 7 of 403" in result.stdout


def test_a_server_that_is_not_there_breaks_the_check(folder):
    result = run(folder, "--url", "http://127.0.0.1:1", "--app-secret", "s3cret")
    assert result.exit_code == 1
    assert "7 of no answer" in result.stdout


@pytest.fixture
def shared():
    if not (SHARED / "SOURCES.csv").exists():
        lacking(f"no recorded payloads at {SHARED}: nothing was replayed")
    return SHARED


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_all_recorded_payloads_are_taken_and_every_customer_is_heard(shared):
    result = run(shared, "--json")
    facts = json.loads(result.stdout)
    assert [check for check in facts["checks"] if not check["held"]] == []
    assert facts["posted"] + sum(facts["not_inbound"].values()) == len(levels(shared))
    stored = {kind["kind"]: kind["stored"] for kind in facts["stored"]}
    assert stored["message"] >= distinct_mids(shared)


def levels(folder):
    rows = (folder / "SOURCES.csv").read_text().splitlines()[1:]
    return [row for row in rows if row]


def distinct_mids(folder):
    """Count the messages of customers by their mid, reading as naively as can be."""
    mids = Counter()
    for path in sorted(folder.glob("message-text/*.json")):
        for item in items(json.loads(path.read_bytes())):
            message = item.get("message")
            if isinstance(message, dict) and "text" in message:
                mids[message.get("mid")] += 1
    del mids[None]
    return len(mids)


def items(content):
    """Yield every object inside *content*, at any depth."""
    if isinstance(content, dict):
        yield content
        content = list(content.values())
    if isinstance(content, list):
        for part in content:
            yield from items(part)
