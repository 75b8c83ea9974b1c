"""QTY101: two values for one quantity in one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consistency.checks.base import Check, Example, ExampleDocument, Settings, finding, span_of
from consistency.checks.qty201 import describe
from consistency.checks.quantity_pairs import document_atoms
from consistency.checks.quantity_values import LOOSE, Atom, match
from consistency.languages.loader import fold, language_table
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Family,
    MentionKind,
    QuantityValue,
    Result,
    SentenceKind,
    Severity,
    Unchecked,
)

REPEATED = 0.5
"""Share of words (Jaccard) that two sentences have in common when the second repeats the first. On 360 NTREX dev documents
(six languages) and 717 White House readouts, all of them without such an error as far as read, 0.4 raises no alarm, 0.3
raises 3 and 0.2 raises 14, from parallel sentences about different things."""

LEAD = 3
"""Sentences after the headline that may restate it."""

TOLD_AGAIN = 0.4
"""Share of the headline's words that a sentence of the lead must have to be held against it. On the same documents 0.2
raises no alarm and 0.1 raises 2."""

_FEWEST_WORDS = 4
_STEM = 5
"""Letters kept of a word: enough to see past endings (injures, injured; morts, mort)."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence's words without its numbers, and its numbers."""

    words: frozenset[str]
    atoms: tuple[Atom, ...]
    has_date: tuple[str, ...]


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for document in analysis.documents:
        told = [_told(document, index) for index in range(len(document.sentences))]
        for first, second in _retold(document, told):
            yield from _compare(document, first, second)


def _retold(document: AnalysedDocument, told: list[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Pairs of sentences of which the second tells again what the first told."""
    for i, one in enumerate(told):
        if not one.atoms or len(one.words) < _FEWEST_WORDS:
            continue
        is_headline = document.sentences[i].kind is SentenceKind.HEADLINE
        for j in range(i + 1, len(told)):
            other = told[j]
            if not other.atoms or (one.has_date and other.has_date and one.has_date != other.has_date):
                continue
            common = len(one.words & other.words)
            if common >= REPEATED * len(one.words | other.words) or (
                is_headline and j <= i + LEAD and common >= TOLD_AGAIN * len(one.words)
            ):
                yield one, other


def _compare(document: AnalysedDocument, first: _Told, second: _Told) -> Iterator[Result]:
    """The one number that differs, where all else agrees."""
    left, right = list(first.atoms), list(second.atoms)
    for one in first.atoms:
        partner = next((other for other in right if match(one, other)), None)
        if partner is not None:
            left.remove(one)
            right.remove(partner)
            yield Agreement("QTY101", (one.mention.span, partner.mention.span))
    for one in left:
        rivals = [other for other in right if _same_quantity(one, other)]
        if len(rivals) != 1 or sum(_same_quantity(other, rivals[0]) for other in left) != 1:
            if len(rivals) > 1 and not one.is_small_word:
                yield Unchecked(
                    document.id,
                    one.mention.start,
                    one.mention.end,
                    "QTY101",
                    "the sentence that tells this again has several numbers that it could be",
                )
            continue
        other = rivals[0]
        yield finding(
            CHECK,
            f'"{one.mention.text}" in one sentence and "{other.mention.text}" where it is told again: '
            f"{describe(one)} is not {describe(other)}.",
            (span_of(one.mention), span_of(other.mention)),
            confidence=0.85,
            values=(describe(one), describe(other)),
        )


def _same_quantity(one: Atom, other: Atom) -> bool:
    """Whether two numbers count the same thing: same unit, and the same noun where the unit says nothing."""
    if one.unit != other.unit or one.is_open or other.is_open:
        return False
    if one.unit not in LOOSE:
        return True
    left, right = one.mention.value, other.mention.value
    assert isinstance(left, QuantityValue) and isinstance(right, QuantityValue)
    return bool(left.counted and right.counted and left.counted[:_STEM] == right.counted[:_STEM])


def _told(document: AnalysedDocument, index: int) -> _Told:
    sentence = document.sentences[index]
    text = document.text[sentence.start : sentence.end]
    folded = fold(text, document.document.language)
    spans = [
        (mention.start, mention.end)
        for mention in document.mentions
        if mention.sentence == index and mention.kind in (MentionKind.QUANTITY, MentionKind.DATE)
    ]
    for start, end in spans:
        start, end = max(start, sentence.start) - sentence.start, min(end, sentence.end) - sentence.start
        folded = folded[:start] + " " * (end - start) + folded[end:]
    dates = tuple(
        fold(mention.text, document.document.language)
        for mention in document.mentions
        if mention.sentence == index and mention.kind is MentionKind.DATE
    )
    return _Told(_words(folded, document.document.language), document_atoms(document, (index,)), dates)


def _words(folded: str, language: str) -> frozenset[str]:
    """Stems of words of three letters and more, or pairs of characters where a script has no spaces."""
    if language_table(language).spaced:
        return frozenset(word[:_STEM] for word in re.findall(r"[^\W\d_]{3,}", folded))
    runs = re.findall(r"[^\W\d_]+", folded)
    return frozenset(run[i : i + 2] for run in runs for i in range(max(len(run) - 1, 1)))


CHECK = Check(
    id="QTY101",
    slug="inconsistent-quantity",
    family=Family.QUANTITY,
    severity=Severity.ERROR,
    scope="internal",
    summary="Two values for one quantity in one document.",
    why="A figure that is corrected in the body and not in the headline, or changes where the text repeats itself, shows "
    "that one of the two is wrong.",
    limits="Only sentences that tell the same thing again are compared: a headline with the lead, and sentences with nearly "
    "the same words. Two values for one thing in sentences worded differently stay unseen, as no rule for them was found that "
    "is silent on the 717 White House readouts.",
    run=run,
    examples=(
        Example(
            "bad",
            (
                ExampleDocument(
                    "Earthquake kills ⟦213⟧ people on the northern coast\n\nAn earthquake killed ⟦231⟧ people on the northern "
                    "coast, officials said.",
                    "en",
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "Earthquake kills 213 people on the northern coast\n\nAn earthquake killed 213 people on the northern "
                    "coast and injured 231 others, officials said.",
                    "en",
                ),
            ),
            "The second figure counts something else.",
        ),
        Example(
            "bad",
            (
                ExampleDocument(
                    "Un séisme fait ⟦213⟧ morts sur la côte nord\n\nUn séisme a fait ⟦231⟧ morts sur la côte nord, selon les autorités.",
                    "fr",
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "Un séisme fait 213 morts sur la côte nord\n\nUn séisme a fait deux cent treize morts sur la côte nord, selon "
                    "les autorités.",
                    "fr",
                ),
            ),
        ),
        Example(
            "bad",
            (
                ExampleDocument(
                    "北部海岸地震造成⟦213⟧人死亡\n\n北部海岸地震已造成⟦231⟧人死亡，当地政府表示。", "zh"
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "北部海岸地震造成约3万人受灾\n\n北部海岸地震已造成近3万人受灾，当地政府表示。", "zh"
                ),
            ),
        ),
        Example(
            "unknown",
            (
                ExampleDocument(
                    "Quake kills 40 people in the north\n\nThe quake in the north killed 12 people in one town, 17 people in "
                    "another and 11 people elsewhere.",
                    "en",
                ),
            ),
            "A sum over several places is not told apart from a contradiction.",
        ),
        Example(
            "unknown",
            (
                ExampleDocument(
                    "Le séisme dans le nord fait 40 morts\n\nLe séisme dans le nord a fait 12 morts dans une ville, 17 morts dans "
                    "une autre et 11 morts ailleurs.",
                    "fr",
                ),
            ),
        ),
        Example(
            "unknown",
            (
                ExampleDocument(
                    "北部地震造成40人死亡\n\n北部地震造成一座城市12人死亡，另一座城市17人死亡，其他地方11人死亡。",
                    "zh",
                ),
            ),
        ),
    ),
)
