"""ATT202: who asked for or proposed the call differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.example_texts import bad, derived, given, good, unknown
from consistency.checks.sides import Side, compare_sides, sides_in
from consistency.extract.initiative import Initiative, find_initiatives
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Family,
    Outcome,
    Result,
    Role,
    Severity,
    Unchecked,
)


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    told = {document.id: told_by(analysis, document) for document in analysis.documents}
    for left, right in analysis.pairs():
        one, other = told[left.id], told[right.id]
        if one is None or other is None:
            continue
        yield _compare(left, one, right, other)


def told_by(analysis: Analysis, document: AnalysedDocument) -> tuple[Initiative, Side | None] | None:
    """The first words that tell who asked, and the side they name: None where it is not known. None: nothing is told."""
    first: tuple[Initiative, Side | None] | None = None
    for initiative in find_initiatives(document):
        sides = list(sides_in(analysis, document, initiative.side_start, initiative.side_end))
        # Before 应约 the subject stands last ("…国务委员兼外长秦刚应约"); behind "at the request of" it stands first.
        if sides:
            side, end = sides[0] if initiative.is_asker else sides[-1]
            return replace(
                initiative, end=max(initiative.side_start, end)
            ) if initiative.is_asker else initiative, side
        first = first or (initiative, None)
    return first


def _compare(
    left: AnalysedDocument,
    one: tuple[Initiative, Side | None],
    right: AnalysedDocument,
    other: tuple[Initiative, Side | None],
) -> Result:
    (left_words, left_side), (right_words, right_side) = one, other
    same = compare_sides(left_side, right_side)
    if same is Outcome.UNKNOWN:
        reason = "the side that asked for the call could not be told from the words of both texts"
        return Unchecked(right.id, right_words.start, right_words.end, "ATT202", reason)
    agrees = (same is Outcome.AGREE) == (left_words.is_asker == right_words.is_asker)
    spans = (
        left.document.span(left_words.start, left_words.end),
        right.document.span(right_words.start, right_words.end),
    )
    if agrees:
        return Agreement("ATT202", spans)
    is_copy = right.document.role is Role.COPY
    return finding(
        CHECK,
        f"{left.document.label!r} says that {_said(left_words, left_side)}, "
        f"{right.document.label!r} that {_said(right_words, right_side)}.",
        [
            text_span(left.document, left_words.start, left_words.end, "reference" if is_copy else "subject"),
            text_span(right.document, right_words.start, right_words.end),
        ],
        confidence=0.9,
        severity=Severity.ERROR if is_copy else Severity.WARNING,
    )


def _said(words: Initiative, side: Side | None) -> str:
    name = "" if side is None else (side.name or side.country or "")
    return f"the side of {name} asked for it" if words.is_asker else f"the side of {name} was asked"


_EXAMPLES = (
    bad(
        given("zh", "国务委员兼外交部长秦刚应约同美国国务卿布林肯通电话。"),
        derived(
            "fr",
            "Le ministre Qin Gang s'est entretenu ⟦à la demande de la Chine⟧ avec le secrétaire d'État américain Antony Blinken.",
        ),
        note="应约 marks the side that was asked",
    ),
    bad(
        given("zh", "应美方请求，中方同意两国外长通电话。"),
        derived("en", "The two ministers spoke by telephone ⟦at the request of China⟧."),
    ),
    good(
        given("zh", "应美方请求，中方同意两国外长通电话。"),
        derived("en", "The two ministers spoke by telephone at the request of the United States."),
    ),
    good(
        given("zh", "国务委员兼外交部长秦刚应约同美国国务卿布林肯通电话。"),
        derived("fr", "Qin Gang et Antony Blinken se sont parlé par téléphone à la demande des États-Unis."),
    ),
    unknown(
        given("zh", "应美方请求，中方同意两国外长通电话。"),
        derived("en", "The two ministers spoke by telephone at the request of the other party."),
    ),
)


CHECK = Check(
    id="ATT202",
    slug="who-asked",
    family=Family.ATTRIBUTION,
    severity=Severity.ERROR,
    scope="cross",
    summary="The texts differ on who asked for or proposed the call.",
    why="应约 says that the other side wanted the call; each capital prefers to be the one that was asked.",
    limits="Reads the first sentences only. Where only one text says who asked, COV101 lists the statement.",
    run=run,
    examples=_EXAMPLES,
)
