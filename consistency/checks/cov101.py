"""COV101: a statement in one account only, or of an account that the copy leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.coverage_pairs import coverage
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Claim,
    Family,
    Finding,
    Result,
    Role,
    Severity,
)


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right in analysis.account_pairs():
        yield from _missing(analysis, left, right)
        yield from _missing(analysis, right, left)
    for account, copy in analysis.copy_pairs():
        yield from _missing(analysis, account, copy)


def _missing(analysis: Analysis, document: AnalysedDocument, other: AnalysedDocument) -> Iterator[Result]:
    found = coverage(analysis, document, other)
    for claim in found.carried:
        yield Agreement("COV101", (claim.span,))
    for claim in found.missing:
        yield _note(document, other, claim, 0.8)
    for claim in found.unclear:
        # The sentence has a counterpart and this part of it has none: shortened, or worded in one with the rest.
        yield _note(document, other, claim, 0.5)


def _note(document: AnalysedDocument, other: AnalysedDocument, claim: Claim, confidence: float) -> Finding:
    left_out = "leaves out" if other.document.role is Role.COPY else "does not have"
    return finding(
        CHECK,
        f"{other.document.label!r} {left_out} this statement of {document.document.label!r}.",
        [text_span(document.document, claim.start, claim.end)],
        confidence=confidence,
        values=(other.id, *claim.topics),
    )


CHECK = Check(
    id="COV101",
    slug="only-in-one-account",
    family=Family.COVERAGE,
    severity=Severity.NOTE,
    scope="accounts",
    summary="A statement stands in one account only, or in an account and not in the copy.",
    why="What only one side says is what an analyst looks for first; what a copy leaves out is what an editor asks for.",
    limits="Rests on the alignment of clauses: a statement that the other side words in one with another may be listed "
    "as missing, at confidence 0.5.",
    run=run,
)
