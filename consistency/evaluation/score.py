"""One case's report held against its gold: what was found, what was missed, and which alarms are false."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consistency.evaluation.cases import Case, Difference, GoldAlignment, Planted
from consistency.types import Document, Family, Finding, FindingSpan, Report, Role, Severity, Span

EQUIVALENT: dict[Family, frozenset[Family]] = {
    # A name put where another man's office stands is one fault that can be told either way round.
    Family.OFFICE: frozenset({Family.OFFICE, Family.NAME}),
    # "does not support" turned into "opposes" is a change of force that flips a negation.
    Family.POLARITY: frozenset({Family.POLARITY, Family.MODALITY}),
    Family.MODALITY: frozenset({Family.MODALITY, Family.POLARITY}),
    # A statement that no source has is also a statement in the wrong mouth, and the reverse.
    Family.ATTRIBUTION: frozenset({Family.ATTRIBUTION, Family.COVERAGE}),
}
"""Families of findings that count for a planted family, beside itself (table in docs/benchmarks.md)."""

OMISSION = "omission"
"""`Planted.kind` of a passage that a copy left out: its span lies in the account."""

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
    """A finding, placed for a reader: which case, which line of the document, which words."""

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
    """A planted error and the finding that found it, None where it was missed."""

    planted: Planted
    found: Finding | None
    line: int


@dataclass(frozen=True, slots=True)
class DifferenceHit:
    """A difference between two accounts and the finding that shows it, None where none does."""

    difference: Difference
    found: Finding | None
    line: int


@dataclass(frozen=True, slots=True)
class AlignmentScore:
    """Sentence pairs of two documents: how many the gold has, how many were given, how many are in both."""

    left: str
    right: str
    languages: str
    """Of the left and the right document: 'zh-en'."""
    gold: int
    given: int
    shared: int


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
    trapped: tuple[tuple[str, Alarm], ...] = ()
    """Errors and warnings, of any family, on words that look wrong and are right; each with the reason why they are right."""
    differences: tuple[DifferenceHit, ...] = ()
    alignments: tuple[AlignmentScore, ...] = ()
    is_variant: bool = False


def score(case: Case, report: Report) -> CaseScore:
    """The case's planted errors found and missed, and its alarms beside them.

    A planted error is found when a finding of an equivalent family has a subject overlapping its quote; an omission when
    a coverage or attribution finding shows the account's words and concerns a copy. An error or warning of a fact family
    whose subjects overlap no planted quote is an alarm, unless it shows a difference that the gold has between accounts.
    """
    by_id = {document.id: document for document in case.documents}
    copies = {document.id for document in case.documents if document.role is Role.COPY}
    loud = [f for f in report.findings if f.severity is not Severity.NOTE]
    strange = [f for f in loud if not any(_touches(f, planted.span) for planted in case.planted)]
    return CaseScore(
        case=case.name,
        dataset=case.dataset,
        languages=case.languages,
        documents=len(copies) or len(case.documents),
        words=case.words,
        hits=tuple(
            Hit(p, _match(p, report.findings, copies), line_of(by_id[p.span.document], p.span.start))
            for p in case.planted
        ),
        alarms=tuple(
            _alarm(case, f, by_id)
            for f in strange
            if f.family in FACT_FAMILIES and not any(_shows(f, d) for d in case.differences if d.is_conflict)
        ),
        failures=tuple(f"{failure.where}: {failure.reason}" for failure in report.failures),
        unchecked=len(report.unchecked),
        trapped=tuple(
            (trap.why, _alarm(case, f, by_id)) for f in strange for trap in case.traps if _touches(f, trap.span)
        ),
        differences=tuple(
            DifferenceHit(d, _showing(d, report.findings), line_of(by_id[d.left.document], d.left.start))
            for d in case.differences
            if d.is_conflict and not case.is_twin
        ),
        alignments=tuple(_alignment(gold, by_id, report) for gold in case.alignments),
        is_variant=case.is_variant,
    )


def _match(planted: Planted, findings: Iterable[Finding], copies: set[str]) -> Finding | None:
    if planted.kind == OMISSION:
        return next((f for f in findings if _shows_omission(f, planted, copies)), None)
    families = EQUIVALENT.get(planted.family, frozenset({planted.family})).union(planted.also)
    touching = [f for f in findings if f.family in families and _touches(f, planted.span)]
    return max(touching, key=lambda f: (f.family is planted.family, f.severity.rank), default=None)


def _shows_omission(finding: Finding, planted: Planted, copies: set[str]) -> bool:
    """Whether a finding shows the account's words as missing from a copy, which it names in a span or a value."""
    return (
        finding.family in (Family.COVERAGE, Family.ATTRIBUTION)
        and any(_overlap(span, planted.span) for span in finding.spans)
        and bool(copies & {*(span.document for span in finding.spans), *finding.values})
    )


def _shows(finding: Finding, difference: Difference) -> bool:
    """Whether a finding shows a difference between accounts: words of either side, in an equivalent family."""
    families = EQUIVALENT.get(difference.family, frozenset({difference.family}))
    sides = [difference.left] + ([difference.right] if difference.right else [])
    documents = {side.document for side in sides}
    return finding.family in families and any(
        _overlap(span, side) for span in finding.subjects if span.document in documents for side in sides
    )


def _showing(difference: Difference, findings: Iterable[Finding]) -> Finding | None:
    return max(
        (f for f in findings if _shows(f, difference)),
        key=lambda f: (f.family is difference.family, f.severity.rank),
        default=None,
    )


def _alignment(gold: GoldAlignment, documents: dict[str, Document], report: Report) -> AlignmentScore:
    """Given pairs are all pairs of sentences inside each alignment, either way round."""
    given: set[tuple[int, int]] = set()
    for alignment in report.alignments:
        pairs = [(a, b) for a in alignment.left_sentences for b in alignment.right_sentences]
        if (alignment.left, alignment.right) == (gold.left, gold.right):
            given.update(pairs)
        elif (alignment.right, alignment.left) == (gold.left, gold.right):
            given.update((b, a) for a, b in pairs)
    wanted = set(gold.pairs)
    languages = f"{documents[gold.left].language}-{documents[gold.right].language}"
    return AlignmentScore(gold.left, gold.right, languages, len(wanted), len(given), len(given & wanted))


def _overlap(span: FindingSpan, other: Span) -> bool:
    return Span(span.document, span.start, span.end).overlaps(other)


def _touches(finding: Finding, span: Span) -> bool:
    return any(_overlap(subject, span) for subject in finding.subjects)


def line_of(document: Document, offset: int) -> int:
    """Number from 1 of the line that an offset stands on, blank lines not counted."""
    return sum(bool(line.strip()) for line in document.text[: offset + 1].splitlines())


def _alarm(case: Case, finding: Finding, documents: dict[str, Document]) -> Alarm:
    subject = finding.spans[0]
    return Alarm(
        case=case.name,
        dataset=case.dataset,
        languages=case.languages,
        check=finding.check,
        family=finding.family,
        severity=finding.severity,
        document=subject.document,
        line=line_of(documents[subject.document], subject.start) if subject.document in documents else 0,
        quote=" | ".join(span.text for span in finding.spans if span.role == "subject"),
        against=" | ".join(span.text for span in finding.spans if span.role != "subject"),
        message=finding.message,
    )
