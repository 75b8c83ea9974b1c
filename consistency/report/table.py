"""CSV for spreadsheets: a row a finding, and rows for what failed and what was not checked."""

from __future__ import annotations

import csv
import io

from consistency.report.ledger import counted
from consistency.report.location import Lines
from consistency.report.markup import cell
from consistency.report.result import CaseResult, Result

COLUMNS = (
    "case",
    "severity",
    "check",
    "slug",
    "family",
    "document",
    "path",
    "line",
    "column",
    "words",
    "message",
    "reference",
    "confidence",
    "fingerprint",
    "mark",
)


def write_csv(result: Result) -> str:
    """The table, with a byte order mark: without one, spreadsheets take UTF-8 for something older."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()
    for case in result.cases:
        for row in _rows(case):
            table.writerow({key: cell(value) for key, value in {"case": case.name, **row}.items()})
    return "\ufeff" + out.getvalue()


def _rows(case: CaseResult) -> list[dict[str, str]]:
    lines = {analysed.id: Lines(analysed.document) for analysed in case.report.documents}
    rows = []
    for marked in case.findings():
        finding = marked.finding
        span = finding.spans[0]
        place = lines[span.document]
        position = place.position(span.start) if place.are_in_file else None
        rows.append(
            {
                "severity": finding.severity.value,
                "check": finding.check,
                "slug": finding.slug,
                "family": finding.family.value,
                "document": place.document.id,
                "path": place.document.path or "",
                "line": "" if position is None else str(position.line),
                "column": "" if position is None else str(position.column),
                "words": " | ".join(s.text for s in finding.spans if s.role == "subject"),
                "message": finding.message,
                "reference": " | ".join(
                    f"{lines[s.document].document.id}: {s.text}" for s in finding.spans if s.role == "reference"
                ),
                "confidence": f"{finding.confidence:.2f}",
                "fingerprint": marked.fingerprint,
                "mark": "" if marked.mark is None else f"{marked.mark.kind}: {marked.mark.reason}",
            }
        )
    rows += [{"severity": "failed", "path": f.where, "message": f.reason} for f in case.report.failures]
    rows += [
        {"severity": "unchecked", "check": check, "message": f"{number} × {reason}"}
        for check, reason, number in counted(case.report)
    ]
    return rows
