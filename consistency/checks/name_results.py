"""From compared names to results: shared by NAM102, NAM201 and NAM202, which differ in which conflicts they report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.name_pairs import compare_copies
from consistency.checks.name_words import NameConflict
from consistency.types import Agreement, Analysis, Result, Unchecked


def results(
    check: Check,
    analysis: Analysis,
    settings: Settings,
    message: Callable[[NameConflict], str],
    *,
    keeps_ledger: bool = False,
) -> Iterator[Result]:
    """The check's share of the comparison. One check keeps the ledger of agreements and of what could not be told."""
    for outcome in compare_copies(analysis, settings.reference):
        conflict = outcome.conflict
        if conflict is not None:
            if conflict.check != check.id:
                continue
            spans = [
                text_span(
                    analysis.document(conflict.subject.document).document,
                    conflict.subject.start,
                    conflict.subject.end,
                )
            ]
            spans.extend(
                text_span(analysis.document(s.document).document, s.start, s.end, "reference")
                for s in conflict.reference
            )
            yield finding(
                check,
                message(conflict),
                spans,
                confidence=conflict.confidence,
                values=(conflict.subject_text, conflict.reference_text),
            )
        elif outcome.unknown is not None:
            if outcome.check != check.id:
                continue
            yield Unchecked(
                outcome.place.document, outcome.place.start, outcome.place.end, check.id, outcome.unknown
            )
        elif keeps_ledger:
            yield Agreement(check.id, (outcome.place.span,))
