"""HED101: the headline conflicts with the body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.example_texts import bad, given, good, unknown
from consistency.checks.polarity_pairs import SURE, compare_polarity, stretch
from consistency.extract.acts import compare_force, gloss, ladder
from consistency.languages.loader import fold, language_table
from consistency.lexicon import words
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Claim,
    Family,
    Finding,
    Mention,
    MentionKind,
    Outcome,
    PlaceValue,
    Result,
    SentenceKind,
    Severity,
    Unchecked,
)

OVERLAP = 0.5
"""Share of the headline's words that a statement of the body must have to be its counterpart."""

SUBJECT_WITHIN = 3
"""Characters before the first country of a headline that acts: an article, no more."""

SHARED = 2
"""Content words that a statement shares with the headline when it tells the same deed of two countries."""

MIN_WORDS = 4
"""Words of the shortest headline that is compared."""


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for document in analysis.documents:
        for claim in document.claims:
            if document.sentences[claim.sentence].kind is SentenceKind.HEADLINE:
                yield from _judge(document, claim)


def _judge(document: AnalysedDocument, headline: Claim) -> Iterator[Result]:
    mine = _stems(document, headline.start, headline.end)
    if len(mine) < MIN_WORDS:
        return
    swapped = _swapped(document, headline)
    if swapped is not None:
        yield swapped
        return
    bodies = [c for c in document.claims if document.sentences[c.sentence].kind is SentenceKind.BODY]
    shares = [(len(mine & _stems(document, c.start, c.end)) / len(mine), -c.start, c) for c in bodies]
    likely = [
        c for share, _, c in sorted(shares, key=lambda item: item[:2], reverse=True) if share >= OVERLAP
    ]
    if not likely:
        reason = "no statement of the body has enough of the headline's words to be held against it"
        yield Unchecked(document.id, headline.start, headline.end, "HED101", reason)
        return
    found = [result for claim in likely if (result := _compare(document, headline, claim)) is not None]
    if len(found) == len(likely):
        yield found[0]
    else:
        yield Agreement("HED101", (headline.span,))


def _compare(document: AnalysedDocument, headline: Claim, body: Claim) -> Finding | None:
    """The conflict of the headline with one statement; None where they go together."""
    spans = [
        text_span(document.document, headline.start, headline.end),
        text_span(document.document, body.start, body.end, "reference"),
    ]
    compared = compare_polarity(
        stretch(document, ((headline.start, headline.end),)), stretch(document, ((body.start, body.end),))
    )
    if compared.outcome is Outcome.CONFLICT and compared.confidence >= SURE:
        which = (
            "The headline denies what the body says."
            if compared.lost
            else "The body denies what the headline says."
        )
        return finding(CHECK, which, spans, confidence=0.75)
    if headline.act_start is None or body.act_start is None:
        return None
    force = compare_force(headline.act, body.act)
    if force.outcome is Outcome.CONFLICT and ladder()[headline.act].scale != ladder()[body.act].scale:
        message = f"The headline {gloss(headline.act)}, the body {gloss(body.act)}: {force.why}."
        return finding(CHECK, message, spans, confidence=0.7)
    return None


def _swapped(document: AnalysedDocument, headline: Claim) -> Finding | None:
    """The conflict where the headline has one country act on another and the body has it the other way round."""
    order = _countries(document, headline.start, headline.end)
    if len(order) != 2 or order[0][1].start - headline.start > SUBJECT_WITHIN:
        return None
    (first, _), (second, _) = order
    mine = _content(document, headline.start, headline.end)
    reversed_: Claim | None = None
    for claim in document.claims:
        if document.sentences[claim.sentence].kind is not SentenceKind.BODY:
            continue
        theirs = [country for country, _ in _countries(document, claim.start, claim.end)]
        if len(mine & _content(document, claim.start, claim.end)) < SHARED or not {first, second} <= set(
            theirs
        ):
            continue
        if theirs != [second, first]:
            return None
        reversed_ = reversed_ or claim
    if reversed_ is None:
        return None
    names = [mention.text for _, mention in order]
    return finding(
        CHECK,
        f'The headline has "{names[0]}" before "{names[1]}", the body has it the other way round: who does it to whom?',
        [
            text_span(document.document, headline.start, headline.end),
            text_span(document.document, reversed_.start, reversed_.end, "reference"),
        ],
        confidence=0.6,
    )


def _countries(document: AnalysedDocument, start: int, end: int) -> list[tuple[str, Mention]]:
    """The countries named in a stretch with the first mention of each, in order of place."""
    found: dict[str, Mention] = {}
    for mention in document.of_kind(MentionKind.PLACE):
        value = mention.value
        if start <= mention.start < end and isinstance(value, PlaceValue) and value.country is not None:
            found.setdefault(value.country, mention)
    return list(found.items())


def _content(document: AnalysedDocument, start: int, end: int) -> frozenset[str]:
    """Stems of the words that are long enough to carry content, without those of names."""
    named = [
        (m.start, m.end)
        for m in document.mentions
        if start <= m.start < end and m.kind is not MentionKind.TERM
    ]
    language = document.document.language
    folded = fold(document.document.text, language)
    length = 4 if language_table(language).spaced else 2
    return frozenset(
        word
        for a, b, word in words(folded, language, start, end)
        if b - a >= length and not any(a < last and first < b for first, last in named)
    )


def _stems(document: AnalysedDocument, start: int, end: int) -> frozenset[str]:
    """Word stems of a stretch; pairs of characters in an unspaced language."""
    language = document.document.language
    folded = fold(document.document.text, language)
    if language_table(language).spaced:
        return frozenset(word for _, _, word in words(folded, language, start, end) if len(word) > 1)
    letters = [character for character in folded[start:end] if character.isalnum()]
    return frozenset(one + other for one, other in pairwise(letters))


_EXAMPLES = (
    bad(
        given(
            "en",
            "⟦Ministers agreed to resume military talks in Geneva⟧\n"
            "The ministers discussed military talks in Geneva on Monday.\n",
        )
    ),
    bad(
        given(
            "fr",
            "⟦La Chine ne fournira pas d'armes à la Russie⟧\n"
            "Le ministre a dit que la Chine fournira des armes à la Russie.\n",
        )
    ),
    bad(
        given(
            "fr",
            "⟦L'Australie va exempter les Chinois de visa⟧\n"
            "Le ministre a annoncé que la Chine va exempter les Australiens de visa.\n",
        ),
        note="who does it to whom",
    ),
    bad(given("zh", "⟦双方同意恢复两军会谈⟧\n双方讨论恢复两军会谈的问题。\n")),
    good(
        given(
            "en",
            "Ministers agree to resume military talks in Geneva\n"
            "The ministers agreed on Monday to resume military talks in Geneva.\n",
        )
    ),
    good(given("zh", "双方同意恢复两军会谈\n双方一致同意恢复两军会谈。\n")),
    good(
        given(
            "fr",
            "La Chine ne fournira pas d'armes à la Russie\n"
            "Le ministre a dit que la Chine ne fournira jamais d'armes à la Russie.\n",
        )
    ),
    good(
        given(
            "en",
            "China to exempt Australians from visas\n"
            "The minister announced that China would exempt Australians from visas.\n",
        )
    ),
    unknown(
        given("en", "Ministers agree to resume military talks\nThe weather in Geneva was fine on Monday.\n"),
        note="the body does not speak of it",
    ),
)


CHECK = Check(
    id="HED101",
    slug="headline-against-body",
    family=Family.HEADLINE,
    severity=Severity.WARNING,
    scope="internal",
    summary="The headline conflicts with the body.",
    why="The headline is what is read, and what is written last.",
    limits='Sees a negation that one of the two lacks, and "agreed" over a body that only "discussed", where a '
    "statement of the body shares half of the headline's words.",
    run=run,
    examples=_EXAMPLES,
)
