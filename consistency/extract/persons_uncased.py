"""Names in scripts without capital letters (Arabic): by office, honorific, first name, reference, and by being no word."""

from __future__ import annotations

from collections.abc import Mapping

from consistency.extract.names_table import Names
from consistency.extract.persons_cased import Candidate, Surroundings
from consistency.types import Segmented


def candidates(text: Segmented, names: Names, around: Surroundings, forms: Mapping[str, bool]) -> list[Candidate]:
    """All stretches that may name a person, in text order, none overlapping."""
    return []
