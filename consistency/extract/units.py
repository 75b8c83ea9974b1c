"""Units of measure and their exact conversion; currencies are units that convert to nothing.

The table is data (`units.toml`). Not handled: currency conversion (a rate belongs to a day and a source).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "units.toml"

_FAHRENHEIT_ZERO = Decimal(32)

UNDIMENSIONED = ("count", "ordinal", "times", "score", "code", "pair")
"""Units without a dimension: counts of things, ranks, multiples, scores, numbers that are part of a name, and words that
hold a small number without naming it (both, a trio)."""

_CURRENCY_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's dimension and its size in the dimension's base unit."""

    dimension: str
    factor: Decimal


@cache
def units() -> dict[str, Unit]:
    """All convertible units by id. Each id stands in one dimension only."""
    found: dict[str, Unit] = {}
    with _TABLE.open("rb") as file:
        for dimension, members in tomllib.load(file).items():
            for name, factor in members.items():
                if name != "base":
                    found[name] = Unit(dimension, Decimal(factor))
    return found


def is_currency(unit: str) -> bool:
    """Whether a unit id is an ISO 4217 code: three capitals."""
    return len(unit) == _CURRENCY_LENGTH and unit.isascii() and unit.isupper()


def is_known(unit: str) -> bool:
    """Whether a pack may use this unit id."""
    return unit in units() or unit in UNDIMENSIONED or is_currency(unit) or unit == "pound"


def dimension(unit: str) -> str:
    """What a unit measures: a dimension of the table, 'money', or the unit itself where it stands alone."""
    if is_currency(unit):
        return "money"
    known = units().get(unit)
    return unit if known is None else known.dimension


def convert(value: Decimal, unit: str, target: str) -> Decimal | None:
    """The value in another unit of the same dimension, or None where there is no such conversion.

    Temperatures are points on a scale, not differences: 0 celsius is 32 fahrenheit.
    """
    if unit == target:
        return value
    left, right = units().get(unit), units().get(target)
    if left is None or right is None or left.dimension != right.dimension:
        return None
    if left.dimension == "temperature":
        celsius = (value - _FAHRENHEIT_ZERO) * left.factor if unit == "fahrenheit" else value
        return celsius / right.factor + _FAHRENHEIT_ZERO if target == "fahrenheit" else celsius
    return value * left.factor / right.factor
