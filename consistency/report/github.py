"""GitHub workflow commands: one annotation a finding, at its line and column."""

from __future__ import annotations

from consistency.report.ledger import by_check, not_run
from consistency.report.location import Lines, visible
from consistency.report.result import CaseResult, MarkedFinding, Result

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def write_github(result: Result) -> str:
    """The commands, one a line. Accepted findings are left out: an annotation cannot say that it does not count."""
    lines = [_command("notice", notice) for notice in result.notices]
    for case in result.cases:
        places = {analysed.id: Lines(analysed.document) for analysed in case.report.documents}
        lines += [_annotation(marked, case, places) for marked in case.counting()]
        for failure in case.report.failures:
            lines.append(_command("error", f"{failure.where}: {failure.reason}", title="could not be checked"))
        told = list(not_run(case.report))
        if case.report.unchecked:
            counts = ", ".join(f"{check} {number}" for check, number in by_check(case.report))
            told.append(f"{len(case.report.unchecked)} places could not be checked ({counts})")
        lines += [_command("notice", f"{case.name}: {sentence}" if case.name else sentence) for sentence in told]
    return "".join(line + "\n" for line in lines)


def _annotation(marked: MarkedFinding, case: CaseResult, places: dict[str, Lines]) -> str:
    finding = marked.finding
    span = finding.spans[0]
    place = places[span.document]
    properties: dict[str, str | int] = {}
    if place.document.path is not None:
        properties["file"] = place.document.path
    if place.are_in_file:
        start, end = place.position(span.start), place.position(span.end)
        properties |= {"line": start.line, "endLine": end.line}
        # Columns are only taken for annotations of a single line.
        if start.line == end.line:
            properties |= {"col": start.column, "endColumn": end.column}
    properties["title"] = f"{finding.check} {finding.slug}"
    evidence = [f"{s.role} {places[s.document].describe(s.start)}: {s.text}" for s in finding.spans]
    told = "\n".join(visible(line) for line in (finding.message, *evidence))
    return _command(_LEVELS[finding.severity.value], told, **properties)


def _command(level: str, message: str, **properties: str | int) -> str:
    joined = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{level}{' ' if joined else ''}{joined}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
