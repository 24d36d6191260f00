"""Column types that read the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import (
    JSON,
    ColumnElement,
    DateTime,
    Dialect,
    Float,
    FromClause,
    Row,
    String,
    literal_column,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import QueryableAttribute
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator

Payload: TypeAlias = dict[str, Any]
AnyRow: TypeAlias = Row[*tuple[Any, ...]]

Json = JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone can't be stored")
        return value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Name(TypeDecorator[StrEnum]):
    """A member of a StrEnum, kept as its word."""

    impl = String(32)
    cache_ok = True

    def __init__(self, names: type[StrEnum]) -> None:
        super().__init__()
        self.names = names

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.names(value).value

    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> StrEnum | None:
        return None if value is None else self.names(value)


def word(member: StrEnum) -> ColumnElement[str]:
    """Return a member as it stands in a statement: a word, not a parameter.

    Where a statement is long, or an index holds the rows of one state alone, PostgreSQL
    otherwise plans it anew each time, which costs as much as to run it. Of our own
    members only: nothing is escaped.
    """
    return literal_column(f"'{member.value}'")


def with_table(column: QueryableAttribute[Any]) -> ColumnElement[Any]:
    """Return a column as a subquery in a RETURNING has to name it: with its table.

    For SQLite SQLAlchemy leaves tables out there, and a name that two tables have
    would mean the wrong one. Of our own columns only: nothing is escaped.
    """
    return literal_column(f"{column.class_.__tablename__}.{column.key}", column.type)


class DatabaseSeconds(GenericFunction[float]):
    """The database's own time in seconds: what leases are measured by.

    Workers on two machines, or one that was stopped and went on, have clocks
    that differ; the database has one.
    """

    type = Float()
    inherit_cache = True
    name = "database_seconds"


@compiles(DatabaseSeconds, "sqlite")
def _sqlite_seconds(element: FromClause, compiler: Any, **options: Any) -> str:
    # unixepoch('subsec') is null before SQLite 3.42, and Debian 12 has 3.40.
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(DatabaseSeconds, "postgresql")
def _postgresql_seconds(element: FromClause, compiler: Any, **options: Any) -> str:
    return "extract(epoch from clock_timestamp())"
