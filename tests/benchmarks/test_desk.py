"""A small desk on both databases: every update reaches the page that waits for it."""

import json
import subprocess
import sys

import pytest

SMALL = {
    "messages": 1400,
    "conversations": 700,
    "agents": 3,
    "rate": 2,
    "updates": 1,
    "seconds": 4,
    "warm-up": 2,
}


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_at_a_small_desk_nothing_fails_and_every_update_is_seen(database, request):
    where = []
    if database == "postgresql":
        servers = request.getfixturevalue("servers")
        where = [f"--postgresql={servers.postgresql}", f"--rabbitmq={servers.rabbitmq}"]
    command = [sys.executable, "-m", "benchmarks.desk", "--json"]
    sizes = [f"--{name}={value}" for name, value in SMALL.items()]
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        [*command, f"--database={database}", *where, *sizes],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    facts = json.loads(done.stdout)[database]
    assert facts["failed"] == 0
    assert facts["updates_missed"] == 0
    assert facts["took_ms"]["update"]["count"] == SMALL["updates"] * SMALL["seconds"]
