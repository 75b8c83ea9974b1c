"""Quantities of aligned sentences brought together: what agrees, what conflicts, what cannot be paired.

Equal values pair first (conversion, rounding and bounds allowed), then what is left over in a block is looked for next to
it, and only what is left over on both sides and can play the same role is a conflict. Numbers inside dates take part in the
search for equals, so that a number that one side reads as a date and the other as a count raises no alarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, zip_longest

from consistency.checks.pairs import mentions_in
from consistency.checks.quantity_likeness import like_digits, likeness
from consistency.checks.quantity_values import LOOSE, Atom, Match, atoms, match
from consistency.extract.numerals import other_reading, quantities_table
from consistency.extract.quantities import quantities_in
from consistency.extract.units import convert, dimension, units
from consistency.languages.loader import fold
from consistency.types import (
    Alignment,
    AnalysedDocument,
    Analysis,
    DateValue,
    Mention,
    MentionKind,
    QuantityValue,
    Role,
)

NEIGHBOURS = 2
"""Blocks on each side in which a left-over number is looked for: translators move clauses over a sentence's end."""

_MONTHS = Decimal(12)
DOZEN = Decimal(12)

ROLE_FLOOR = 2.0
"""Least `likeness` of two left-over numbers that are held against each other; see the figures in docs/quantities.md."""


GAP_SENTENCES = 6
"""Longest run of unaligned sentences that is held against the run at the same place."""

GAP_SCORE = 0.5
"""Belief in such a block: it rests on its neighbours only."""

ACCOUNTS_RATIO = 2
"""Two accounts' figures for one thing, each from its own statistics, are seldom further apart (690.6 and 759.4 billion)."""

SURE_LIKENESS = 4.0
"""From here on two left-over numbers of one block are held against each other before the neighbours are searched."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers held against each other. `agreement` is None where they conflict."""

    alignment: Alignment
    left: Atom
    right: Atom
    agreement: Match | None
    confidence: float = 0.9
    also: tuple[Atom, ...] = ()
    """The same number in further accounts, where `right` is a copy's."""


@dataclass(frozen=True, slots=True)
class Paired:
    """The comparison of one pair of documents."""

    pairs: tuple[Pair, ...]
    left_over: tuple[tuple[Alignment, Atom, bool], ...]
    """(block, number, whether it stands on the right) that could not be paired."""


@dataclass(slots=True)
class _Block:
    alignment: Alignment
    left: list[Atom]
    right: list[Atom]
    left_dates: tuple[Atom, ...]
    right_dates: tuple[Atom, ...]
    is_copy: bool
    matched: list[tuple[Atom, Atom, Match]] = field(default_factory=list)

    @property
    def floor(self) -> float:
        """Least likeness of a conflict: higher where the sentences were not aligned one to one."""
        sentences = len(self.alignment.left_sentences) + len(self.alignment.right_sentences)
        return SURE_LIKENESS if self.alignment.score == GAP_SCORE and sentences > 2 else ROLE_FLOOR


def pair_quantities(analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument) -> Paired:
    """All numbers of the aligned sentences of two documents, paired or left over, in order of place."""
    placed = [(min(a.right_sentences), a) for a in analysis.aligned(left.id, right.id)]
    blocks = [
        _Block(
            alignment,
            _atoms(left, alignment.left_sentences),
            _atoms(right, alignment.right_sentences),
            _date_atoms(left, alignment.left_sentences),
            _date_atoms(right, alignment.right_sentences),
            right.document.role is Role.COPY,
        )
        for _, alignment in sorted([*placed, *_gaps(analysis, left, right)], key=lambda item: item[0])
    ]
    for block in blocks:
        _match_equal(block)
        _restore_units(block)
        _drop_dated(block)
        _match_sums(block)
    _match_neighbours(blocks)
    _hand_over(blocks)
    pairs: list[Pair] = []
    rest: list[tuple[Alignment, Atom, bool]] = []
    for block in blocks:
        pairs.extend(Pair(block.alignment, one, other, found) for one, other, found in block.matched)
        pairs.extend(_conflicts(block))
        pairs.extend(_conflicts_with_dates(block))
        if block.alignment.left_sentences and block.alignment.right_sentences:
            rest.extend((block.alignment, atom, False) for atom in block.left)
            rest.extend((block.alignment, atom, True) for atom in block.right)
    if right.document.role is Role.COPY:
        pairs.extend(_distant_conflicts(left, blocks, rest))
    return Paired(tuple(pairs), tuple(rest))


def _distant_conflicts(
    left: AnalysedDocument, blocks: Sequence[_Block], rest: list[tuple[Alignment, Atom, bool]]
) -> Iterator[Pair]:
    """Left-over numbers of a copy that are a slip away from one of the account that nothing took up, wherever it stands.

    A copy tells in one sentence what accounts tell in several. Only numbers with a unit, and only where just one fits.
    """
    covered = {index for block in blocks for index in block.alignment.left_sentences}
    outside = tuple(index for index in range(len(left.sentences)) if index not in covered)
    idle = [atom for _, atom, is_right in rest if not is_right] + _atoms(left, outside)
    for alignment, atom, is_right in list(rest):
        if not is_right or atom.unit in LOOSE:
            continue
        fitting = [one for one in idle if one.unit == atom.unit and like_digits(one, atom)]
        if len(fitting) == 1:
            rest[:] = [item for item in rest if item[1] is not atom and item[1] is not fitting[0]]
            yield Pair(alignment, fitting[0], atom, None, 0.8)


def _gaps(
    analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument
) -> Iterator[tuple[float, Alignment]]:
    """(place, block) of unaligned sentences of a copy and the account's at the same place; either side may be empty.

    A wrong number is itself a reason for an aligner to leave a sentence out. Between two aligned neighbours in the same
    order the sentences in between can only stand for each other. Where one side is empty its neighbours' numbers may
    still be found there: a translator has cut one sentence in two.
    """
    aligned = analysis.aligned(left.id, right.id)
    if right.document.role is not Role.COPY or not aligned:
        return
    partners: dict[int, list[int]] = {}
    for alignment in aligned:
        for index in alignment.right_sentences:
            partners.setdefault(index, []).extend(alignment.left_sentences)
    known = sorted(partners)
    edges = [(-1, -1), *((index, index) for index in known), (len(right.sentences), len(right.sentences))]
    for (before, _), (after, _) in pairwise(edges):
        low = max(partners[before]) if before >= 0 else -1
        high = min(partners[after]) if after < len(right.sentences) else len(left.sentences)
        lefts, rights = tuple(range(low + 1, high)), tuple(range(before + 1, after))
        if (lefts or rights) and len(lefts) <= GAP_SENTENCES and len(rights) <= GAP_SENTENCES and low < high:
            yield before + 0.5, Alignment(left.id, lefts, right.id, rights, GAP_SCORE, mode="translation")


# --- numbers of a block -----------------------------------------------------------------------------------


def document_atoms(document: AnalysedDocument, sentences: tuple[int, ...]) -> tuple[Atom, ...]:
    """The numbers of the document's quantities that stand in these sentences (indices), in order of place."""
    return tuple(_atoms(document, sentences))


def _atoms(document: AnalysedDocument, sentences: tuple[int, ...]) -> list[Atom]:
    table = quantities_table(document.document.language)
    found: list[Atom] = []
    mentions = mentions_in(document, sentences, MentionKind.QUANTITY)
    implied = ""
    for mention, following in zip_longest(mentions, mentions[1:]):
        value = mention.value
        assert isinstance(value, QuantityValue)
        other = 1 / value.low if value.unit == "ordinal" and value.low else None  # a third, la tercera parte
        if value.scale == DOZEN:  # more than a dozen is 十多
            other = value.low / DOZEN * 10
        digits = re.search(r"[0-9]+[.,][0-9]{3}(?![0-9])", fold(mention.text, document.document.language))
        if digits and value.scale is None:
            other = other_reading(digits.group(), table)
        groups = re.search(r"[0-9]{3}(?: [0-9]{3})+", mention.text) if table.reversed_groups else None
        if groups:  # 918 483 may have been set from right to left
            other = Decimal("".join(reversed(groups.group().split(" "))))
        label = _label(document, mention) if value.unit == "code" else ""
        is_leading = (
            following is not None
            and following.start - mention.end <= 1
            and isinstance(following.value, QuantityValue)
            and following.value.unit == "year_of_age"
        )
        for atom in atoms(mention, () if other is None else (other,)):
            found.append(
                replace(
                    atom, is_leading=is_leading, label=label, implied=implied if atom.unit == "count" else ""
                )
            )
        if value.unit in units():
            implied = value.unit
    return found


def _label(document: AnalysedDocument, mention: Mention) -> str:
    """The letters that a number is part of: 'covid' of COVID-19."""
    letters = re.search(r"[^\W\d_]+(?=-?$)", document.text[max(0, mention.start - 20) : mention.start])
    return letters.group().lower() if letters else ""


def _date_atoms(document: AnalysedDocument, sentences: tuple[int, ...]) -> tuple[Atom, ...]:
    """The numbers of the dates in these sentences: components and what is written."""
    found: list[Atom] = []
    for mention in mentions_in(document, sentences, MentionKind.DATE):
        value = mention.value
        assert isinstance(value, DateValue)
        numbers = {
            Decimal(n)
            for n in (value.year, value.month, value.day, value.hour, value.minute)
            if n is not None
        }
        if value.hour is not None:
            numbers.add(Decimal((value.hour + 12) % 24))
        numbers |= set(_written(mention.text, document.document.language))
        found.extend(Atom(mention, n, n, "count", "exact", False, is_date=True) for n in sorted(numbers))
    return tuple(found)


@lru_cache(maxsize=4096)
def _written(text: str, language: str) -> tuple[Decimal, ...]:
    """The numbers written in a date's text."""
    return tuple(
        number
        for _, value in quantities_in(fold(text, language), language)
        for number in (value.low, value.high)
    )


# --- equals -----------------------------------------------------------------------------------------------


def _match_equal(block: _Block) -> None:
    """Moves equal numbers to `matched`: best grade first, then those that stand at the same place in order."""
    candidates: list[tuple[int, bool, float, int, int, Match]] = []
    for i, one in enumerate(block.left):
        for j, other in enumerate(block.right):
            found = match(one, other, is_copy=block.is_copy)
            if found:
                distance = abs(i / max(len(block.left), 1) - j / max(len(block.right), 1))
                candidates.append((found.grade, one.is_word != other.is_word, distance, i, j, found))
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, _, _, i, j, found in sorted(candidates, key=lambda c: c[:5]):
        if i in used_left or j in used_right:
            continue
        used_left.add(i)
        used_right.add(j)
        block.matched.append((block.left[i], block.right[j], found))
    block.left = [atom for i, atom in enumerate(block.left) if i not in used_left]
    block.right = [atom for j, atom in enumerate(block.right) if j not in used_right]


def _restore_units(block: _Block) -> None:
    """Undoes matches that left a unit out where a left-over number has that very unit.

    "two years" against 三年 and 两家 is three years, not the two shops.
    """
    for index, (one, other, found) in enumerate(block.matched):
        if found.grade < 2:
            continue
        for rest, own, partner, is_left in ((block.right, other, one, True), (block.left, one, other, False)):
            if partner.unit in LOOSE:
                continue
            better = next((a for a in rest if a.unit == partner.unit), None)
            if better is not None:
                rest.remove(better)
                rest.append(own)
                fresh = (partner, better) if is_left else (better, partner)
                (block.left if is_left else block.right).append(partner)
                rest.append(better)
                block.matched[index] = (*fresh, _UNDONE)
                break
    block.matched = [m for m in block.matched if m[2] is not _UNDONE]


_UNDONE = Match(9)


def _drop_dated(block: _Block) -> None:
    """Takes out numbers that the other side has inside a date."""
    block.left = [a for a in block.left if not any(_same_figure(a, d) for d in block.right_dates)]
    block.right = [a for a in block.right if not any(_same_figure(a, d) for d in block.left_dates)]


def _same_figure(atom: Atom, date: Atom) -> bool:
    if date.low <= _MONTHS and dimension(atom.unit) != "time" and atom.unit != "ordinal":
        return False  # February is no 2, unless the other side reads '2月' as a number of months
    return atom.low == date.low or atom.high == date.low or date.low in atom.readings


def _match_sums(block: _Block) -> None:
    """An hour and a half against 90 minutes: several left-over durations that add up to one on the other side."""
    for parts, wholes, is_left in ((block.left, block.right, True), (block.right, block.left, False)):
        times = [a for a in parts if dimension(a.unit) == "time" and not a.is_open]
        if len(times) < 2:
            continue
        for whole in [w for w in wholes if dimension(w.unit) == "time"]:
            total = sum((_in_days(a) for a in times), Decimal(0))
            if abs(total - _in_days(whole)) <= Decimal("0.02") * total:
                found = Match(1, "the durations add up")
                block.matched.append((times[0], whole, found) if is_left else (whole, times[0], found))
                for atom in times:
                    parts.remove(atom)
                wholes.remove(whole)
                break


def _in_days(atom: Atom) -> Decimal:
    return convert(atom.low, atom.unit, "day") or Decimal(0)


def _match_neighbours(blocks: Sequence[_Block]) -> None:
    """Pairs left-over numbers with equal left-over ones of the blocks next to theirs."""
    for number, block in enumerate(blocks):
        for step in range(1, NEIGHBOURS + 1):
            for other in (number - step, number + step):
                if not 0 <= other < len(blocks):
                    continue
                for one in list(block.left):
                    if any(likeness(one, near, alone=False) >= SURE_LIKENESS for near in block.right):
                        continue
                    for two in list(blocks[other].right):
                        if any(
                            likeness(near, two, alone=False) >= SURE_LIKENESS for near in blocks[other].left
                        ):
                            continue
                        found = match(one, two, is_copy=block.is_copy)
                        if found and (step == 1 or not (one.is_small_word or two.is_small_word)):
                            block.left.remove(one)
                            blocks[other].right.remove(two)
                            block.matched.append((one, two, found))
                            break


# --- conflicts --------------------------------------------------------------------------------------------


def _conflicts(block: _Block) -> Iterator[Pair]:
    """Left-over numbers of one block that can play the same role, most alike first; they leave the block's lists."""
    _drop_repeated(block)
    if not block.is_copy:
        yield from _account_conflicts(block)
        return
    candidates = []
    for i, one in enumerate(block.left):
        for j, other in enumerate(block.right):
            points = likeness(one, other, alone=len(block.left) == 1 and len(block.right) == 1)
            if points >= block.floor:
                distance = abs(i / len(block.left) - j / len(block.right))
                candidates.append((-points, distance, i, j))
    used_left: set[int] = set()
    used_right: set[int] = set()
    found = []
    for negative, _, i, j in sorted(candidates):
        if i in used_left or j in used_right:
            continue
        used_left.add(i)
        used_right.add(j)
        confidence = min(0.97, 0.6 + 0.06 * -negative)
        found.append(Pair(block.alignment, block.left[i], block.right[j], None, round(confidence, 2)))
    block.left = [atom for i, atom in enumerate(block.left) if i not in used_left]
    block.right = [atom for j, atom in enumerate(block.right) if j not in used_right]
    yield from sorted(found, key=lambda pair: (pair.right.mention.start, pair.right.low))


def _account_conflicts(block: _Block) -> Iterator[Pair]:
    """Conflicts between two accounts: one number left over of a unit on each side, and of like size.

    Accounts choose what they tell: several percentages on both sides are different facts until shown otherwise.
    """
    for one in list(block.left):
        rivals = [a for a in block.right if dimension(a.unit) == dimension(one.unit)]
        fellows = [a for a in block.left if dimension(a.unit) == dimension(one.unit)]
        if len(rivals) != 1 or len(fellows) != 1 or one.is_word or rivals[0].is_word:
            continue
        other = rivals[0]
        if not one.low or not other.low or one.unit in ("ordinal", "code", "pair"):
            continue
        ratio = max(one.low, other.low) / min(one.low, other.low)
        alike = like_digits(one, other) or (one.unit not in LOOSE and ratio <= ACCOUNTS_RATIO)
        if alike and likeness(one, other, alone=True) >= ROLE_FLOOR:
            block.left.remove(one)
            block.right.remove(other)
            yield Pair(block.alignment, one, other, None, 0.7)


def _hand_over(blocks: Sequence[_Block]) -> None:
    """Gives left-over numbers of an unaligned sentence to the block beside it that has a left-over number like them."""
    for number, block in enumerate(blocks):
        if block.alignment.left_sentences and block.alignment.right_sentences:
            continue
        for beside in blocks[max(0, number - 1) : number + 2]:
            if beside is block:
                continue
            for atom in list(block.right):
                if any(likeness(one, atom, alone=False) >= SURE_LIKENESS for one in beside.left):
                    block.right.remove(atom)
                    beside.right.append(atom)
            for atom in list(block.left):
                if any(likeness(atom, one, alone=False) >= SURE_LIKENESS for one in beside.right):
                    block.left.remove(atom)
                    beside.left.append(atom)


def _conflicts_with_dates(block: _Block) -> Iterator[Pair]:
    """Left-over figures of the right that are a slip away from a date of the left that the right has lost: 69th century."""
    seen = {date.low for date in block.right_dates} | {atom.low for _, atom, _ in block.matched}
    lost = [date for date in block.left_dates if date.low > _MONTHS and date.low not in seen]
    for atom in list(block.right):
        if atom.is_word or atom.unit not in ("count", "ordinal", "year"):
            continue
        date = next((date for date in lost if like_digits(date, atom)), None)
        if date is not None:
            block.right.remove(atom)
            lost.remove(date)
            yield Pair(block.alignment, date, atom, None, 0.75)


def _drop_repeated(block: _Block) -> None:
    """Takes out a left-over number that repeats a matched one, where the other side has nothing left for it."""
    if not block.left:
        block.right = [a for a in block.right if not any(match(one, a) for one, _, _ in block.matched)]
    elif not block.right:
        block.left = [a for a in block.left if not any(match(a, other) for _, other, _ in block.matched)]
