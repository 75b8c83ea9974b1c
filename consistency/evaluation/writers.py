"""An evaluation as text, JSON or Markdown. Words of the documents never become markup or control a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from consistency.evaluation.score import Alarm, CaseScore
from consistency.evaluation.tables import DifferenceRow, Evaluation, PairRow, Row
from consistency.report.location import visible

FORMATS = ("text", "json", "markdown")

_HEADS = ("group", "planted", "found", "recall", "precision", "false", "unjudged", "right", "per doc", "per 1,000 words")
_PAIR_HEADS = ("languages", "gold pairs", "given", "shared", "recall", "precision", "F1")
_DIFFERENCE_HEADS = ("family: kind", "known", "shown", "recall")
_VERDICTS = (("false", "False alarms"), ("unjudged", "Unjudged alarms"), ("true", "Alarms that are right"))
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&.:@])")
"""What begins markup inside a line of GitHub's Markdown, bare addresses and mentions of users included."""


def write_evaluation(evaluation: Evaluation, form: str, *, details: bool = True) -> str:
    """The evaluation in one of `FORMATS`. `details` lists every miss and alarm with its words."""
    if form == "json":
        return json.dumps(_as_json(evaluation), ensure_ascii=False, indent=1) + "\n"
    lines = list(_lines(evaluation, markdown=form == "markdown", details=details))
    return "\n".join(lines) + "\n"


def rate(value: float | None, digits: int = 3) -> str:
    """A rate with so many digits; a dash where there was nothing to divide by."""
    return "-" if value is None else f"{value:.{digits}f}"


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.group,
        str(row.planted),
        str(row.found),
        rate(row.recall),
        rate(row.precision),
        str(row.false_alarms),
        str(row.unjudged),
        str(row.true_alarms),
        rate(row.alarms_per_document),
        rate(row.alarms_per_thousand_words, 2),
    )


def _pair_cells(row: PairRow) -> tuple[str, ...]:
    return (row.group, str(row.gold), str(row.given), str(row.shared), rate(row.recall), rate(row.precision), rate(row.f1))


def _difference_cells(row: DifferenceRow) -> tuple[str, ...]:
    return (row.group, str(row.known), str(row.shown), rate(row.recall))


def table_lines(heads: Sequence[str], rows: Sequence[Sequence[str]], *, markdown: bool) -> Iterator[str]:
    """A table: the first column on the left, figures on the right."""
    table = [heads, *([_shown(row[0], markdown=markdown), *row[1:]] for row in rows)]
    widths = [max(len(cells[i]) for cells in table) for i in range(len(heads))]
    for number, cells in enumerate(table):
        padded = [c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths, strict=True))]
        yield f"| {' | '.join(padded)} |" if markdown else "  " + "  ".join(padded).rstrip()
        if markdown and number == 0:
            yield "|" + "|".join(["---"] + ["---:"] * (len(heads) - 1)) + "|"


def _shown(text: str, *, markdown: bool) -> str:
    plain = visible(text)
    return _MARKUP.sub(r"\\\1", plain) if markdown else plain


def _lines(evaluation: Evaluation, *, markdown: bool, details: bool) -> Iterator[str]:
    parts: list[tuple[str, Sequence[str], Sequence[Sequence[str]]]]
    parts = [(f"By {name}", _HEADS, [_cells(row) for row in rows]) for name, rows in evaluation.tables]
    parts.append(("Alignment of sentences", _PAIR_HEADS, [_pair_cells(row) for row in evaluation.alignments]))
    parts.append(
        ("Differences between accounts", _DIFFERENCE_HEADS, [_difference_cells(row) for row in evaluation.differences])
    )
    for title, heads, rows in parts:
        if rows:
            yield f"## {title}" if markdown else title
            yield ""
            yield from table_lines(heads, rows, markdown=markdown)
            yield ""
    if details:
        for title, items in _details(evaluation):
            if not items:
                continue
            yield f"## {title} ({len(items)})" if markdown else f"{title} ({len(items)})"
            yield ""
            yield from (f"- {_shown(item, markdown=markdown)}" for item in items)
            yield ""
    if evaluation.failures:
        yield f"INCOMPLETE: {len(evaluation.failures)} failures"
        yield ""
        yield from (f"- {_shown(failure, markdown=markdown)}" for failure in evaluation.failures)


def _details(evaluation: Evaluation) -> Iterator[tuple[str, list[str]]]:
    yield (
        "Missed",
        [
            f"{_where(score)} {hit.planted.span.document}:{hit.line} {hit.planted.family.value}"
            f"{': ' + hit.planted.kind if hit.planted.kind else ''}: “{hit.planted.quote}” (right: “{hit.planted.correct}”)"
            for score, hit in evaluation.misses
        ],
    )
    for verdict, title in _VERDICTS:
        yield title, [_told(alarm) for alarm in evaluation.alarms if alarm.verdict == verdict]
    yield "On words that only look wrong", [f"{_told(alarm)} It is right: {why}" for why, alarm in evaluation.trapped]
    yield (
        "Differences between accounts not shown",
        [
            f"{_where(score)} {hit.difference.left.document}:{hit.line} {hit.difference.family.value}, "
            f"{hit.difference.kind}: {hit.difference.note}"
            for score, hit in evaluation.hidden
        ],
    )


def _told(alarm: Alarm) -> str:
    return (
        f"{alarm.dataset} {alarm.case} [{alarm.languages}] {alarm.document}:{alarm.line} {alarm.severity.value} "
        f"{alarm.check}: “{alarm.quote}” against “{alarm.against}”. {alarm.message}"
        + (f" Verdict: {alarm.reason}" if alarm.reason else "")
    )


def _where(score: CaseScore) -> str:
    return f"{score.dataset} {score.case} [{score.languages}]"


def _as_json(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "schema": "consistency-evaluation/1",
        "tables": {name: [_row_json(row) for row in rows] for name, rows in evaluation.tables},
        "alignments": [
            {
                "languages": row.group,
                "gold": row.gold,
                "given": row.given,
                "shared": row.shared,
                "recall": row.recall,
                "precision": row.precision,
                "f1": row.f1,
            }
            for row in evaluation.alignments
        ],
        "differences": [
            {"group": row.group, "known": row.known, "shown": row.shown, "recall": row.recall}
            for row in evaluation.differences
        ],
        "misses": [
            {
                "dataset": score.dataset,
                "case": score.case,
                "languages": score.languages,
                "document": hit.planted.span.document,
                "line": hit.line,
                "family": hit.planted.family.value,
                "kind": hit.planted.kind,
                "difficulty": hit.planted.difficulty,
                "start": hit.planted.span.start,
                "end": hit.planted.span.end,
                "quote": hit.planted.quote,
                "correct": hit.planted.correct,
            }
            for score, hit in evaluation.misses
        ],
        "differences_not_shown": [
            {
                "dataset": score.dataset,
                "case": score.case,
                "languages": score.languages,
                "document": hit.difference.left.document,
                "line": hit.line,
                "family": hit.difference.family.value,
                "kind": hit.difference.kind,
                "note": hit.difference.note,
            }
            for score, hit in evaluation.hidden
        ],
        "alarms": [_alarm_json(alarm) for alarm in evaluation.alarms],
        "trapped": [{**_alarm_json(alarm), "why_right": why} for why, alarm in evaluation.trapped],
        "failures": list(evaluation.failures),
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "group": row.group,
        "planted": row.planted,
        "found": row.found,
        "recall": row.recall,
        "precision": row.precision,
        "false_alarms": row.false_alarms,
        "unjudged_alarms": row.unjudged,
        "right_alarms": row.true_alarms,
        "documents": row.documents,
        "words": row.words,
        "alarms_per_document": row.alarms_per_document,
        "alarms_per_thousand_words": row.alarms_per_thousand_words,
    }


def _alarm_json(alarm: Alarm) -> dict[str, Any]:
    return {
        "dataset": alarm.dataset,
        "case": alarm.case,
        "languages": alarm.languages,
        "document": alarm.document,
        "line": alarm.line,
        "check": alarm.check,
        "family": alarm.family.value,
        "severity": alarm.severity.value,
        "quote": alarm.quote,
        "against": alarm.against,
        "message": alarm.message,
        "verdict": alarm.verdict,
        "reason": alarm.reason,
    }
