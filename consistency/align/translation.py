"""The aligner for translations: the best monotone path over blocks of sentences, with omissions and additions.

Dynamic programming in a band around a chain of sure points, so that thousands of sentences take seconds and the
memory grows with the band and not with the square. The similarity of blocks comes from the products of single
sentences, so that blocks cost no further encoding. What the path leaves over on both sides is then matched in any
order, since translators and editors move sentences.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from consistency.align.anchors import AnchorTable
from consistency.align.scores import Extremes, Matrix, Scale, background, extremes

SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (2, 3), (3, 2), (1, 4), (4, 1))
"""Blocks that the path may take, as (left sentences, right sentences)."""

# Tuned by random search on documents built from the first thirty NTREX documents (tests/benchmarks/alignment.py, half
# "tuning"); figures on the other thirty stand in docs/alignment.md.
SLOPE = 18.4
"""Log odds a unit of normalised similarity."""
OFFSET = -1.35
"""Log odds of two blocks whose similarity is at the background."""
SKIP = 0.4
"""Cost of leaving one sentence without counterpart, in log odds."""
MERGE = 1.75
"""Cost of each sentence in a block beyond one a side."""
SIZE = 0.07
"""A block of n sentences counts as (n / 2) ** SIZE pairs: at 0 a longer block wins only where it is more alike."""
LENGTH = 4.9
"""Cost of a length that differs by the factor e from the expected one; grows with the square."""
LENGTH_LIMIT = 4.0
"""The square of the logarithm of that factor is cut here."""
ANCHOR = 0.2
"""Log odds a nat of anchor weight."""
ANCHOR_LIMIT = 12.0
"""Anchors beyond this total weight add nothing."""
SURE = 0.4
"""Likeness of which one block in each run must have. Of right pairs in NTREX dev (first thirty documents), 1 to 2 % lie
below it in French, Chinese and Spanish with English, 10 % in Russian and Arabic; of the closest sentences of unrelated
documents, 90 %."""
MOVED = 0.4
"""Normalised similarity from which two leftover sentences count as moved."""

AWAY = 0.55
"""Likeness from which two sentences that are each other's best, but out of order, count as moved before the path is sought."""
CROSSED = 2
"""Points of the chain that such a pair must cross: neighbours that resemble each other are easily swapped by mistake."""
CHAIN_FLOOR = 0.5
"""Normalised similarity from which a pair of sentences can be a point of the chain."""
BAND = 12
"""Half width of the band around the chain, in sentences."""
FULL_CELLS = 20_000
"""Documents with at most this many pairs of sentences are searched in full, without a chain."""
WIDEST = 400
"""Where the chain has a gap, the band is at most this wide."""

_SKIP_LEFT, _SKIP_RIGHT = -1, -2


@dataclass(frozen=True, slots=True)
class Block:
    """These sentences of the left side correspond to those of the right; `log_odds` of it, and their cosine."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    log_odds: float
    similarity: float
    likeness: float = 1.0
    """Similarity above the background, 0 for unrelated and 1 for translated sentences."""


@dataclass(frozen=True, slots=True)
class Side:
    """One document as the aligner sees it: unit vectors (n, d) and lengths in characters (n,)."""

    vectors: Matrix
    lengths: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Problem:
    left: Side
    right: Side
    scale: Scale
    left_base: Matrix
    right_base: Matrix
    best: Extremes
    points: list[tuple[int, int, float]]
    """Pairs that are each other's best, with their likeness."""
    chain: list[tuple[int, int]]
    """The points in order on both sides."""
    ratio: float
    """Characters of the right side for one of the left."""


@dataclass(frozen=True, slots=True)
class _Band:
    """Values of all blocks. Entry [s, i, k]: shape s, ending before left sentence i and right sentence low[i] + k."""

    low: NDArray[np.int64]
    odds: Matrix
    cosines: Matrix
    likeness: Matrix


def align_translation(left: Side, right: Side, anchors: AnchorTable, scale: Scale) -> list[Block]:
    """Corresponding blocks in order of the left side; sentences in none have no counterpart.

    Time grows with the sentences times the width of the band, but for one product of all sentences' vectors.
    """
    if not len(left.vectors) or not len(right.vectors):
        return []
    problem = _prepare(left, right, scale)
    moved = _out_of_order(problem)
    if moved:
        # What has surely moved is set aside, so that the path is not bent by it.
        rows = _others(len(left.vectors), [block.left[0] for block in moved])
        columns = _others(len(right.vectors), [block.right[0] for block in moved])
        if not len(rows) or not len(columns):
            return sorted(moved, key=_place)
        inner = _prepare(_taken(left, rows), _taken(right, columns), scale)
        inside = _path(_values(inner, _anchors_between(anchors, rows, columns)))
        blocks = [
            Block(
                tuple(int(rows[i]) for i in block.left),
                tuple(int(columns[j]) for j in block.right),
                block.log_odds,
                block.similarity,
                block.likeness,
            )
            for block in _supported(inside, is_pair=False)
        ]
        blocks += moved
    else:
        blocks = _supported(_path(_values(problem, anchors)), is_pair=len(left.vectors) * len(right.vectors) == 1)
    return sorted([*blocks, *_moved(problem, blocks)], key=_place)


def _place(block: Block) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return block.left, block.right


def _others(count: int, gone: list[int]) -> NDArray[np.int64]:
    """The numbers below `count` that are not in `gone`, ascending."""
    kept = np.ones(count, dtype=bool)
    kept[gone] = False
    return np.flatnonzero(kept)


def _taken(side: Side, rows: NDArray[np.int64]) -> Side:
    return Side(side.vectors[rows], side.lengths[rows])


def _anchors_between(anchors: AnchorTable, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> AnchorTable:
    """The anchors of the sentences that are left, under their new numbers."""
    of_row = {int(old): new for new, old in enumerate(rows)}
    of_column = {int(old): new for new, old in enumerate(columns)}
    return AnchorTable(
        {
            (of_row[i], of_column[j]): found
            for (i, j), found in anchors.by_pair.items()
            if i in of_row and j in of_column
        }
    )


def _out_of_order(problem: _Problem) -> list[Block]:
    """Sentences that are each other's best, and surely so, away from the chain: they have been moved."""
    chain = set(problem.chain)
    found: list[Block] = []
    for i, j, score in problem.points:
        if (i, j) in chain or score < AWAY:
            continue
        if sum((a - i) * (b - j) < 0 for a, b in problem.chain) >= CROSSED:
            cosine = float(problem.best.of_rows[i])
            found.append(Block((i,), (j,), round(SLOPE * score + OFFSET, 4), round(cosine, 4), round(score, 4)))
    return found


def _supported(blocks: list[Block], is_pair: bool) -> list[Block]:
    """The blocks of runs without a gap on either side that hold at least one block of which the vectors are sure.

    A sentence between two that correspond needs little likeness of its own; one that stands alone does. Two documents of
    one sentence each (`is_pair`) were given as a pair.
    """
    kept: list[Block] = []
    run: list[Block] = []
    for number, block in enumerate(blocks):
        run.append(block)
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if following is None or (block.left[-1] + 1, block.right[-1] + 1) != (following.left[0], following.right[0]):
            if is_pair or any(member.likeness >= SURE for member in run):
                kept += run
            run = []
    return kept


def _prepare(left: Side, right: Side, scale: Scale) -> _Problem:
    best = extremes(left.vectors, right.vectors)
    left_base = background(left.vectors, right.vectors, best.of_rows, scale)
    right_base = background(right.vectors, left.vectors, best.of_columns, scale)
    columns = best.row_choice
    rows = np.flatnonzero(best.column_choice[columns] == np.arange(len(columns)))
    scores = scale.normalise(best.of_rows[rows] - (left_base[rows] + right_base[columns[rows]]) / 2)
    points = [(int(i), int(columns[i]), float(s)) for i, s in zip(rows, scores, strict=True) if s >= CHAIN_FLOOR]
    chain = _chain(points)
    return _Problem(left, right, scale, left_base, right_base, best, points, chain, _length_ratio(left, right, chain))


def _length_ratio(left: Side, right: Side, chain: list[tuple[int, int]]) -> float:
    """The median over the chain; the ratio of the whole texts where the chain is short."""
    if len(chain) >= 3:
        ratios = [right.lengths[j] / max(left.lengths[i], 1.0) for i, j in chain]
        return float(np.exp(np.median(np.log(np.maximum(ratios, 1e-3)))))
    return float(max(right.lengths.sum(), 1.0) / max(left.lengths.sum(), 1.0))


def _chain(points: list[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The heaviest of the chains that increase on both sides: the sure points that the band follows."""
    ends: list[int] = []
    totals: list[float] = []
    tails: list[int] = []
    before: list[int] = []
    for number, (_, column, score) in enumerate(points):
        place = bisect_left(ends, column)
        total = score + (totals[place - 1] if place else 0.0)
        before.append(tails[place - 1] if place else -1)
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


def _band_of(problem: _Problem) -> tuple[NDArray[np.int64], int]:
    """For each number of left sentences taken (0..n), the lowest number of right ones searched, and the band's width."""
    rows, columns = len(problem.left.vectors), len(problem.right.vectors)
    if rows * columns <= FULL_CELLS:
        return np.zeros(rows + 1, dtype=np.int64), columns + 1
    stops = [(0, 0), *((i, j) for i, j in problem.chain if i > 0), (rows, columns)]
    low = np.full(rows + 1, columns, dtype=np.int64)
    high = np.zeros(rows + 1, dtype=np.int64)
    for (i0, j0), (i1, j1) in pairwise(stops):
        steps = np.arange(i0, i1 + 1)
        if j1 - j0 + 2 * BAND <= WIDEST:
            first, last = np.full(len(steps), j0 - BAND), np.full(len(steps), j1 + BAND)
        else:
            centre = j0 + (j1 - j0) * (steps - i0) // max(i1 - i0, 1)
            first = np.maximum(centre - WIDEST // 2, j0 - BAND)
            last = np.minimum(centre + WIDEST // 2, j1 + BAND)
        low[steps] = np.minimum(low[steps], first)
        high[steps] = np.maximum(high[steps], last)
    width = int((np.minimum(high, columns) - np.maximum(low, 0)).max()) + 1
    # Both ends of the path lie in the band, and the band never steps back.
    low = np.maximum.accumulate(np.clip(low, 0, max(columns + 1 - width, 0)))
    low[0] = 0
    # A row must reach what the row before could take as its end: no tear wider than the band.
    for i in range(1, rows + 1):
        low[i] = min(low[i], low[i - 1] + width - 1)
    return low, width


def _values(problem: _Problem, anchors: AnchorTable) -> _Band:
    """Log odds and cosine of every block that ends in the band; -inf where a block leaves the band."""
    left, right = problem.left, problem.right
    low, width = _band_of(problem)
    rows, columns = len(left.vectors), len(right.vectors)
    reach = np.arange(width)
    last = low[:, None] + reach[None, :]
    lengths = np.maximum(left.lengths, 1.0), np.maximum(right.lengths, 1.0)
    weighted = left.vectors * lengths[0][:, None].astype(np.float32)
    others = right.vectors * lengths[1][:, None].astype(np.float32)
    # products[i, k]: left sentence i - 1 with right sentence low[i] + k - 1.
    products = np.full((rows + 1, width), np.nan, dtype=np.float64)
    shared = np.zeros((rows + 1, width))
    for i in range(1, rows + 1):
        start, stop = max(low[i] - 1, 0), min(low[i] + width - 1, columns)
        products[i, start + 1 - low[i] : stop + 1 - low[i]] = others[start:stop] @ weighted[i - 1]
    for (i, j), found in anchors.by_pair.items():
        if 0 <= j + 1 - low[i + 1] < width:
            shared[i + 1, j + 1 - low[i + 1]] += sum(anchor.weight for anchor in found)
    sums = {(1, 1): products}
    weights = {(1, 1): shared}
    for a, b in sorted(SHAPES, key=sum):
        if (a, b) != (1, 1):
            sums[a, b] = _extended(sums, products, a, b, low)
            weights[a, b] = _extended(weights, shared, a, b, low)
    norms = _block_norms(weighted, 4), _block_norms(others, 4)
    bases = _window_means(problem.left_base, 4), _window_means(problem.right_base, 4)
    sizes = _window_sums(lengths[0], 4), _window_sums(lengths[1], 4)
    odds = np.empty((len(SHAPES), rows + 1, width), dtype=np.float32)
    cosines = np.empty_like(odds)
    likeness = np.empty_like(odds)
    ends = np.clip(last, 0, columns)
    for number, (a, b) in enumerate(SHAPES):
        with np.errstate(invalid="ignore", divide="ignore"):
            cosine = sums[a, b] / (norms[0][a - 1][:, None] * norms[1][b - 1][ends])
            base = (bases[0][a - 1][:, None] + bases[1][b - 1][ends]) / 2
            off = np.log(sizes[1][b - 1][ends] / (sizes[0][a - 1][:, None] * problem.ratio))
            above = (cosine - base) / problem.scale.distance
            value = SLOPE * above + OFFSET - MERGE * (a + b - 2)
            value -= LENGTH * np.minimum(off * off, LENGTH_LIMIT)
        value += ANCHOR * np.minimum(weights[a, b], ANCHOR_LIMIT)
        possible = np.isfinite(value) & (last <= columns)
        # Rounded, so that the two directions give the same numbers whatever order the sums are taken in.
        odds[number] = np.where(possible, np.round(value, 4), -np.inf)
        cosines[number] = np.round(cosine, 4)
        likeness[number] = np.round(above, 4)
    return _Band(low, odds, cosines, likeness)


def _extended(
    known: dict[tuple[int, int], NDArray[np.float64]],
    single: NDArray[np.float64],
    a: int,
    b: int,
    low: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Sums over a by b windows, from smaller ones: the last column, or the last row, is added to the window without it."""
    if b > 1:
        column = known[a, 1] if (a, 1) in known else _extended(known, single, a, 1, low)
        before = known[a, b - 1] if (a, b - 1) in known else _extended(known, single, a, b - 1, low)
        return column + _shifted(before, low, 0, 1)
    before = known[a - 1, 1] if (a - 1, 1) in known else _extended(known, single, a - 1, 1, low)
    return single + _shifted(before, low, 1, 0)


def _shifted(values: NDArray[np.float64], low: NDArray[np.int64], rows: int, columns: int) -> NDArray[np.float64]:
    """Entry [i, k] is the value `rows` rows up and `columns` columns to the left; NaN outside of the band."""
    shifted = np.full_like(values, np.nan)
    if rows >= len(low):
        return shifted
    target = low[rows:] if rows else low
    source = low[: len(low) - rows] if rows else low
    places = (target - source)[:, None] + np.arange(values.shape[1])[None, :] - columns
    inside = (places >= 0) & (places < values.shape[1])
    taken = np.take_along_axis(values[: len(low) - rows], np.clip(places, 0, values.shape[1] - 1), axis=1)
    shifted[rows:] = np.where(inside, taken, np.nan)
    return shifted


def _window_sums(values: NDArray[np.float64], most: int) -> list[NDArray[np.float64]]:
    """Entry [size - 1][e]: sum of the `size` values before e; NaN where there are fewer."""
    sums = np.concatenate((np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0, dtype=np.float64)))
    found: list[NDArray[np.float64]] = []
    for size in range(1, most + 1):
        window = np.full(sums.shape, np.nan)
        window[size:] = sums[size:] - sums[: max(len(sums) - size, 0)]
        found.append(window)
    return found


def _window_means(values: Matrix, most: int) -> list[NDArray[np.float64]]:
    sums = _window_sums(values.astype(np.float64), most)
    return [window / size for size, window in enumerate(sums, start=1)]


def _block_norms(weighted: Matrix, most: int) -> list[NDArray[np.float64]]:
    """Entry [size - 1][e]: length of the sum of the `size` vectors before e; NaN where there are fewer or it is 0."""
    found: list[NDArray[np.float64]] = []
    total = np.zeros_like(weighted)
    for size in range(1, most + 1):
        norms = np.full(len(weighted) + 1, np.nan)
        if size <= len(weighted):
            total = total[1:] + weighted[: len(weighted) - size + 1] if size > 1 else weighted
            lengths = np.linalg.norm(total, axis=1)
            norms[size:] = np.where(lengths > 1e-9, lengths, np.nan)
        found.append(norms)
    return found


def _path(band: _Band) -> list[Block]:
    """The path of the highest total."""
    low, width = band.low, band.odds.shape[2]
    rows = len(low) - 1
    factors = np.asarray([((a + b) / 2) ** SIZE for a, b in SHAPES])
    gains = band.odds * factors[:, None, None].astype(np.float32)
    tall = np.asarray([a for a, _ in SHAPES])
    wide = np.asarray([b for _, b in SHAPES])
    reach = np.arange(width)
    # Four rows of -inf stand before the first, and a column of -inf at the end takes what falls outside.
    best = np.full((rows + 5, width + 1), -np.inf)
    best[4, :width] = -SKIP * (low[0] + reach)
    moves = np.full((rows + 1, width), _SKIP_RIGHT, dtype=np.int8)
    shifted_low = np.concatenate((np.zeros(4, dtype=np.int64), low))
    for i in range(1, rows + 1):
        before = i + 4 - tall
        places = (low[i] - shifted_low[before] - wide)[:, None] + reach[None, :]
        places[(places < 0) | (places >= width)] = width
        candidates = best[before[:, None], places] + gains[:, i]
        choice = candidates.argmax(axis=0)
        score = candidates[choice, reach]
        places_up = low[i] - low[i - 1] + reach
        up = best[i + 3, np.where(places_up < width, places_up, width)] - SKIP
        move = np.where(up >= score, _SKIP_LEFT, choice)
        score = np.maximum(score, up)
        raised = np.maximum.accumulate(score + SKIP * reach) - SKIP * reach
        added = raised > score + 1e-9
        moves[i] = np.where(added, _SKIP_RIGHT, move)
        best[i + 4, :width] = np.where(added, raised, score)
    return _traced(band, moves)


def _traced(band: _Band, moves: NDArray[np.int8]) -> list[Block]:
    low = band.low
    i = len(low) - 1
    finite = np.flatnonzero(low[i] + np.arange(moves.shape[1]) >= 0)
    j = int(low[i] + finite[-1])
    blocks: list[Block] = []
    while i > 0 and j >= 0:
        place = j - int(low[i])
        move = int(moves[i, place])
        if move == _SKIP_LEFT:
            i -= 1
        elif move == _SKIP_RIGHT:
            j -= 1
        else:
            a, b = SHAPES[move]
            here = (move, i, place)
            odds, cosine, likeness = (round(float(x[here]), 4) for x in (band.odds, band.cosines, band.likeness))
            blocks.append(Block(tuple(range(i - a, i)), tuple(range(j - b, j)), odds, cosine, likeness))
            i, j = i - a, j - b
    return blocks[::-1]


def _moved(problem: _Problem, blocks: list[Block]) -> list[Block]:
    """Leftover sentences that are each other's best among the leftovers and closer than `MOVED`."""
    taken_left = {i for block in blocks for i in block.left}
    taken_right = {j for block in blocks for j in block.right}
    rows = np.asarray([i for i in range(len(problem.left.vectors)) if i not in taken_left], dtype=np.int64)
    columns = np.asarray([j for j in range(len(problem.right.vectors)) if j not in taken_right], dtype=np.int64)
    if not len(rows) or not len(columns):
        return []
    best = extremes(problem.left.vectors[rows], problem.right.vectors[columns])
    found: list[Block] = []
    for place, other in enumerate(best.row_choice):
        if best.column_choice[other] != place:
            continue
        i, j = int(rows[place]), int(columns[other])
        cosine = float(best.of_rows[place])
        score = (cosine - float(problem.left_base[i] + problem.right_base[j]) / 2) / problem.scale.distance
        if score >= MOVED:
            found.append(Block((i,), (j,), round(SLOPE * score + OFFSET, 4), round(cosine, 4), round(score, 4)))
    return found
