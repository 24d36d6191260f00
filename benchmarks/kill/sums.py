"""The sums that must come out: the three books against each other.

Each is a figure and what it must be. What may differ, as the promise says, is listed
with its cause: a message that Messenger may have taken and that waits for a person, or
one that was said twice because its class allows it.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from benchmarks.kill import books
from benchmarks.kill.figures import Sum, none
from benchmarks.kill.incoming import handled, received
from benchmarks.kill.outgoing import in_order, reminded, sent_once
from benchmarks.kill.people import left_to_people
from benchmarks.kill.storm import Storm
from benchmarks.kill.tables import Tables

DRAINED_WITHIN = 25  # seconds


def count(storm: Storm) -> list[Sum]:
    """Return all sums of a storm that is over."""
    storm.watcher.read()
    engine = storm.site.engine()
    with engine.connect() as connection:
        tables = Tables.read(connection, books.sent(storm.site.messenger))
        broken = list(_integrity(connection))
    engine.dispose()
    return [
        *received(tables, storm),
        *handled(tables),
        *sent_once(tables, storm.watcher.echoed),
        *in_order(tables, storm.watcher.taken_at),
        *left_to_people(tables, storm),
        *reminded(tables, storm),
        none("what the database says of itself", broken),
        *_processes(storm),
    ]


def _integrity(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for row in connection.execute(text("PRAGMA integrity_check")):
            if row[0] != "ok":
                yield row[0]
        for row in connection.execute(text("PRAGMA foreign_key_check")):
            yield f"{row[0]} {row[1]} has no {row[2]}"
    for name, query in _ORPHANS.items():
        for row in connection.execute(text(query)):
            yield f"{name} {row[0]}"


_ORPHANS = {
    "a message without its row in the thread": "SELECT o.id FROM outgoing_message o"
    " LEFT JOIN message m ON m.id = o.message_id WHERE m.id IS NULL",
    "a turn without its event": "SELECT t.id FROM turn t"
    " LEFT JOIN incoming_event e ON e.id = t.event_id WHERE e.id IS NULL",
    "a customer with two conversations": "SELECT customer_id FROM conversation"
    " GROUP BY customer_id HAVING count(*) > 1",
    "a person with two customers": "SELECT psid FROM customer"
    " GROUP BY page_id, psid HAVING count(*) > 1",
    "a lease that outlived its work": "SELECT id FROM conversation"
    " WHERE lease_until IS NOT NULL",
}


def _processes(storm: Storm) -> Iterator[Sum]:
    servers = storm.servers
    yield none("places of the code where nothing died", storm.spared)
    yield none("processes that ended by themselves", servers.gave_up)
    yield none("errors logged", servers.errors())
    slow = (
        f"{name}: status {status} after {seconds} s"
        for name, (status, seconds) in servers.exits.items()
        if status != 0 or seconds > DRAINED_WITHIN
    )
    yield none("processes that did not drain in 25 s", slow)
