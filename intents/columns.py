"""Texts as rows to learn from: n-grams, sparse, and beside them vectors, if any.

What there is none of costs nothing: without vectors every product is that of the sparse
matrix alone.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix, vstack

from intents.corpus import Mask
from intents.features import Floats, Integers


@dataclass(frozen=True, eq=False, slots=True)
class Columns:
    """Rows of n-grams and of what their vectors hold."""

    grams: csr_matrix
    vectors: Floats | None = None

    def __getitem__(self, which: Mask) -> Self:
        """Return some of the rows."""
        vectors = None if self.vectors is None else self.vectors[which]
        return type(self)(self.grams[which], vectors)

    def single(self) -> Self:
        """Return the same in single precision."""
        vectors = None if self.vectors is None else self.vectors.astype(np.float32)
        return type(self)(self.grams.astype(np.float32), vectors)

    def and_grams(self, more: csr_matrix) -> Self:
        """Return the rows and *more*, which have n-grams alone."""
        grams = vstack((self.grams, more), format="csr")
        if self.vectors is None:
            return type(self)(grams)
        none = np.zeros((more.shape[0], self.vectors.shape[1]), self.vectors.dtype)
        return type(self)(grams, np.concatenate((self.vectors, none)))

    def scores(self, weights: Floats) -> Floats:
        """Return what weights, those of n-grams first, say of each row."""
        size = self.grams.shape[1]
        found: Floats = self.grams @ weights[:size]
        if self.vectors is not None:
            found += self.vectors @ weights[size:]
        return found

    def gathered(self, shares: Floats) -> Floats:
        """Return the weights that are the sum of such shares of the rows."""
        found: Floats = self.grams.T @ shares
        if self.vectors is None:
            return found
        return np.concatenate((found, self.vectors.T @ shares))

    def alike(self, shares: Floats) -> Floats:
        """Return what such weights say of each row."""
        found: Floats = self.grams @ (self.grams.T @ shares)
        if self.vectors is not None:
            found += self.vectors @ (self.vectors.T @ shares)
        return found

    def middles(self, which: Integers) -> Self:
        """Return a row for each of *which*: the middle of its rows, of length one."""
        ones = np.ones(len(which), np.float32)
        mine = csr_matrix((ones, (which, np.arange(len(which)))))
        sums = type(self)(
            mine @ self.grams, None if self.vectors is None else mine @ self.vectors
        )
        tiny = np.finfo(np.float32).tiny
        return sums._times((1 / np.maximum(sums.lengths(), tiny)).astype(np.float32))

    def lengths(self) -> Floats:
        """Return the length of each row."""
        squares = np.bincount(self._rows(), self.grams.data**2, self.grams.shape[0])
        if self.vectors is not None:
            squares = squares + np.einsum("ij,ij->i", self.vectors, self.vectors)
        lengths: Floats = np.sqrt(squares)
        return lengths

    def as_weights(self) -> Floats:
        """Return each row as the weights of a machine."""
        grams: Floats = self.grams.T.toarray()
        if self.vectors is None:
            return grams
        return np.concatenate((grams, self.vectors.T))

    def _times(self, scales: Floats) -> Self:
        self.grams.data *= scales[self._rows()]
        vectors = None if self.vectors is None else self.vectors * scales[:, None]
        return type(self)(self.grams, vectors)

    def _rows(self) -> Integers:
        """Return the row of each n-gram."""
        return np.repeat(np.arange(self.grams.shape[0]), np.diff(self.grams.indptr))
