"""Correspondence word by word: how much of one sentence the other one covers, and the reverse.

A sentence vector is a mean, so that a clause inside a long sentence is lost in it. Here each word looks for its
closest word on the other side, by the token vectors of the embedded encoder, which serve as a bilingual lexicon
whatever encoder is in use. A word weighs what its vector's length says: training made frequent words short.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from consistency.align.encoders import EmbeddedEncoder, Words, embedded
from consistency.align.scores import Matrix, Scale, yardstick

PIECE = 256
"""Sentences of each side that are compared at once, so that memory stays below some tens of megabytes."""


def coverage(left: Words, right: Words) -> Matrix:
    """Mean of how much each sentence covers the other, 0 to 1; shape (left sentences, right sentences)."""
    shape = (len(left.texts), len(right.texts))
    if not len(left.vectors) or not len(right.vectors):
        return np.zeros(shape, dtype=np.float32)
    cosines = np.clip(left.vectors @ right.vectors.T, 0.0, 1.0)
    forward = _covered(left, right, cosines)
    backward = _covered(right, left, cosines.T)
    return np.asarray((forward + backward.T) / 2, dtype=np.float32)


def _covered(one: Words, other: Words, cosines: Matrix) -> Matrix:
    """Entry [i, j]: weighted mean, over the words of text i, of the cosine of the closest word in text j."""
    shares = np.zeros((len(one.texts), len(one.vectors)), dtype=np.float32)
    for number, rows in enumerate(one.texts):
        np.add.at(shares[number], rows, one.weights[rows])
    totals = shares.sum(axis=1, keepdims=True)
    shares = np.divide(shares, totals, out=np.zeros_like(shares), where=totals > 0)
    closest = np.zeros((len(one.vectors), len(other.texts)), dtype=np.float32)
    for number, rows in enumerate(other.texts):
        if len(rows):
            closest[:, number] = cosines[:, rows].max(axis=1)
    return np.asarray(shares @ closest, dtype=np.float32)


def word_scores(left: Sequence[str], right: Sequence[str]) -> Matrix:
    """Coverage of all pairs of sentences; shape (len(left), len(right)). Long documents are taken in pieces."""
    encoder = embedded()
    scores = np.zeros((len(left), len(right)), dtype=np.float32)
    others = [(start, encoder.words(right[start : start + PIECE])) for start in range(0, len(right), PIECE)]
    for row in range(0, len(left), PIECE):
        words = encoder.words(left[row : row + PIECE])
        for column, other in others:
            scores[row : row + PIECE, column : column + PIECE] = coverage(words, other)
    return scores


@cache
def word_scale() -> Scale:
    """Coverage of unrelated sentences and of translations, on the yardstick."""
    return _measured(embedded())


def _measured(encoder: EmbeddedEncoder) -> Scale:
    words = {code: encoder.words(sentences) for code, sentences in yardstick().items()}
    codes = sorted(words)
    same: list[float] = []
    different: list[float] = []
    for number, one in enumerate(codes):
        for other in codes[number + 1 :]:
            found = coverage(words[one], words[other])
            same.append(float(np.diagonal(found).mean()))
            different.append(float(found[~np.eye(len(found), dtype=bool)].mean()))
    return Scale(round(float(np.mean(different)), 4), round(float(np.mean(same)), 4))
