"""Errors in offices, negations, force, terms, added sentences and quotations: words of the tables put for words of the copy."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from consistency.evaluation.mutations.base import Block, Material, Site
from consistency.evaluation.mutations.tables import Negation, Replacement, tables
from consistency.types import Family


def _replacements(
    block: Block, family: Family, kind: str, entries: tuple[Replacement, ...], rng: random.Random
) -> Iterator[Site]:
    for entry in entries:
        if not re.search(entry.source, block.source_text):
            continue
        for match in re.finditer(entry.find, block.text):
            start = block.start + match.start()
            put = match.expand(rng.choice(entry.put))
            if match.group()[0].isupper():
                put = put[0].upper() + put[1:]
            yield Site(family, kind, start, start + len(match.group()), put)


def other_offices(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another office in the place of the one that the source names."""
    yield from _replacements(block, Family.OFFICE, "other office", tables(block.copy.document.language).offices, rng)


def forces(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A speech verb of another force."""
    yield from _replacements(block, Family.MODALITY, "other force", tables(block.copy.document.language).forces, rng)


def certainties(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """What may be made to be what will be, what should be what must be."""
    entries = tables(block.copy.document.language).certainties
    yield from _replacements(block, Family.MODALITY, "other certainty", entries, rng)


def terms(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """The other side's term."""
    yield from _replacements(block, Family.TERM, "other term", tables(block.copy.document.language).terms, rng)


def _negations(block: Block, kind: str, entries: tuple[Negation, ...], in_source: bool) -> Iterator[Site]:
    taken: list[tuple[int, int]] = []
    found: list[Site] = []
    negation = tables(block.source.document.language).negation
    if not negation or bool(re.search(negation, block.source_text)) is not in_source:
        return
    for entry in entries:
        for match in re.finditer(entry.find, block.text):
            start, end = block.start + match.start(), block.start + match.end()
            if not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                put = match.expand(entry.put)
                first = match.group()[:1]
                if first.isupper() and put[:1].islower():  # "Es" becomes "No es", not "No Es"
                    put = put[0].upper() + put[1:].replace(first, first.lower(), 1)
                found.append(Site(Family.POLARITY, kind, start, end, put))
    if not in_source or len(found) == 1:  # with two negations nobody can say which one the source has
        yield from found


def negations_dropped(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """The copy's only negation dropped, where the source has one."""
    yield from _negations(block, "negation dropped", tables(block.copy.document.language).negations_dropped, True)


def negations_added(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A negation added, where neither the source nor the copy's block has any."""
    table = tables(block.copy.document.language)
    if table.negation and re.search(table.negation, block.text):
        return
    yield from _negations(block, "negation added", table.negations_added, False)


def sentences_added(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A sentence of another document put behind the block's."""
    if material.sentences:
        added = rng.choice(material.sentences)
        space = "" if block.copy.document.language == "zh" else " "
        shown = ((len(space), len(space) + len(added)),)
        yield Site(Family.COVERAGE, "sentence added", block.end, block.end, space + added, shown)


def quotations_altered(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """The words between quotation marks replaced by those of another document's quotation; the source quotes too."""
    quoted = [q for q in block.source.quotations if block.source_start <= q.start and q.end <= block.source_end]
    for quotation in block.copy.quotations:
        inside = block.start <= quotation.start and quotation.end <= block.end
        if quoted and inside and material.quotations and quotation.inner_end - quotation.inner_start > 1:
            words = rng.choice(material.quotations)
            before = block.copy.text[quotation.inner_start : quotation.inner_end]
            head = before[: len(before) - len(before.lstrip())]
            tail = before[len(before.rstrip()) :]
            shown = ((len(head), len(head) + len(words.strip())),)
            yield Site(
                Family.QUOTE,
                "quotation altered",
                quotation.inner_start,
                quotation.inner_end,
                head + words.strip() + tail,
                shown,
            )
