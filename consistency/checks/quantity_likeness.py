"""How likely two different numbers are meant to be one: what a conflict of quantities rests on.

The points are small on purpose: unit, written digits, magnitude and company each say a little. Their weights were set on
NTREX dev and read against tico19, un_dev, xquad and Tatoeba (docs/quantities.md has the figures).
"""

from __future__ import annotations

from decimal import Decimal

from rapidfuzz.distance import OSA

from consistency.checks.quantity_values import LOOSE, Atom, significant, unit_relation
from consistency.extract.units import dimension, is_currency

HALF = Decimal("0.5")


def likeness(left: Atom, right: Atom, *, alone: bool) -> float:
    """How likely two different left-over numbers are meant to be one: 0 for never, 2 and up for a conflict."""
    relation = unit_relation(left.unit, right.unit)
    small = left.is_small_word or right.is_small_word
    one_is_one = Decimal(1) in (left.low, right.low) and small and "fraction" not in (left.unit, right.unit)
    if small and HALF in (left.low, right.low):
        return 0.0  # of a match, of a year: most halves are no shares
    if one_is_one or (small and (left.is_open or right.is_open)):
        return 0.0
    if "code" in (left.unit, right.unit):
        if small and left.unit != right.unit:
            return 0.0  # the G20's twenty is no count of two countries
        if like_digits(left, right):
            return 4.0
        return 4.0 if left.unit == right.unit and left.label == right.label else 0.0
    named = {"pair": LOOSE, "fraction": {"fraction", "percent", "tenth"}}
    for unit, fellows in named.items():
        if (left.unit == unit and right.unit not in fellows) or (
            right.unit == unit and left.unit not in fellows
        ):
            return 0.0
    same_value = left.low == right.low and left.high == right.high
    is_money = dimension(left.unit) == dimension(right.unit) == "money"
    if is_money and left.unit != right.unit and not same_value and not like_digits(left, right):
        return 0.0  # one may be the other at the day's rate, which nothing here knows
    if relation == "other":
        shares = {"percent", "percentage_point"}
        if same_value and (
            {left.unit, right.unit} & shares or is_currency(left.unit) or is_currency(right.unit) or not small
        ):
            return 4.0
        if {left.unit, right.unit} & shares or not alone:
            return 3.0 if like_digits(left, right) or (alone and {left.unit, right.unit} == shares) else 0.0
    score = {"same": 2.0, "convertible": 1.5, "loose": 1.0, "other": 0.0}[relation]
    if left.unit == right.unit and left.unit not in ("count",):
        score += 1.0
    if like_digits(left, right):
        score += 2.0
    if left.is_word == right.is_word:
        score += 0.5
    if left.low > 0 and right.low > 0:
        ratio = max(left.low, right.low) / min(left.low, right.low)
        score += 1.0 if ratio <= 10 else 0.0 if ratio <= 1000 else -1.0
    if left.is_open != right.is_open:
        score -= 1.5
    if small and (left.is_leading or right.is_leading):
        score -= 2.5  # one group of several: the other side may give their sum
    if alone:
        score += 0.5
    if small and left.is_small_word and right.is_small_word:
        score -= {"same": 0.0, "convertible": 0.0, "loose": 1.0 if alone else 2.0, "other": 3.0}[relation]
    elif small:
        score -= 1.0
    return score


def like_digits(left: Atom, right: Atom) -> bool:
    """Whether the written figures differ by a slip: one digit, two swapped digits, or the scale only."""
    one, other = _figure(left), _figure(right)
    if one == other:
        return left.low != right.low
    whole, rest = (f"{atom.mantissa or atom.low:f}" for atom in (left, right))  # 40 and 70: with their zeros
    return any(min(len(a), len(b)) >= 2 and OSA.distance(a, b) <= 1 for a, b in ((one, other), (whole, rest)))


def _figure(atom: Atom) -> str:
    """The significant digits of a number: '28' for 28亿 and 2.8bn alike."""
    return "".join(map(str, atom.low.normalize().as_tuple().digits))


def is_magnitude_slip(left: Atom, right: Atom) -> bool:
    """Whether two numbers have the same digits and another scale, and one of them is written with a scale word."""
    if not left.low or not right.low or left.is_open or right.is_open:
        return False
    if unit_relation(left.unit, right.unit) == "other" or left.low == right.low:
        return False
    if left.scale is None and right.scale is None:
        return False
    shift = right.low / left.low
    tens = shift.normalize().as_tuple()
    return tens.digits == (1,) or (
        significant(left.low) == significant(right.low) and _figure(left) == _figure(right)
    )
