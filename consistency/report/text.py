"""The report for people: findings with their words under each other, a ledger, a summary line.

One layout, twice: plain text where the output is piped (brackets around the words, no wrapping of messages), and
rich's colours in a terminal. Colours stay readable on dark and on light ground: red and magenta, and underlining for
what the words were held against. Every text from a document passes `visible` first, so that none can drive a terminal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from consistency.languages.loader import available, language_table
from consistency.report.ledger import by_check, counted, not_run
from consistency.report.location import Lines, visible
from consistency.report.result import CaseResult, MarkedFinding, Result
from consistency.types import AnalysedDocument, FindingSpan, Report, Severity

if TYPE_CHECKING:
    from rich.text import Text

PLAIN_WIDTH = 110
"""Cells that a line of evidence takes where there is no terminal to ask."""

STYLES = {
    "error": "bold red",
    "warning": "bold magenta",
    "note": "bold",
    "mark": "bold red",
    "mark-warning": "bold magenta",
    "mark-note": "bold",
    "reference": "underline",
    "dim": "dim",
    "strong": "bold",
    "plain": "",
}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of a line with the name of its style (see `STYLES`)."""

    text: str
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report; `indent` cells of space stand before it and before what a terminal wraps."""

    fragments: tuple[Fragment, ...] = ()
    indent: int = 0


def write_text(result: Result, *, verbose: bool = False, quiet: bool = False) -> str:
    """The report without colours. `quiet` leaves only findings, `verbose` names every place that was not checked."""
    lines = layout(result, width=PLAIN_WIDTH, brackets=True, verbose=verbose, quiet=quiet)
    return "".join(" " * line.indent + "".join(f.text for f in line.fragments) + "\n" for line in lines)


def terminal_lines(result: Result, *, width: int, verbose: bool = False, quiet: bool = False) -> Iterator[Text]:
    """The report in colours, one rich `Text` a line, wrapped to the terminal's width."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=width)
    for line in layout(result, width=width, brackets=False, verbose=verbose, quiet=quiet):
        text = Text(overflow="fold")
        for fragment in line.fragments:
            text.append(fragment.text, STYLES[fragment.style])
        for wrapped in text.wrap(console, max(20, width - line.indent)) or [text]:
            yield Text(" " * line.indent) + wrapped


def layout(result: Result, *, width: int, brackets: bool, verbose: bool, quiet: bool) -> Iterator[Line]:
    """The report's lines."""
    for case in result.cases:
        if case.name and not quiet:
            yield Line((Fragment(f"=== {visible(case.name)}", "strong"),))
            yield Line()
        yield from _case(case, width=width, brackets=brackets, verbose=verbose, quiet=quiet)
    if quiet:
        return
    for notice in result.notices:
        yield Line((Fragment(visible(notice)),))
    if len(result.cases) != 1 or result.cases[0].name:
        yield Line((Fragment(_summary(result.counts(), result.is_complete), "strong"),))


def _case(case: CaseResult, *, width: int, brackets: bool, verbose: bool, quiet: bool) -> Iterator[Line]:
    lines = {analysed.id: Lines(analysed.document) for analysed in case.report.documents}
    for marked in case.findings():
        if quiet and marked.mark is not None:
            continue
        yield from _finding(marked, case.report, lines, width=width, brackets=brackets)
        yield Line()
    for failure in case.report.failures:
        yield Line((Fragment("failed ", "error"), Fragment(visible(f"{failure.where}: {failure.reason}"))))
    if quiet:
        return
    yield from _ledger(case.report, lines, verbose=verbose)
    if not case.name:
        counts = Result((case,)).counts()
        yield Line((Fragment(_summary(counts, not case.report.failures), "strong"),))
    else:
        yield Line()


def _finding(
    marked: MarkedFinding, report: Report, lines: dict[str, Lines], *, width: int, brackets: bool
) -> Iterator[Line]:
    finding = marked.finding
    first = finding.spans[0]
    level = finding.severity.value
    head = [
        Fragment(level, level),
        Fragment(f"  {finding.check} {finding.slug}  "),
        Fragment(visible(lines[first.document].describe(first.start)), "strong"),
    ]
    if marked.mark is not None:
        head.append(Fragment(f"  ({marked.mark.kind}: {visible(marked.mark.reason)})", "dim"))
    yield Line(tuple(head))
    yield Line((Fragment(visible(finding.message)),), indent=2)
    documents = {analysed.id: analysed for analysed in report.documents}
    labels = {span.document: visible(documents[span.document].document.id) for span in finding.spans}
    label_width = max(cells(label) for label in labels.values())
    shown = sorted(
        finding.spans, key=lambda s: (s.role != "subject", list(labels).index(s.document), s.start, -s.end)
    )
    for document_id, spans in groupby(shown, key=lambda s: s.document):
        analysed = documents[document_id]
        for begin, end, group in _by_sentence(analysed, list(spans)):
            label = labels[document_id] + " " * (label_width - cells(labels[document_id]))
            is_rtl = analysed.document.language in available() and language_table(analysed.document.language).right_to_left
            room = max(30, width - 4 - (0 if is_rtl else label_width + 2))
            evidence = tuple(_evidence(analysed.text, begin, end, group, finding.severity, room, brackets))
            if is_rtl:  # On a line of its own: a terminal that sets right to left would move the label.
                yield Line((Fragment(label, "dim"),), indent=4)
                yield Line(evidence, indent=4)
            else:
                yield Line((Fragment(f"{label}  ", "dim"), *evidence), indent=4)


def _by_sentence(
    analysed: AnalysedDocument, spans: list[FindingSpan]
) -> Iterator[tuple[int, int, list[FindingSpan]]]:
    """(start, end, spans) of the stretches to show: each sentence once, with all spans that begin in it."""
    sentences = analysed.sentences
    groups: dict[int, list[FindingSpan]] = {}
    for span in spans:
        index = max((i for i, s in enumerate(sentences) if s.start <= span.start), default=0)
        groups.setdefault(index, []).append(span)
    for index in groups:
        group = sorted(groups[index], key=lambda s: (s.start, -s.end))
        start = min(group[0].start, sentences[index].start if sentences else group[0].start)
        end = max(*(s.end for s in group), sentences[index].end if sentences else 0)
        yield start, end, group


def _evidence(
    text: str, start: int, end: int, spans: list[FindingSpan], severity: Severity, room: int, brackets: bool
) -> Iterator[Fragment]:
    """A sentence with its spans marked, cropped around them to `room` cells where it is longer."""
    kept: list[FindingSpan] = []
    for span in spans:  # nested spans are shown by the outer one
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    pieces: list[Fragment] = []
    position = start
    for span in kept:
        pieces.append(Fragment(visible(text[position : span.start])))
        words = visible(text[span.start : span.end])
        style = "reference" if span.role == "reference" else {"error": "mark"}.get(severity, f"mark-{severity.value}")
        pieces.append(Fragment(f"[{words}]" if brackets else words, style))
        position = span.end
    pieces.append(Fragment(visible(text[position:end])))
    marked = sum(cells(piece.text) for piece in pieces if piece.style != "plain")
    gaps = sum(piece.style == "plain" and bool(piece.text) for piece in pieces)
    left = max(12 * gaps, room - marked)
    for number, piece in enumerate(pieces):
        if piece.style != "plain":
            # A whole sentence may be the subject: its beginning is enough.
            yield Fragment(_crop(piece.text, max(room, 40), keep="start"), piece.style)
        elif piece.text:
            share = left // gaps
            keep = "end" if number == 0 else "start" if number == len(pieces) - 1 else "ends"
            cropped = _crop(piece.text, share, keep=keep)
            left -= min(share, cells(cropped))
            gaps -= 1
            yield Fragment(cropped)


def _crop(text: str, width: int, *, keep: str) -> str:
    """The text in at most `width` cells, with an ellipsis where something was cut. `keep`: 'start', 'end' or 'ends'."""
    if cells(text) <= width:
        return text
    if keep == "ends":
        return _crop(text, width // 2, keep="start") + _crop(text, width - width // 2, keep="end").removeprefix("…")
    kept, used = "", 1
    for character in text if keep == "start" else reversed(text):
        used += cells(character)
        if used > width:
            break
        kept += character
    return f"{kept}…" if keep == "start" else f"…{kept[::-1]}"


def cells(text: str) -> int:
    """Columns that a terminal gives the text: two for wide characters (CJK), none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _ledger(report: Report, lines: dict[str, Lines], *, verbose: bool) -> Iterator[Line]:
    for sentence in not_run(report):
        yield Line((Fragment(sentence),))
    if verbose:
        for item in report.unchecked:
            place = lines[item.document].describe(item.start) if item.document in lines else item.document
            yield Line(
                (Fragment(f"unchecked  {item.check}  {visible(place)}"), Fragment(f"  {visible(item.reason)}", "dim"))
            )
    elif report.unchecked:
        total = len(report.unchecked)
        names = ", ".join(f"{check} {number}" for check, number in by_check(report))
        yield Line((Fragment(f"Not checked: {_plural(total, 'place')} ({names}); --verbose lists them."),))
        for check, reason, number in _most_frequent(report):
            yield Line((Fragment(visible(f"{number} × {check}: {reason}"), "dim"),), indent=2)
    agreed = sum(counts[0] for _, counts in report.compared)
    unknown = sum(counts[2] for _, counts in report.compared)
    conflicts = sum(counts[1] for _, counts in report.compared)
    if agreed + unknown + conflicts:
        yield Line((Fragment(f"Compared: {agreed} agree, {conflicts} differ, {unknown} could not be told."),))
    elif report.documents:
        yield Line((Fragment("Compared: nothing. The checks that ran found nothing to hold against each other."),))


REASONS_SHOWN = 5
"""Reasons in the summary of the ledger; the rest is behind --verbose."""


def _most_frequent(report: Report) -> list[tuple[str, str, int]]:
    return sorted(counted(report), key=lambda item: (-item[2], item[0], item[1]))[:REASONS_SHOWN]


def _summary(counts: dict[str, int], is_complete: bool) -> str:
    said = ", ".join(_plural(number, name) for name, number in counts.items())
    return f"{said}." if is_complete else f"{said}. INCOMPLETE: not everything could be checked, see 'failed' above."


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
