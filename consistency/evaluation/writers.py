"""An evaluation as text, JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from consistency.evaluation.score import CaseScore, Hit
from consistency.evaluation.tables import Evaluation, Row

FORMATS = ("text", "json", "markdown")

_HEADS = ("group", "planted", "found", "recall", "precision", "false", "unjudged", "right", "per doc", "per 1,000 words")


def write_evaluation(evaluation: Evaluation, form: str, *, details: bool = True) -> str:
    """The evaluation in one of `FORMATS`. `details` lists every miss and alarm with its words."""
    if form == "json":
        return json.dumps(_as_json(evaluation), ensure_ascii=False, indent=1) + "\n"
    lines = list(_lines(evaluation, markdown=form == "markdown", details=details))
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    def rate(value: float | None, digits: int = 3) -> str:
        return "-" if value is None else f"{value:.{digits}f}"

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


def _lines(evaluation: Evaluation, *, markdown: bool, details: bool) -> Iterator[str]:
    for name, rows in evaluation.tables:
        if not rows:
            continue
        table = [_HEADS, *(_cells(row) for row in rows)]
        widths = [max(len(cells[i]) for cells in table) for i in range(len(_HEADS))]
        yield f"## By {name}" if markdown else f"By {name}"
        yield ""
        for number, cells in enumerate(table):
            padded = [c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths, strict=True))]
            yield f"| {' | '.join(padded)} |" if markdown else "  " + "  ".join(padded).rstrip()
            if markdown and number == 0:
                yield "|" + "|".join(["---"] + ["---:"] * (len(_HEADS) - 1)) + "|"
        yield ""
    if details:
        yield from _details(evaluation, "### " if markdown else "")
    if evaluation.failures:
        yield f"INCOMPLETE: {len(evaluation.failures)} failures"
        yield from (f"- {failure}" for failure in evaluation.failures)


def _details(evaluation: Evaluation, mark: str) -> Iterator[str]:
    yield f"{mark}Missed ({len(evaluation.misses)})"
    yield ""
    for score, hit in evaluation.misses:
        yield f"- {_where(score, hit)} {hit.planted.family.value}: “{hit.planted.quote}” (right: “{hit.planted.correct}”)"
    yield ""
    for verdict, title in (("false", "False alarms"), ("unjudged", "Unjudged alarms"), ("true", "Alarms that are right")):
        alarms = [a for a in evaluation.alarms if a.verdict == verdict]
        yield f"{mark}{title} ({len(alarms)})"
        yield ""
        for alarm in alarms:
            yield (
                f"- {alarm.dataset} {alarm.case} [{alarm.languages}] {alarm.document}:{alarm.line} {alarm.severity.value} "
                f"{alarm.check}: “{alarm.quote}” against “{alarm.against}”. {alarm.message}"
                + (f" Verdict: {alarm.reason}" if alarm.reason else "")
            )
        yield ""


def _where(score: CaseScore, hit: Hit) -> str:
    return f"{score.dataset} {score.case} [{score.languages}] {hit.planted.span.document}:{hit.line}"


def _as_json(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "schema": "consistency-evaluation/1",
        "tables": {
            name: [
                {
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
                for row in rows
            ]
            for name, rows in evaluation.tables
        },
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
        "alarms": [
            {
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
            for alarm in evaluation.alarms
        ],
        "failures": list(evaluation.failures),
    }
