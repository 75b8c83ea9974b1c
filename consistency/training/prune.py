"""From the wide vocabulary to one that fits the package: what is used least, and replaced best by pieces, goes."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consistency.training.batches import Bags, TokenisedSet
from consistency.training.vocabulary import CYRILLIC_MARK, LATIN_MARK, build_tokenizer

BUDGETS = {"latin": 28_500, "han": 28_000, "cyrillic": 13_500, "arabic": 12_000, "unmarked": 5_000, "number": 1_000}
"""Entries of each class that stay. English, French and Spanish lose nothing down to a third of their words; Chinese
loses one point of precision and Russian and Arabic three to six (docs/encoder.md)."""
SINGLE_USE = 2.2
"""A single character stays where its use (see `usage`) reaches this."""

Vocabulary = list[tuple[str, float]]


def usage(sets: list[TokenisedSet], size: int) -> NDArray[np.float64]:
    """How much each token is used: the sum, over sets and sides, of the square root of its count.

    The root keeps a large set of one domain (statutes) from deciding alone. Mined pairs and names are left out.
    """
    total = np.zeros(size)
    for pair_set in sets:
        if pair_set.name.endswith(("/pivot", "/names")):
            continue
        for bags in (pair_set.left, pair_set.right):
            total += np.sqrt(np.bincount(bags.ids, minlength=size))
    return total


def entry_class(number: int, entry: str) -> str:
    """The class that an entry's budget is counted in."""
    if number < 3 or len(entry.lstrip(LATIN_MARK + CYRILLIC_MARK)) <= 1:
        return "single"
    if "\u4e00" <= entry[0] <= "\u9fff":
        return "han"
    if "\u0600" <= entry[-1] <= "\u06ff":
        return "arabic"
    if entry[0] == CYRILLIC_MARK:
        return "cyrillic"
    if entry[0] == LATIN_MARK:
        return "latin"
    return "number" if entry[0].isdigit() else "unmarked"


def kept_entries(vocabulary: Vocabulary, use: NDArray[np.float64]) -> NDArray[np.int64]:
    """Numbers of the entries that stay, ascending."""
    classes = np.asarray([entry_class(number, entry) for number, (entry, _) in enumerate(vocabulary)])
    needed = np.asarray([number < 3 or entry.isascii() for number, (entry, _) in enumerate(vocabulary)])
    kept = [np.flatnonzero((classes == "single") & (needed | (use >= SINGLE_USE)))]
    for name, budget in BUDGETS.items():
        members = np.flatnonzero(classes == name)
        kept.append(members[np.argsort(-use[members], kind="stable")][:budget])
    return np.sort(np.concatenate(kept))


def prune(vocabulary: Vocabulary, sets: list[TokenisedSet]) -> tuple[Vocabulary, list[TokenisedSet]]:
    """The smaller vocabulary, and the sets with each lost token in the pieces that stand for it."""
    kept = kept_entries(vocabulary, usage(sets, len(vocabulary)))
    smaller = [vocabulary[number] for number in kept]
    tokenizer = build_tokenizer(smaller)
    numbers = {int(old): new for new, old in enumerate(kept)}
    encodings = tokenizer.encode_batch([entry for entry, _ in vocabulary], add_special_tokens=False)
    parts = [
        [numbers[old]] if old in numbers else ([i for i in encoding.ids if i > 0] or [0])
        for old, encoding in enumerate(encodings)
    ]
    lengths = np.asarray([len(part) for part in parts], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    flat = np.asarray([i for part in parts for i in part], dtype=np.int32)

    def replaced(bags: Bags) -> Bags:
        many = lengths[bags.ids]
        ends = np.cumsum(many)
        inside = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - many, many)
        ids = flat[np.repeat(starts[bags.ids], many) + inside]
        return Bags(ids, np.concatenate(([0], ends))[bags.offsets])

    return smaller, [dataclasses.replace(s, left=replaced(s.left), right=replaced(s.right)) for s in sets]


def piece_tokenizer(vocabulary: Vocabulary) -> Any:
    """A tokenizer that knows characters and short pieces only: what training now and then cuts longer words into."""
    kept: Vocabulary = []
    for number, (entry, score) in enumerate(vocabulary):
        bare = entry.lstrip(LATIN_MARK + CYRILLIC_MARK)
        is_marked = entry.startswith((LATIN_MARK, CYRILLIC_MARK))
        is_short_piece = not is_marked and not "\u4e00" <= bare[:1] <= "\u9fff" and len(bare) <= 5
        if number < 3 or len(bare) <= 1 or is_short_piece:
            kept.append((entry, score))
    return build_tokenizer(kept)
