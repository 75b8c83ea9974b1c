"""Plant the error and exactly that finding appears; correct it and exactly that one disappears.

On the fixtures: each planted error that the tool finds is taken back, in the words that the clean twin has for it, with
all others left standing.
"""

from __future__ import annotations

import dataclasses

import pytest

from consistency.evaluation.cases import Case, Planted
from consistency.evaluation.score import score
from consistency.types import Report, Role, Severity, Span
from tests.metamorphic.events import EVENTS, event, run


def corrections(marred: Case, clean: Case) -> list[tuple[Planted, Case]]:
    """Each planted error whose right words stand in the twin, with the case in which it alone is corrected."""
    twin = next(d.text for d in clean.documents if d.role is Role.COPY)
    found = []
    for planted in marred.planted:
        copy = next(d for d in marred.documents if d.id == planted.span.document)
        if copy.role is not Role.COPY or not planted.correct or planted.correct not in twin:
            continue
        text = copy.text[: planted.span.start] + planted.correct + copy.text[planted.span.end :]
        documents = tuple(dataclasses.replace(d, text=text) if d.id == copy.id else d for d in marred.documents)
        found.append((planted, dataclasses.replace(marred, documents=documents)))
    return found


def flagged(report: Report) -> set[tuple[str, Span]]:
    """(check, subject) of all errors and warnings."""
    return {
        (f.check, Span(s.document, s.start, s.end))
        for f in report.findings
        if f.severity is not Severity.NOTE
        for s in f.subjects
    }


def moved_back(span: Span, planted: Planted) -> Span:
    """Where a stretch of the corrected copy stood in the marred one."""
    if span.document != planted.span.document:
        return span
    shift = len(planted.quote) - len(planted.correct)
    end = planted.span.start + len(planted.correct)
    return Span(
        span.document,
        span.start + shift if span.start >= end else span.start,
        span.end + shift if span.end >= end else span.end,
    )


@pytest.mark.parametrize("name", EVENTS)
def test_a_corrected_error_takes_its_finding_along_and_brings_no_other(name: str) -> None:
    marred, clean = event(name)
    report = run(marred.documents)
    before = flagged(report)
    found = {hit.planted.id: hit.found for hit in score(marred, report).hits if hit.found}
    for planted, corrected in corrections(marred, clean):
        finding = found.get(planted.id)
        if finding is None:
            continue
        right = Span(planted.span.document, planted.span.start, planted.span.start + len(planted.correct))
        after = flagged(run(corrected.documents))
        left = {(check, span) for check, span in after if check == finding.check and span.overlaps(right)}
        # Another check may now take hold of words that are wrong as well: 'Chen' without the 'Chen Gang' it was short for.
        others = [other.span for other in marred.planted if other is not planted]
        elsewhere = {(check, moved_back(span, planted)) for check, span in after if not span.overlaps(right)}
        new = {(check, span) for check, span in elsewhere - before if not any(span.overlaps(o) for o in others)}
        assert (left, new) == (set(), set()), (planted.id, planted.quote, planted.correct)


def test_most_events_have_errors_that_can_be_corrected() -> None:
    assert sum(bool(corrections(*event(name))) for name in EVENTS) >= 10
    assert sum(len(corrections(*event(name))) for name in EVENTS) >= 60
