"""Whether two documents are built like a text and its translation, or like two accounts of one event."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from consistency.align.scores import Matrix, Scale, excess

SURE = 0.55
"""Normalised similarity from which two sentences that are each other's best count as a sure pair."""
IN_ORDER = 0.7
"""Share of the sure pairs that must stand in the same order on both sides."""
COVERED = 0.5
"""Share of the shorter document's sentences that must be in a sure pair in order."""
ONE_SENTENCE = 0.3
"""Normalised similarity from which two documents of one sentence each are a text and its translation."""
LARGE = 2000
"""Of longer documents only this many sentences, evenly spread, are looked at on the left side."""


def is_translation(left: Matrix, right: Matrix, scale: Scale) -> bool:
    """Whether the sure pairs of sentences cover much of the shorter document and stand in order.

    Rows are unit vectors of the sentences.
    """
    if len(left) > LARGE:
        left = left[np.linspace(0, len(left) - 1, LARGE).astype(np.int64)]
    if len(right) > LARGE:
        right = right[np.linspace(0, len(right) - 1, LARGE).astype(np.int64)]
    scores = excess(left, right, scale)
    if scores.shape == (1, 1):
        return bool(scores[0, 0] >= ONE_SENTENCE)
    best_right, best_left = scores.argmax(axis=1), scores.argmax(axis=0)
    pairs = [int(j) for i, j in enumerate(best_right) if best_left[j] == i and scores[i, j] >= SURE]
    if not pairs:
        return False
    ordered = _longest_increasing(pairs)
    return ordered >= IN_ORDER * len(pairs) and ordered >= COVERED * min(scores.shape)


def _longest_increasing(values: list[int]) -> int:
    tails: list[int] = []
    for value in values:
        place = bisect_left(tails, value)
        tails[place : place + 1] = [value]
    return len(tails)
