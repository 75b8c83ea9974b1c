"""Reviewdog's diagnostic format (rdjson), for review comments on any code host. Its columns count UTF-8 bytes."""

from __future__ import annotations

from typing import Any

from consistency.report.json_report import dump
from consistency.report.location import Lines
from consistency.report.result import MarkedFinding, Result
from consistency.types import FindingSpan

_LEVELS = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def write_rdjson(result: Result) -> str:
    """One DiagnosticResult. Accepted findings are left out; failures come as diagnostics of what failed."""
    diagnostics: list[dict[str, Any]] = []
    for case in result.cases:
        lines = {analysed.id: Lines(analysed.document) for analysed in case.report.documents}
        diagnostics += [_diagnostic(marked, lines) for marked in case.counting()]
        diagnostics += [
            {"message": f"could not be checked: {f.reason}", "location": {"path": f.where}, "severity": "ERROR"}
            for f in case.report.failures
        ]
    return dump({"source": {"name": "readout-consistency"}, "diagnostics": diagnostics})


def _diagnostic(marked: MarkedFinding, lines: dict[str, Lines]) -> dict[str, Any]:
    finding = marked.finding
    record: dict[str, Any] = {
        "message": finding.message,
        "location": _location(finding.spans[0], lines),
        "severity": _LEVELS[finding.severity.value],
        "code": {"value": finding.check},
    }
    if len(finding.spans) > 1:
        record["related_locations"] = [
            {"message": f"{span.role}: {span.text}", "location": _location(span, lines)} for span in finding.spans[1:]
        ]
    return record


def _location(span: FindingSpan, lines: dict[str, Lines]) -> dict[str, Any]:
    place = lines[span.document]
    record: dict[str, Any] = {"path": place.document.path or place.document.label}
    if place.are_in_file:
        record["range"] = {"start": _position(place, span.start), "end": _position(place, span.end)}
    return record


def _position(place: Lines, offset: int) -> dict[str, int]:
    position = place.position(offset)
    before = place.document.text[offset - position.column + 1 : offset]
    return {"line": position.line, "column": len(before.encode("utf-8")) + 1}
