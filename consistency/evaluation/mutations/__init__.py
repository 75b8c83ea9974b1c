"""Plant one realistic error in the copy of a clean, aligned pair of documents.

Each mutator looks for sites: places in the copy whose fact the source really holds. One site is drawn by a seeded
generator, and the planted error records its exact span, the words that were right, and the seed. The tables of words
are data (`tables.toml`); names of weekdays, months and countries come from CLDR through Babel.

The sites for names, offices and speakers are found with this package's own extractors: an error that they cannot see is
never planted there, and recall on these families is therefore of what can be read. Digits, dates, places, negations and
quotations are found with patterns of their own.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from consistency.evaluation.cases import Case, Planted
from consistency.types import AnalysedDocument, Document, Family, Role, Span


@dataclass(frozen=True, slots=True)
class Site:
    """Words of the copy that can be replaced, and by what."""

    family: Family
    kind: str
    start: int
    end: int
    replacement: str
    shown: tuple[int, int] | None = None
    """Span inside `replacement` that the planted error shows; None: all of it."""


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


Mutator = Callable[[Block, Material, random.Random], Iterator[Site]]


def mutators() -> dict[Family, tuple[Mutator, ...]]:
    """The mutators of each family that can be planted."""
    from consistency.evaluation.mutations import values, words

    return {
        Family.QUANTITY: (values.digits, values.scale_words, values.percent_lost, values.number_words),
        Family.DATE: (values.weekdays, values.months, values.days, values.years),
        Family.PLACE: (values.countries, values.cities),
        Family.NAME: (words.other_names, words.near_misses),
        Family.OFFICE: (words.offices,),
        Family.ATTRIBUTION: (words.speakers,),
        Family.POLARITY: (words.negations_dropped, words.negations_added),
        Family.MODALITY: (words.forces,),
        Family.TERM: (words.terms,),
        Family.COVERAGE: (words.sentences_added,),
        Family.QUOTE: (words.quotations_altered,),
    }


def paragraph_blocks(source: AnalysedDocument, copy: AnalysedDocument) -> tuple[Block, ...]:
    """Blocks of two documents that correspond line by line. Raises `ValueError` where their lines differ in number."""
    left, right = _lines(source.text), _lines(copy.text)
    if len(left) != len(right):
        raise ValueError(f"{len(left)} lines against {len(right)}: only documents that match line by line can be mutated")
    return tuple(Block(source, *a, copy, *b) for a, b in zip(left, right, strict=True))


def _lines(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            spans.append((start + len(line) - len(line.lstrip()), start + len(line.rstrip())))
        start += len(line)
    return spans


def sites(blocks: Sequence[Block], family: Family, material: Material, seed: int) -> list[Site]:
    """All sites of a family in these blocks, in order of place. None that would leave the text as it was."""
    found: dict[Site, None] = {}
    for number, block in enumerate(blocks):
        for index, mutator in enumerate(mutators()[family]):
            for site in mutator(block, material, random.Random(f"{seed}:{number}:{index}")):
                if block.copy.text[site.start : site.end] != site.replacement:
                    found.setdefault(site)
    return sorted(found, key=lambda s: (s.start, s.end, s.kind, s.replacement))


def plant(case: Case, copy: Document, site: Site, seed: int) -> Case:
    """The case with the site's error planted in the copy and recorded."""
    text = copy.text[: site.start] + site.replacement + copy.text[site.end :]
    start, end = site.shown or (0, len(site.replacement))
    if not site.replacement:  # words were taken out: the error shows on the words around the gap
        start, end = -1, 1
    span = Span(copy.id, max(0, site.start + start), min(len(text), site.start + end))
    planted = Planted(
        id=f"{case.name}:{site.family.value}:{seed}",
        family=site.family,
        span=span,
        quote=text[span.start : span.end],
        correct=copy.text[site.start : site.end],
        kind=site.kind,
    )
    documents = tuple(
        dataclasses.replace(document, text=text) if document.id == copy.id else document for document in case.documents
    )
    return dataclasses.replace(case, documents=documents, planted=(planted,))


def mutate(
    case: Case,
    blocks: Sequence[Block],
    family: Family,
    *,
    material: Material,
    seed: int,
    count: int = 1,
) -> tuple[tuple[Case, ...], int]:
    """Up to `count` cases with one planted error each, of different kinds as far as there are sites; and the number of sites."""
    found = sites(blocks, family, material, seed)
    copy = next(document for document in case.documents if document.role is Role.COPY)
    rng = random.Random(f"{seed}:{case.name}:{family.value}")
    by_kind: dict[str, list[Site]] = {}
    for site in found:
        by_kind.setdefault(site.kind, []).append(site)
    kinds = sorted(by_kind)
    rng.shuffle(kinds)
    cases: list[Case] = []
    taken: set[tuple[int, int]] = set()
    while len(cases) < count and kinds:
        for kind in tuple(kinds):
            left = [site for site in by_kind[kind] if (site.start, site.end) not in taken]
            if not left:
                kinds.remove(kind)
                continue
            if len(cases) == count:
                break
            site = rng.choice(left)
            taken.add((site.start, site.end))
            cases.append(plant(case, copy, site, seed))
    return tuple(cases), len(found)
