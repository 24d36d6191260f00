"""Write no log while something is measured that provokes thousands of lines."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog


@contextmanager
def silent() -> Iterator[None]:
    """Let only what is critical be written."""
    before = structlog.get_config()
    quiet = structlog.make_filtering_bound_logger(logging.CRITICAL)
    structlog.configure(wrapper_class=quiet)
    try:
        yield
    finally:
        structlog.configure(**before)
