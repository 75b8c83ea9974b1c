"""COV101: a statement in one account only, or of an account that the copy leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.coverage_pairs import coverage, omissions
from consistency.checks.example_texts import bad, derived, given, good, unknown
from consistency.extract.initiative import find_initiatives, knows_initiative
from consistency.languages.loader import language_table
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Claim,
    Family,
    Finding,
    Result,
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
        yield from _left_out(analysis, account, copy)
        yield from _who_asked(account, copy)


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
    return finding(
        CHECK,
        f"{other.document.label!r} does not have this statement of {document.document.label!r}.",
        [text_span(document.document, claim.start, claim.end)],
        confidence=confidence,
        values=claim.topics,
    )


# --- what a copy leaves out -------------------------------------------------------------------------------


def _left_out(analysis: Analysis, account: AnalysedDocument, copy: AnalysedDocument) -> Iterator[Result]:
    """One note a passage of the account that the copy leaves out, with the copy's words that stand nearest."""
    for found in omissions(analysis, account, copy):
        if found.is_carried:
            yield Agreement("COV101", (account.document.span(found.start, found.end),))
        elif found.is_short:
            reason = f"too short to say whether {copy.document.label!r} has it"
            yield Unchecked(account.id, found.start, found.end, "COV101", reason)
        else:
            spans = [text_span(account.document, found.start, found.end)]
            near = [copy.sentences[number] for number in found.beside]
            spans += [text_span(copy.document, s.start, s.end, "reference") for s in near]
            yield finding(
                CHECK,
                f"{copy.document.label!r} leaves out this statement of {account.document.label!r}.",
                spans,
                confidence=0.8 if not near else 0.6,
                values=(copy.id, *found.topics),
            )


def _who_asked(account: AnalysedDocument, copy: AnalysedDocument) -> Iterator[Result]:
    """A note where only the account says which side asked for the call or the meeting."""
    told = next(find_initiatives(account), None)
    if (
        told is None
        or not knows_initiative(copy.document.language)
        or next(find_initiatives(copy), None) is not None
    ):
        return
    yield finding(
        CHECK,
        f"{copy.document.label!r} leaves out who asked for it, which {account.document.label!r} tells.",
        [text_span(account.document, told.start, told.end)],
        confidence=0.7,
        values=(copy.id,),
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
