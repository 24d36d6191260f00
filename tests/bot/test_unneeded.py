"""What a process that the command line starts leaves out, and gets when it asks."""

import json
import subprocess
import sys

import pytest

COMMAND = """
import contextlib, io, json, sys
from bot.cli import main
sys.argv = ["frontdesk", "run", "--help"]
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
"""


def _told(script):
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        [sys.executable, "-c", COMMAND + script], capture_output=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("served", ["bot.app", "bot.worker"])
def test_what_serves_loads_no_other_server_and_nothing_that_draws(served):
    heavy = ["sanic", "tracerite", "websockets", "uvloop.loop", "rich", "pygments"]
    heavy += ["charset_normalizer"]
    script = f"import {served}; print(json.dumps([*{{*{heavy}}} & {{*sys.modules}}]))"
    assert _told(script) == []


def test_nothing_is_said_of_what_is_left_out():
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        [sys.executable, "-c", COMMAND + "import bot.app"],
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""


def test_what_is_left_out_is_there_for_whoever_uses_it():
    script = """
import bot.app, charset_normalizer, rasa_sdk.plugin, rich, uvloop
from rasa_sdk.plugin import plugin_manager
found = [rasa_sdk.plugin.Sanic.__name__, plugin_manager().project_name]
found += [rich.__name__, uvloop.new_event_loop.__name__]
print(json.dumps([*found, charset_normalizer.detect(b"word")["encoding"]]))
"""
    assert _told(script) == [
        "Sanic",
        "rasa_sdk",
        "rich",
        "new_event_loop",
        "ascii",
    ]
