"""Errors in figures, dates and places: found with patterns and CLDR names, not with the package's own extractors."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

from consistency.evaluation.mutations import Block, Material, Site
from consistency.evaluation.mutations.tables import tables
from consistency.types import Family

_FIGURE = re.compile(r"(?<![\d.,])\d+(?:[.,\u202f\u00a0 ]\d{3})*(?:[.,]\d+)?(?![\d])")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def digits(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A digit changed, or two transposed, in a figure that the source has with the same digits."""
    source_figures = {_bare(m.group()) for m in _FIGURE.finditer(block.source_text)}
    for match in _FIGURE.finditer(block.text):
        figure = match.group()
        if _bare(figure) not in source_figures or _YEAR.fullmatch(figure) or _near_month(block, match):
            continue
        start = block.start + match.start()
        place = rng.choice([i for i, character in enumerate(figure) if character.isdigit()])
        lowest = 1 if place == 0 and len(figure) > 1 else 0
        other = rng.choice([d for d in range(lowest, 10) if d != int(figure[place])])
        changed = figure[:place] + str(other) + figure[place + 1 :]
        yield Site(Family.QUANTITY, "digit changed", start, start + len(figure), changed)
        swaps = [
            i
            for i in range(len(figure) - 1)
            if figure[i].isdigit()
            and figure[i + 1].isdigit()
            and figure[i] != figure[i + 1]
            and not (i == 0 and figure[1] == "0")
        ]
        if swaps:
            i = rng.choice(swaps)
            swapped = figure[:i] + figure[i + 1] + figure[i] + figure[i + 2 :]
            yield Site(Family.QUANTITY, "digits transposed", start, start + len(figure), swapped)


def _bare(figure: str) -> str:
    return re.sub(r"\D", "", figure.translate(_DIGITS))


def _near_month(block: Block, match: re.Match[str]) -> bool:
    """Whether a figure is the day or the year of a date rather than a count."""
    around = block.text[max(0, match.start() - 14) : match.end() + 14].lower()
    marks = (*(name.lower() for name in _months(block.copy.document.language)), "年", "月", "日", "号")
    return any(mark in around for mark in marks)


def scale_words(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """万 for 亿, million for milliard: where the source has a scale word too."""
    if not re.search(r"(?i)(thousand|million|billion|trillion|\d,\d{3},\d{3}|[0-9](?:bn|m|k)\b)", block.source_text):
        return
    for word, others in tables(block.copy.document.language).scale_words.items():
        pattern = rf"(?<=\d)\s?{re.escape(word)}" if len(word) == 1 else rf"(?<!\w){re.escape(word)}(?!\w)"
        for match in re.finditer(pattern, block.text):
            space = match.group()[: len(match.group()) - len(word)]
            start = block.start + match.start()
            yield Site(Family.QUANTITY, "scale slip", start, start + len(match.group()), space + rng.choice(others))


def percent_lost(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """The percent sign left out, where the source has one. The error shows on the figure that is left."""
    if not re.search(r"(?i)%|per ?cent", block.source_text):
        return
    for pattern in tables(block.copy.document.language).percent:
        for match in re.finditer(pattern, block.text):
            figure = match.group("figure")
            start = block.start + match.start()
            yield Site(Family.QUANTITY, "percent lost", start, start + len(match.group()), figure)


def number_words(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another small number in words, where the source has the same number in words or digits."""
    words = tables(block.copy.document.language).number_words
    english = {value: set(forms) for value, forms in tables("en").number_words.items()}
    for value, forms in words.items():
        if not any(re.search(rf"(?i)(?<!\w){re.escape(f)}(?!\w)", block.source_text) for f in (*english.get(value, ()), value)):
            continue
        for form in forms:
            for match in re.finditer(_word(form), block.text):
                other = rng.choice([v for v in words if v != value])
                start = block.start + match.start()
                yield Site(Family.QUANTITY, "number word", start, start + len(form), words[other][0])


def _word(form: str) -> str:
    """A whole word in a spaced script. Chinese number words carry their measure word in the table."""
    return rf"(?<!\w){re.escape(form)}(?!\w)" if form.isascii() or not "\u3400" <= form[0] <= "\u9fff" else re.escape(form)


@cache
def _months(language: str) -> tuple[str, ...]:
    """The twelve names of months as they stand in dates, January first."""
    from babel.dates import get_month_names

    names = get_month_names("wide", "format", locale=language)
    return tuple(names[number] for number in range(1, 13))


@cache
def _weekdays(language: str) -> tuple[tuple[str, ...], ...]:
    """The names of the seven days, Monday first, each in the forms that stand in texts."""
    from babel.dates import get_day_names

    names = get_day_names("wide", "format", locale=language)
    forms = [[names[number]] for number in range(7)]
    for number, extra in enumerate(tables(language).weekdays):
        forms[number].extend(extra)
    return tuple(tuple(form) for form in forms)


def weekdays(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another day of the week, where the source names the same day."""
    yield from _calendar(block, rng, _weekdays(block.copy.document.language), _weekdays("en"), "weekday")


def months(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another month, where the source names the same month."""
    language = block.copy.document.language
    extra = tables(language).months
    names = tuple((name, *(extra[n] if extra else ())) for n, name in enumerate(_months(language)))
    yield from _calendar(block, rng, names, tuple((name,) for name in _months("en")), "month")


def _calendar(
    block: Block,
    rng: random.Random,
    names: tuple[tuple[str, ...], ...],
    english: tuple[tuple[str, ...], ...],
    kind: str,
) -> Iterator[Site]:
    for number, forms in enumerate(names):
        if not any(re.search(rf"(?<!\w){name}(?!\w)", block.source_text) for name in english[number]):
            continue
        for place, form in enumerate(forms):
            pattern = rf"(?<!\d){form}(?!\w)" if form[0].isdigit() else rf"(?i){_word(form)}"
            for match in re.finditer(pattern, block.text):
                # Only beside figures is a month's name surely a month: "mars", "mai" are words of their own.
                others = [n for n in range(len(names)) if n != number and len(names[n]) > place]
                other = names[rng.choice(others)][place]
                if match.group()[0].isupper():
                    other = other[0].upper() + other[1:]
                start = block.start + match.start()
                yield Site(Family.DATE, kind, start, start + len(match.group()), other)


def days(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another day of the month: a figure beside a month's name in the copy, that stands in the source too."""
    language = block.copy.document.language
    source = {_bare(m.group()) for m in re.finditer(r"\d{1,2}", block.source_text)}
    names = "|".join(re.escape(n) for n in _months(language))
    patterns = tables(language).days or [rf"(?i)(?<!\d)(?P<day>\d{{1,2}}) (?:de )?(?:{names})", rf"(?i)(?:{names}) (?P<day>\d{{1,2}})(?!\d)"]
    for pattern in patterns:
        for match in re.finditer(pattern, block.text):
            day = match.group("day")
            if day not in source or not any(name in block.source_text for name in _months("en")):
                continue
            other = str(rng.choice([d for d in range(2, 29) if d != int(day)]))
            start = block.start + match.start("day")
            yield Site(Family.DATE, "day", start, start + len(day), other)


def years(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another year near by, where the source has the same year."""
    source = {m.group() for m in _YEAR.finditer(block.source_text)}
    for match in _YEAR.finditer(block.text):
        year = match.group()
        if year in source:
            other = str(int(year) + rng.choice([-10, -2, -1, 1, 2, 10]))
            start = block.start + match.start()
            yield Site(Family.DATE, "year", start, start + 4, other)


@cache
def _territories(language: str) -> dict[str, str]:
    """CLDR names of the countries that neighbour one another in the table, by code."""
    from babel import Locale

    names = Locale.parse(language).territories
    return {code: names[code] for code in tables("en").countries if code in names}


def countries(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A neighbouring country, where the source names the same country."""
    names, english = _territories(block.copy.document.language), _territories("en")
    neighbours = tables("en").countries
    for code, name in names.items():
        if not re.search(rf"(?<!\w){re.escape(english[code])}(?!\w)", block.source_text):
            continue
        for match in re.finditer(_word(name), block.text):
            other = names[rng.choice([n for n in neighbours[code] if n in names])]
            start = block.start + match.start()
            yield Site(Family.PLACE, "country", start, start + len(name), other)


@cache
def _cities(language: str) -> dict[str, str]:
    """CLDR's names of the cities that stand for time zones, by zone; English names where CLDR has none of its own."""
    from babel import Locale

    zones = tables("en").cities
    named = Locale.parse(language).time_zones
    return {
        zone: named.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
        for zone in zones
        if language in ("en", "fr", "es") or "city" in named.get(zone, {})
    }


def cities(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another city of the same part of the world, where the source names the same city."""
    names, english = _cities(block.copy.document.language), _cities("en")
    for zone, name in names.items():
        if zone not in english or not re.search(rf"(?<!\w){re.escape(english[zone])}(?!\w)", block.source_text):
            continue
        for match in re.finditer(_word(name), block.text):
            region = zone.split("/")[0]
            other = names[rng.choice([z for z in names if z != zone and z.startswith(region)])]
            start = block.start + match.start()
            yield Site(Family.PLACE, "city", start, start + len(name), other)
