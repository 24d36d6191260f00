"""The command line: `frontdesk --help`.

A command's module is imported only when the command is called, so that the parent
of `frontdesk run`, which does nothing but watch over its child, stays small.
"""

import importlib

import click

from bot import unneeded

COMMANDS = {
    "check": "bot.commands.check:check",
    "classify": "bot.commands.learn:classify",
    "connect": "bot.commands.connect:connect",
    "demo": "bot.commands.demo:demo",
    "doctor": "bot.commands.doctor:doctor",
    "evaluate": "bot.commands.learn:evaluate",
    "events": "bot.commands.data:events",
    "export": "bot.commands.rasa:export",
    "import": "bot.commands.rasa:import_",
    "migrate": "bot.commands.data:migrate",
    "orders": "bot.commands.data:orders",
    "products": "bot.commands.data:products",
    "replay": "bot.commands.replay:replay",
    "run": "bot.commands.serve:run",
    "test": "bot.commands.scripts:test",
    "train": "bot.commands.learn:train",
    "users": "bot.commands.people:users",
    "web": "bot.commands.serve:web",
    "worker": "bot.commands.serve:worker",
}


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=LazyGroup, context_settings={"max_content_width": 88})
@click.version_option(package_name="frontdesk")
def frontdesk() -> None:
    """Answer a shop's customers in Messenger, and fetch a person when unsure."""


def main() -> None:
    """Run the command that was asked for."""
    unneeded.leave_out()
    frontdesk()
