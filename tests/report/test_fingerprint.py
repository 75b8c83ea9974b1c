"""Names of findings that outlive edits."""

from __future__ import annotations

import dataclasses

from consistency.report.fingerprint import fingerprints
from consistency.types import FindingSpan, Report
from tests.report.sample import sample_report


def moved(report: Report, by: int) -> Report:
    """The report as it were with `by` more characters before every word."""
    findings = tuple(
        dataclasses.replace(
            f, message="other words", spans=tuple(dataclasses.replace(s, start=s.start + by, end=s.end + by) for s in f.spans)
        )
        for f in report.findings
    )
    return dataclasses.replace(report, findings=findings)


def test_offsets_and_messages_do_not_matter() -> None:
    report = sample_report()
    assert fingerprints(moved(report, 40)) == fingerprints(report)


def test_words_matter() -> None:
    report = sample_report()
    first = report.findings[0]
    changed = dataclasses.replace(first, spans=(dataclasses.replace(first.spans[0], text="Chen G."), *first.spans[1:]))
    other = dataclasses.replace(report, findings=(changed, *report.findings[1:]))
    assert fingerprints(other)[0] != fingerprints(report)[0]
    assert fingerprints(other)[1:] == fingerprints(report)[1:]


def test_the_same_words_twice_are_numbered_in_the_order_of_the_text() -> None:
    report = sample_report()
    first = report.findings[0]
    later = dataclasses.replace(first, spans=(FindingSpan("wire", 60, 69, "Chen Gang"), *first.spans[1:]))
    both = fingerprints(dataclasses.replace(report, findings=(later, first)))
    assert len(set(both)) == 2
    assert both[1] == fingerprints(report)[0]
