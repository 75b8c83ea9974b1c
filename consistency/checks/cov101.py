"""COV101: a statement in one account only, or of an account that the copy leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.coverage_pairs import coverage
from consistency.checks.example_texts import bad, derived, given, good, unknown
from consistency.languages.loader import language_table
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
    Unchecked,
)

MIN_WORDS, MIN_CHARACTERS = 5, 6
"""Words (in Chinese, characters) of the shortest statement whose absence is worth a note."""


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
        if _is_short(document, claim):
            reason = "too short to say whether the other text has it"
            yield Unchecked(document.id, claim.start, claim.end, "COV101", reason)
        else:
            yield _note(document, other, claim, 0.8)
    for claim in found.unclear:
        if _is_short(document, claim):
            continue
        # The sentence has a counterpart and this part of it has none: shortened, or worded in one with the rest.
        yield _note(document, other, claim, 0.5)


def _is_short(document: AnalysedDocument, claim: Claim) -> bool:
    """Whether a statement is a mere tag: "he said", 会谈持续至晚。"""
    text = document.document.text[claim.start : claim.end]
    if language_table(document.document.language).spaced:
        return len(text.split()) < MIN_WORDS
    return sum(character.isalnum() for character in text) < MIN_CHARACTERS


def _note(document: AnalysedDocument, other: AnalysedDocument, claim: Claim, confidence: float) -> Finding:
    left_out = "leaves out" if other.document.role is Role.COPY else "does not have"
    return finding(
        CHECK,
        f"{other.document.label!r} {left_out} this statement of {document.document.label!r}.",
        [text_span(document.document, claim.start, claim.end)],
        confidence=confidence,
        values=(other.id, *claim.topics),
    )


_EXAMPLES = (
    bad(
        given(
            "en",
            "The ministers met in Geneva on Monday. ⟦The Secretary raised the case of three detained journalists.⟧",
        ),
        given("fr", "Les ministres se sont rencontrés lundi à Genève."),
    ),
    bad(
        given("zh", "两国外长星期一在日内瓦会晤。⟦王毅强调，台湾问题是中国核心利益中的核心。⟧"),
        derived("en", "The two foreign ministers met in Geneva on Monday."),
        note="left out by the copy: the mark is on the account's words",
    ),
    good(
        given("zh", "两国外长星期一在日内瓦会晤。"),
        given("en", "The two foreign ministers met in Geneva on Monday."),
    ),
    unknown(
        given("en", "The ministers met in Geneva on Monday. It went well."),
        given("fr", "Les ministres se sont rencontrés lundi à Genève."),
        note="too short to say that the other side lacks it",
    ),
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
    examples=_EXAMPLES,
)
