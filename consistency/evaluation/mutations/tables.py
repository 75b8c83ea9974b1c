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
    """A pattern in the copy, and what is put; \\1 in `put` is a group of the pattern."""

    find: str
    put: str


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
    certainties: tuple[Replacement, ...] = ()
    negation: str = ""
    """Any negation: none is added where it is found in the copy, none dropped where the source lacks it."""
    not_quantities: str = ""
    """What follows a figure that is no quantity: a century, a clock time."""
    not_after_place: str = ""
    not_after_weekday: str = ""
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
