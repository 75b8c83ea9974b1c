"""PLACEHOLDER"""
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from consistency.types import AnalysedDocument, Person

if TYPE_CHECKING:
    from consistency.reference import Reference


def resolve_persons(documents: Sequence[AnalysedDocument], reference: Reference) -> tuple[Person, ...]:
    return ()
