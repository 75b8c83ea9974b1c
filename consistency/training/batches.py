"""Token ids of the training pairs, and the batches drawn from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consistency.training.corpus import PairSet

_MAX_TOKENS = 128
"""Tokens of a text beyond this many are left out in training."""


@dataclass(frozen=True, slots=True)
class Bags:
    """Token ids of many texts, one after the other: text i has `ids[offsets[i]:offsets[i + 1]]`."""

    ids: NDArray[np.int32]
    offsets: NDArray[np.int64]

    def take(self, rows: NDArray[np.int64]) -> Bags:
        """The texts at `rows`, in that order."""
        lengths = self.offsets[rows + 1] - self.offsets[rows]
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        inside = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
        return Bags(self.ids[np.repeat(self.offsets[rows], lengths) + inside], offsets)


@dataclass(frozen=True, slots=True)
class TokenisedSet:
    """A `PairSet` as token ids. `keys` tell texts on the right apart: equal keys are equal texts."""

    name: str
    languages: tuple[str, str]
    left: Bags
    right: Bags
    keys: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.keys)


def bags_of(texts: list[str], tokenizer: Any) -> Bags:
    """Token ids of `texts`; the unknown token (id 0) is left out."""
    pieces: list[NDArray[np.int32]] = []
    lengths: list[int] = []
    for start in range(0, len(texts), 4096):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + 4096], add_special_tokens=False):
            ids = np.asarray(encoding.ids[:_MAX_TOKENS], dtype=np.int32)
            ids = ids[ids > 0]
            pieces.append(ids)
            lengths.append(len(ids))
    flat = np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int32)
    return Bags(flat, np.concatenate(([0], np.cumsum(np.asarray(lengths, dtype=np.int64)))))


def tokenise(pair_sets: list[PairSet], tokenizer: Any) -> list[TokenisedSet]:
    """Each set as token ids; pairs with a side that has no token are left out."""
    tokenised: list[TokenisedSet] = []
    numbers: dict[str, int] = {}
    for pair_set in pair_sets:
        left, right = bags_of(pair_set.left, tokenizer), bags_of(pair_set.right, tokenizer)
        keys = np.asarray([numbers.setdefault(text, len(numbers)) for text in pair_set.right], dtype=np.int64)
        kept = np.flatnonzero((np.diff(left.offsets) > 0) & (np.diff(right.offsets) > 0))
        tokenised.append(
            TokenisedSet(
                pair_set.name,
                (pair_set.left_language, pair_set.right_language),
                left.take(kept),
                right.take(kept),
                keys[kept],
            )
        )
    return tokenised


class Decompositions:
    """For each token that is a longer word, the shorter tokens it is made of: training now and then takes these."""

    def __init__(self, tokenizer: Any, piece_tokenizer: Any) -> None:
        entries = [token for token, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]
        parts: list[list[int]] = []
        lookup = tokenizer.token_to_id
        for number, encoding in enumerate(piece_tokenizer.encode_batch(entries, add_special_tokens=False)):
            ids = [lookup(token) for token in encoding.tokens]
            parts.append([i for i in ids if i] if number > 2 and all(i is not None for i in ids) else [])
        lengths = np.asarray([len(p) if len(p) > 1 else 0 for p in parts], dtype=np.int64)
        self._lengths = lengths
        self._starts = np.concatenate(([0], np.cumsum(lengths)))
        self._flat = np.asarray([i for p in parts if len(p) > 1 for i in p], dtype=np.int32)

    def apply(self, bags: Bags, share: float, rng: np.random.Generator) -> Bags:
        """`bags` with a random `share` of the longer words in pieces."""
        chosen = (self._lengths[bags.ids] > 0) & (rng.random(len(bags.ids)) < share)
        lengths = np.where(chosen, self._lengths[bags.ids], 1)
        ends = np.cumsum(lengths)
        inside = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)
        source = np.repeat(np.where(chosen, self._starts[bags.ids], 0), lengths) + inside
        whole = np.repeat(~chosen, lengths)
        ids = np.where(whole, np.repeat(bags.ids, lengths), self._flat[np.where(whole, 0, source)]).astype(np.int32)
        offsets = np.concatenate(([0], ends))[bags.offsets]
        return Bags(ids, offsets)


def draw(
    sets: list[TokenisedSet], weights: NDArray[np.float64], size: int, blocks: int, rng: np.random.Generator
) -> Iterator[tuple[Bags, Bags, NDArray[np.int64]]]:
    """Endless batches of `size` pairs made of `blocks` blocks, each block from one set drawn by weight.

    Pairs of one set resemble each other, so that the other pairs of a block are the harder ones to tell apart.
    """
    share = weights / weights.sum()
    orders = [rng.permutation(len(pair_set)) for pair_set in sets]
    places = [0] * len(sets)
    while True:
        parts: list[tuple[Bags, Bags, NDArray[np.int64]]] = []
        for number in rng.choice(len(sets), size=blocks, p=share):
            wanted = size // blocks
            rows: list[NDArray[np.int64]] = []
            limit = min(wanted, len(sets[number]))
            while limit:
                if places[number] >= len(orders[number]):
                    orders[number] = rng.permutation(len(sets[number]))
                    places[number] = 0
                taken = orders[number][places[number] : places[number] + limit]
                places[number] += len(taken)
                limit -= len(taken)
                rows.append(taken)
            chosen = np.concatenate(rows)
            pair_set = sets[number]
            left, right = pair_set.left.take(chosen), pair_set.right.take(chosen)
            parts.append((left, right, pair_set.keys[chosen]))
        yield join([p[0] for p in parts]), join([p[1] for p in parts]), np.concatenate([p[2] for p in parts])


def join(many: list[Bags]) -> Bags:
    """Several bags one after the other."""
    ids = np.concatenate([bags.ids for bags in many])
    shifts = np.cumsum([0] + [len(bags.ids) for bags in many])
    offsets = [bags.offsets[:-1] + shift for bags, shift in zip(many, shifts, strict=False)]
    return Bags(ids, np.concatenate([*offsets, [shifts[-1]]]))
