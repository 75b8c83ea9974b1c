"""Who speaks in a sentence, as far as it helps to tell which sentences can report the same statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from consistency.align.scores import Matrix
from consistency.types import AnalysedDocument, Analysis, Claim, PersonValue

SHARED = frozenset({"joint", "narrator"})


@dataclass(frozen=True, slots=True)
class Voice:
    """The speakers of one sentence: persons (ids of clusters), countries, and whether it is told or said by all."""

    persons: frozenset[str]
    countries: frozenset[str]
    is_shared: bool


def voice_of(claims: list[Claim], document: AnalysedDocument, analysis: Analysis | None) -> Voice | None:
    """The voice of a sentence with these claims; None where nothing is known about it."""
    persons: set[str] = set()
    countries: set[str] = set()
    is_shared = False
    for claim in claims:
        if claim.speaker is None:
            continue
        is_shared = is_shared or claim.speaker.kind in SHARED
        if claim.speaker.kind in SHARED:
            continue
        if claim.speaker.country is not None:
            countries.add(claim.speaker.country)
        person = None if analysis is None else analysis.person_of(claim.speaker.mention)
        if person is not None:
            persons.add(person.id)
            countries.update(office.country for office in person.offices if office.country is not None)
        elif claim.speaker.mention is not None and claim.speaker.kind == "person":
            names = {m.value.name for m in document.mentions if m.id == claim.speaker.mention and isinstance(m.value, PersonValue)}
            persons.update(f"name {name.casefold()}" for name in names if name)
    if not persons and not countries and not is_shared:
        return None
    return Voice(frozenset(persons), frozenset(countries), is_shared)


def voices(document: AnalysedDocument, analysis: Analysis | None) -> list[Voice | None]:
    """The voice of each sentence."""
    by_sentence: dict[int, list[Claim]] = {}
    for claim in document.claims:
        by_sentence.setdefault(claim.sentence, []).append(claim)
    return [voice_of(by_sentence.get(index, []), document, analysis) for index in range(len(document.sentences))]


def relation(one: Voice | None, other: Voice | None) -> int:
    """1 for the same speaker (or both shared), -1 for different ones, 0 where one is shared or nothing is known."""
    if one is None or other is None:
        return 0
    alone = not one.is_shared, not other.is_shared
    if one.persons & other.persons or one.countries & other.countries:
        return 1
    if alone == (True, True):
        known = (one.persons and other.persons) or (one.countries and other.countries)
        return -1 if known else 0
    if alone == (False, False) and not one.persons and not other.persons:
        return 1
    return 0


def relations(left: Sequence[Voice | None], right: Sequence[Voice | None]) -> tuple[Matrix, Matrix]:
    """Two matrices of 0 and 1, shape (left, right): different speakers; one speaker against all or the narrator."""
    kinds_left, kinds_right = list(dict.fromkeys(left)), list(dict.fromkeys(right))
    different = np.zeros((len(kinds_left), len(kinds_right)), dtype=np.float32)
    mixed = np.zeros_like(different)
    for i, one in enumerate(kinds_left):
        for j, other in enumerate(kinds_right):
            if one is None or other is None:
                continue
            found = relation(one, other)
            different[i, j] = found == -1
            mixed[i, j] = found == 0 and one.is_shared != other.is_shared
    rows = [kinds_left.index(voice) for voice in left]
    columns = [kinds_right.index(voice) for voice in right]
    return different[np.ix_(rows, columns)], mixed[np.ix_(rows, columns)]
