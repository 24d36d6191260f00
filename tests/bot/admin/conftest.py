"""An editor, and what is in the FAQ."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from bot.store import faq
from bot.store.faq import Version
from bot.wiring import Parts
from tests.bot.visiting import Visitor, visitor


class Editor:
    """Somebody who edits the FAQ, and what they then find in it."""

    def __init__(self, who: Visitor, parts: Parts) -> None:
        self.who = who
        self.parts = parts

    def entry(self, name: str) -> Version:
        with self.parts.database.read() as connection:
            found = faq.entry(connection, name)
        assert found is not None
        return found

    def versions(self, name: str) -> list[Version]:
        """All versions of an entry, the newest first."""
        with self.parts.database.read() as connection:
            return [*faq.versions(connection, name)]

    def form(self, name: str, **changes: object) -> dict[str, object]:
        """The form of an entry as it is opened now, with *changes* typed into it."""
        now = self.entry(name)
        fields = {
            "version": now.number,
            "question": now.question,
            "phrasings": "\n".join(now.phrasings),
            "answer": now.answers.get("en", ""),
            "state": "live" if now.live else "draft",
        }
        return fields | changes

    def save(self, name: str, **changes: object) -> str:
        """Save an entry; return the page that follows."""
        answer = self.who.post(f"/admin/faq/{name}", **self.form(name, **changes))
        assert answer.status_code == 303, answer.text
        return self.who.words(answer.location)


@pytest.fixture
def repairs(editor: Editor) -> str:
    """The name of an entry that an editor wrote."""
    fields = {
        "question": "Do you repair records?",
        "phrasings": "can you mend my scratched record\nrecord repair",
        "answer": "Sadly not.",
        "state": "live",
    }
    answer = editor.who.post("/admin/faq/new", **fields)
    assert answer.status_code == 303, answer.text
    return "do_you_repair_records"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages wait for a check or the scripts as long as they would be sent again."""
    monkeypatch.setattr("bot.admin.gate.PATIENCE", 120.0)
    monkeypatch.setattr("bot.admin.scripts.PATIENCE", 120.0)


@pytest.fixture
def editor(app: Flask, parts: Parts) -> Editor:
    return Editor(visitor(app, "editor", "Grace"), parts)


@pytest.fixture
def colleague(app: Flask, parts: Parts) -> Editor:
    return Editor(visitor(app, "editor", "Ben"), parts)


@pytest.fixture
def clock(parts):
    """A clock that stands: a message and its turn are of one moment."""
    moment = parts.clock()
    object.__setattr__(parts, "clock", lambda: moment)
    return moment


@pytest.fixture
def folder(parts: Parts, tmp_path: Path) -> Path:
    """Where the scripts of the shop lie."""
    folder = tmp_path / "data" / "conversations"
    folder.mkdir(parents=True)
    object.__setattr__(parts.content, "scripts", (folder,))
    return folder


@pytest.fixture(scope="session")
def models_before(tmp_path_factory):
    """The models of earlier tests: what was learned once need not be learned again."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture
def shop(editor, parts, models_before):
    """An editor of a shop whose live model is of its own content."""
    shutil.copytree(models_before, parts.settings.models, dirs_exist_ok=True)
    parts.teaching.start_over()
    shutil.copytree(parts.settings.models, models_before, dirs_exist_ok=True)
    parts.understanding.refresh()
    return editor
