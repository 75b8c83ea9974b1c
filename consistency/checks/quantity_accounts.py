"""Quantities of all pairs of documents, each conflict of a copy told once.

A copy is derived from all accounts together: a number that one of them has needs no backing by the others, which may count
differently, and a number that none has is one error and not one an account.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from consistency.checks.quantity_likeness import like_digits
from consistency.checks.quantity_pairs import Pair, Paired, document_atoms, pair_quantities
from consistency.checks.quantity_values import LOOSE, Atom, match
from consistency.extract.units import dimension
from consistency.types import AnalysedDocument, Analysis, Role

TELLING = Decimal(10)
"""A measure from here on is seldom the same by chance. Without this bound planted errors found fall by 1 in 100 (NTREX dev)."""


def paired_quantities(analysis: Analysis) -> Iterator[tuple[AnalysedDocument, AnalysedDocument, Paired]]:
    """Each pair of documents with its numbers paired, conflicts of a copy kept with the account that fits best."""
    found = [(left, right, pair_quantities(analysis, left, right)) for left, right in analysis.pairs()]
    accounts = {document.id: _all_atoms(document) for document in analysis.accounts}
    conflicts: dict[tuple[str, str], list[Pair]] = {}
    for left, right, paired in found:
        if right.document.role is not Role.COPY:
            continue
        for pair in paired.pairs:
            others = {name: atoms for name, atoms in accounts.items() if name != left.id}
            if (
                pair.agreement is None
                and not _is_backed(pair.right, others)
                and not _is_told(pair, accounts[left.id])
            ):
                conflicts.setdefault(_key(pair.right), []).append(pair)
    best = {key: _merged(pairs) for key, pairs in conflicts.items()}
    for left, right, paired in found:
        if right.document.role is not Role.COPY:
            yield left, right, paired
            continue
        kept = [
            best[_key(pair.right)] if pair.agreement is None else pair
            for pair in paired.pairs
            if pair.agreement is not None
            or (_key(pair.right) in best and best[_key(pair.right)].left is pair.left)
        ]
        yield left, right, replace(paired, pairs=tuple(kept))


def _all_atoms(document: AnalysedDocument) -> tuple[Atom, ...]:
    return document_atoms(document, tuple(range(len(document.sentences))))


def _is_backed(atom: Atom, accounts: dict[str, tuple[Atom, ...]]) -> bool:
    """Whether another account has the number, in the same unit or one that converts."""
    if atom.is_small_word:
        return False
    matches = (match(one, atom, is_copy=True) for atoms in accounts.values() for one in atoms)
    return any(found is not None and found.grade <= 1 for found in matches)


def _is_told(pair: Pair, atoms: tuple[Atom, ...]) -> bool:
    """Whether the account itself has just this measure elsewhere, and the pair is no slip of the pen."""
    if pair.right.unit in LOOSE or like_digits(pair.left, pair.right):
        return False
    if dimension(pair.right.unit) == "time" or pair.right.low < TELLING:
        return False  # three days and two years are told of many things
    return any(
        one.unit == pair.right.unit and one.low == pair.right.low and one.high == pair.right.high
        for one in atoms
    )


def _key(atom: Atom) -> tuple[str, str]:
    return atom.mention.id, str(atom.low)


def _merged(pairs: list[Pair]) -> Pair:
    """The conflict that fits best, with the accounts that have the same number against the copy."""
    first = max(
        pairs, key=lambda pair: (pair.confidence, pair.left.low == pair.right.low, pair.left.mention.id)
    )
    same = tuple(pair.left for pair in pairs if pair.left is not first.left and match(first.left, pair.left))
    return replace(first, also=same)
