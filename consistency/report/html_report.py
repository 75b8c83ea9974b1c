"""The HTML report: one file that opens offline, for reading, sharing and printing.

The page works without scripts (findings link to their words and back); its one script adds filters, synchronised
scrolling and the graph's exploration. Text from documents reaches the page only through Jinja2's escaping or as JSON
with `<`, `>` and `&` escaped, and the content security policy names the style and the script by their hashes, so that
nothing else can run or be loaded.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from itertools import groupby, pairwise
from typing import Any

from consistency import __version__
from consistency.extract.acts import gloss
from consistency.languages.loader import available, language_table
from consistency.map import EventMap, build_map
from consistency.report.html_graph import Picture, draw
from consistency.report.ledger import counted, not_run
from consistency.report.location import Lines
from consistency.report.result import CaseResult, MarkedFinding, Result
from consistency.types import AnalysedDocument, Analysis, FindingSpan, Report

LEDGER_ROWS = 500
"""Places of the ledger that the page lists one by one; all are counted, and the JSON report has them all."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence with the findings that stand on it (numbers in the case, the worst first)."""

    text: str
    findings: tuple[int, ...] = ()
    severity: str = ""
    is_subject: bool = False
    anchor: str = ""
    """Id of the element, where a finding's evidence begins here."""


@dataclass(frozen=True, slots=True)
class SentenceView:
    id: str
    number: int
    kind: str
    pieces: tuple[Piece, ...]
    gap: str = ""
    """What stands between this sentence and the next of its paragraph: a space, in Chinese nothing."""
    verdict: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document as the page shows it."""

    number: int
    document: Any
    language_name: str
    direction: str
    paragraphs: tuple[tuple[SentenceView, ...], ...]
    where: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span as a finding's list entry shows it: the words with some of their surroundings."""

    label: str
    where: str
    language: str
    direction: str
    before: str
    words: str
    after: str
    role: str
    anchor: str


@dataclass(frozen=True, slots=True)
class FindingView:
    number: int
    marked: MarkedFinding
    evidence: tuple[Evidence, ...]
    documents: str
    """Numbers of the documents concerned, separated by spaces."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as the page shows it. `prefix` makes the ids of its elements differ from those of other cases."""

    prefix: str
    name: str
    report: Report
    counts: dict[str, int]
    documents: tuple[DocumentView, ...]
    findings: tuple[FindingView, ...]
    families: tuple[tuple[str, int], ...]
    notices: tuple[str, ...]
    ledger: tuple[tuple[str, str, int], ...]
    places: tuple[tuple[str, str, str, str], ...]
    map: EventMap
    picture: Picture | None
    supports: tuple[tuple[DocumentView, tuple[SentenceView, ...]], ...]


def write_html(result: Result) -> str:
    """The page. The same report gives the same bytes."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("consistency.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = _resource("report.css"), _resource("report.js")
    cases = tuple(_case(case, number) for number, case in enumerate(result.cases, 1))
    return environment.get_template("report.html.j2").render(
        cases=cases,
        counts=result.counts(),
        is_complete=result.is_complete,
        notices=result.notices,
        version=__version__,
        style=style,
        script=script,
        policy=(
            f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
        data={view.prefix: _data(view) for view in cases},
        as_json=_as_json,
        gloss=gloss,
    )


def _resource(name: str) -> str:
    return resources.files("consistency.report").joinpath("page").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """The hash by which the policy knows an inline style or script."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _as_json(record: Any) -> Any:
    """JSON that cannot end the script element it stands in."""
    from markupsafe import Markup

    text = json.dumps(record, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _case(case: CaseResult, number: int) -> CaseView:
    report = case.report
    prefix = f"c{number}"
    findings = case.findings()
    documents = tuple(
        _document(analysed, index, prefix, findings, report) for index, analysed in enumerate(report.documents)
    )
    numbers = {view.document.id: view for view in documents}
    lines = {analysed.id: Lines(analysed.document) for analysed in report.documents}
    views = tuple(
        FindingView(
            index,
            marked,
            tuple(_evidence(span, i, index, prefix, report, numbers, lines) for i, span in enumerate(marked.finding.spans)),
            " ".join(str(n) for n in sorted({numbers[span.document].number for span in marked.finding.spans})),
        )
        for index, marked in enumerate(findings)
    )
    families = Counter(marked.finding.family.value for marked in findings)
    supports = tuple(
        (view, tuple(s for paragraph in view.paragraphs for s in paragraph if s.verdict))
        for view in documents
        if any(item.document == view.document.id for item in report.support)
    )
    return CaseView(
        prefix=prefix,
        name=case.name,
        report=report,
        counts=Result((case,)).counts(),
        documents=documents,
        findings=views,
        families=tuple(sorted(families.items())),
        notices=not_run(report),
        ledger=counted(report),
        places=tuple(
            (item.check, lines[item.document].describe(item.start), _quoted(report, item), item.reason)
            for item in report.unchecked[:LEDGER_ROWS]
            if item.document in lines
        ),
        map=build_map(Analysis(report.documents, report.persons, report.alignments, report.claim_alignments)),
        picture=draw(report, prefix),
        supports=supports,
    )


def _quoted(report: Report, item: Any) -> str:
    text = next(a.text for a in report.documents if a.id == item.document)
    words = text[item.start : item.end]
    return words if len(words) <= 80 else words[:79] + "…"


def _document(
    analysed: AnalysedDocument, number: int, prefix: str, findings: tuple[MarkedFinding, ...], report: Report
) -> DocumentView:
    document = analysed.document
    table = language_table(document.language) if document.language in available() else None
    spans = [
        (index, i, span)
        for index, marked in enumerate(findings)
        for i, span in enumerate(marked.finding.spans)
        if span.document == document.id
    ]
    support = {item.sentence: item for item in report.support if item.document == document.id}
    # Spans that begin in a sentence or run into it; sorted once, so that long documents stay quick.
    by_sentence: dict[int, list[tuple[int, int, FindingSpan]]] = {}
    for entry in spans:
        for sentence in analysed.sentences:
            if sentence.start < entry[2].end and entry[2].start < sentence.end:
                by_sentence.setdefault(sentence.index, []).append(entry)
    paragraphs = []
    for _, group in groupby(analysed.sentences, key=lambda s: s.paragraph):
        views = []
        for sentence in group:
            backing = support.get(sentence.index)
            views.append(
                SentenceView(
                    id=f"{prefix}-d{number}-s{sentence.index + 1}",
                    number=sentence.index + 1,
                    kind=sentence.kind.value,
                    pieces=tuple(
                        _pieces(
                            analysed.text,
                            sentence.start,
                            sentence.end,
                            by_sentence.get(sentence.index, []),
                            findings,
                            prefix,
                        )
                    ),
                    gap=_gap(analysed, sentence.index),
                    verdict="" if backing is None else backing.verdict,
                    by="" if backing is None else ", ".join(backing.by),
                )
            )
        paragraphs.append(tuple(views))
    return DocumentView(
        number=number,
        document=document,
        language_name=document.language if table is None else table.name,
        direction="rtl" if table is not None and table.right_to_left else "ltr",
        paragraphs=tuple(paragraphs),
        where=document.path or "",
    )


def _gap(analysed: AnalysedDocument, index: int) -> str:
    if index + 1 == len(analysed.sentences):
        return ""
    return analysed.text[analysed.sentences[index].end : analysed.sentences[index + 1].start]


def _pieces(
    text: str,
    start: int,
    end: int,
    spans: list[tuple[int, int, FindingSpan]],
    findings: tuple[MarkedFinding, ...],
    prefix: str,
) -> Iterable[Piece]:
    """The sentence cut wherever a finding's span begins or ends."""
    edges = sorted({start, end, *(max(start, s.start) for _, _, s in spans), *(min(end, s.end) for _, _, s in spans)})
    for left, right in pairwise(edges):
        covering = [(n, i, s) for n, i, s in spans if s.start <= left and right <= s.end]
        if not covering:
            yield Piece(text[left:right])
            continue
        # The shortest span first: a name inside a sentence that is itself a finding leads to the name's finding.
        covering.sort(key=lambda c: (-findings[c[0]].finding.severity.rank, c[2].end - c[2].start, c[0]))
        first = findings[covering[0][0]]
        here = [f"{prefix}-f{n}-e{i}" for n, i, s in covering if max(start, s.start) == left and s.start >= start]
        yield Piece(
            text=text[left:right],
            findings=tuple(dict.fromkeys(n for n, _, _ in covering)),
            severity="accepted" if first.mark is not None else first.finding.severity.value,
            is_subject=covering[0][2].role == "subject",
            anchor=" ".join(here),
        )


CONTEXT = 60
"""Code points of surroundings on each side of the words in a finding's evidence."""


def _evidence(
    span: FindingSpan,
    index: int,
    number: int,
    prefix: str,
    report: Report,
    numbers: dict[str, DocumentView],
    lines: dict[str, Lines],
) -> Evidence:
    analysed = next(a for a in report.documents if a.id == span.document)
    text = analysed.text
    view = numbers[span.document]
    before = text[max(0, span.start - CONTEXT) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + CONTEXT].partition("\n")[0]
    begun = span.start - len(before) == 0 or text[span.start - len(before) - 1] == "\n"
    ended = span.end + len(after) >= len(text) or text[span.end + len(after)] in "\r\n"
    if not begun and " " in before:  # whole words, where the writing has spaces
        before = before.partition(" ")[2]
    if not ended and " " in after:
        after = after.rpartition(" ")[0]
    return Evidence(
        label=view.document.id,
        where=lines[span.document].describe(span.start),
        language=view.document.language,
        direction=view.direction,
        before=before if begun else "…" + before,
        words=span.text,
        after=after if ended else after + "…",
        role=span.role,
        anchor=f"{prefix}-f{number}-e{index}",
    )


def _data(view: CaseView) -> dict[str, Any]:
    """What the script needs: which sentences of which documents correspond."""
    numbers = {document.document.id: document.number for document in view.documents}
    pairs = [
        [numbers[a.left], list(a.left_sentences), numbers[a.right], list(a.right_sentences)]
        for a in view.report.alignments
        if a.left_sentences and a.right_sentences
    ]
    return {"alignments": pairs}
