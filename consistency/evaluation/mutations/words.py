"""Errors in names, offices, speakers, negations, force, terms, added sentences and quotations."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from consistency.evaluation.mutations import Block, Material, Site
from consistency.evaluation.mutations.tables import Negation, Replacement, tables
from consistency.types import Family, Mention, MentionKind, PersonValue


def _persons(block: Block) -> list[Mention]:
    """Named persons in the copy's block, where the source's block names a person too."""

    def named(mention: Mention, start: int, end: int) -> bool:
        return (
            mention.kind is MentionKind.PERSON
            and start <= mention.start
            and mention.end <= end
            and isinstance(mention.value, PersonValue)
            and mention.value.form in ("full", "surname")
        )

    if not any(named(m, block.source_start, block.source_end) for m in block.source.mentions):
        return []
    return [m for m in block.copy.mentions if named(m, block.start, block.end)]


def _surname(mention: Mention) -> tuple[int, int]:
    """Span of the family name inside a mention: the stated one, or the last word."""
    assert isinstance(mention.value, PersonValue)
    family = mention.value.family
    if family and family in mention.text:
        start = mention.start + mention.text.rindex(family)
        return start, start + len(family)
    word = re.split(r"[\s·]", mention.value.name or mention.text)[-1]
    at = mention.text.rfind(word)
    return (mention.start + at, mention.start + at + len(word)) if at >= 0 and word else (mention.start, mention.end)


def _in_source(block: Block, name: str) -> bool:
    """Whether the source can hold the same name: in a script that it shares the name itself must stand there."""
    return not name.isascii() or bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", block.source_text))


def other_names(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another surname."""
    table = tables(block.copy.document.language)
    for mention in _persons(block):
        start, end = _surname(mention)
        name = block.copy.text[start:end]
        if _in_source(block, name) and table.surnames:
            other = rng.choice([s for s in table.surnames if s != name])
            yield Site(Family.NAME, "other surname", start, end, other)


def near_misses(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """One letter (or Chinese character) of a name replaced, never the first letter of a Latin or Cyrillic name."""
    table = tables(block.copy.document.language)
    for mention in _persons(block):
        start, end = _surname(mention)
        name = block.copy.text[start:end]
        first = 0 if "\u3400" <= name[0] <= "\u9fff" else 1
        if not _in_source(block, name) or len(name) < first + 2 or not table.letters or len(name) < (2 if first == 0 else 4):
            continue
        place = rng.randrange(first, len(name))
        letter = rng.choice([c for c in table.letters if c != name[place].lower()])
        changed = name[:place] + letter + name[place + 1 :]
        yield Site(Family.NAME, "near miss", start, end, changed)


def _replacements(block: Block, family: Family, kind: str, entries: tuple[Replacement, ...], rng: random.Random) -> Iterator[Site]:
    for entry in entries:
        if not re.search(entry.source, block.source_text):
            continue
        for match in re.finditer(entry.find, block.text):
            start = block.start + match.start()
            yield Site(family, kind, start, start + len(match.group()), rng.choice(entry.put))


def offices(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another office in the place of the one that the source names."""
    yield from _replacements(block, Family.OFFICE, "other office", tables(block.copy.document.language).offices, rng)


def forces(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A speech verb of another force."""
    yield from _replacements(block, Family.MODALITY, "other force", tables(block.copy.document.language).forces, rng)


def terms(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """The other side's term."""
    yield from _replacements(block, Family.TERM, "other term", tables(block.copy.document.language).terms, rng)


def speakers(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A statement put in the mouth of another person whom the same document names elsewhere."""
    people = [
        m
        for m in block.copy.mentions
        if m.kind is MentionKind.PERSON and isinstance(m.value, PersonValue) and m.value.form in ("full", "surname")
    ]
    inside = {m.id: m for m in _persons(block)}
    for claim in block.copy.claims:
        mention = inside.get(claim.speaker.mention or "") if claim.speaker else None
        if mention is None or claim.act_start is None or not (block.start <= claim.act_start < block.end):
            continue
        assert isinstance(mention.value, PersonValue)
        own = {mention.value.family, mention.value.name}
        others = sorted(
            {
                m.text
                for m in people
                if isinstance(m.value, PersonValue)
                and not ({m.value.family, m.value.name} - {None, ""}) & own
                and not (set(m.text.split()) & set(mention.text.split()))
                # Where the block names the other person too, the copy would only have swapped two known speakers.
            }
        )
        if others:
            yield Site(Family.ATTRIBUTION, "other speaker", mention.start, mention.end, rng.choice(others))


def _negations(block: Block, kind: str, entries: tuple[Negation, ...], in_source: bool) -> Iterator[Site]:
    for entry in entries:
        if bool(re.search(entry.source, block.source_text)) is not in_source:
            continue
        matches = list(re.finditer(entry.find, block.text))
        if in_source and len(matches) != 1:  # with two negations nobody can say which one the source has
            continue
        for match in matches:
            start = block.start + match.start()
            yield Site(Family.POLARITY, kind, start, start + len(match.group()), match.expand(entry.put))


def negations_dropped(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """The copy's only negation dropped, where the source has one."""
    yield from _negations(block, "negation dropped", tables(block.copy.document.language).negations_dropped, True)


def negations_added(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A negation added, where neither the source nor the copy's block has any."""
    table = tables(block.copy.document.language)
    if any(re.search(entry.find, block.text) for entry in table.negations_dropped):
        return
    yield from _negations(block, "negation added", table.negations_added, False)


def sentences_added(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A sentence of another document put behind the block's."""
    if material.sentences:
        added = rng.choice(material.sentences)
        space = "" if block.copy.document.language == "zh" else " "
        shown = (len(space), len(space) + len(added))
        yield Site(Family.COVERAGE, "sentence added", block.end, block.end, space + added, shown)


def quotations_altered(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """The words between quotation marks replaced by those of another document's quotation."""
    for quotation in block.copy.quotations:
        if block.start <= quotation.start and quotation.end <= block.end and material.quotations:
            words = rng.choice(material.quotations)
            yield Site(Family.QUOTE, "quotation altered", quotation.inner_start, quotation.inner_end, words)
