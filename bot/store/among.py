"""Is a number among others? One statement for as many as there may be.

With a place for each, a list of every length is a statement of its own: read by the
driver, and planned by PostgreSQL, anew.
"""

from collections.abc import Callable
from typing import Any

import orjson
from sqlalchemy import Boolean, ColumnElement, Dialect, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import UserDefinedType


def among(column: Any, name: str) -> ColumnElement[bool]:
    """Return the condition that *column* is among the numbers given as *name*."""
    return _Among(column, bindparam(name, type_=_Numbers()))


class _Numbers(UserDefinedType[list[int]]):
    """Numbers as one value: a list of PostgreSQL's, or of JSON."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "BIGINT[]"

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:
        is_json = dialect.name == "sqlite"

        def process(numbers: Any) -> str:
            told = orjson.dumps([*numbers]).decode()
            return told if is_json else f"{{{told[1:-1]}}}"

        return process


class _Among(GenericFunction[bool]):
    type = Boolean()
    inherit_cache = True
    name = "among"


@compiles(_Among, "sqlite")
def _sqlite_among(element: Any, compiler: Any, **options: Any) -> str:
    column, numbers = (compiler.process(one, **options) for one in element.clauses)
    inside = f"SELECT value FROM json_each({numbers})"  # noqa: S608 - a place for them
    return f"{column} IN ({inside})"


@compiles(_Among, "postgresql")
def _postgresql_among(element: Any, compiler: Any, **options: Any) -> str:
    column, numbers = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} = ANY ({numbers}::BIGINT[])"
