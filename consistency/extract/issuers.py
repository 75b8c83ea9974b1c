"""The country that an issuer speaks for, by the places and bodies that its name holds."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache

from pydantic import TypeAdapter

from consistency.languages.loader import PACKS, available, language_table
from consistency.segment import segment
from consistency.types import Document, OrganisationValue, PlaceValue


@cache
def country_of_issuer(issuer: str, language: str) -> str | None:
    """Country (ISO 3166 alpha-2, or 'eu', 'un', 'nato') of an issuer such as "Ministry of Foreign Affairs of China".

    The name is read in English and in the document's own `language`. A place in it decides; where there is none, the
    bodies of languages/issuers.toml. None where neither knows.
    """
    from consistency.extract.places import find_places

    for code in dict.fromkeys(("en", language)):
        # A name in Latin letters holds no place in Arabic ones, and loading a language's places costs time.
        if code not in available() or not _scripts(issuer) & _scripts(language_table(code).endonym):
            continue
        places, _ = find_places(segment(Document("issuer", "issuer", issuer, code)))
        for place in places:
            if isinstance(place.value, PlaceValue | OrganisationValue) and place.value.country:
                return place.value.country
    return country_of_body(issuer)


@cache
def country_of_body(name: str) -> str | None:
    """Country of a body by languages/issuers.toml ("the Pentagon", 五角大楼); the longest name that fits decides."""
    found = [
        (len(known), country)
        for country, names in _bodies().items()
        for known in names
        if re.search(rf"(?<![A-Za-zА-я]){re.escape(known)}(?![A-Za-zА-я])", name, re.IGNORECASE)
    ]
    return max(found)[1] if found else None


def _scripts(text: str) -> frozenset[str]:
    """Scripts of the letters, as their Unicode names begin: LATIN, CJK, CYRILLIC, ARABIC."""
    return frozenset(unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())


@cache
def _bodies() -> dict[str, tuple[str, ...]]:
    with (PACKS / "issuers.toml").open("rb") as file:
        return TypeAdapter(dict[str, tuple[str, ...]]).validate_python(tomllib.load(file))
