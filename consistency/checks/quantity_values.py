"""Whether two quantities say the same: value, unit and bound, with conversion and rounding shown as a sum.

All arithmetic is in Decimal. The comparison is symmetric: the order of the two does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from consistency.extract.units import convert, dimension, is_currency
from consistency.types import Mention, QuantityValue

CONVERSION_TOLERANCE = Decimal("0.02")
"""Relative difference that a converted figure may have beyond rounding. Of the conversions in NTREX dev (yards, inches,
pounds, miles to metric in four languages) all are within rounding or 3 per cent; a changed leading digit is 10 or more."""

ROUNDING_TOLERANCE = Decimal("0.1")
"""Relative difference that rounding may bring: beyond it "about 1,000" is another figure than 1,400."""

TIME_TOLERANCE = Decimal("0.02")
"""Months and years have no fixed length in days: 12 months and 365 days differ by 0.07 per cent, 52 weeks by 0.3."""

LOOSE = frozenset(("count", "ordinal", "times", "score", "code", "pair"))
"""Units without a dimension: languages swap them freely (the third time, three times; 20 ans, âgé de 20)."""

_DOLLARS = frozenset(("USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD"))
"""A bare 'dollar' is read as USD and may be any of them."""


_SPEEDS = frozenset(
    frozenset(pair)
    for pair in (("mile", "mph"), ("km", "kmh"), ("m", "metre_per_second"), ("nautical_mile", "knot"))
)
"""Speeds whose hour stands elsewhere in the clause: 每小时 85 英里, 时速120公里."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One number of a mention: a range and a score hold two, an open number ("hundreds") one with low < high."""

    mention: Mention
    low: Decimal
    high: Decimal
    unit: str
    bound: str
    is_word: bool
    mantissa: Decimal | None = None
    scale: Decimal | None = None
    readings: tuple[Decimal, ...] = ()
    """Other values that the same characters can have under another locale's marks."""
    is_date: bool = False
    """Whether the number stands in a date mention."""

    implied: str = ""
    """The unit of a measure shortly before, for a number without one ("2 to 5 centimetres, in places 10")."""
    label: str = ""
    """The name that a number of unit 'code' is part of."""
    is_leading: bool = False
    """Whether the number counts another quantity ("two 18-year-olds")."""

    @property
    def is_open(self) -> bool:
        return self.low != self.high

    @property
    def is_small_word(self) -> bool:
        """A small number in words may be an article, a pronoun or a part of an idiom."""
        return self.is_word and self.high <= SMALL and self.unit in LOOSE | {"fraction"}


_SHOWN_WHOLE = Decimal(1_000_000)
"""From here on decimals say nothing to a reader."""

FAHRENHEIT_DEGREE = Decimal(5) / Decimal(9)

SMALL = Decimal(12)
"""Number words up to here are written out as a matter of course, and often come and go in translation."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two numbers that say the same. `grade` 0 is equality, 1 a sum that works out, 2 a unit left out on one side."""

    grade: int
    reason: str = ""


def atoms(mention: Mention, readings: tuple[Decimal, ...] = ()) -> tuple[Atom, ...]:
    """The numbers of one quantity mention."""
    value = mention.value
    assert isinstance(value, QuantityValue)
    if value.low != value.high and value.bound != "about":
        ends = (value.low, value.high) if value.unit == "score" or value.bound == "range" else ()
        if ends:
            bound = "exact" if value.unit == "score" else "range"
            return tuple(Atom(mention, end, end, value.unit, bound, value.is_word) for end in ends)
    return (
        Atom(
            mention,
            value.low,
            value.high,
            value.unit,
            value.bound,
            value.is_word,
            value.mantissa,
            value.scale,
            readings,
        ),
    )


def match(left: Atom, right: Atom, *, is_copy: bool = False) -> Match | None:
    """How two numbers agree, or None where they do not.

    `is_copy` says that the right one derives from the left: it may then be rounded, but not be finer than its source.
    """
    best: Match | None = None
    for one in (left.low, *left.readings):
        for other in (right.low, *right.readings):
            found = _match_values(left, one, right, other, is_copy)
            if found and (best is None or found.grade < best.grade):
                best = found
    return best


def _match_values(left: Atom, one: Decimal, right: Atom, other: Decimal, is_copy: bool) -> Match | None:
    if left.is_open or right.is_open:
        return _match_open(left, right)
    relation = unit_relation(left.unit, right.unit)
    if relation in ("same", "loose"):
        if one == other:
            return Match(2 if relation == "loose" and left.unit != right.unit else 0)
        return (
            _rounded(left, one, right, other, is_copy)
            or _temperature(left, one, right, other)
            or _implied(left, one, right, other, is_copy)
        )
    if relation == "convertible":
        return _converted(left, one, right, other, is_copy)
    return None


def unit_relation(left: str, right: str) -> str:
    """'same', 'loose' (one has no unit), 'convertible', or 'other' (cannot stand for each other)."""
    if left == right:
        return "same"
    if "pound" in (left, right) and {left, right} & {"GBP", "pound_mass"}:
        return "same"
    if left in _DOLLARS and right in _DOLLARS and "USD" in (left, right):
        return "same"
    if "degree" in (left, right) and {left, right} & {"celsius", "fahrenheit"}:
        return "loose"
    if left in LOOSE and right in LOOSE:
        return "loose"
    if frozenset((left, right)) in _SPEEDS:
        return "loose"
    by_weight = {"pound": "pound_mass"}
    if dimension(by_weight.get(left, left)) == dimension(by_weight.get(right, right)) and not is_currency(
        left
    ):
        return "convertible"
    shares = {"percent", "percentage_point", "permille", "basis_point"}
    if (left in LOOSE or right in LOOSE) and not {left, right} & shares:
        return "loose"
    return "other"


def _implied(left: Atom, one: Decimal, right: Atom, other: Decimal, is_copy: bool) -> Match | None:
    """Whether the numbers agree when those without a unit take that of the measure before them."""
    unit, partner = left.implied or left.unit, right.implied or right.unit
    if not (left.implied or right.implied) or unit_relation(unit, partner) != "convertible":
        return None
    return _converted(replace(left, unit=unit), one, replace(right, unit=partner), other, is_copy)


def _match_open(left: Atom, right: Atom) -> Match | None:
    if unit_relation(left.unit, right.unit) == "other":
        return None
    low, high = max(left.low, right.low), min(left.high, right.high)
    return Match(1, "an open number that holds the other") if low <= high else None


def significant(value: Decimal) -> int:
    """Number of significant digits: 1 for 300, 3 for 0.325 and 32500."""
    return len(value.normalize().as_tuple().digits)


def _round_like(value: Decimal, model: Decimal) -> tuple[Decimal, ...]:
    """The value rounded, cut and raised to the last significant digit of the model."""
    exponent = model.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    step = Decimal(1).scaleb(exponent)
    return tuple(
        (value / step).to_integral_value(mode) * step for mode in (ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING)
    )


def _rounded(left: Atom, one: Decimal, right: Atom, other: Decimal, is_copy: bool) -> Match | None:
    """Whether the coarser figure is the finer one rounded, and says so by a bound or by a scale word.

    "More than 2,800" is 2,847 cut, "nearly 2,900" or "about 2,800" is it rounded. Where the finer figure has a bound
    of its own, nothing is left to round: more than 135 is not more than 130.
    """
    digits = significant(one), significant(other)
    if not one or not other or digits[0] == digits[1] or (is_copy and digits[1] > digits[0]):
        return None
    (fine, finer), (coarse, rounder) = sorted(
        ((one, left), (other, right)), key=lambda item: -significant(item[0])
    )
    nearest, floor, ceiling = _round_like(fine, coarse)
    allowed: tuple[Decimal, ...] = ()
    if finer.bound == rounder.bound and finer.bound not in ("exact", "about"):
        return None
    if "about" in (rounder.bound, finer.bound):
        allowed = (nearest, floor, ceiling)
    elif rounder.bound in ("more_than", "at_least"):
        allowed = (floor,)
    elif rounder.bound in ("less_than", "at_most"):
        allowed = (ceiling,)
    elif rounder.scale is not None and significant(coarse) >= 2 and significant(fine) >= 4:
        allowed = (nearest,)
    if coarse in allowed and abs(fine - coarse) <= ROUNDING_TOLERANCE * abs(coarse):
        return Match(1, f"{show(fine)} rounds to {show(coarse)}")
    return None


def _converted(left: Atom, one: Decimal, right: Atom, other: Decimal, is_copy: bool) -> Match | None:
    """Whether one figure is the other in another unit, rounded."""
    from_unit = "pound_mass" if left.unit == "pound" else left.unit
    to_unit = "pound_mass" if right.unit == "pound" else right.unit
    there = convert(one, from_unit, to_unit)
    back = convert(other, to_unit, from_unit)
    if there is None or back is None:
        return None
    reason = f"{show(one)} {left.unit} = {show(there)} {right.unit}"
    kind = dimension(left.unit)
    if kind == "time":
        return Match(1, reason) if abs(there - other) <= TIME_TOLERANCE * abs(other) else None
    if kind == "share":
        close = abs(there - other) < Decimal("0.00001") or (
            other in _round_like(there, other)[:1] and "fraction" in (left.unit, right.unit)
        )
        return (
            Match(1, reason)
            if close or (one in _round_like(back, one)[:1] and abs(back - one) < Decimal("0.02"))
            else None
        )
    close = abs(there - other) <= CONVERSION_TOLERANCE * max(abs(other), Decimal(1))
    rounds = bool(other) and other in _round_like(there, other)
    if not is_copy:  # which of two accounts was converted is not known
        rounds = rounds or (bool(one) and one in _round_like(back, one))
    if close or (rounds and abs(there - other) <= Decimal("0.3") * max(abs(other), Decimal(1))):
        return Match(1, reason)
    return None


def _temperature(left: Atom, one: Decimal, right: Atom, other: Decimal) -> Match | None:
    """Degrees without a scale: either side may have converted between Fahrenheit and Celsius."""
    units = {left.unit, right.unit}
    if (
        not units & {"degree", "celsius", "fahrenheit"}
        or not units <= {"degree", "celsius", "fahrenheit"} | LOOSE
    ):
        return None
    for value, target in ((one, other), (other, one)):
        celsius = convert(value, "fahrenheit", "celsius")
        if celsius is not None and abs(celsius - target) <= 1:
            return Match(1, f"{show(value)} °F = {show(celsius)} °C")
        span = value * FAHRENHEIT_DEGREE
        if abs(span - target) <= Decimal("0.6"):
            return Match(1, f"a difference of {show(value)} °F = {show(span)} °C")
    return None


def show(value: Decimal) -> str:
    """A value for a message: grouped, without needless zeros, at most four decimals."""
    whole = value.to_integral_value()
    if value == whole or abs(value) >= _SHOWN_WHOLE:
        return f"{whole:,f}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")
