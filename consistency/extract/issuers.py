"""The country that an issuer speaks for, by the places that its name holds."""

from __future__ import annotations

from functools import cache

from consistency.languages.loader import available
from consistency.segment import segment
from consistency.types import Document, PlaceValue


@cache
def country_of_issuer(issuer: str) -> str | None:
    """Country (ISO 3166 alpha-2, or 'eu') of an issuer such as "Ministry of Foreign Affairs of China" or 外交部.

    The name is read in every language that has a pack; None where no place in it belongs to a country.
    """
    from consistency.extract.places import find_places

    for language in sorted(available(), key=lambda code: (code != "en", code)):
        places, _ = find_places(segment(Document("issuer", "issuer", issuer, language)))
        for place in places:
            if isinstance(place.value, PlaceValue) and place.value.country:
                return place.value.country
    return None
