"""What is kept of a language while others are learned."""

import mmap
from pathlib import Path

import numpy as np
import pytest

from intents import parts
from intents.examples import load
from intents.teaching import calibrate, teach

SHOP = Path(__file__).parent / "shop"


@pytest.fixture
def old(tmp_path):
    """A model whose thresholds a new one borrows."""
    return calibrate(teach(load([SHOP]))).save(tmp_path)


def test_weights_that_lie_on_disk_are_kept_there(tmp_path, old):
    more = tmp_path / "more.yml"
    more.write_text("nlu:\n- intent: mend\n  examples: |\n    - can you mend it\n")
    rows = load([SHOP, more])
    part = parts.train(tmp_path, rows, "en", under=old)
    taught = part.taught
    assert isinstance(taught.model.weights.base, np.memmap | mmap.mmap)
    plain = teach(rows, "en", under=parts.Model.load(old))
    assert np.array_equal(taught.model.weights, plain.model.weights)

    whole = parts.calibrated(part, tmp_path)
    assert whole.name == calibrate(plain).name
    assert np.array_equal(
        parts.Model.load(tmp_path / whole.name).weights, plain.model.weights
    )
