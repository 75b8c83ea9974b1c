"""The words that mutators plant, by language: `tables.toml`, checked."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pydantic import Field

from consistency.languages.loader import Table


class Replacement(Table):
    """Words to find in the copy, a pattern that the English source must hold, and words to put instead."""

    find: str
    source: str
    put: tuple[str, ...]


class Negation(Table):
    """A pattern in the copy with the group names that stay, and what is put."""

    find: str
    put: str
    source: str = r"(?i)\b(?:not|no|never|none|nothing|without|cannot|nor|neither)\b|n['’]t\b"


class Tables(Table):
    """All words of one language that mutators need."""

    scale_words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    percent: tuple[str, ...] = ()
    number_words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    weekdays: tuple[tuple[str, ...], ...] = ()
    months: tuple[tuple[str, ...], ...] = ()
    days: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    letters: str = ""
    """Letters or characters that a near miss may put in a name."""
    offices: tuple[Replacement, ...] = ()
    forces: tuple[Replacement, ...] = ()
    terms: tuple[Replacement, ...] = ()
    negations_dropped: tuple[Negation, ...] = ()
    negations_added: tuple[Negation, ...] = ()
    countries: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Neighbours by ISO code (in the English table)."""
    cities: tuple[str, ...] = ()
    """Time zones whose cities are planted (in the English table)."""


@cache
def tables(language: str) -> Tables:
    """The tables of one language; empty where there are none."""
    content = tomllib.loads((Path(__file__).parent / "tables.toml").read_text(encoding="utf-8"))
    return Tables.model_validate(content.get(language, {}))
