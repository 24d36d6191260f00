"""`frontdesk connect` and `frontdesk doctor`: what they do, say, and end with."""

import json
import os
import sys
from pathlib import Path
from subprocess import run

import pytest

from bot.store import knowledge
from intents.vectors import encoder
from tests.bot.connection import conftest as connected
from tests.bot.connection.test_checks import CURES, FAULTS
from tests.emulator.conftest import OTHER_PAGE, OTHER_TOKEN, PAGE, TOKEN

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

COMMAND = Path(sys.executable).with_name("frontdesk")
server, settings = connected.server, connected.settings
bare, shop = connected.bare, connected.shop


@pytest.fixture(autouse=True)
def learning(parts):
    """The small model of tests lacks most phrasings: they are about to be learned."""
    parts.database.write(knowledge.changed)


def environment(parts, **changes):
    """The settings of a shop as its environment."""
    settings = parts.settings
    ours = ("FACEBOOK_", "FRONTDESK_", "GRAPH_", "BROKER_", "DATABASE_", "SECRET_KEY")
    around = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    return around | {
        "FRONTDESK_HOME": str(settings.home),
        "FACEBOOK_APP_ID": settings.app_id,
        "FACEBOOK_PAGE_ID": ",".join(settings.page_ids),
        "FACEBOOK_APP_SECRET": settings.app_secrets[0],
        "FACEBOOK_PAGE_ACCESS_TOKEN": ",".join(settings.page_access_tokens),
        "FACEBOOK_VERIFY_TOKEN": settings.verify_token,
        "SECRET_KEY": settings.secret_key,
        "DATABASE_URL": settings.database_url,
        "GRAPH_URL": settings.graph_url,
        "FRONTDESK_URL": settings.public_url,
        **changes,
    }


def frontdesk(parts, *words, **changes):
    """What a command says, and what it ends with."""
    env = environment(parts, **changes)
    done = run(  # noqa: S603 - our own command
        [COMMAND, *words],
        env=env,
        cwd=parts.settings.home,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def told(done):
    return json.loads(done.stdout)


def test_connect_sets_up_what_it_can_and_says_what_is_left(bare, parts):
    bare.messenger.faults(connection={"subscription": "removed"})

    done = frontdesk(parts, "connect", "--json")

    facts = told(done)
    assert facts["done"] == ["subscribe", "profile"]
    states = {check["step"]: check["state"] for check in facts["checks"]}
    assert states.pop("message") == "not_run"
    assert set(states.values()) == {"green"}
    assert (done.returncode, facts["all_well"]) == (1, False)
    (page, _) = bare.messenger.get("pages")["pages"]
    assert page["profile"]["get_started"] == {"payload": "GET_STARTED"}


BOTH = {
    "FACEBOOK_PAGE_ID": f"{PAGE},{OTHER_PAGE}",
    "FACEBOOK_PAGE_ACCESS_TOKEN": f"{TOKEN},{OTHER_TOKEN}",
}


def test_connect_sets_up_each_of_several_pages_and_says_what_is_left(shop, parts):
    shop.messenger.post(f"pages/{OTHER_PAGE}", {"token": "expired"})

    facts = told(frontdesk(parts, "connect", "--json", **BOTH))

    first, second = facts["pages"]
    assert (facts["all_well"], first["all_well"]) == (False, True)
    assert [first["page_id"], second["page_id"]] == [PAGE, OTHER_PAGE]
    reds = [one["finding"] for one in second["checks"] if one["state"] == "red"]
    assert reds == ["token_expired"]
    said = frontdesk(parts, "connect", **BOTH)
    assert said.returncode == 1
    assert f"Page Harbour Records ({PAGE})\n8 right, 0 red" in said.stdout
    assert f"Page {OTHER_PAGE}\n" in said.stdout


def test_doctor_checks_each_of_several_pages(shop, parts):
    shop.messenger.post(f"pages/{OTHER_PAGE}", {"token": "expired"})
    facts = told(frontdesk(parts, "doctor", "--live", "--json", **BOTH))
    findings = {
        one["page_id"]: {check["step"]: check["state"] for check in one["checks"]}
        for one in facts["pages"]
    }
    assert findings[PAGE]["token"] == "green"
    assert findings[OTHER_PAGE]["token"] == "red"
    said = frontdesk(parts, "doctor", "--live", **BOTH)
    assert said.returncode == 1
    assert f"\nPage {PAGE}\nok  The app and its secret" in said.stdout
    assert f"\nPage {OTHER_PAGE}\nok  The app and its secret" in said.stdout


def test_a_test_message_goes_out_from_the_page_that_its_customer_wrote_to(shop, parts):
    said = frontdesk(parts, "connect", "--test-to", "4711", **BOTH)
    assert said.returncode != 0
    assert "nobody wrote in conversation 4711 today; who did: 1" in said.stderr


def test_connect_ends_with_zero_when_all_eight_are_right(shop, parts):
    done = frontdesk(parts, "connect")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("ok  ") == 8
    assert done.stdout.startswith("8 right, 0 red, 0 not checked.\n")
    # A customer has written to this shop just now, and was answered.
    assert "Nothing has come in" not in done.stdout
    assert "Messenger has taken no message" not in done.stdout


@pytest.mark.parametrize("step", FAULTS)
def test_the_command_shows_each_fault_with_its_cure(shop, parts, step):
    shop.breaks(**FAULTS[step][0])

    done = frontdesk(parts, "doctor", "--live")

    assert done.returncode == 1
    red = done.stdout.split("\nRED ")
    assert len(red) == 2, done.stdout
    cured = " ".join(red[1].split("\n--  ")[0].split("\nok  ")[0].split())
    assert CURES[step] in cured


def test_connect_does_not_take_a_webhook_away_unless_told(shop, parts):
    shop.breaks(subscription="elsewhere")
    left = frontdesk(parts, "connect")
    assert left.returncode == 1
    assert f"`{COMMAND} connect --move-webhook`" in left.stdout

    moved = frontdesk(parts, "connect", "--move-webhook", "--json")

    assert moved.returncode == 0
    assert told(moved)["done"] == ["move"]


def test_a_test_message_goes_to_nobody_who_has_not_written(shop, parts):
    done = frontdesk(parts, "connect", "--test-to", "999")
    assert done.returncode == 2
    assert "who did: 1" in done.stderr


def test_doctor_is_content_with_a_sound_installation(shop, parts):
    facts = told(frontdesk(parts, "doctor", "--json"))
    assert {one["name"]: one["well"] for one in facts["local"]} == dict.fromkeys(
        ("settings", "disk", "files", "database", "tables", "model"), True
    )
    assert facts["checks"] == []
    live = frontdesk(parts, "doctor", "--live", "--json")
    assert (live.returncode, len(told(live)["checks"])) == (0, 8)


def test_doctor_says_whether_english_is_read_by_what_it_means(shop, parts):
    found = told(frontdesk(parts, "doctor", "--json", FRONTDESK_EMBEDDINGS="yes"))
    (told_of,) = (one for one in found["local"] if one["name"] == "embeddings")
    installed = encoder.found(parts.settings.models) is not None
    assert told_of["well"] is installed
    assert ("on: " in told_of["said"]) is installed
    assert "make install-embeddings" in told_of["cure"]


@pytest.mark.parametrize(
    ("name", "changes", "word"),
    [
        ("settings", {"FACEBOOK_APP_ID": ""}, "FACEBOOK_APP_ID is not set"),
        (
            "database",
            {"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"},
            "PostgreSQL can't be used",
        ),
    ],
)
def test_doctor_names_what_is_wrong_with_this_machine(shop, parts, name, changes, word):
    done = frontdesk(parts, "doctor", "--live", "--json", **changes)
    found = told(done)
    (bad,) = (one for one in found["local"] if not one["well"])
    assert (bad["name"], done.returncode) == (name, 1)
    assert word in bad["said"]
    assert bad["cure"]
    assert found["checks"] == []


def test_doctor_sees_tables_that_are_missing_and_files_that_are_wrong(
    shop, parts, tmp_path
):
    layer = parts.settings.home / "data" / "messenger"
    layer.mkdir(parents=True)
    (layer / "profile.yml").write_text("greeting: ''\n")
    empty = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    found = told(frontdesk(parts, "doctor", "--json", DATABASE_URL=empty))
    wrong = {one["name"]: one["said"] for one in found["local"] if not one["well"]}
    assert wrong.keys() == {"files", "tables"}
    assert "'greeting' must be a text" in wrong["files"]
