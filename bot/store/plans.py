"""How PostgreSQL is let plan a statement once, not each time it is asked.

To plan one often takes longer than to run it.
"""

from typing import Any

from sqlalchemy import Engine, event

#: From its second use on a statement is planned for good: so many of a connection.
KEPT_FROM, KEPT = 1, 400


def keep(engine: Engine) -> None:
    """Let the connections of an engine keep the plans of their statements."""
    numbers = _numbers(engine.dialect.loaded_dbapi)

    def connected(connection: Any, _: object) -> None:
        connection.prepare_threshold, connection.prepared_max = KEPT_FROM, KEPT
        connection.adapters.register_dumper(int, numbers)

    event.listen(engine, "connect", connected)


def _numbers(driver: Any) -> Any:
    """Return what hands numbers over as of whatever type their statement says.

    By itself the driver says how large each number is. One statement then is several to
    the server, and each has to make a large one of a small one at every row: that looks
    so dear that it is planned anew each time.
    """

    def dump(_: Any, number: int) -> bytes:
        return b"%d" % number

    return type("Numbers", (driver.adapt.Dumper,), {"dump": dump})
