"""Whether two stretches that report the same thing deny equally often."""

from __future__ import annotations

from dataclasses import dataclass

from consistency.extract.negation import NegationCue, find_negations, knows_negation
from consistency.languages.loader import fold
from consistency.types import AnalysedDocument, MentionKind, Outcome

NAMES = (MentionKind.PERSON, MentionKind.PLACE, MentionKind.ORGANISATION)


@dataclass(frozen=True, slots=True)
class PolarityComparison:
    outcome: Outcome
    lost: bool = False
    """Whether the left side denies more often (True) or the right one (False)."""
    left: tuple[NegationCue, ...] = ()
    """The negations of each side."""
    right: tuple[NegationCue, ...] = ()
    confidence: float = 0.0


CLEAR = 0.85
"""Confidence where one side denies and the other has no trace of a negation. On the parallel training data (un_dev,
tico19, tatoeba; zh, fr, es, ru, ar with en) 0.3 to 1.5 in 100 translated pairs look like this."""

COUNTED = 0.7
"""Confidence where both deny and one denies more often."""


def cues_in(document: AnalysedDocument, spans: tuple[tuple[int, int], ...]) -> tuple[NegationCue, ...]:
    """Negations and soft cues inside these stretches of the document, those inside names left out."""
    folded = fold(document.document.text, document.document.language)
    names = [(m.start, m.end) for m in document.mentions if m.kind in NAMES]
    found = []
    for start, end in spans:
        for cue in find_negations(folded, document.document.language, start, end):
            if not any(a <= cue.start < b for a, b in names):
                found.append(cue)
    return tuple(found)


def compare_polarity(
    left: AnalysedDocument,
    left_spans: tuple[tuple[int, int], ...],
    right: AnalysedDocument,
    right_spans: tuple[tuple[int, int], ...],
) -> PolarityComparison:
    """Whether two stretches deny equally often. Symmetric but for `lost`.

    A side that denies less often, and holds no word that could render a negation, is in conflict. Where it holds such
    words (unable, 缺乏, sans) the outcome is UNKNOWN. UNKNOWN too where a language has no data on negation.
    """
    if not (knows_negation(left.document.language) and knows_negation(right.document.language)):
        return PolarityComparison(Outcome.UNKNOWN)
    left_cues, right_cues = cues_in(left, left_spans), cues_in(right, right_spans)
    left_negations = tuple(c for c in left_cues if c.kind == "negation")
    right_negations = tuple(c for c in right_cues if c.kind == "negation")
    left_count, right_count = len(left_negations), len(right_negations)
    if left_count == right_count:
        return PolarityComparison(Outcome.AGREE, left=left_negations, right=right_negations)
    lost = left_count > right_count
    fewer = right_cues if lost else left_cues
    soft = sum(cue.kind == "soft" for cue in fewer)
    if abs(left_count - right_count) <= soft:
        return PolarityComparison(Outcome.UNKNOWN, lost, left_negations, right_negations)
    is_clear = min(left_count, right_count) == 0
    return PolarityComparison(
        Outcome.CONFLICT, lost, left_negations, right_negations, CLEAR if is_clear else COUNTED
    )
