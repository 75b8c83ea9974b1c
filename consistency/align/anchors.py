"""Anchors: the same typed value in two sentences, weighted by how rare it is in the two documents.

An anchor says that two sentences may speak of the same thing, and why. A value that differs says nothing here: a
wrong date is what the checks look for in sentences that correspond, so it must not keep them apart.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consistency.types import (
    AnalysedDocument,
    Analysis,
    Anchor,
    DateValue,
    Mention,
    OfficeValue,
    OrganisationValue,
    PersonValue,
    PlaceValue,
    QuantityValue,
    TermValue,
)

MAX_SHARE = 0.25
"""A value that stands in more than this share of either document's sentences tells nothing about their order."""
MAX_SENTENCES = 40
"""A value in more sentences than this is left out too: its weight is small and its pairs are many."""


@dataclass(frozen=True, slots=True)
class AnchorTable:
    """Anchors of two documents: `by_pair[(i, j)]` are those of left sentence i and right sentence j."""

    by_pair: Mapping[tuple[int, int], tuple[Anchor, ...]]

    def of(self, left: Sequence[int], right: Sequence[int]) -> tuple[Anchor, ...]:
        """The anchors between two groups of sentences, in order of place; each pair of mentions once."""
        found = {anchor: None for i in left for j in right for anchor in self.by_pair.get((i, j), ())}
        return tuple(sorted(found, key=lambda anchor: (anchor.left, anchor.right, anchor.kind)))

    def weight(self, i: int, j: int) -> float:
        """Sum of the anchors' weights, in nats: log of how much rarer chance would bring these values together."""
        return sum(anchor.weight for anchor in self.by_pair.get((i, j), ()))


def anchor_key(mention: Mention, analysis: Analysis | None) -> str | None:
    """What makes two mentions the same value in any language; None for what names nothing by itself."""
    value = mention.value
    match value:
        case PersonValue():
            person = None if analysis is None else analysis.person_of(mention.id)
            if person is not None:
                return f"person {person.id}"
            return f"person {value.name.casefold()}" if value.name else None
        case OfficeValue():
            return f"office {value.function} {value.country}"
        case OrganisationValue():
            return f"organisation {value.id.casefold()}"
        case DateValue():
            parts = (value.year, value.month, value.day, value.weekday, value.hour)
            if all(part is None for part in parts):
                return None
            return f"date {value.month}-{value.day}" if value.day is not None else f"date {parts}"
        case QuantityValue():
            return f"quantity {value.low.normalize()} {value.high.normalize()}"
        case PlaceValue():
            # Places named by adjective or capital count as the country: "Chinese", 中方, Beijing.
            return f"place {value.country}" if value.sense != "place" and value.country else f"place {value.id}"
        case TermValue():
            return f"term {value.concept}"
    return None


def find_anchors(left: AnalysedDocument, right: AnalysedDocument, analysis: Analysis | None = None) -> AnchorTable:
    """All anchors between two documents.

    The weight of an anchor is the logarithm of how many times rarer its value is than a value that stands in every
    sentence: `log(sentences / occurrences)`, over both documents.
    """
    sides = (_places(left, analysis), _places(right, analysis))
    total = len(left.sentences) + len(right.sentences)
    table: dict[tuple[int, int], list[Anchor]] = {}
    for key, left_mentions in sides[0].items():
        right_mentions = sides[1].get(key)
        if right_mentions is None:
            continue
        weight = _weight(len(left_mentions), len(left.sentences), len(right_mentions), len(right.sentences), total)
        if weight <= 0:
            continue
        for i, one in left_mentions.items():
            for j, other in right_mentions.items():
                anchor = Anchor(one.kind.value, (one.start, one.end), (other.start, other.end), weight)
                table.setdefault((i, j), []).append(anchor)
    return AnchorTable({pair: tuple(anchors) for pair, anchors in table.items()})


def _places(document: AnalysedDocument, analysis: Analysis | None) -> dict[str, dict[int, Mention]]:
    """For each value, the first mention of it in each sentence that has one."""
    places: dict[str, dict[int, Mention]] = {}
    for mention in document.mentions:
        key = anchor_key(mention, analysis)
        if key is not None:
            places.setdefault(key, {}).setdefault(mention.sentence, mention)
    return places


def _weight(left_count: int, left_total: int, right_count: int, right_total: int, total: int) -> float:
    counts = Counter(left=left_count, right=right_count)
    for side, sentences in (("left", left_total), ("right", right_total)):
        # In a document of a few sentences every value is frequent; there the rarity over both decides alone.
        if counts[side] > MAX_SENTENCES or (sentences > 8 and counts[side] > MAX_SHARE * sentences):
            return 0.0
    return round(math.log((total + 1) / (left_count + right_count)), 4)
