"""A PostgreSQL database of one's own, for as long as a measurement takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text

SERVER = "postgresql://postgres@127.0.0.1:5432"


@contextmanager
def postgresql(server: str, name: str) -> Iterator[str]:
    """Make a database called *name*, yield its URL, and drop it."""
    engine = create_engine(driven(f"{server}/postgres"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield f"{server}/{name}"
        finally:
            with engine.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


def driven(url: str) -> str:
    """Return the URL with the driver that we use."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
