"""Plant one realistic error in the copy of a clean, aligned pair of documents.

Each mutator looks for sites: places in the copy whose fact the source really holds. One site is drawn by a seeded
generator, and the planted error records its exact span, the words that were right, and the seed. The tables of words
are data (`tables.toml`); names of weekdays, months, countries and cities come from CLDR through Babel.

Figures, dates, places, negations and quotations are found with patterns of their own, names as `names` tells. Only the
sites for offices that two people swap and for speakers need this package's own extractors on the copy.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence

from consistency.evaluation.cases import Case, Planted
from consistency.evaluation.mutations.base import Block, Material, Mutator, Site
from consistency.types import AnalysedDocument, Document, Family, Role, Span

__all__ = ["Block", "Material", "Mutator", "Site", "mutate", "mutators", "paragraph_blocks", "plant", "sites"]


def mutators() -> dict[Family, tuple[Mutator, ...]]:
    """The mutators of each family that can be planted."""
    from consistency.evaluation.mutations import calendar, figures, names, places, words

    return {
        Family.QUANTITY: (figures.digits, figures.scale_words, figures.percent_lost, figures.number_words),
        Family.DATE: (calendar.weekdays, calendar.months, calendar.days, calendar.years),
        Family.PLACE: (places.countries, places.cities),
        Family.NAME: (names.other_surnames, names.near_misses, names.names_of_others),
        Family.OFFICE: (words.other_offices, names.offices_swapped),
        Family.ATTRIBUTION: (names.other_speakers,),
        Family.POLARITY: (words.negations_dropped, words.negations_added),
        Family.MODALITY: (words.forces, words.certainties),
        Family.TERM: (words.terms,),
        Family.COVERAGE: (words.sentences_added,),
        Family.QUOTE: (words.quotations_altered,),
    }


def paragraph_blocks(source: AnalysedDocument, copy: AnalysedDocument) -> tuple[Block, ...]:
    """Blocks of two documents that correspond line by line. Raises `ValueError` where their lines differ in number."""
    left, right = _lines(source.text), _lines(copy.text)
    if len(left) != len(right):
        raise ValueError(
            f"{len(left)} lines against {len(right)}: only documents that match line by line can be mutated"
        )
    return tuple(Block(source, *a, copy, *b) for a, b in zip(left, right, strict=True))


def _lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that are not blank, without outer space."""
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
    """The case with the site's error planted in the copy and recorded.

    Where words were only taken out, the error shows on the characters around the gap.
    """
    text = copy.text[: site.start] + site.replacement + copy.text[site.end :]
    shown = site.shown or ((0, len(site.replacement)),) if site.replacement else ((-1, 1),)
    planted = []
    for number, (start, end) in enumerate(shown):
        span = Span(copy.id, max(0, site.start + start), min(len(text), site.start + end))
        planted.append(
            Planted(
                id=f"{case.name}:{site.family.value}:{site.kind}:{site.start}:{seed}" + (f":{number + 1}" if number else ""),
                family=site.family,
                span=span,
                quote=text[span.start : span.end],
                correct=copy.text[site.start : site.end],
                kind=site.kind,
            )
        )
    documents = tuple(
        dataclasses.replace(document, text=text) if document.id == copy.id else document for document in case.documents
    )
    return dataclasses.replace(case, documents=documents, planted=tuple(planted), is_variant=True)


def mutate(
    case: Case,
    blocks: Sequence[Block],
    family: Family,
    *,
    material: Material,
    seed: int,
    count: int = 1,
) -> tuple[tuple[Case, ...], int]:
    """Up to `count` cases with one error planted each, of different kinds as far as there are sites; and the number of sites."""
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
