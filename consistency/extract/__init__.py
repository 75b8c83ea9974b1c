"""Typed values and claims found in one document. Each extractor reads a `Segmented` text and the mentions found before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consistency.extract.claims import find_claims
from consistency.extract.dates import find_dates
from consistency.extract.offices import find_offices
from consistency.extract.persons import find_persons
from consistency.extract.places import find_places
from consistency.extract.quantities import find_quantities
from consistency.extract.terms import find_terms
from consistency.types import AnalysedDocument, Mention, Segmented

if TYPE_CHECKING:
    from consistency.reference import Reference


def extract(text: Segmented, reference: Reference) -> AnalysedDocument:
    """The document with its mentions and claims, in order of place, and with what could not be read."""
    dates, undated = find_dates(text)
    quantities, uncounted = find_quantities(text, dates)
    places, unplaced = find_places(text)
    offices, unheld = find_offices(text, places)
    # Persons come with the offices once more: those that the text gives to a person now name their holder.
    persons, offices, unnamed = find_persons(text, offices, places, reference)
    terms, unworded = find_terms(text)
    mentions: tuple[Mention, ...] = tuple(
        sorted(
            (*dates, *quantities, *places, *offices, *persons, *terms),
            key=lambda mention: (mention.start, mention.end, mention.kind),
        )
    )
    claims, unclaimed = find_claims(text, mentions)
    unchecked = (*undated, *uncounted, *unplaced, *unheld, *unnamed, *unworded, *unclaimed)
    return AnalysedDocument(
        text.document, text.sentences, text.quotations, mentions, claims, unchecked=unchecked
    )
