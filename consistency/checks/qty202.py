"""QTY202: a magnitude slip: the same figure with another scale (万, 亿, million, billion, milliard)."""

from __future__ import annotations

from collections.abc import Iterable

from consistency.checks.base import Check, Settings, finding
from consistency.checks.qty201 import describe, severity_between, spans_of
from consistency.checks.quantity_pairs import is_magnitude_slip, pair_quantities
from consistency.checks.quantity_values import show
from consistency.types import Agreement, Analysis, Family, Result, Severity


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right in analysis.pairs():
        for pair in pair_quantities(analysis, left, right).pairs:
            if pair.agreement is not None:
                if pair.left.scale is not None or pair.right.scale is not None:
                    yield Agreement("QTY202", (pair.left.mention.span, pair.right.mention.span))
            elif is_magnitude_slip(pair.left, pair.right):
                larger, smaller = max(pair.left.low, pair.right.low), min(pair.left.low, pair.right.low)
                one, other = describe(pair.left), describe(pair.right)
                yield finding(
                    QTY202,
                    f'"{pair.right.mention.text}" stands where {left.document.label!r} has "{pair.left.mention.text}": '
                    f"{other} against {one}, {show(larger / smaller)} times as much on one side.",
                    spans_of(pair, left, right),
                    confidence=max(pair.confidence, 0.9),
                    severity=severity_between(left, right),
                    values=(one, other),
                )


QTY202 = Check(
    id="QTY202",
    slug="magnitude-slip",
    family=Family.QUANTITY,
    severity=Severity.ERROR,
    scope="cross",
    summary="An aligned quantity has the same figure with another scale (万, 亿, million, billion, milliard).",
    why="Chinese counts in tens of thousands and hundreds of millions, and French and Spanish billions are not English ones: "
    "the figure survives translation and the zeros do not.",
    limits="",
    run=run,
)
