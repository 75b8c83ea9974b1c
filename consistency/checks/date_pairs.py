"""Dates of aligned passages brought together: which belong to each other, and which are left over on both sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consistency.resolve.date_agreement import DateComparison, compare_dates
from consistency.types import DateValue, Mention, Outcome


@dataclass(frozen=True, slots=True)
class DatePair:
    """Two dates that were held against each other, and how that ended."""

    left: Mention
    right: Mention
    comparison: DateComparison


@dataclass(frozen=True, slots=True)
class DatePairing:
    """The dates of one block: pairs (AGREE, CONFLICT or UNKNOWN), and right ones that nothing could be held against."""

    pairs: tuple[DatePair, ...]
    alone: tuple[Mention, ...]


def date_value(mention: Mention) -> DateValue:
    assert isinstance(mention.value, DateValue)
    return mention.value


def pair_dates(left: Sequence[Mention], right: Sequence[Mention], *, same_day: bool = True) -> DatePairing:
    """The dates of a block paired: first those that agree, then, by kind and order, those that conflict.

    A right date that agrees with a left one already taken counts as a repetition of it, unless both sides have as
    many dates as the other: then one was changed into its neighbour. `same_day` tells that "today" is the same day in
    both texts, as in a translation.
    """
    comparisons = {
        (a.id, b.id): compare_dates(date_value(a), date_value(b), same_day=same_day)
        for a in left
        for b in right
    }
    pairs: list[DatePair] = []
    free_left, free_right = list(left), list(right)
    for outcome in (Outcome.AGREE, Outcome.CONFLICT, Outcome.UNKNOWN):
        if outcome is Outcome.CONFLICT and len(left) != len(right):
            # Not a one-to-one rendering: what agrees with a date already taken repeats it.
            for mention in list(free_right):
                twin = next((a for a in left if comparisons[a.id, mention.id].outcome is Outcome.AGREE), None)
                if twin is not None:
                    pairs.append(DatePair(twin, mention, comparisons[twin.id, mention.id]))
                    free_right.remove(mention)
        order: Callable[[tuple[Mention, Mention]], tuple[float, ...]] = lambda pair: _preference(  # noqa: E731
            pair, comparisons[pair[0].id, pair[1].id], left, right
        )
        for one, other in sorted(((a, b) for a in free_left for b in free_right), key=order):
            comparison = comparisons[one.id, other.id]
            if comparison.outcome is not outcome or one not in free_left or other not in free_right:
                continue
            if outcome is Outcome.CONFLICT and not _same_kind(date_value(one), date_value(other)):
                continue
            pairs.append(DatePair(one, other, comparison))
            free_left.remove(one)
            free_right.remove(other)
    return DatePairing(tuple(pairs), tuple(free_right))


def _preference(
    pair: tuple[Mention, Mention],
    comparison: DateComparison,
    left: Sequence[Mention],
    right: Sequence[Mention],
) -> tuple[float, ...]:
    """Smaller is better: more components in common, fewer that differ, then places that are nearer in order."""
    places = abs(left.index(pair[0]) / len(left) - right.index(pair[1]) / len(right))
    same_grain = date_value(pair[0]).grain != date_value(pair[1]).grain
    return -comparison.shared, len(comparison.differing), same_grain, places, pair[0].start, pair[1].start


def _same_kind(left: DateValue, right: DateValue) -> bool:
    """Whether a difference between two such dates says that one is wrong: a year and a month, or a start and an end, may both be right."""
    ends = ("since", "until")
    if (
        left.role in ends
        and right.role in ends
        and left.role != right.role
        and left.is_range
        and right.is_range
    ):
        return False
    days = ("day", "part", "hour", "minute")
    if left.grain in ("hour", "minute") or right.grain in ("hour", "minute"):
        return left.grain in ("hour", "minute") and right.grain in ("hour", "minute")
    return (
        left.grain == right.grain
        or (left.grain in days and right.grain in days)
        or (
            {left.grain, right.grain} <= {"day", "month", "year", "part"}
            and bool(_written(left) & _written(right))
        )
    )


def _written(value: DateValue) -> set[str]:
    return {name for name in ("year", "month", "day", "weekday") if getattr(value, name) is not None}
