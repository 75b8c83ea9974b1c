"""SARIF 2.1.0 (OASIS), the format that code hosts read annotations from.

Columns count code points (`columnKind`). Findings that the project accepts carry a suppression. What could not be
checked and what failed stands in the run's notifications, so that an empty list of results is not read as clean.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from consistency import __version__
from consistency.checks import ALL_CHECKS
from consistency.report.json_report import dump
from consistency.report.ledger import counted, not_run
from consistency.report.location import Lines
from consistency.report.result import CaseResult, MarkedFinding, Result
from consistency.types import Document, FindingSpan

FINGERPRINT_KEY = "consistencyFingerprint/v1"
SCHEMA_ADDRESS = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write_sarif(result: Result) -> str:
    """One run with the results of all cases."""
    used = sorted({m.finding.check for case in result.cases for m in case.findings()} | {c.id for c in ALL_CHECKS})
    rules = {check_id: index for index, check_id in enumerate(used)}
    documents = {
        document.path or document.label: document
        for case in result.cases
        for document in (analysed.document for analysed in case.report.documents)
    }
    run = {
        "tool": {
            "driver": {
                "name": "readout-consistency",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(check_id) for check_id in used],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": result.is_complete, "toolExecutionNotifications": _notifications(result)}
        ],
        "artifacts": [_artifact(documents[path]) for path in sorted(documents)],
        "results": [_result(marked, case, rules) for case in result.cases for marked in case.findings()],
    }
    return dump({"$schema": SCHEMA_ADDRESS, "version": "2.1.0", "runs": [run]})


def _rule(check_id: str) -> dict[str, Any]:
    check = next((c for c in ALL_CHECKS if c.id == check_id), None)
    if check is None:
        return {"id": check_id}
    return {
        "id": check.id,
        "name": "".join(part.capitalize() for part in check.slug.split("-")),
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": check.why},
        "help": {"text": f"{check.why}\n\nLimits: {check.limits}"},
        "defaultConfiguration": {"level": check.severity.value, "enabled": check.default},
        "properties": {"tags": [check.family.value]},
    }


def uri(path: str) -> str:
    """A path as a URI reference: relative stays relative, absolute becomes file://, an address stays as it is."""
    if "://" in path:
        return quote(path, safe=":/?#[]@!$&'()*+,;=%")
    if path == "-":
        return "stdin"
    if PurePath(path).is_absolute():
        return PurePath(path).as_uri()
    return quote(PurePath(path).as_posix(), errors="surrogateescape")


def _artifact(document: Document) -> dict[str, Any]:
    record: dict[str, Any] = {
        "location": {"uri": uri(document.path or document.label)},
        "roles": ["analysisTarget"],
        "properties": {"role": document.role.value, "language": document.language},
    }
    if document.sha256:
        record["hashes"] = {"sha-256": document.sha256}
    return record


def _result(marked: MarkedFinding, case: CaseResult, rules: dict[str, int]) -> dict[str, Any]:
    finding = marked.finding
    lines = {analysed.id: Lines(analysed.document) for analysed in case.report.documents}
    subjects = finding.subjects or finding.spans[:1]
    others = [span for span in finding.spans if span not in subjects]
    record: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rules[finding.check],
        "level": finding.severity.value,
        "message": {"text": finding.message},
        # One place a result: viewers show only the first, and the rest would be lost on them.
        "locations": [_location(subjects[0], lines)],
        "partialFingerprints": {FINGERPRINT_KEY: marked.fingerprint},
        "properties": {
            "family": finding.family.value,
            "confidence": finding.confidence,
            **({"case": case.name} if case.name else {}),
        },
    }
    related = [*subjects[1:], *others]
    if related:
        record["relatedLocations"] = [
            {"id": number, **_location(span, lines), "message": {"text": f"{span.role}: {span.text}"}}
            for number, span in enumerate(related, 1)
        ]
    if marked.mark is not None:
        record["suppressions"] = [{"kind": "external", "justification": f"{marked.mark.kind}: {marked.mark.reason}"}]
    return record


def _location(span: FindingSpan, lines: dict[str, Lines]) -> dict[str, Any]:
    place = lines[span.document]
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(place.document.path or place.document.label)}}
    if place.are_in_file:
        start, end = place.position(span.start), place.position(span.end)
        physical["region"] = {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
            "snippet": {"text": span.text},
        }
    return {"physicalLocation": physical}


def _notifications(result: Result) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = [{"level": "note", "message": {"text": notice}} for notice in result.notices]
    for case in result.cases:
        name = f"{case.name}: " if case.name else ""
        for failure in case.report.failures:
            told.append({"level": "error", "message": {"text": f"{name}{failure.where}: {failure.reason}"}})
        for sentence in not_run(case.report):
            told.append({"level": "note", "message": {"text": name + sentence}})
        for check, reason, number in counted(case.report):
            text = f"{name}not checked at {number} places: {check}: {reason}"
            told.append({"level": "note", "message": {"text": text}})
    return told
