import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from intents.classifier import Model
from intents.examples import Training, load
from intents.teaching import calibrate, teach
from tests.required import lacking

SHARED = Path(__file__).parents[3] / "shared" / "datasets"
DATASETS = Path(os.environ.get("TEST_DATASETS", SHARED))


@pytest.fixture(scope="session")
def shop() -> Training:
    return load([Path(__file__).parent / "shop"])


@pytest.fixture(scope="session")
def model(shop: Training) -> Model:
    return calibrate(teach(shop))


@pytest.fixture(scope="session")
def saved(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return model.save(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def seconds() -> Callable[[Callable[[], object]], float]:
    """Return what measures CPU seconds: the least of three runs."""

    def measured(work: Callable[[], object]) -> float:
        def once() -> float:
            began = time.process_time()
            work()
            return time.process_time() - began

        return min(once() for _ in range(3))

    return measured


@pytest.fixture(scope="session")
def datasets() -> Path:
    if not DATASETS.is_dir():
        lacking("development sets are missing: set TEST_DATASETS to their directory")
    return DATASETS
