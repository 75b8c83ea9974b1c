"""Training of the token vectors: a mean of vectors a text, and a symmetric softmax over the pairs of a batch."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consistency.training.batches import Bags, Decompositions, TokenisedSet, draw


@dataclass(frozen=True, slots=True)
class Settings:
    """What a training run is made of; figures for each choice stand in docs/encoder.md."""

    dimensions: int = 384
    steps: int = 3000
    batch: int = 1024
    blocks: int = 4
    learning_rate: float = 0.02
    scale: float = 13.0
    pieces: float = 0.1
    """Share of the longer words that training takes in pieces."""
    dropout: float = 0.0
    """Share of tokens that training leaves out."""
    power: float = 0.5
    """A set of n pairs is drawn in proportion to n ** power."""
    boost: tuple[tuple[str, float], ...] = (("ru", 1.5), ("ar", 1.5), ("fr", 1.8), ("pivot", 0.7))
    """Factor on the weight of the sets of a language (the larger one of the two), and of mined sets."""
    seed: int = 20230614

FINISH = Settings(
    steps=1000,
    learning_rate=0.006,
    scale=16.0,
    boost=(("ru", 1.2), ("ar", 1.2), ("fr", 5.0), ("pivot", 0.5)),
    seed=7,
)
"""A second, shorter run from where the first ends, sharper and with more French: it took French and English from 0.969 to
0.974, French and Chinese from 0.911 to 0.919, and cost Arabic and English 0.007, Russian and English 0.008."""


def set_weights(sets: list[TokenisedSet], settings: Settings) -> NDArray[np.float64]:
    """How often each set is drawn, before scaling to one."""
    boost = dict(settings.boost)
    factors = []
    for s in sets:
        factor = max(boost.get(code, 1.0) for code in s.languages)
        if s.name.endswith("/pivot"):
            factor *= boost.get("pivot", 1.0)
        factors.append(factor * len(s) ** settings.power)
    return np.asarray(factors)


def train(
    tokenizer: Any,
    sets: list[TokenisedSet],
    parts: Decompositions,
    settings: Settings,
    on_step: Any = None,
    initial: NDArray[np.float32] | None = None,
) -> Any:
    """Train a sentence-transformers `StaticEmbedding` and return it.

    `initial` is a table to go on from; without it the vectors begin at random. `on_step(step, module)` is called every
    hundred steps. Rows are updated by Adam where a batch touches them (lazy Adam), the rate falling linearly to nothing.
    """
    import torch
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    module = StaticEmbedding(tokenizer, embedding_dim=settings.dimensions)
    table = module.embedding.weight.data
    if initial is not None:
        table.copy_(torch.from_numpy(initial))
    else:
        table.normal_(0.0, 0.1)
    table[:3] = 0.0
    first = torch.zeros_like(table)
    second = torch.zeros_like(table)
    batches = draw(sets, set_weights(sets, settings), settings.batch, settings.blocks, rng)
    began = time.monotonic()
    for step in range(1, settings.steps + 1):
        left, right, keys = next(batches)
        left = thin(parts.apply(left, settings.pieces, rng), settings.dropout, rng)
        right = thin(parts.apply(right, settings.pieces, rng), settings.dropout, rng)
        loss, rows, gradient = loss_and_gradient(table, left, right, keys, settings.scale)
        kept = rows > 2
        rows, gradient = rows[kept], gradient[kept]
        m = first[rows].mul_(0.9).add_(gradient, alpha=0.1)
        v = second[rows].mul_(0.999).addcmul_(gradient, gradient, value=0.001)
        first[rows] = m
        second[rows] = v
        rate = settings.learning_rate * (1 - (step - 1) / settings.steps)
        rate *= (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
        table[rows] -= rate * m / v.sqrt_().add_(1e-8)
        if step % 100 == 0:
            print(f"step {step} loss {loss:.3f} {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            if on_step is not None:
                on_step(step, module)
    return module


def thin(bags: Bags, share: float, rng: np.random.Generator) -> Bags:
    """`bags` without a random `share` of the tokens; the first token of a text always stays."""
    if share <= 0:
        return bags
    kept = rng.random(len(bags.ids)) >= share
    kept[bags.offsets[:-1][bags.offsets[:-1] < len(kept)]] = True
    return Bags(bags.ids[kept], np.concatenate(([0], np.cumsum(kept)))[bags.offsets])


def loss_and_gradient(
    table: Any, left: Bags, right: Bags, keys: NDArray[np.int64], scale: float
) -> tuple[float, Any, Any]:
    """The loss of a batch, the rows it touches, and the gradient of these rows.

    The loss is that of sentence-transformers' MultipleNegativesSymmetricRankingLoss, with pairs of equal texts left
    out of the negatives. The gradient is written out, with the three large products in bfloat16: twice as fast as
    automatic differentiation on a processor, and the same to three digits (tests/training).
    """
    import torch
    from torch.nn import functional

    count = len(left.offsets) - 1
    flat = np.concatenate([left.ids, right.ids])
    present = np.zeros(table.shape[0], dtype=bool)
    present[flat] = True
    rows = np.flatnonzero(present)
    place = np.zeros(table.shape[0], dtype=np.int64)
    place[rows] = np.arange(len(rows))
    rows_tensor = torch.from_numpy(rows)
    places = torch.from_numpy(place[flat])
    bounds = np.concatenate([left.offsets[:-1], right.offsets + len(left.ids)])
    part = table[rows_tensor]
    pooled = functional.embedding_bag(places, part, torch.from_numpy(bounds[:-1]), mode="sum")
    norms = pooled.norm(dim=1, keepdim=True).clamp_min(1e-12)
    unit = pooled / norms
    low = unit.bfloat16()
    cosines = (low[:count] @ low[count:].T).float()
    diagonal = (unit[:count] * unit[count:]).sum(dim=1)
    cosines.diagonal().copy_(diagonal)
    # Cosines lie below 1, so that the exponentials stay in range without taking the maximum out.
    weights = torch.exp(cosines * scale)
    keys_tensor = torch.from_numpy(keys)
    same = keys_tensor[:, None] == keys_tensor[None, :]
    same.fill_diagonal_(False)
    weights.masked_fill_(same, 0.0)
    by_row, by_column = weights.sum(dim=1), weights.sum(dim=0)
    loss = float(((by_row.log() + by_column.log()) / 2 - diagonal * scale).mean())
    weights.mul_((1 / by_row)[:, None] + (1 / by_column)[None, :])
    weights.diagonal().sub_(2.0)
    slope = (weights * (scale / (2 * count))).bfloat16()
    of_unit = torch.cat([slope @ low[count:], slope.T @ low[:count]]).float()
    of_pooled = (of_unit - unit * (of_unit * unit).sum(dim=1, keepdim=True)) / norms
    gradient = torch.zeros_like(part)
    texts = torch.from_numpy(np.repeat(np.arange(2 * count), np.diff(bounds)))
    gradient.index_add_(0, places, of_pooled[texts])
    return loss, rows_tensor, gradient
