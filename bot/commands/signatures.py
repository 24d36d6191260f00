"""Does a server take what is signed with its secret, and refuse the rest?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.commands.posting import Poster
from bot.commands.recordings import Vector
from bot.commands.stage import Stage, local_session, server


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A vector, and what the webhook answered: to it whole, and to it in chunks."""

    vector: Vector
    statuses: Mapping[str, int]

    @property
    def held(self) -> bool:
        """Whether every answer was the one expected."""
        return set(self.statuses.values()) == {self.vector.status}


def tried(on: Stage, vectors: Sequence[Vector]) -> Iterator[Tried]:
    """Yield what came of each vector, on a server that knows its secret."""
    for group in groups([vector for vector in vectors if not vector.unusable]):
        secrets = sorted({vector.secret for vector in group})
        with server(on.knowing(secrets)), local_session() as session:
            poster = Poster(session, on.url)
            yield from [_try(poster, vector) for vector in group]


def groups(vectors: Sequence[Vector]) -> list[list[Vector]]:
    """Return the vectors in as few groups as can share a server.

    A server knows the secrets of all of its group. Two vectors with the same body
    and signature, one of them refused because its secret is another, can't share.
    """
    found: list[list[Vector]] = []
    by_secret = sorted(vectors, key=lambda vector: vector.secret)
    for _, some in groupby(by_secret, key=lambda vector: vector.secret):
        ours = list(some)
        home = next((group for group in found if not _clash(ours, group)), None)
        if home is None:
            found.append(ours)
        else:
            home += ours
    return found


def _clash(some: Sequence[Vector], others: Sequence[Vector]) -> bool:
    wanted = {(one.body, one.signature): one.status for one in others}
    return any(
        wanted.get((one.body, one.signature), one.status) != one.status for one in some
    )


def _try(poster: Poster, vector: Vector) -> Tried:
    headers = {vector.header: vector.signature}
    return Tried(
        vector=vector,
        statuses={
            "whole": poster.post(vector.body, headers),
            "chunked": poster.post(iter([vector.body]), headers),
        },
    )
