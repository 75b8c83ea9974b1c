"""PLACEHOLDER, to be written by its owner."""
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from consistency.types import Mention, Segmented, Unchecked

if TYPE_CHECKING:
    from consistency.reference import Reference


def find_persons(text: Segmented, offices: Sequence[Mention], places: Sequence[Mention], reference: Reference) -> tuple[tuple[Mention, ...], tuple[Mention, ...], tuple[Unchecked, ...]]:
    """(persons, offices with their holders, unchecked)"""
    return (), tuple(offices), ()
