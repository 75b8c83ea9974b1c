"""The aligner for accounts: sentences that report the same thing, in any order, with most left unmatched.

Each pair of sentences gets log odds from the similarity of the whole sentences, of their clauses, and from anchors. A
pair is kept where the odds pass a calibrated limit and the pair is among the best of either sentence. What passes
nowhere stays unmatched: that is an answer, not a failure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from consistency.align.anchors import AnchorTable
from consistency.align.scores import Matrix, Scale, excess

# Tuned on documents built from the first thirty NTREX documents with sentences dropped and reordered, and read against
# the gold alignments of the real events (benchmarks/alignment.py); figures in docs/alignment.md.
SLOPE = 8.0
"""Log odds a unit of normalised similarity."""
OFFSET = -4.0
"""Log odds of two sentences whose similarity is at the background."""
CLAUSES = 0.5
"""Weight of the best clauses' similarity; the rest is that of the whole sentences."""
ANCHOR = 0.25
"""Log odds a nat of anchor weight."""
ANCHOR_LIMIT = 8.0
"""Anchors beyond this total weight add nothing."""
KEEP = 0.0
"""Log odds from which a pair is kept."""
BEHIND = 1.5
"""A pair may lie this far behind the best pair of one of its sentences, in log odds."""
SHORTEST_CLAUSE = 8
"""Clauses of fewer characters than this (twice as many in alphabetic scripts) are joined to the next."""

_CLAUSE_END = re.compile(r"[，；：。！？،؛؟;:]+|,\s|\s[–—]\s|\.\s")
_WIDE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Link:
    """Left sentence `left` and right sentence `right` report the same thing, with these log odds."""

    left: int
    right: int
    log_odds: float
    similarity: float


def clauses(text: str) -> list[str]:
    """A sentence cut at commas, semicolons, colons and dashes, short pieces joined to what follows."""
    shortest = SHORTEST_CLAUSE if _WIDE.search(text) else 2 * SHORTEST_CLAUSE
    pieces: list[str] = []
    begin = 0
    for match in _CLAUSE_END.finditer(text):
        if match.end() - begin >= shortest and len(text) - match.end() >= shortest:
            pieces.append(text[begin : match.end()].strip())
            begin = match.end()
    pieces.append(text[begin:].strip())
    return [piece for piece in pieces if piece]


@dataclass(frozen=True, slots=True)
class Parts:
    """Vectors of a document's sentences (n, d), of their clauses (k, d), and whose clause each is (k,)."""

    sentences: Matrix
    clauses: Matrix
    owners: Sequence[int]


def pair_scores(left: Parts, right: Parts, scale: Scale) -> tuple[Matrix, Matrix]:
    """(normalised similarity above background, cosine) of all pairs of sentences, both of shape (n, m)."""
    whole = excess(left.sentences, right.sentences, scale)
    best = _best_by_owner(excess(left.clauses, right.clauses, scale), left.owners, right.owners, whole.shape)
    cosines = left.sentences @ right.sentences.T
    return np.round((1 - CLAUSES) * whole + CLAUSES * best, 4), np.round(cosines, 4)


def _best_by_owner(scores: Matrix, rows: Sequence[int], columns: Sequence[int], shape: tuple[int, int]) -> Matrix:
    """The highest score between a clause of one sentence and a clause of the other."""
    by_row = np.full((shape[0], scores.shape[1]), -np.inf, dtype=np.float32)
    np.maximum.at(by_row, np.asarray(rows), scores)
    best = np.full((shape[1], shape[0]), -np.inf, dtype=np.float32)
    np.maximum.at(best, np.asarray(columns), by_row.T)
    return best.T


def log_odds(scores: Matrix, anchors: AnchorTable) -> Matrix:
    """Log odds that each pair corresponds."""
    odds = SLOPE * scores + OFFSET
    for (i, j), found in anchors.by_pair.items():
        odds[i, j] += ANCHOR * min(sum(anchor.weight for anchor in found), ANCHOR_LIMIT)
    return np.round(odds, 4)


def align_accounts(left: Parts, right: Parts, anchors: AnchorTable, scale: Scale) -> list[Link]:
    """The pairs of sentences that report the same thing, in order; many pairs may share a sentence."""
    if not len(left.sentences) or not len(right.sentences):
        return []
    scores, cosines = pair_scores(left, right, scale)
    return select(log_odds(scores, anchors), cosines)


def select(odds: Matrix, cosines: Matrix) -> list[Link]:
    """Pairs above the limit and close to the best of either of their sentences."""
    best_of_row = odds.max(axis=1, keepdims=True)
    best_of_column = odds.max(axis=0, keepdims=True)
    kept = (odds >= KEEP) & ((odds >= best_of_row - BEHIND) | (odds >= best_of_column - BEHIND))
    return [
        Link(int(i), int(j), float(odds[i, j]), float(cosines[i, j])) for i, j in np.argwhere(kept)
    ]


def group(links: Sequence[Link]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Links as groups (left sentences, right sentences): a sentence with all that meet only it; other links one by one."""
    of_left: dict[int, list[int]] = {}
    of_right: dict[int, list[int]] = {}
    for link in links:
        of_left.setdefault(link.left, []).append(link.right)
        of_right.setdefault(link.right, []).append(link.left)
    groups: dict[tuple[tuple[int, ...], tuple[int, ...]], None] = {}
    for link in links:
        alone_right = [j for j in of_left[link.left] if len(of_right[j]) == 1]
        alone_left = [i for i in of_right[link.right] if len(of_left[i]) == 1]
        if link.right in alone_right:
            groups[(link.left,), tuple(sorted(alone_right))] = None
        elif link.left in alone_left:
            groups[tuple(sorted(alone_left)), (link.right,)] = None
        else:
            groups[(link.left,), (link.right,)] = None
    return sorted(groups)
