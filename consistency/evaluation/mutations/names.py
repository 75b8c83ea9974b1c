"""Errors in names, offices and speakers.

A site needs the name on both sides. In a script that the copy shares with its source, the source's persons are looked
up in the copy letter by letter, so that a name which the extractor of the copy's language cannot see is planted too. In
another script the copy's own extractor has to say where a name stands: recall on names is there of what can be read.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from consistency.evaluation.mutations.base import Block, Material, Site
from consistency.evaluation.mutations.matching import is_han, plain
from consistency.evaluation.mutations.tables import tables
from consistency.types import (
    AnalysedDocument,
    Family,
    Mention,
    MentionKind,
    OfficeValue,
    PersonValue,
)


def _named(document: AnalysedDocument, start: int = 0, end: int | None = None) -> list[Mention]:
    """Persons named in full or by surname in a stretch of a document."""
    stop = len(document.text) if end is None else end
    return [
        m
        for m in document.mentions
        if m.kind is MentionKind.PERSON
        and start <= m.start
        and m.end <= stop
        and isinstance(m.value, PersonValue)
        and m.value.form in ("full", "surname")
    ]


def _surname(mention: Mention) -> str:
    """The family name of a person mention: the stated one, or the last word."""
    assert isinstance(mention.value, PersonValue)
    family = mention.value.family
    if family and family in mention.text:
        return family
    return re.split(r"[\s·]", mention.value.name or mention.text)[-1]


def _places_of_names(block: Block) -> list[tuple[int, int]]:
    """Spans in the copy's text of surnames that the source's block has too, in order."""
    persons = _named(block.source, block.source_start, block.source_end)
    if not persons:
        return []
    found: set[tuple[int, int]] = set()
    shared = {plain(_surname(m)) for m in persons}
    for word in re.finditer(r"[A-Za-zÀ-ɏ]{3,}", block.text):
        if word.group()[0].isupper() and plain(word.group()) in shared:
            found.add((block.start + word.start(), block.start + word.end()))
    for mention in _named(block.copy, block.start, block.end):
        name = _surname(mention)
        at = mention.start + mention.text.rfind(name)
        # A Latin name that the source lacks is nothing that the source holds.
        if len(name) > 1 and not _is_latin(name) and not any(a < at + len(name) and at < b for a, b in found):
            found.add((at, at + len(name)))
    return sorted(found)


def _is_latin(name: str) -> bool:
    return name[0] < "\u0250"


def other_surnames(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A surname that occurs nowhere in the documents."""
    for start, end in _places_of_names(block):
        name = block.copy.text[start:end]
        language = "en" if _is_latin(name) else block.copy.document.language
        others = [s for s in tables(language).surnames if s not in block.copy.text and s not in block.source.text]
        if others:
            yield Site(Family.NAME, "other surname", start, end, rng.choice(others))


def names_of_others(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """The surname of another person of the same document, whom the source's block does not name."""
    people = {_surname(m) for m in _named(block.copy)}
    here = {_surname(m) for m in _named(block.copy, block.start, block.end)}
    source = plain(block.source_text)
    for start, end in _places_of_names(block):
        name = block.copy.text[start:end]
        others = sorted(
            other
            for other in people - here
            if len(other) > 1 and _is_latin(other) == _is_latin(name) and plain(other) not in source
        )
        if others:
            yield Site(Family.NAME, "another person", start, end, rng.choice(others))


def near_misses(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """One letter or character of a name changed, left out, doubled or transposed; never the first letter."""
    for start, end in _places_of_names(block):
        name = block.copy.text[start:end]
        changed = _misspelt(name, tables("en" if _is_latin(name) else block.copy.document.language).letters, rng)
        if changed is not None:
            yield Site(Family.NAME, "near miss", start, end, changed)


def _misspelt(name: str, letters: str, rng: random.Random) -> str | None:
    """The name with one slip of the kinds that editors see, None where it is too short for one."""
    if is_han(name[0]):
        if len(name) < 2 or not all(is_han(character) for character in name):
            return None
        place = rng.randrange(1, len(name))
        return name[:place] + rng.choice([c for c in letters if c != name[place]]) + name[place + 1 :]
    if len(name) < 5 or not name.isalpha():
        return None
    place = rng.randrange(1, len(name) - 1)
    slips = [name[:place] + name[place + 1 :], name[: place + 1] + name[place:]]
    if name[place].lower() != name[place + 1].lower():
        slips.append(name[:place] + name[place + 1] + name[place] + name[place + 2 :])
    if letters:
        other = rng.choice([c for c in letters if c != name[place].lower()])
        slips.append(name[:place] + other + name[place + 1 :])
    return rng.choice([slip for slip in slips if slip != name])


def offices_swapped(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """The offices of two holders in one block put in each other's place: two planted errors."""
    held = [
        (mention, mention.value.holder)
        for mention in block.copy.mentions
        if mention.kind is MentionKind.OFFICE
        and block.start <= mention.start
        and mention.end <= block.end
        and isinstance(mention.value, OfficeValue)
        and mention.value.holder is not None
    ]
    for number, (first, holder) in enumerate(held):
        for second, other in held[number + 1 :]:
            if holder == other or first.end > second.start or _kind(first) == _kind(second):
                continue
            between = block.copy.text[first.end : second.start]
            shown = ((0, len(second.text)), (len(second.text) + len(between), len(second.text) + len(between) + len(first.text)))
            yield Site(
                Family.OFFICE, "offices swapped", first.start, second.end, second.text + between + first.text, shown
            )


def _kind(mention: Mention) -> tuple[str, str | None]:
    assert isinstance(mention.value, OfficeValue)
    return mention.value.function, mention.value.country


def other_speakers(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A statement put in the mouth of another person of the same document, whom the source's block does not name."""
    speakers = {
        claim.speaker.mention
        for claim in block.copy.claims
        if claim.speaker and claim.act != "state" and claim.act_start is not None and block.start <= claim.act_start < block.end
    }
    spoken = [m for m in _named(block.copy, block.start, block.end) if m.id in speakers]
    source = plain(block.source_text)
    here = {word for m in _named(block.copy, block.start, block.end) for word in m.text.split()}
    people = _named(block.copy)
    # A place read as a person is no speaker: the other one is named in full, or more than once.
    often = {m.text for m in people if sum(n.text == m.text for n in people) > 1}
    others = sorted(
        {
            m.text
            for m in people
            if not set(m.text.split()) & here
            and plain(_surname(m)) not in source
            and m.text not in block.text
            and (m.text in often or " " in m.text or "·" in m.text)
        }
    )
    for mention in spoken:
        fitting = [other for other in others if _is_latin(other) == _is_latin(mention.text)]
        if fitting and _named(block.source, block.source_start, block.source_end):
            yield Site(Family.ATTRIBUTION, "other speaker", mention.start, mention.end, rng.choice(fitting))
