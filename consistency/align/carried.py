"""How much of a stretch of text another document carries, in any language.

Alignment pairs sentences and may put an added sentence into a block with its neighbour. Here a stretch (a sentence, a
clause, a quotation) stands alone: how well do the words and the vector of the best sentence of the other document
cover it? Word vectors of the embedded encoder are the bilingual lexicon, whatever encoder aligns.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from consistency.align.accounts import clauses
from consistency.align.encoders import Words, embedded
from consistency.align.scores import Matrix, Scale, yardstick

Rows: TypeAlias = NDArray[np.int64]

CANDIDATES = 24
"""Sentences of the other document, nearest by their vectors, whose words are looked at: time stays linear in the text."""

SHORT = 0.3
"""Given to a stretch of n words as SHORT / sqrt(n + 1): the fewer words, the wider the scatter of right ones."""


@dataclass(frozen=True, slots=True)
class Carried:
    """How well the best place of another document covers a stretch.

    Both likenesses are about 0 for unrelated texts and 1 for translations (measured on the yardstick for the pair of
    languages), and may lie outside.
    """

    words: float
    vectors: float
    count: int
    """Words (tokens of the encoder) of the stretch."""
    sentence: int
    """Index of the best sentence of the other document; -1 where it has none."""

    @property
    def score(self) -> float:
        """The sum of both, with what short stretches are given: about 2 for a translation."""
        return self.words + self.vectors + SHORT / math.sqrt(self.count + 1)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A document as the one that may carry: its sentences and clauses as vectors and words."""

    language: str
    owners: tuple[int, ...]
    """Sentence of each piece."""
    vectors: Matrix
    words: Words


def carrier(sentences: Sequence[str], language: str) -> Carrier:
    """A document's sentences, ready to be compared with stretches of another one. The sentences' own clauses count too."""
    pieces: list[str] = []
    owners: list[int] = []
    for number, sentence in enumerate(sentences):
        parts = clauses(sentence)
        found = [sentence, *(parts if len(parts) > 1 else ())]
        pieces.extend(found)
        owners.extend([number] * len(found))
    encoder = embedded()
    return Carrier(language, tuple(owners), encoder.encode(pieces), encoder.words(pieces))


def carried(stretches: Sequence[str], language: str, other: Carrier) -> list[Carried]:
    """For each stretch, how well the best piece of `other` covers it. Empty stretches are covered by nothing."""
    encoder = embedded()
    if not stretches:
        return []
    vectors, words = encoder.encode(stretches), encoder.words(stretches)
    by_words, by_vectors = scales(language, other.language)
    found: list[Carried] = []
    for number, rows in enumerate(words.texts):
        if not len(other.owners) or not len(rows):
            found.append(Carried(-1.0, -1.0, len(rows), -1))
            continue
        cosines = other.vectors @ vectors[number]
        nearest = np.argsort(-np.round(cosines, 5), kind="stable")[:CANDIDATES]
        shares = _shares(words, rows, other.words, [other.words.texts[piece] for piece in nearest])
        likeness = (shares - by_words.unrelated) / by_words.distance
        closeness = (cosines[nearest] - by_vectors.unrelated) / by_vectors.distance
        best = int(np.argmax(np.round(likeness + closeness, 4)))
        found.append(
            Carried(
                round(float(likeness[best]), 4),
                round(float(closeness[best]), 4),
                len(rows),
                other.owners[int(nearest[best])],
            )
        )
    return found


def _shares(one: Words, rows: Rows, other: Words, texts: Sequence[Rows]) -> NDArray[np.float64]:
    """For each text (rows of `other`), the weighted mean over `rows` of the cosine of its closest word; 0 to 1."""
    found = np.zeros(len(texts))
    full = [number for number, text in enumerate(texts) if len(text)]
    if not full or not len(rows):
        return found
    columns = np.concatenate([texts[number] for number in full])
    starts = np.cumsum([0, *(len(texts[number]) for number in full[:-1])])
    cosines = np.clip(one.vectors[rows] @ other.vectors[columns].T, 0.0, 1.0)
    closest = np.maximum.reduceat(cosines, starts, axis=1)
    weights = one.weights[rows]
    found[full] = (closest * weights[:, None]).sum(axis=0) / weights.sum()
    return found


@cache
def scales(language: str, other: str) -> tuple[Scale, Scale]:
    """Levels of unrelated and of translated sentences from one language into another: of words covered, of cosines.

    Measured on the yardstick. Within a language, where a sentence translates into itself, the mean of its levels with
    the other languages stands in: a copy in the account's own language still paraphrases.
    """
    known = yardstick()
    if language == other or language not in known or other not in known:
        pairs = [scales(language, code) for code in sorted(known) if code != language] if language in known else []
        pairs = pairs or [scales("en", code) for code in sorted(known) if code != "en"]
        mean = [
            Scale(
                float(np.mean([pair[kind].unrelated for pair in pairs])),
                float(np.mean([pair[kind].translated for pair in pairs])),
            )
            for kind in (0, 1)
        ]
        return mean[0], mean[1]
    encoder = embedded()
    left, right = encoder.words(known[language]), encoder.words(known[other])
    shares = np.asarray([_shares(left, rows, right, right.texts) for rows in left.texts])
    cosines = encoder.encode(known[language]) @ encoder.encode(known[other]).T
    return _levels(shares), _levels(cosines)


def _levels(matrix: NDArray[Any]) -> Scale:
    same = float(np.diagonal(matrix).mean())
    return Scale(round((float(matrix.sum()) - float(np.trace(matrix))) / (matrix.size - len(matrix)), 4), round(same, 4))


@lru_cache(maxsize=16)
def carried_by(
    stretches: tuple[str, ...], language: str, sentences: tuple[str, ...], other: str
) -> tuple[Carried, ...]:
    """`carried` for stretches of one language against the sentences of a document in another; remembered."""
    return tuple(carried(stretches, language, carrier(sentences, other)))


def closest_words(words: Sequence[str], sentences: Sequence[str]) -> list[float]:
    """For each word, the cosine of the closest word (token) of the sentences; 0 for a word that the encoder cannot read."""
    encoder = embedded()
    mine, theirs = encoder.words(words), encoder.words(sentences)
    found: list[float] = []
    for rows in mine.texts:
        whole = (mine.vectors[rows] * mine.weights[rows][:, None]).sum(axis=0)
        length = float(np.linalg.norm(whole))
        found.append(round(float((theirs.vectors @ whole).max()) / length, 4) if length > 0 and len(theirs.vectors) else 0.0)
    return found
