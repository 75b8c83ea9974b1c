"""Errors in weekdays, months, days and years. Names of months and weekdays come from CLDR through Babel."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

from consistency.evaluation.mutations.base import Block, Material, Site
from consistency.evaluation.mutations.matching import holds, longest
from consistency.evaluation.mutations.tables import tables
from consistency.types import Family

YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")


@cache
def month_names(language: str) -> tuple[str, ...]:
    """The twelve names of months as they stand in dates, January first."""
    from babel.dates import get_month_names

    names = get_month_names("wide", "format", locale=language)
    return tuple(names[number] for number in range(1, 13))


@cache
def _weekday_forms(language: str) -> tuple[tuple[str, ...], ...]:
    """The names of the seven days, Monday first, each in the forms that stand in texts."""
    from babel.dates import get_day_names

    names = get_day_names("wide", "format", locale=language)
    forms = [[names[number]] for number in range(7)]
    for number, extra in enumerate(tables(language).weekdays):
        forms[number].extend(extra)
    return tuple(tuple(form) for form in forms)


@cache
def _month_forms(language: str) -> tuple[tuple[str, ...], ...]:
    extra = tables(language).months
    return tuple((name, *(extra[n] if extra else ())) for n, name in enumerate(month_names(language)))


def weekdays(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another day of the week, where the source names the same day."""
    yield from _calendar(block, rng, _weekday_forms(block.copy.document.language), _weekday_forms("en"), "weekday")


def months(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another month, where the source names the same month."""
    yield from _calendar(block, rng, _month_forms(block.copy.document.language), _month_forms("en"), "month")


def _calendar(
    block: Block,
    rng: random.Random,
    forms: tuple[tuple[str, ...], ...],
    english: tuple[tuple[str, ...], ...],
    kind: str,
) -> Iterator[Site]:
    """Another name in the same form. Never one that the source's block names too: the copy might then be read as right."""
    of_form = {form.lower(): (number, place) for number, row in enumerate(forms) for place, form in enumerate(row)}
    in_source = [holds(block.source_text, row, ignore_case=False) for row in english]
    not_after = tables(block.copy.document.language).not_after_weekday
    for match in longest(of_form, block.text, ignore_case=True):
        number, place = of_form[match.group().lower()]
        if not in_source[number] or (not_after and re.match(not_after, block.text[match.end() :])):
            continue
        others = [n for n in range(len(forms)) if n != number and not in_source[n]]
        row = forms[rng.choice(others)]
        other = row[place] if place < len(row) else row[0]
        if match.group()[0].isupper():
            other = other[0].upper() + other[1:]
        start = block.start + match.start()
        yield Site(Family.DATE, kind, start, start + len(match.group()), other)


def days(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another day of the month: a figure beside a month's name in the copy, where the source has the figure too."""
    language = block.copy.document.language
    source = {m.group() for m in re.finditer(r"(?<!\d)\d{1,2}(?!\d)", block.source_text)}
    if not holds(block.source_text, month_names("en"), ignore_case=False):
        return
    names = "|".join(re.escape(name) for name in month_names(language))
    patterns = tables(language).days or (
        rf"(?i)(?<![\d-])(?P<day>\d{{1,2}})(?:er)? (?:de |من )?(?:{names})",
        rf"(?i)(?:{names}) (?P<day>\d{{1,2}})(?!\d)",
    )
    for pattern in patterns:
        for match in re.finditer(pattern, block.text):
            day = match.group("day")
            if day in source:
                other = str(rng.choice([d for d in range(2, 29) if d != int(day) and str(d) not in source]))
                start = block.start + match.start("day")
                yield Site(Family.DATE, "day", start, start + len(day), other)


def years(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another year near by, where the source has the same year."""
    source = {m.group() for m in YEAR.finditer(block.source_text)}
    for match in YEAR.finditer(block.text):
        year = match.group()
        others = [o for o in (str(int(year) + step) for step in (-10, -2, -1, 1, 2, 10)) if o not in source]
        if year in source:
            start = block.start + match.start()
            yield Site(Family.DATE, "year", start, start + 4, rng.choice(others))
