"""What mutators work on and what they give: blocks of aligned text, and sites where an error can be planted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from consistency.types import AnalysedDocument, Family


@dataclass(frozen=True, slots=True)
class Site:
    """Words of the copy (code point offsets into its text) that can be replaced, and by what."""

    family: Family
    kind: str
    start: int
    end: int
    replacement: str
    shown: tuple[tuple[int, int], ...] = ()
    """Spans inside `replacement` that are wrong, one planted error each; empty: all of it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the copy and the stretch of the source that it translates."""

    source: AnalysedDocument
    source_start: int
    source_end: int
    copy: AnalysedDocument
    start: int
    end: int

    @property
    def source_text(self) -> str:
        return self.source.text[self.source_start : self.source_end]

    @property
    def text(self) -> str:
        return self.copy.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Material:
    """What mutators may draw words from beside the tables: sentences and quotations of other documents of the language."""

    sentences: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()


Mutator: TypeAlias = Callable[[Block, Material, random.Random], Iterator[Site]]
