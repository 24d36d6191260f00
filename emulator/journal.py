"""A book of what happened: numbered records, ready to be read out."""

from collections.abc import Mapping

import orjson


class Journal:
    """Keeps records as JSON, in order; forgets the oldest when there are too many."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._records: list[bytes] = []
        #: How many were ever written; the number of the newest.
        self.count = 0

    def add(self, record: Mapping[str, object]) -> int:
        """Write *record* down under the next number, which is returned."""
        self.count += 1
        written = orjson.dumps({"n": self.count, **record})
        # A copy, because orjson's own bytes hold on to 4 kB each.
        self._records.append(bytes(memoryview(written)))
        # Cut rarely and by half, so that a long run does not shift a list at every add.
        if len(self._records) > 2 * self._keep:
            del self._records[: self._keep]
        return self.count

    def page(self, after: int, limit: int) -> bytes:
        """Return up to *limit* records that follow number *after*, as a JSON array."""
        forgotten = self.count - len(self._records)
        start = max(after - forgotten, 0)
        return b"[" + b",".join(self._records[start : start + limit]) + b"]"
