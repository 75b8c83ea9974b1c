"""Cases and reports made by hand, so that scoring is tested without the checks that it scores."""

from __future__ import annotations

from consistency.evaluation.cases import Case, Planted
from consistency.types import (
    Alignment,
    AnalysedDocument,
    Document,
    Failure,
    Family,
    Finding,
    FindingSpan,
    Report,
    Role,
    Severity,
    Span,
)

ACCOUNT = "Qin Gang urged the US side to act.\n\nThree issues were discussed."
COPY = "Chen Gang a exhorté Washington à agir.\n\nQuatre sujets ont été abordés mercredi."


def account(text: str = ACCOUNT, label: str = "us", language: str = "en") -> Document:
    return Document(label, label, text, language)


def copy(text: str = COPY, label: str = "wire", language: str = "fr") -> Document:
    return Document(label, label, text, language, Role.COPY)


def span(document: Document, quote: str) -> Span:
    start = document.text.index(quote)
    return Span(document.id, start, start + len(quote))


def finding(
    *marked: tuple[Document, str],
    family: Family = Family.NAME,
    severity: Severity = Severity.ERROR,
    check: str = "NAM101",
    against: tuple[Document, str] | None = None,
    values: tuple[str, ...] = (),
) -> Finding:
    """A finding whose subjects are these words, and whose reference is `against`."""
    spans = [FindingSpan(d.id, s.start, s.end, q, "subject") for d, q in marked for s in [span(d, q)]]
    if against is not None:
        place = span(*against)
        spans.append(FindingSpan(against[0].id, place.start, place.end, against[1], "reference"))
    return Finding(check, "slug", family, severity, 0.9, "A message.", tuple(spans), values)


def report(
    documents: tuple[Document, ...],
    *findings: Finding,
    alignments: tuple[Alignment, ...] = (),
    failures: tuple[Failure, ...] = (),
) -> Report:
    return Report(
        documents=tuple(AnalysedDocument(d, ()) for d in documents),
        persons=(),
        alignments=alignments,
        claim_alignments=(),
        support=(),
        findings=findings,
        unchecked=(),
        failures=failures,
        compared=(),
    )


def planted(document: Document, quote: str, family: Family = Family.NAME, kind: str = "") -> Planted:
    return Planted(id="p", family=family, span=span(document, quote), quote=quote, kind=kind)


def case(*planted_errors: Planted, documents: tuple[Document, ...] | None = None) -> Case:
    return Case("event", "set", documents or (account(), copy()), planted_errors)
