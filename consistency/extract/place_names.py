"""The names of places and organisations of one language, ready to be matched.

Territories come from CLDR (Babel) in every language, with more names and all adjectives in the packs' `places.toml`;
cities, regions, seas, venues and organisations from the gazetteer beside this module. Cases, genders, numbers and
joined prepositions are made by rules that are data of the packs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from consistency.languages.loader import PhraseMatcher, Table, fold, fold_all, language_table, load

GAZETTEER = Path(__file__).parent / "gazetteer"
_COLUMNS = {"en": 1, "fr": 2, "es": 3, "ru": 4, "ar": 5, "zh": 6}
"""Columns of the gazetteer's rows; the first is the country."""

_KEEP_ENGLISH = ("fr", "es")
"""Columns whose texts often keep a city's English name ("Kolkata" in French)."""

SHORTEST_EXEMPLAR = {False: 3, True: 5}
"""Letters that a city known from CLDR's time zones alone must have, without and with spaces between words: shorter
ones ("Nome", 诺姆) are other words' homographs more often than the city."""


class InflectionRule(Table):
    """The longest `suffix` that fits a word decides its forms; forms of equal place in two words of a name go together."""

    suffix: str
    forms: tuple[str, ...]


class GovernmentTable(Table):
    """Words beside a country or capital that make it its government."""

    forms: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Words that are a government by themselves (中方)."""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    """Words that make an adjective beside them a government ("the Chinese side", "la partie chinoise")."""


class PairsTable(Table):
    """One-letter short forms of countries, read only side by side and before a follower (中美关系)."""

    letters: dict[str, str] = Field(default_factory=dict)
    followers: tuple[str, ...] = ()


class PlacesTable(Table):
    """Shape of `places.toml`. Keys of the tables are CLDR territory codes, or ids of the gazetteer."""

    name_capital: bool
    adjective_capital: bool
    also_persons: tuple[str, ...] = ()
    """Names that are persons' names too: no place beside another word with a capital."""
    person_exceptions: tuple[str, ...] = ()
    transliteration: str = ""
    """Characters that write foreign names by sound."""
    ambiguous: tuple[str, ...] = ()
    """Names that are common words too, and places only behind one of `cues` (سيول is Seoul, or floods)."""
    cues: tuple[str, ...] = ()
    clitics: tuple[str, ...] = ("",)
    article: str = ""
    article_after_l: str = ""
    not_places: tuple[str, ...] = ()
    aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    adjectives: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    region_adjectives: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    city_adjectives: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    endings: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """What '*' and '+' at the end of an adjective stand for."""
    adjective_rules: tuple[InflectionRule, ...] = ()
    name_rules: tuple[InflectionRule, ...] = ()
    government: GovernmentTable = GovernmentTable()
    pairs: PairsTable = PairsTable()


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What a phrase names. `id` is '' for phrases that hold a place's word and name none."""

    id: str
    country: str | None = None
    sense: str = "place"
    is_organisation: bool = False
    capitals: tuple[int, ...] = ()
    """Offsets of the letters that must be capitals ("La Paz" is no "la Paz")."""
    is_personal: bool = False
    """Whether persons have this name too."""
    lead: int = 0
    """Characters of joined words before the name (Arabic و, ب)."""
    otherwise: PlaceName | None = None
    """What the same letters are without a capital ("China", "la parte china")."""


@dataclass(frozen=True, slots=True)
class PlaceLexicon:
    table: PlacesTable
    matcher: PhraseMatcher[PlaceName]
    exceptions: frozenset[str]
    ambiguous: frozenset[str]
    cues: tuple[str, ...]
    government_before: tuple[str, ...]
    government_after: tuple[str, ...]
    sides: tuple[str, ...]


@cache
def gazetteer(name: str) -> dict[str, Any]:
    """One file of the gazetteer."""
    with (GAZETTEER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def capitals() -> frozenset[str]:
    """Ids of the cities whose name wires use for a government."""
    return frozenset(f"city:{name}" for name in gazetteer("cities")["capitals"]["ids"])


@cache
def place_lexicon(language: str) -> PlaceLexicon:
    """All names of a language. Raises `LanguageError` where the pack is missing or malformed."""
    table = load(language, "places", PlacesTable)
    named: list[tuple[str, PlaceName]] = [(phrase, PlaceName("")) for phrase in table.not_places]
    personal = frozenset(table.also_persons)
    for surface, name in _names(language, table):
        capital = _capitals(surface) if name.capitals else ()
        person = surface in personal and name.sense == "place"
        for form in _inflect(surface, table.name_rules if name.sense == "place" else ()):
            for joined, lead in _with_clitics(form, table):
                named.append(
                    (
                        joined,
                        PlaceName(
                            name.id, name.country, name.sense, name.is_organisation, capital, person, lead
                        ),
                    )
                )
    found: dict[str, PlaceName] = {}
    for key, (_, place) in zip(fold_all([phrase for phrase, _ in named], language), named, strict=True):
        kept = found.setdefault(key, place)
        same = (kept.id, kept.sense) == (place.id, place.sense)
        if same and len(place.capitals) < len(kept.capitals):
            found[key] = place  # "Korean peninsula" beside "Korean Peninsula"
        elif kept.capitals and not place.capitals and kept.otherwise is None:
            found[key] = replace(kept, otherwise=place)
    return PlaceLexicon(
        table,
        PhraseMatcher(found, language),
        frozenset(table.person_exceptions),
        frozenset(fold(word, language) for word in table.ambiguous),
        tuple(fold(word, language) for word in table.cues),
        tuple(sorted((fold(w, language) for w in table.government.before), key=len, reverse=True)),
        tuple(sorted((fold(w, language) for w in table.government.after), key=len, reverse=True)),
        tuple(fold(w, language) for w in table.government.sides),
    )


def _names(language: str, table: PlacesTable) -> Iterator[tuple[str, PlaceName]]:
    """(name as written in the nominative, what it names), those first that win where two are written alike."""
    column = _COLUMNS[language]
    for code, row in gazetteer("organisations")["organisations"].items():
        for surface in _alternatives(row[column]):
            yield (
                surface,
                PlaceName(code, row[0] or None, "place", True, _FIRST if table.name_capital else ()),
            )
    for code, forms in table.government.forms.items():
        for surface in forms:
            yield surface, PlaceName(territory_id(code), _country(code), "government")
    yield from _territories(language, table)
    for kind, rows in (
        ("venue", gazetteer("regions")["venues"]),
        ("city", gazetteer("cities")["cities"]),
        ("region", gazetteer("regions")["regions"]),
        ("sea", gazetteer("regions")["seas"]),
        ("region", gazetteer("regions")["loose"]),
    ):
        for code, row in rows.items():
            for surface in _alternatives(row[column]):
                yield (
                    surface,
                    PlaceName(
                        f"{kind}:{code}", row[0] or None, "place", False, _FIRST if table.name_capital else ()
                    ),
                )
    yield from _adjectives(table)
    yield from _exemplars(language, table)
    if language in _KEEP_ENGLISH:
        for code, row in gazetteer("cities")["cities"].items():
            yield _alternatives(row[1])[0], PlaceName(f"city:{code}", row[0] or None, "place", False, _FIRST)


_FIRST = (0,)


def _capitals(surface: str) -> tuple[int, ...]:
    """Offsets of the letters that begin a word with a capital."""
    starts = (m.start() for m in re.finditer(r"(?<!\w)[^\W\d_]", surface))
    return tuple(start for start in starts if surface[start].isupper())


def _alternatives(cell: str) -> list[str]:
    return cell.split("/")


def territory_id(code: str) -> str:
    """The place id of a CLDR territory: a country, or a region for the codes of continents."""
    return f"region:{code}" if code.isdigit() else f"country:{code}"


def _country(code: str) -> str | None:
    return None if code.isdigit() else code


_NO_TERRITORIES = {
    "001",
    "EU",
    "EZ",
    "UN",
    "XA",
    "XB",
    "ZZ",
    "QO",
    "AC",
    "TA",
    "DG",
    "CP",
    "CQ",
    "EA",
    "IC",
    "MF",
    "BL",
    "SX",
}
"""Codes of the world, of organisations, of private use and of islets that news never names, or whose names are a saint's ("St. Martin's fell silent")."""


def _territories(language: str, table: PlacesTable) -> Iterator[tuple[str, PlaceName]]:
    from babel import Locale

    for code, surfaces in sorted(table.aliases.items()):
        for surface in surfaces:
            yield (
                surface,
                PlaceName(
                    territory_id(code), _country(code), "place", False, _FIRST if table.name_capital else ()
                ),
            )
    names = sorted(Locale(language).territories.items())
    if language in _KEEP_ENGLISH:  # "Bangladesh" in Spanish, beside Bangladés
        names += [(code, name) for code, name in sorted(Locale("en").territories.items()) if len(code) == 2]
    for code, name in names:
        if code not in _NO_TERRITORIES and len(name) > 1:
            yield (
                name,
                PlaceName(
                    territory_id(code), _country(code), "place", False, _FIRST if table.name_capital else ()
                ),
            )


def _adjectives(table: PlacesTable) -> Iterator[tuple[str, PlaceName]]:
    cities, regions = gazetteer("cities")["cities"], gazetteer("regions")["regions"]
    for kind, entries in (
        ("", table.adjectives),
        ("region", table.region_adjectives),
        ("city", table.city_adjectives),
    ):
        for code, words in sorted(entries.items()):
            if kind:
                place, country = f"{kind}:{code}", (cities if kind == "city" else regions)[code][0] or None
            else:
                place, country = territory_id(code), _country(code)
            for word in words:
                for form in _adjective_forms(word, table):
                    yield (
                        form,
                        PlaceName(
                            place, country, "adjective", False, _FIRST if table.adjective_capital else ()
                        ),
                    )


def _adjective_forms(word: str, table: PlacesTable) -> tuple[str, ...]:
    endings = table.endings.get(word[-1])
    if endings is None:
        return _inflect(word, table.adjective_rules)
    forms = tuple(word[:-1] + ending for ending in endings)
    return forms + tuple(table.article + form for form in forms) if table.article else forms


def _exemplars(language: str, table: PlacesTable) -> Iterator[tuple[str, PlaceName]]:
    """Cities that CLDR names for their time zones, under their own ids or those of the gazetteer."""
    from babel import Locale
    from babel.core import get_global

    cities = gazetteer("cities")
    skip, alias = frozenset(cities["exemplars"]["skip"]), cities["exemplars"]["alias"]
    territories = get_global("zone_territories")
    zones = Locale(language).time_zones
    spaced = language_table(language).spaced
    for zone in sorted(Locale("ru").time_zones):  # the Russian table is complete, the English one is not
        last = zone.rsplit("/", 1)[-1]
        if last in skip or zone not in territories or "/" not in zone:
            continue
        code = alias.get(last, last.lower())
        row = cities["cities"].get(code)
        country = row[0] if row else territories[zone]
        named = zones.get(zone, {}).get("city")
        surface = named if named else last.replace("_", " ") if language in ("en", "fr", "es") else None
        if surface and len(surface) >= SHORTEST_EXEMPLAR[spaced] and country != "001":
            yield (
                surface,
                PlaceName(f"city:{code}", country, "place", False, _FIRST if table.name_capital else ()),
            )


def _inflect(word: str, rules: tuple[InflectionRule, ...]) -> tuple[str, ...]:
    """The forms of a word or of a name of several words, each once, the given one first."""
    if not rules:
        return (word,)
    columns = [_word_forms(part, rules) for part in word.split(" ")]
    longest = max(len(forms) for forms in columns)
    found = [word]
    for number in range(longest):
        found.append(" ".join(forms[min(number, len(forms) - 1)] for forms in columns))
    return tuple(dict.fromkeys(found))


def _word_forms(word: str, rules: tuple[InflectionRule, ...]) -> tuple[str, ...]:
    if (word.isupper() and len(word) > 1) or (word[:1].islower() and len(word) <= 2):
        return (word,)  # abbreviations and small words stay as they are
    lowered = word.lower()
    fitting = [rule for rule in rules if lowered.endswith(rule.suffix)]
    if not fitting:
        return (word,)
    rule = max(fitting, key=lambda r: len(r.suffix))
    stem = word[: len(word) - len(rule.suffix)]
    return tuple(stem + (ending if stem else ending.capitalize()) for ending in rule.forms)


def _with_clitics(form: str, table: PlacesTable) -> Iterator[tuple[str, int]]:
    """(form with a joined word in front, length of that word)."""
    for clitic in table.clitics:
        if clitic.endswith("ل") and table.article and form.startswith(table.article):
            yield clitic[:-1] + table.article_after_l + form[len(table.article) :], len(clitic)
        else:
            yield clitic + form, len(clitic)
