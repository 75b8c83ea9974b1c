"""Sides: who a speaker is, so that speakers of two documents and two languages can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consistency.types import (
    AnalysedDocument,
    Analysis,
    Claim,
    MentionKind,
    OfficeValue,
    OrganisationValue,
    Outcome,
    PersonValue,
    PlaceValue,
    Speaker,
)


@dataclass(frozen=True, slots=True)
class Side:
    """A speaker as far as it is known. Empty fields are unknown, never "none"."""

    kind: str
    person: str | None = None
    """Id of the person cluster."""
    country: str | None = None
    name: str = ""


def side_of(analysis: Analysis, speaker: Speaker | None) -> Side | None:
    """The side that a speaker stands for; None where nobody is named."""
    if speaker is None or speaker.kind == "narrator":
        return None
    if speaker.kind == "joint":
        return Side("joint", name="both sides")
    country, name, person = speaker.country, "", None
    if speaker.mention is not None:
        mention = analysis.mention(speaker.mention)
        name = mention.text
        cluster = analysis.person_of(mention.id)
        if cluster is not None:
            person = cluster.id
            name = next((names[0] for _, names in sorted(_names(cluster)) if names), name)
        value = mention.value
        if country is None and isinstance(value, (OfficeValue, OrganisationValue, PlaceValue)):
            country = value.country
        if country is None and cluster is not None:
            country = country_of_person(analysis, cluster.id)
    return Side(speaker.kind, person, country, name)


def _names(cluster) -> Iterator[tuple[str, tuple[str, ...]]]:  # type: ignore[no-untyped-def]
    names = cluster.names
    yield from (names.items() if hasattr(names, "items") else names)


def country_of_person(analysis: Analysis, person_id: str) -> str | None:
    """The country of the first office with one that any document gives this person; None where none does."""
    for cluster in analysis.persons:
        if cluster.id == person_id:
            for office in cluster.offices:
                if office.country:
                    return office.country
    for document in analysis.documents:
        for mention in document.mentions:
            if mention.kind is not MentionKind.OFFICE or not isinstance(mention.value, OfficeValue):
                continue
            holder = analysis.person_of(mention.value.holder)
            if holder is None or holder.id != person_id:
                continue
            if mention.value.country:
                return mention.value.country
    return None


def compare_sides(left: Side | None, right: Side | None) -> Outcome:
    """AGREE for one speaker or one side, CONFLICT for two persons of two sides, UNKNOWN where either is not known."""
    if left is None or right is None:
        return Outcome.UNKNOWN
    if "joint" in (left.kind, right.kind):
        return Outcome.AGREE if left.kind == right.kind else Outcome.CONFLICT
    if left.person is not None and left.person == right.person:
        return Outcome.AGREE
    if left.country is not None and right.country is not None:
        return Outcome.AGREE if left.country == right.country else Outcome.CONFLICT
    return Outcome.UNKNOWN


def knows_person(analysis: Analysis, document: AnalysedDocument, person_id: str) -> bool:
    """Whether a document names this person."""
    return any(
        person is not None and person.id == person_id
        for person in (analysis.person_of(mention.id) for mention in document.of_kind(MentionKind.PERSON))
    )


def claims_of(document: AnalysedDocument, ids: tuple[str, ...]) -> tuple[Claim, ...]:
    """The document's claims with these ids, in order of place."""
    wanted = set(ids)
    return tuple(claim for claim in document.claims if claim.id in wanted)


def sides_in(
    analysis: Analysis, document: AnalysedDocument, start: int, end: int
) -> Iterator[tuple[Side, int]]:
    """The sides that mentions inside ``text[start:end]`` name, in order of place, each with its mention's end."""
    for mention in document.mentions:
        if start <= mention.start and mention.end <= end:
            if isinstance(mention.value, PersonValue):
                side = side_of(analysis, Speaker("person", mention.id))
            elif isinstance(mention.value, (OfficeValue, OrganisationValue, PlaceValue)):
                side = side_of(analysis, Speaker("party", mention.id, mention.value.country))
            else:
                continue
            if side is not None and (side.person or side.country):
                yield side, mention.end
