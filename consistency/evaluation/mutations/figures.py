"""Errors in figures, found with patterns and tables of words, not with the package's own extractors."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from consistency.evaluation.mutations.base import Block, Material, Site
from consistency.evaluation.mutations.calendar import YEAR, month_names
from consistency.evaluation.mutations.matching import holds, longest
from consistency.evaluation.mutations.tables import tables
from consistency.types import Family

_FIGURE = re.compile(r"(?<![A-Za-z\d.,:/-])\d+(?:[.,\u202f\u00a0 ]\d{3})*(?:[.,]\d+)?(?![\d:/]|-\d{3})")
"""A figure with its separators; not parts of clock times, fractions, telephone numbers and words such as G20."""
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_SCALE_IN_SOURCE = re.compile(r"(?i)(thousand|million|billion|trillion|\d,\d{3},\d{3}|[0-9](?:bn|m|k)\b)")
_DATE_MARKS = ("年", "月", "日", "号")


def digits(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """A digit changed, or two transposed, in a figure that the source has with the same digits."""
    source_figures = {_bare(m.group()) for m in _FIGURE.finditer(block.source_text)}
    after = tables(block.copy.document.language).not_quantities
    for match in _FIGURE.finditer(block.text):
        figure = match.group()
        if _bare(figure) not in source_figures or YEAR.fullmatch(figure) or _is_date(block, match):
            continue
        if after and re.match(after, block.text[match.end() :]):
            continue
        start = block.start + match.start()
        place = rng.choice([i for i, character in enumerate(figure) if character.isdigit()])
        lowest = 1 if place == 0 and len(figure) > 1 else 0
        wrong = [d for d in range(lowest, 10) if d != int(figure[place])]
        changed = figure[:place] + str(rng.choice(wrong)) + figure[place + 1 :]
        if _bare(changed) not in source_figures:
            yield Site(Family.QUANTITY, "digit changed", start, start + len(figure), changed)
        swaps = [
            i
            for i in range(len(figure) - 1)
            if figure[i : i + 2].isdigit() and figure[i] != figure[i + 1] and not (i == 0 and figure[1] in "0٠")
        ]
        if swaps:
            i = rng.choice(swaps)
            swapped = figure[:i] + figure[i + 1] + figure[i] + figure[i + 2 :]
            if _bare(swapped) not in source_figures:
                yield Site(Family.QUANTITY, "digits transposed", start, start + len(figure), swapped)


def _bare(figure: str) -> str:
    return re.sub(r"\D", "", figure.translate(_DIGITS))


def _is_date(block: Block, match: re.Match[str]) -> bool:
    """Whether a figure is the day or the year of a date rather than a count: a month's name stands next to it."""
    around = block.text[max(0, match.start() - 14) : match.end() + 14].lower()
    marks = (*(name.lower() for name in month_names(block.copy.document.language)), *_DATE_MARKS)
    return any(mark in around for mark in marks)


def scale_words(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """万 for 亿, million for milliard: behind a figure, where the source has a scale word too."""
    if not _SCALE_IN_SOURCE.search(block.source_text):
        return
    words = tables(block.copy.document.language).scale_words
    for figure in re.finditer(r"\d\s?", block.text):
        rest = block.text[figure.end() :]
        word = next((w for w in sorted(words, key=len, reverse=True) if re.match(rf"{re.escape(w)}(?![a-zа-я])", rest)), None)
        if word is not None:
            start = block.start + figure.end()
            yield Site(Family.QUANTITY, "scale slip", start, start + len(word), rng.choice(words[word]))


def percent_lost(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """The percent sign left out, where the source has one. The error shows on the figure that is left."""
    if not re.search(r"(?i)%|per ?cent", block.source_text):
        return
    for pattern in tables(block.copy.document.language).percent:
        for match in re.finditer(pattern, block.text):
            start = block.start + match.start()
            yield Site(Family.QUANTITY, "percent lost", start, start + len(match.group()), match.group("figure"))


def number_words(block: Block, material: Material, rng: random.Random) -> Iterator[Site]:
    """Another small number in words, with the same measure word or case, where the source has the number too."""
    words = tables(block.copy.document.language).number_words
    english = tables("en").number_words
    of_form = {form: (value, place) for value, forms in words.items() for place, form in enumerate(forms)}
    for match in longest(of_form, block.text, ignore_case=True):
        value, place = of_form.get(match.group().lower(), (None, 0))
        if value is None or not holds(block.source_text, (*english.get(value, ()), value)):
            continue
        # Two, three and four govern other forms than five and above in Russian and Arabic; near values are the
        # ones that people confuse.
        low = int(value) <= 4
        others = sorted(
            (v for v in words if v != value and (int(v) <= 4) is low and len(words[v]) > place),
            key=lambda v: (abs(int(v) - int(value)), int(v)),
        )[:3]
        others = [v for v in others if not holds(block.source_text, (*english.get(v, ()), v))]
        if others:
            start = block.start + match.start()
            other = words[rng.choice(others)][place]
            put = other[0].upper() + other[1:] if match.group()[0].isupper() else other
            yield Site(Family.QUANTITY, "number word", start, start + len(match.group()), put)
