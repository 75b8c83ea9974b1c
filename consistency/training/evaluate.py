"""Retrieval among aligned sentences: how often a sentence's nearest neighbour in the other language is its own."""

from __future__ import annotations

import lzma
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LANGUAGES = ("zh", "en", "fr", "es", "ar", "ru")
NEIGHBOURS = 10


def margin_scores(similarity: NDArray[np.float32], neighbours: int = NEIGHBOURS) -> NDArray[np.float32]:
    """Similarity less half the mean similarity to the nearest neighbours on each side (CSLS)."""
    k = min(neighbours, *similarity.shape)
    rows = np.partition(similarity, -k, axis=1)[:, -k:].mean(axis=1)
    columns = np.partition(similarity, -k, axis=0)[-k:].mean(axis=0)
    return np.asarray(2 * similarity - rows[:, None] - columns[None, :], dtype=np.float32)


def precision_at_1(scores: NDArray[np.float32]) -> tuple[float, float]:
    """Share of rows, and of columns, whose best score lies on the diagonal."""
    order = np.arange(len(scores))
    return float((scores.argmax(axis=1) == order).mean()), float((scores.argmax(axis=0) == order).mean())


def retrieval(left: NDArray[np.float32], right: NDArray[np.float32]) -> dict[str, tuple[float, float]]:
    """Precision at 1 in both directions, by plain cosine and by margin. Rows are unit vectors; row i matches row i."""
    similarity = left @ right.T
    return {"cosine": precision_at_1(similarity), "margin": precision_at_1(margin_scores(similarity))}


def read_ntrex(data: Path) -> dict[str, list[str]]:
    """Sentences of the news documents by language, in the same order."""
    texts: dict[str, list[str]] = {}
    for code in LANGUAGES:
        lines = (data / "dev" / "ntrex" / f"{code}.tsv").read_text(encoding="utf-8").splitlines()
        texts[code] = [line.split("\t", 1)[1] for line in lines]
    return texts


def read_un(data: Path) -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    """Pairs of the held-out half of the United Nations set, repeated sentences left out."""
    sets: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for path in sorted((data / "dev" / "un").glob("*.tsv.xz")):
        one, other = path.name.removesuffix(".tsv.xz").split("-")
        lefts: dict[str, str] = {}
        seen: set[str] = set()
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                left, right = line.rstrip("\n").split("\t")[:2]
                if left not in lefts and right not in seen:
                    lefts[left] = right
                    seen.add(right)
        sets[one, other] = (list(lefts), list(lefts.values()))
    return sets


def pairs() -> list[tuple[str, str]]:
    """The fifteen pairs of the six languages."""
    return list(combinations(LANGUAGES, 2))
