"""PLACEHOLDER"""
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from consistency.types import AnalysedDocument, Event


def resolve_event(document: AnalysedDocument) -> Event:
    return Event()
