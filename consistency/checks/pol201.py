"""POL201: a negation lost or added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.claim_pairs import ClaimPair, claim_pairs, is_close_translation
from consistency.checks.example_texts import bad, derived, given, good, unknown
from consistency.checks.polarity_pairs import SURE, PolarityComparison, Stretch, compare_polarity, stretch
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Claim,
    Family,
    FindingSpan,
    Outcome,
    Result,
    Role,
    Severity,
    Span,
    Unchecked,
)

SENTENCE_FLOOR = 0.5
"""Belief in an alignment of sentences of a translation below which their polarity is not compared."""

SENTENCE_SIMILARITY = 0.3
"""The same for the encoder's cosine."""

NEIGHBOURS = 3
"""Words on both sides of an undenied word that are shown with it."""

_Spans = tuple[tuple[int, int], ...]


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right in analysis.pairs():
        for left_spans, right_spans in _stretches(analysis, left, right):
            one, other = stretch(left, left_spans), stretch(right, right_spans)
            compared = compare_polarity(one, other)
            both = (Span(left.id, *_hull(left_spans)), Span(right.id, *_hull(right_spans)))
            if compared.outcome is Outcome.AGREE:
                yield Agreement("POL201", both)
            elif compared.outcome is Outcome.UNKNOWN:
                yield Unchecked(right.id, both[1].start, both[1].end, "POL201", compared.reason)
            else:
                yield _conflict(compared, one, other)


def _stretches(
    analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument
) -> Iterator[tuple[_Spans, _Spans]]:
    """What is compared: sentences where one text translates the other, claims where each words things its own way."""
    alignments = analysis.aligned(left.id, right.id)
    if is_close_translation(left, right, alignments):
        for alignment in alignments:
            if alignment.score >= SENTENCE_FLOOR and alignment.similarity >= SENTENCE_SIMILARITY:
                yield (
                    tuple((left.sentences[i].start, left.sentences[i].end) for i in alignment.left_sentences),
                    tuple(
                        (right.sentences[i].start, right.sentences[i].end) for i in alignment.right_sentences
                    ),
                )
        return
    for pair in claim_pairs(analysis, left, right):
        yield _with_beside(pair.left, pair, left), _with_beside(pair.right, pair, right)


def _with_beside(claims: tuple[Claim, ...], pair: ClaimPair, document: AnalysedDocument) -> _Spans:
    """The claims' stretches with those beside them that have no counterpart elsewhere: 这一点没有变化 after a comma."""
    both = (*claims, *(claim for claim in pair.beside if claim.document == document.id))
    return tuple(sorted((claim.start, claim.end) for claim in both))


def _conflict(compared: PolarityComparison, left: Stretch, right: Stretch) -> Result:
    """The side that denies shows its negator with what it denies; the other the words that it leaves undenied."""
    more, fewer = (left, right) if compared.lost else (right, left)
    is_copy = right.document.document.role is Role.COPY
    roles = {left.document.id: "reference" if is_copy else "subject", right.document.id: "subject"}
    spans: list[FindingSpan] = []
    for denial in compared.denials:
        start, end = denial.cue.start, max(denial.cue.end, denial.denied[1])
        spans.append(text_span(more.document.document, start, end, roles[more.document.id]))
        spans.append(
            text_span(fewer.document.document, *_around(fewer, denial.counterpart), roles[fewer.document.id])
        )
    denied = ", ".join(f'"{s.text}"' for s in spans if s.document == more.document.id)
    plain = ", ".join(f'"{s.text}"' for s in spans if s.document == fewer.document.id)
    sure = compared.confidence >= SURE
    return finding(
        CHECK,
        f"{more.document.document.label!r} denies it ({denied}), {fewer.document.document.label!r} does not ({plain}).",
        spans,
        confidence=compared.confidence,
        severity=Severity.ERROR if is_copy and sure else Severity.WARNING,
    )


def _around(side: Stretch, place: tuple[int, int]) -> tuple[int, int]:
    """The undenied word with its neighbours: where the negation would have stood."""
    number = next(i for i, word in enumerate(side.words) if (word[0], word[1]) == place)
    owner = next(span for span in side.spans if span[0] <= place[0] < span[1])
    before = [w for w in side.words[max(0, number - NEIGHBOURS) : number] if w[0] >= owner[0]]
    behind = [w for w in side.words[number + 1 : number + 1 + NEIGHBOURS] if w[1] <= owner[1]]
    return (before[0][0] if before else place[0]), (behind[-1][1] if behind else place[1])


def _hull(spans: _Spans) -> tuple[int, int]:
    return min(start for start, _ in spans), max(end for _, end in spans)


_EXAMPLES = (
    bad(
        given("zh", "董军指出，中方没有提供武器。"),
        derived("en", "Dong ⟦said that China had provided weapons⟧."),
    ),
    bad(
        given("en", "The Minister said that the agreement had entered into force."),
        derived("fr", "Le ministre a dit que l'accord ⟦n'était pas entré⟧ en vigueur."),
    ),
    bad(
        given("fr", "Le ministre a souligné que la France ne soutenait pas cette proposition."),
        derived("en", "The ⟦minister stressed that France supported this proposal⟧."),
    ),
    good(
        given("zh", "董军指出，中方没有向冲突任何一方提供武器。"),
        derived("en", "Dong said that China had not provided weapons to any party to the conflict."),
    ),
    good(
        given("fr", "Le ministre n'a rencontré que son homologue."),
        derived("en", "The minister met only his counterpart."),
        note="ne … que restricts and denies nothing",
    ),
    good(given("zh", "双方不断加强合作。"), derived("en", "The two sides keep strengthening cooperation.")),
    unknown(
        given("fr", "L'intérêt n'a pas faibli."),
        derived("en", "Interest remained high."),
        note="what one side denies has no counterpart on the other: a free translation, or an error",
    ),
)


CHECK = Check(
    id="POL201",
    slug="negation-lost-or-added",
    family=Family.POLARITY,
    severity=Severity.ERROR,
    scope="cross",
    summary="A negation is lost or added.",
    why='One small word turns a denial into a claim: 没有提供武器 became "provided weapons" on a front page.',
    limits="Looks at the word behind a negator and whether the other side has it undenied; does not parse. What the "
    "word list does not know is reported as not checked. Between free accounts only paired statements are compared.",
    run=run,
    examples=_EXAMPLES,
)
