"""Whether two documents are built like a text and its translation, or like two accounts of one event."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from consistency.align.scores import Matrix, Scale, background, extremes

SURE = 0.55
"""Normalised similarity from which two sentences that are each other's best count as a sure pair."""
IN_ORDER = 0.7
"""Share of the sure pairs that must stand in the same order on both sides."""
COVERED = 0.5
"""Share of the shorter document's sentences that must be in a sure pair in order."""
ONE_SENTENCE = 0.2
"""Normalised similarity from which two documents of one sentence each are a text and its translation."""

def is_translation(left: Matrix, right: Matrix, scale: Scale) -> bool:
    """Whether the sure pairs of sentences cover much of the shorter document and stand in order.

    Rows are unit vectors of the sentences.
    """
    best = extremes(left, right)
    rows = np.flatnonzero(best.column_choice[best.row_choice] == np.arange(len(left)))
    columns = best.row_choice[rows]
    base = background(left, right, best.of_rows, scale)[rows] + background(right, left, best.of_columns, scale)[columns]
    scores = scale.normalise(best.of_rows[rows] - base / 2)
    if (len(left), len(right)) == (1, 1):
        return bool(scores[0] >= ONE_SENTENCE)
    pairs = [int(column) for column, score in zip(columns, scores, strict=True) if score >= SURE]
    if not pairs:
        return False
    ordered = _longest_increasing(pairs)
    return ordered >= IN_ORDER * len(pairs) and ordered >= COVERED * min(len(left), len(right))


def _longest_increasing(values: list[int]) -> int:
    tails: list[int] = []
    for value in values:
        place = bisect_left(tails, value)
        tails[place : place + 1] = [value]
    return len(tails)
