"""What is compiled once in a process of tests, though each test makes it anew.

A test has an application and a database of its own. What their templates, addresses
and statements are compiled to depends on neither, and took more time than the tests.
"""

from collections.abc import Callable, Hashable
from typing import Any, ClassVar, TypeAlias

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

Builder: TypeAlias = Callable[..., tuple[str, str]]


class Templates(BytecodeCache):
    """Templates as they were compiled first."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template, if it has been compiled in this process."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template; its text is in the bucket's checksum."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


class Statements(LRUCache[Any, Any]):
    """Statements as they were compiled first, for all engines of a kind.

    SQLAlchemy keeps them by the dialect, of which each engine has one of its own. What
    makes one of a class differ is the server, and how it writes and reads JSON.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what a statement was compiled to, in this process."""
        return super().get(_of_kind(*key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(_of_kind(*key), compiled)


def _of_kind(dialect: Any, *statement: Any) -> tuple[Any, ...]:
    return (
        type(dialect),
        dialect.server_version_info,
        dialect._json_serializer,
        dialect._json_deserializer,
        *statement,
    )


class Address(Rule):
    """An address whose builders are compiled once: they follow from its words.

    Each of some 140 takes two, and werkzeug makes a syntax tree for each of them.
    """

    _kept: ClassVar[dict[Hashable, Builder]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        if self.defaults:  # converters write them, which are the application's own
            return super()._compile_builder(append_unknown)
        words = (self.rule, *self._trace, append_unknown)
        if words not in self._kept:
            self._kept[words] = super()._compile_builder(append_unknown)
        return self._kept[words]


def compile_once() -> None:
    """Let applications and engines of this process share what they compile."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Templates()}
    Flask.url_rule_class = Address
    # More than there are: none is compiled a second time.
    statements = Statements(capacity=10_000)

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=statements)

    event.listen(Engine, "engine_connect", share)
