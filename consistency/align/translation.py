"""The aligner for translations: the best monotone path over blocks of sentences, with omissions and additions.

Dynamic programming in a band around a chain of sure points, so that thousands of sentences take seconds and the
memory grows with the band and not with the square. What the path leaves over on both sides is then matched in any
order, under a stricter limit, since translators and editors move sentences.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consistency.align.anchors import AnchorTable
from consistency.align.scores import Matrix, Scale, background

SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (2, 3), (3, 2), (1, 4), (4, 1))
"""Blocks that the path may take, as (left sentences, right sentences)."""

# Tuned by random search on documents built from the first thirty NTREX documents (benchmarks/alignment.py --tune);
# figures on the other thirty stand in docs/alignment.md.
SLOPE = 8.0
"""Log odds a unit of normalised similarity."""
OFFSET = -3.0
"""Log odds of two blocks whose similarity is at the background."""
SKIP = 1.0
"""Cost of leaving one sentence without counterpart, in log odds."""
MERGE = 1.0
"""Cost of each sentence in a block beyond one a side."""
LENGTH = 1.0
"""Cost of a length that differs by the factor e from the expected one; grows with the square."""
ANCHOR = 0.2
"""Log odds a nat of anchor weight."""
ANCHOR_LIMIT = 12.0
"""Anchors beyond this total weight add nothing."""
MOVED = 0.6
"""Normalised similarity from which two leftover sentences count as moved."""

CHAIN_FLOOR = 0.5
"""Normalised similarity from which a pair of sentences can be a point of the chain."""
BAND = 12
"""Half width of the band around the chain, in sentences."""
FULL_CELLS = 90_000
"""Documents with at most this many pairs of sentences are searched in full, without a chain."""
WIDEST = 400
"""Between two points of the chain the band is at most this wide."""


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences [left_start, left_end) and [right_start, right_end) correspond; `log_odds` of it, and their cosine."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int
    log_odds: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Side:
    """One document as the aligner sees it: unit vectors (n, d) and lengths in characters (n,)."""

    vectors: Matrix
    lengths: NDArray[np.float64]


def align_translation(left: Side, right: Side, anchors: AnchorTable, scale: Scale) -> list[Block]:
    """Corresponding blocks in order of the left side; sentences in none have no counterpart.

    Time grows with the sentences times the width of the band.
    """
    if not len(left.vectors) or not len(right.vectors):
        return []
    problem = _Problem(left, right, anchors, scale)
    blocks = _path(problem)
    return sorted([*blocks, *_moved(problem, blocks)], key=lambda b: (b.left_start, b.right_start))


class _Problem:
    """Block vectors and backgrounds of both sides, and the value of any block."""

    def __init__(self, left: Side, right: Side, anchors: AnchorTable, scale: Scale) -> None:
        self.rows = len(left.vectors)
        self.columns = len(right.vectors)
        self.left, self.right = left, right
        self.scale = scale
        self.left_base = background(left.vectors, right.vectors, scale)
        self.right_base = background(right.vectors, left.vectors, scale)
        self.anchors = anchors
        self.anchor_rows: dict[int, list[tuple[int, float]]] = {}
        for (i, j), found in anchors.by_pair.items():
            self.anchor_rows.setdefault(i, []).append((j, sum(anchor.weight for anchor in found)))
        self.chain = _chain(self) if self.rows * self.columns > FULL_CELLS else []
        self.ratio = self._length_ratio()
        most_left = max(a for a, _ in SHAPES)
        most_right = max(b for _, b in SHAPES)
        self.left_blocks = [_block_vectors(left, size) for size in range(1, most_left + 1)]
        self.right_blocks = [_block_vectors(right, size) for size in range(1, most_right + 1)]
        self.left_bases = [_window_mean(self.left_base, size) for size in range(1, most_left + 1)]
        self.right_bases = [_window_mean(self.right_base, size) for size in range(1, most_right + 1)]
        self.left_ends = np.concatenate(([0.0], np.cumsum(left.lengths)))
        self.right_ends = np.concatenate(([0.0], np.cumsum(right.lengths)))

    def _length_ratio(self) -> float:
        """Characters of the right side for one of the left: the median over sure pairs, or the totals' ratio."""
        points = self.chain or _best_pairs(self)
        if len(points) >= 3:
            ratios = [self.right.lengths[j] / max(self.left.lengths[i], 1.0) for i, j in points]
            return float(np.exp(np.median(np.log(np.maximum(ratios, 1e-3)))))
        return float(self.right.lengths.sum() / max(self.left.lengths.sum(), 1.0))

    def values(self, i: int, low: int, high: int) -> list[tuple[Matrix, Matrix]]:
        """For each shape, (log odds, cosine) of the blocks that end before row i and before columns low..high.

        Entries that would begin before the first sentence are -inf.
        """
        columns = np.arange(low, high + 1)
        cosines: dict[tuple[int, int], Matrix] = {}
        for b, vectors in enumerate(self.right_blocks, start=1):
            sizes = [a for a in range(1, min(i, len(self.left_blocks)) + 1) if (a, b) in SHAPES]
            if sizes:
                wanted = np.stack([self.left_blocks[a - 1][i] for a in sizes])
                products = vectors[low : high + 1] @ wanted.T
                for place, a in enumerate(sizes):
                    cosines[a, b] = products[:, place]
        found: list[tuple[Matrix, Matrix]] = []
        for a, b in SHAPES:
            if a > i:
                nothing = np.full(len(columns), -np.inf, dtype=np.float32)
                found.append((nothing, nothing))
                continue
            cosine = cosines[a, b]
            base = (self.left_bases[a - 1][i] + self.right_bases[b - 1][low : high + 1]) / 2
            odds = SLOPE * self.scale.normalise(cosine - base) + OFFSET - MERGE * (a + b - 2)
            left_length = self.left_ends[i] - self.left_ends[i - a]
            right_lengths = self.right_ends[columns] - self.right_ends[np.maximum(columns - b, 0)]
            off = np.log(np.maximum(right_lengths, 1.0) / max(left_length * self.ratio, 1.0))
            odds = odds - LENGTH * np.minimum(off * off, 4.0)
            odds = odds + self._anchors(i, a, b, columns)
            odds = np.where(columns >= b, np.round(odds, 4), -np.inf).astype(np.float32)
            found.append((odds, cosine))
        return found

    def _anchors(self, i: int, a: int, b: int, columns: NDArray[np.int64]) -> NDArray[np.float64]:
        total = np.zeros(len(columns))
        for row in range(i - a, i):
            for column, weight in self.anchor_rows.get(row, ()):
                # Column `column` lies in the block that ends before c where c - b <= column < c.
                first, last = np.searchsorted(columns, (column + 1, column + b + 1))
                total[first:last] += weight
        return ANCHOR * np.minimum(total, ANCHOR_LIMIT)


def _block_vectors(side: Side, size: int) -> Matrix:
    """Row e: unit vector of the `size` sentences before e, each weighted by its length; zeros where there are fewer."""
    weighted = side.vectors.astype(np.float64) * np.maximum(side.lengths, 1.0)[:, None]
    sums = np.concatenate([np.zeros((1, weighted.shape[1])), np.cumsum(weighted, axis=0)])
    blocks = np.zeros_like(sums)
    blocks[size:] = sums[size:] - sums[:-size]
    norms = np.linalg.norm(blocks, axis=1, keepdims=True)
    return np.divide(blocks, norms, out=np.zeros_like(blocks), where=norms > 1e-9).astype(np.float32)


def _window_mean(values: Matrix, size: int) -> Matrix:
    """Entry e: mean of the `size` values before e; 0 where there are fewer."""
    sums = np.concatenate(([0.0], np.cumsum(values.astype(np.float64))))
    means = np.zeros(len(sums))
    means[size:] = (sums[size:] - sums[:-size]) / size
    return means.astype(np.float32)


def _best_pairs(problem: _Problem) -> list[tuple[int, int]]:
    """Pairs of sentences that are each other's best, above the chain's floor (small documents)."""
    cosines = problem.left.vectors @ problem.right.vectors.T
    base = (problem.left_base[:, None] + problem.right_base[None, :]) / 2
    scores = np.round(problem.scale.normalise(cosines - base), 4)
    best_right, best_left = scores.argmax(axis=1), scores.argmax(axis=0)
    return [
        (i, int(j)) for i, j in enumerate(best_right) if best_left[j] == i and scores[i, j] >= CHAIN_FLOOR
    ]


def _chain(problem: _Problem) -> list[tuple[int, int]]:
    """The heaviest chain of pairs, increasing on both sides: the sure points that the band follows."""
    points: list[tuple[int, int, float]] = []
    for start in range(0, problem.rows, 512):
        rows = slice(start, min(start + 512, problem.rows))
        cosines = problem.left.vectors[rows] @ problem.right.vectors.T
        base = (problem.left_base[rows, None] + problem.right_base[None, :]) / 2
        scores = problem.scale.normalise(cosines - base)
        # Two candidates a row; more only lengthen the search.
        best = np.argpartition(scores, -min(2, scores.shape[1]), axis=1)[:, -2:]
        for offset, columns in enumerate(best):
            for column in columns:
                score = float(scores[offset, column])
                if score >= CHAIN_FLOOR:
                    points.append((start + offset, int(column), score))
    # Within a row the larger column first, so that a chain takes at most one point a row.
    points.sort(key=lambda point: (point[0], -point[1]))
    ends: list[int] = []
    totals: list[float] = []
    tails: list[int] = []
    before: list[int] = []
    for number, (_, column, score) in enumerate(points):
        place = bisect_left(ends, column)
        total = score + (totals[place - 1] if place else 0.0)
        before.append(tails[place - 1] if place else -1)
        if place < len(ends) and ends[place] == column and totals[place] >= total:
            continue
        if place and totals[place - 1] >= total:
            continue
        stop = place
        while stop < len(ends) and totals[stop] <= total:
            stop += 1
        ends[place:stop], totals[place:stop], tails[place:stop] = [column], [total], [number]
    chain: list[tuple[int, int]] = []
    number = tails[-1] if tails else -1
    while number >= 0:
        chain.append(points[number][:2])
        number = before[number]
    return chain[::-1]


def _band(problem: _Problem) -> tuple[list[int], list[int]]:
    """For each number of left sentences taken (0..rows), the lowest and highest number of right ones searched."""
    rows, columns = problem.rows, problem.columns
    if rows * columns <= FULL_CELLS:
        return [0] * (rows + 1), [columns] * (rows + 1)
    stops = [(0, 0), *((i, j) for i, j in problem.chain if i > 0), (rows, columns)]
    low = [columns] * (rows + 1)
    high = [0] * (rows + 1)
    for (i0, j0), (i1, j1) in zip(stops, stops[1:], strict=False):
        for i in range(i0, i1 + 1):
            if j1 - j0 + 2 * BAND <= WIDEST:
                first, last = j0 - BAND, j1 + BAND
            else:
                centre = j0 + (j1 - j0) * (i - i0) // max(i1 - i0, 1)
                first, last = max(centre - WIDEST // 2, j0 - BAND), min(centre + WIDEST // 2, j1 + BAND)
            low[i] = min(low[i], max(first, 0))
            high[i] = max(high[i], min(last, columns))
    low[0], high[rows] = 0, columns
    # The band must not tear: each row reaches back to where the row before ends, and never steps back.
    for i in range(1, rows + 1):
        low[i] = min(max(low[i], low[i - 1]), high[i - 1])
        high[i] = max(high[i], high[i - 1])
    return low, high


def _path(problem: _Problem) -> list[Block]:
    low, high = _band(problem)
    best: list[NDArray[np.float64]] = []
    moves: list[NDArray[np.int8]] = []
    odds_kept: list[list[tuple[Matrix, Matrix]]] = []
    first = np.arange(low[0], high[0] + 1)
    best.append(-SKIP * first.astype(np.float64))
    moves.append(np.full(len(first), -2, dtype=np.int8))
    odds_kept.append([])
    for i in range(1, problem.rows + 1):
        columns = np.arange(low[i], high[i] + 1)
        score = _shifted(best[i - 1], low[i - 1], columns) - SKIP
        move = np.full(len(columns), -1, dtype=np.int8)
        found = problem.values(i, low[i], high[i])
        odds_kept.append(found)
        for number, (a, b) in enumerate(SHAPES):
            if a > i:
                continue
            candidate = _shifted(best[i - a], low[i - a], columns - b) + found[number][0] * (a + b) / 2
            better = candidate > score
            score = np.where(better, candidate, score)
            move = np.where(better, np.int8(number), move)
        raised = np.maximum.accumulate(score + SKIP * columns) - SKIP * columns
        added = raised > score + 1e-9
        move = np.where(added, np.int8(-2), move)
        best.append(np.where(added, raised, score))
        moves.append(move.astype(np.int8))
        if i > 4:
            best[i - 5] = best[i - 5][:0]
    blocks: list[Block] = []
    i, j = problem.rows, problem.columns
    while i > 0 or j > 0:
        move = int(moves[i][j - low[i]]) if i > 0 else -2
        if move == -1:
            i -= 1
        elif move == -2:
            j -= 1
        else:
            a, b = SHAPES[move]
            odds, cosine = odds_kept[i][move]
            place = j - low[i]
            blocks.append(Block(i - a, i, j - b, j, float(odds[place]), round(float(cosine[place]), 4)))
            i, j = i - a, j - b
    return blocks[::-1]


def _shifted(values: NDArray[np.float64], low: int, columns: NDArray[np.int64]) -> NDArray[np.float64]:
    """`values` (whose first entry belongs to column `low`) at `columns`; -inf outside."""
    places = columns - low
    inside = (places >= 0) & (places < len(values))
    return np.where(inside, values[np.clip(places, 0, len(values) - 1)], -np.inf)


def _moved(problem: _Problem, blocks: list[Block]) -> list[Block]:
    """Leftover sentences that are each other's best and closer than `MOVED`."""
    taken_left = {i for block in blocks for i in range(block.left_start, block.left_end)}
    taken_right = {j for block in blocks for j in range(block.right_start, block.right_end)}
    rows = [i for i in range(problem.rows) if i not in taken_left]
    columns = [j for j in range(problem.columns) if j not in taken_right]
    if not rows or not columns:
        return []
    cosines = problem.left.vectors[rows] @ problem.right.vectors[columns].T
    base = (problem.left_base[rows, None] + problem.right_base[None, columns]) / 2
    scores = np.round(problem.scale.normalise(cosines - base), 4)
    best_right, best_left = scores.argmax(axis=1), scores.argmax(axis=0)
    found: list[Block] = []
    for place, other in enumerate(best_right):
        if best_left[other] == place and scores[place, other] >= MOVED:
            i, j = rows[place], columns[int(other)]
            odds = SLOPE * float(scores[place, other]) + OFFSET
            found.append(Block(i, i + 1, j, j + 1, round(odds, 4), round(float(cosines[place, other]), 4)))
    return found
