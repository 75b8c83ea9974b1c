"""How well two stretches of text correspond: the encoder's similarity above its background, with anchors.

Encoders differ in how close unrelated texts lie (0.05 for one, 0.4 for another) and in how close translations lie.
Similarities are therefore mapped so that 0 is the level of unrelated sentences and 1 that of translations, both
measured for the encoder itself on a few sentences of ours in six languages (`yardstick.toml`). In a document, the
level of unrelated sentences is that of the sentence's own row and column, drawn towards the encoder's level where the
document is short.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consistency.align.encoders import Encoder

Matrix = NDArray[np.float32]

DOCUMENT_PRIOR = 3
"""For `above_background`. On the fixtures' account and wire pairs, 0, 3 and 12 gave average precision 0.793, 0.800 and
0.779 (mean of the words', sentences' and clauses' scores)."""
PRIOR_SENTENCES = 12
"""The encoder's own background counts as this many sentences beside those of the document."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Mean cosine of unrelated sentences, and of translations, under one encoder."""

    unrelated: float
    translated: float

    @property
    def distance(self) -> float:
        """How far the two levels lie apart."""
        return max(self.translated - self.unrelated, 1e-6)

    def normalise(self, excess: NDArray[Any]) -> Matrix:
        """Cosine above background in units of the distance between the two levels."""
        return np.asarray(excess / self.distance, dtype=np.float32)


@cache
def yardstick() -> dict[str, tuple[str, ...]]:
    """Sentences by language; the same number says the same thing."""
    with (Path(__file__).parent / "yardstick.toml").open("rb") as file:
        return {code: tuple(sentences) for code, sentences in tomllib.load(file).items()}


_SCALES: dict[tuple[str, str], Scale] = {}


def scale_of(encoder: Encoder) -> Scale:
    """The two levels of an encoder, measured once a process and encoder on the yardstick."""
    key = (encoder.name, encoder.revision)
    if key not in _SCALES:
        _SCALES[key] = measure_scale(encoder)
    return _SCALES[key]


def measure_scale(encoder: Encoder) -> Scale:
    """Mean cosine of different, and of the same, yardstick sentences over all pairs of languages."""
    vectors = {code: encoder.encode(sentences) for code, sentences in yardstick().items()}
    codes = sorted(vectors)
    same: list[float] = []
    different: list[float] = []
    for number, one in enumerate(codes):
        for other in codes[number + 1 :]:
            cosines = vectors[one] @ vectors[other].T
            diagonal = np.diagonal(cosines)
            same.append(float(diagonal.mean()))
            count = len(cosines)
            different.append(float((cosines.sum() - diagonal.sum()) / (count * (count - 1))))
    return Scale(round(float(np.mean(different)), 4), round(float(np.mean(same)), 4))


@dataclass(frozen=True, slots=True)
class Extremes:
    """For each row and each column of a matrix of cosines, the highest value and where it stands (the first such)."""

    of_rows: Matrix
    row_choice: NDArray[np.int64]
    of_columns: Matrix
    column_choice: NDArray[np.int64]


def extremes(left: Matrix, right: Matrix) -> Extremes:
    """Highest cosines of all pairs, without holding the whole matrix. Neither side may be empty."""
    of_rows = np.empty(len(left), dtype=np.float32)
    row_choice = np.empty(len(left), dtype=np.int64)
    of_columns = np.full(len(right), -np.inf, dtype=np.float32)
    column_choice = np.zeros(len(right), dtype=np.int64)
    for start in range(0, len(left), 1024):
        cosines = np.round(left[start : start + 1024] @ right.T, 5)
        best = cosines.argmax(axis=1)
        row_choice[start : start + 1024] = best
        of_rows[start : start + 1024] = cosines[np.arange(len(best)), best]
        down = cosines.argmax(axis=0)
        highest = cosines[down, np.arange(len(right))]
        better = highest > of_columns
        of_columns[better] = highest[better]
        column_choice[better] = down[better] + start
    return Extremes(of_rows, row_choice, of_columns, column_choice)


def background(vectors: Matrix, others: Matrix, closest: Matrix, scale: Scale) -> Matrix:
    """Level of unrelated sentences for each row of `vectors` against all of `others`; shape (len(vectors),).

    The mean over the others without the closest (`closest` holds the highest cosines), with the encoder's own level
    as `PRIOR_SENTENCES` further ones.
    """
    total = vectors @ others.sum(axis=0)
    level = (total - closest + PRIOR_SENTENCES * scale.unrelated) / (len(others) - 1 + PRIOR_SENTENCES)
    return np.asarray(level, dtype=np.float32)


def excess(left: Matrix, right: Matrix, scale: Scale) -> Matrix:
    """Normalised similarity above background of all pairs; shape (len(left), len(right)). For documents, not corpora.

    Neither side may be empty.
    """
    return above_background(left @ right.T, scale)


def above_background(scores: Matrix, scale: Scale) -> Matrix:
    """Scores of all pairs above what their row and their column lead to expect, normalised by `scale`.

    From each score the means of its row and of its column are taken (with the level of unrelated sentences as
    `DOCUMENT_PRIOR` further entries), so that a long sentence, which resembles everything, stands out no more than a
    short one.
    """
    rows, columns = scores.shape
    of_rows = (scores.sum(axis=1) + DOCUMENT_PRIOR * scale.unrelated) / (columns + DOCUMENT_PRIOR)
    of_columns = (scores.sum(axis=0) + DOCUMENT_PRIOR * scale.unrelated) / (rows + DOCUMENT_PRIOR)
    raised = scores - of_rows[:, None] - of_columns[None, :] + scale.unrelated
    # Rounded, so that swapping the two sides gives the same numbers whatever order the products are summed in.
    return np.round(scale.normalise(raised), 4)


def probability(z: float) -> float:
    """Logistic function, rounded to four places."""
    return round(float(1 / (1 + np.exp(-np.clip(z, -30, 30)))), 4)
