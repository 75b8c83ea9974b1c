"""QTY202: a magnitude slip: the same figure with another scale (万, 亿, million, billion, milliard)."""

from __future__ import annotations

from collections.abc import Iterable

from consistency.checks.base import Check, Settings, finding
from consistency.checks.qty201 import cross, describe, severity_between, spans_of
from consistency.checks.quantity_accounts import paired_quantities
from consistency.checks.quantity_likeness import is_magnitude_slip
from consistency.checks.quantity_values import show
from consistency.types import Agreement, Analysis, Family, Result, Severity, Unchecked


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right, paired in paired_quantities(analysis):
        for _, atom, _ in paired.left_over:
            if atom.scale is not None:
                yield Unchecked(
                    atom.mention.document,
                    atom.mention.start,
                    atom.mention.end,
                    "QTY202",
                    "this figure has no counterpart whose scale could be compared",
                )
        for pair in paired.pairs:
            if pair.agreement is not None:
                if pair.left.scale is not None or pair.right.scale is not None:
                    yield Agreement("QTY202", (pair.left.mention.span, pair.right.mention.span))
            elif is_magnitude_slip(pair.left, pair.right):
                larger, smaller = max(pair.left.low, pair.right.low), min(pair.left.low, pair.right.low)
                one, other = describe(pair.left), describe(pair.right)
                yield finding(
                    CHECK,
                    f'"{pair.right.mention.text}" stands where {left.document.label!r} has "{pair.left.mention.text}": '
                    f"{other} against {one}, {show(larger / smaller)} times as much on one side.",
                    spans_of(pair, left, right),
                    confidence=max(pair.confidence, 0.9),
                    severity=severity_between(left, right),
                    values=(one, other),
                )


CHECK = Check(
    id="QTY202",
    slug="magnitude-slip",
    family=Family.QUANTITY,
    severity=Severity.ERROR,
    scope="cross",
    summary="An aligned quantity has the same figure with another scale (万, 亿, million, billion, milliard).",
    why="Chinese counts in tens of thousands and hundreds of millions, and French and Spanish billions are not English ones: "
    "the figure survives translation and the zeros do not.",
    limits="Only figures of aligned sentences are compared, and one of the two must be written with a scale word. Where the "
    "figure changed too, QTY201 reports it.",
    run=run,
    examples=(
        *cross(
            "bad",
            ("The market is worth 2.8 billion pounds a year.", "en"),
            ("该市场每年价值⟦28万英镑⟧。", "zh"),
        ),
        *cross(
            "good",
            ("The market is worth 2.8 billion pounds a year.", "en"),
            ("该市场每年价值28亿英镑。", "zh"),
        ),
        *cross(
            "bad",
            ("贸易额达到4.5亿美元。", "zh"),
            ("Trade reached ⟦4.5 million dollars⟧.", "en"),
            "亿 is a hundred million: 4.5亿 is 450 million.",
        ),
        *cross("good", ("贸易额达到4.5亿美元。", "zh"), ("Trade reached 450 million dollars.", "en")),
        *cross(
            "bad",
            ("Trade reached 3 billion dollars.", "en"),
            ("Les échanges ont atteint ⟦3 millions de dollars⟧.", "fr"),
        ),
        *cross(
            "good",
            ("Trade reached 3 billion dollars.", "en"),
            ("Les échanges ont atteint 3 milliards de dollars.", "fr"),
        ),
        *cross(
            "unknown", ("Trade between the two countries grew.", "en"), ("两国贸易额增长到4.5亿美元。", "zh")
        ),
        *cross(
            "unknown",
            ("Trade between the two countries grew.", "en"),
            ("Les échanges entre les deux pays ont atteint 3 milliards de dollars.", "fr"),
        ),
    ),
)
