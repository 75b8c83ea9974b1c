"""Markdown, fit for a comment on a pull request: what counts in the open, the rest folded away."""

from __future__ import annotations

from collections.abc import Iterable

from consistency.report.ledger import counted, not_run
from consistency.report.location import Lines
from consistency.report.markup import markdown_text as md
from consistency.report.result import CaseResult, MarkedFinding, Result
from consistency.types import Severity

LENGTH_LIMIT = 60_000
"""Characters; GitHub refuses comments from 65,536 on."""

_ICONS = {"error": "🔴", "warning": "🟠", "note": "🔵"}


def write_markdown(result: Result) -> str:
    """The report. Where it would be too long for a comment, findings are left off at the end and counted."""
    counts = ", ".join(f"**{number}** {name}{'' if number == 1 else 's'}" for name, number in result.counts().items())
    blocks = ["## Consistency report", "", counts]
    if not result.is_complete:
        blocks += ["", "> **Incomplete.** Not everything could be checked; see *Failed* below."]
    blocks += ["", *(f"> {md(notice)}" for notice in result.notices)] if result.notices else []
    for case in result.cases:
        blocks += ["", *_case(case)]
    text = "\n".join(blocks).rstrip() + "\n"
    if len(text) <= LENGTH_LIMIT:
        return text
    return _shortened(text)


def _shortened(text: str) -> str:
    """The text cut at the last finding that fits, with every fold closed again."""
    cut = text[:LENGTH_LIMIT].rpartition("\n- ")[0]
    left = text[len(cut) :].count("\n- ")
    closing = "\n\n</details>" if cut.count("<details>") > cut.count("</details>") else ""
    return f"{cut}{closing}\n\n> **Cut short:** {left} further entries are left off here; see the full report.\n"


def _case(case: CaseResult) -> list[str]:
    lines = {analysed.id: Lines(analysed.document) for analysed in case.report.documents}
    blocks = [f"### {md(case.name)}", ""] if case.name else []
    blocks += [f"> {md(sentence)}" for sentence in not_run(case.report)]
    if case.report.failures:
        blocks += ["", "**Failed**", "", *(f"- `{_code(f.where)}`: {md(f.reason)}" for f in case.report.failures)]
    found = case.findings()
    open_ones = [m for m in found if m.mark is None and m.finding.severity is not Severity.NOTE]
    notes = [m for m in found if m.mark is None and m.finding.severity is Severity.NOTE]
    accepted = [m for m in found if m.mark is not None]
    blocks += ["", *_listed(open_ones, lines)] if open_ones else []
    blocks += _folded(f"Notes: {len(notes)}", _listed(notes, lines)) if notes else []
    blocks += _folded(f"Accepted or known: {len(accepted)}", _listed(accepted, lines)) if accepted else []
    ledger = counted(case.report)
    if ledger:
        rows = ["| check or stage | places | reason |", "|---|---|---|"]
        rows += [f"| {md(check)} | {number} | {md(reason)} |" for check, reason, number in ledger]
        blocks += _folded(f"Places that could not be checked: {len(case.report.unchecked)}", rows)
    return blocks


def _listed(findings: Iterable[MarkedFinding], lines: dict[str, Lines]) -> list[str]:
    listed = []
    for marked in findings:
        finding = marked.finding
        level = finding.severity.value
        where = _code(lines[finding.spans[0].document].describe(finding.spans[0].start))
        listed.append(f"- {_ICONS[level]} **{finding.check}** {level} `{where}` {md(finding.message)}")
        if marked.mark is not None:
            listed.append(f"  - *{marked.mark.kind}:* {md(marked.mark.reason)}")
        for span in finding.spans:
            mark = "**" if span.role == "subject" else "*"
            label = md(lines[span.document].document.id)
            listed.append(f"  - {label}: {mark}{md(span.text.strip())}{mark}")
    return listed


def _folded(title: str, lines: list[str]) -> list[str]:
    return ["", "<details>", f"<summary>{title}</summary>", "", *lines, "", "</details>"]


def _code(text: str) -> str:
    """Text for between backticks."""
    from consistency.report.location import visible

    return visible(text).replace("`", "'")
