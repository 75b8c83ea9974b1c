"""One case's report held against its gold: what was found, what was missed, and which alarms are false."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consistency.evaluation.cases import Case, Planted
from consistency.types import Document, Family, Finding, FindingSpan, Report, Role, Severity, Span

EQUIVALENT: dict[Family, frozenset[Family]] = {
    # A name put where another man's office stands is one fault that can be told either way round.
    Family.NAME: frozenset({Family.NAME}),
    Family.OFFICE: frozenset({Family.OFFICE, Family.NAME}),
    # "does not support" turned into "opposes" is a change of force that flips a negation.
    Family.POLARITY: frozenset({Family.POLARITY, Family.MODALITY}),
    Family.MODALITY: frozenset({Family.MODALITY, Family.POLARITY}),
    # A statement that no source has is also a statement in the wrong mouth, and the reverse.
    Family.ATTRIBUTION: frozenset({Family.ATTRIBUTION, Family.COVERAGE}),
}
"""Families of findings that count for a planted family, beside itself (table in docs/benchmarks.md)."""

FACT_FAMILIES = frozenset(
    {
        Family.NAME,
        Family.OFFICE,
        Family.DATE,
        Family.QUANTITY,
        Family.PLACE,
        Family.ATTRIBUTION,
        Family.POLARITY,
        Family.MODALITY,
        Family.TERM,
        Family.QUOTE,
    }
)
"""Families whose errors and warnings are false alarms where nothing is wrong. Coverage, headline and structure are not facts."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A finding, placed for a reader: which case, which sentence of the copy, which words."""

    case: str
    dataset: str
    languages: str
    check: str
    family: Family
    severity: Severity
    document: str
    line: int
    """Number from 1 of the line that the first subject stands on, blank lines not counted."""
    quote: str
    against: str
    message: str
    verdict: str = "unjudged"
    """'false' (the text is right), 'true' (the text errs), or 'unjudged'."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    planted: Planted
    found: Finding | None
    line: int


@dataclass(frozen=True, slots=True)
class CaseScore:
    """The score of one case."""

    case: str
    dataset: str
    languages: str
    documents: int
    words: int
    hits: tuple[Hit, ...]
    alarms: tuple[Alarm, ...]
    failures: tuple[str, ...]
    unchecked: int


def score(case: Case, report: Report) -> CaseScore:
    """The case's planted errors found and missed, and its alarms beside them.

    A planted error is found when a finding of an equivalent family has a subject overlapping its quote. An error or
    warning of a fact family whose subjects overlap no planted quote is an alarm.
    """
    by_id = {document.id: document for document in case.documents}
    hits = tuple(
        Hit(planted, _match(planted, report.findings), _line(by_id[planted.span.document], planted.span.start))
        for planted in case.planted
    )
    alarms = tuple(
        _alarm(case, finding, by_id)
        for finding in report.findings
        if finding.family in FACT_FAMILIES
        and finding.severity is not Severity.NOTE
        and not any(_touches(finding, planted.span) for planted in case.planted)
    )
    return CaseScore(
        case=case.name,
        dataset=case.dataset,
        languages=case.languages,
        documents=sum(d.role is Role.COPY for d in case.documents) or len(case.documents),
        words=case.words,
        hits=hits,
        alarms=alarms,
        failures=tuple(f"{failure.where}: {failure.reason}" for failure in report.failures),
        unchecked=len(report.unchecked),
    )


def _match(planted: Planted, findings: Iterable[Finding]) -> Finding | None:
    families = EQUIVALENT.get(planted.family, frozenset({planted.family}))
    touching = [f for f in findings if f.family in families and _touches(f, planted.span)]
    return max(touching, key=lambda f: (f.family is planted.family, f.severity.rank), default=None)


def _touches(finding: Finding, span: Span) -> bool:
    return any(Span(s.document, s.start, s.end).overlaps(span) for s in finding.subjects)


def _line(document: Document, offset: int) -> int:
    return sum(bool(line.strip()) for line in document.text[: offset + 1].splitlines())


def _alarm(case: Case, finding: Finding, documents: dict[str, Document]) -> Alarm:
    subject = finding.spans[0]
    quotes: list[FindingSpan] = [span for span in finding.spans if span.role == "subject"]
    others: list[FindingSpan] = [span for span in finding.spans if span.role != "subject"]
    return Alarm(
        case=case.name,
        dataset=case.dataset,
        languages=case.languages,
        check=finding.check,
        family=finding.family,
        severity=finding.severity,
        document=subject.document,
        line=_line(documents[subject.document], subject.start) if subject.document in documents else 0,
        quote=" | ".join(span.text for span in quotes),
        against=" | ".join(span.text for span in others),
        message=finding.message,
    )
