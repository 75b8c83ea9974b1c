"""Errors in places: a neighbouring country, another city of the same part of the world. Names are CLDR's, through Babel."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache

from consistency.evaluation.mutations.base import Block, Material, Site
from consistency.evaluation.mutations.matching import holds, longest
from consistency.evaluation.mutations.tables import tables
from consistency.types import Family


@cache
def _territories(language: str) -> dict[str, str]:
    """Names of the countries that neighbour one another in the table, by code."""
    from babel import Locale

    names = Locale.parse(language).territories
    return {code: names[code] for code in tables("en").countries if code in names}


@cache
def _cities(language: str) -> dict[str, str]:
    """Names of the cities that stand for time zones, by zone; English names where CLDR has none of its own."""
    from babel import Locale

    named = Locale.parse(language).time_zones
    return {
        zone: named.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
        for zone in tables("en").cities
        if language in ("en", "fr", "es") or "city" in named.get(zone, {})
    }


def countries(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A neighbouring country, where the source names the same country and not the neighbour."""
    neighbours = tables("en").countries
    names, english = _territories(block.copy.document.language), _territories("en")
    yield from _places(block, rng, "country", names, english, lambda code: [n for n in neighbours[code] if n in names])


def cities(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another city of the same part of the world, where the source names the same city and not the other."""
    names, english = _cities(block.copy.document.language), _cities("en")
    yield from _places(
        block,
        rng,
        "city",
        names,
        english,
        lambda zone: [z for z in names if z != zone and z.split("/")[0] == zone.split("/")[0]],
    )


def _places(
    block: Block,
    rng: random.Random,
    kind: str,
    names: dict[str, str],
    english: dict[str, str],
    near: Callable[[str], list[str]],
) -> Iterator[Site]:
    code_of = {name: code for code, name in names.items()}
    not_after = tables(block.copy.document.language).not_after_place
    for match in longest(code_of, block.text):
        code = code_of[match.group()]
        if not holds(block.source_text, [english[code]], ignore_case=False):
            continue
        if not_after and re.match(not_after, block.text[match.end() :]):
            continue
        others = [n for n in near(code) if not holds(block.source_text, [english[n]]) and names[n] not in block.text]
        if others:
            start = block.start + match.start()
            yield Site(Family.PLACE, kind, start, start + len(match.group()), names[rng.choice(others)])
