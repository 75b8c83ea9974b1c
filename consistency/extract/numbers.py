"""Numbers of a text one by one: digits with what is written on to them, words, fractions, compounds.

What a number counts, its unit, bounds and ranges are put to it in `quantities.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from consistency.extract.characters import STARTERS, read_characters
from consistency.extract.numerals import (
    Numeral,
    QuantitiesTable,
    WordReader,
    divide,
    quantities_table,
    read_digits,
    roman_value,
)
from consistency.languages.loader import PhraseMatcher, fold, language_table

P = TypeVar("P")


class NumberReader:
    """Finds numbers of one language. Holds the lexicons that its parts share, folded once."""

    def __init__(self, language: str) -> None:
        table = quantities_table(language)
        self.table: QuantitiesTable = table
        self.spaced = language_table(language).spaced
        self.units = PhraseMatcher(table.units, language)
        self.linkers = PhraseMatcher(dict.fromkeys((*table.linkers, *table.fillers), True), language)
        self.half_after = PhraseMatcher(dict.fromkeys(table.half_after, True), language)
        self.units_before = by_length(table.units_before, language)
        self.percent_before = by_length(dict.fromkeys(table.percent_before, "percent"), language)
        self._words = WordReader(language)
        self._stems = by_length(table.unit_stems, language)
        self._stem_numbers = by_length(table.stem_numbers, language)
        self._ordinal_suffixes = frozenset(fold(s, language) for s in table.ordinal_suffixes)
        self._suffixes = {fold(k, language): v for k, v in table.suffixes.items()}
        self._money_suffixes = {fold(k, language): v for k, v in table.money_suffixes.items()}
        self._denominators = PhraseMatcher(table.denominators, language)
        phrases: dict[str, Numeral] = {}
        for phrase, fraction in table.fractions.items():
            phrases[phrase] = _fixed(divide(fraction), "fraction")
        for phrase, number in table.approximate.items():
            phrases[phrase] = replace(_fixed(Decimal(number), "cardinal"), bound="about")
        for phrase, (low, high) in table.indefinite.items():
            phrases[phrase] = replace(_fixed(Decimal(low), "indefinite"), high=Decimal(high), bound="about")
        for phrase, factor in table.times.items():
            phrases[phrase] = _fixed(divide(factor), "times")
        for phrase, number in table.counts.items():
            phrases[phrase] = replace(_fixed(Decimal(number), "cardinal"), unit="pair")
        for phrase, (value, unit) in table.wholes.items():
            phrases[phrase] = replace(
                _fixed(divide(value), "cardinal"), unit=None if unit == "count" else unit
            )
        self._fixed = PhraseMatcher(
            {
                p + k: v
                for k, v in phrases.items()
                for p in ("", *((table.attached_and,) if table.attached_and else ()), *table.prefixes)
            },
            language,
        )

    def numerals(self, folded: str) -> Iterator[Numeral]:
        position = 0
        while position < len(folded):
            numeral = self._numeral_at(folded, position)
            if numeral is None:
                position += 1
            else:
                yield numeral
                position = max(numeral.end, position + 1)

    def _numeral_at(self, folded: str, position: int) -> Numeral | None:
        character = folded[position]
        if character in ".٫" and folded[position + 1 : position + 2].isdigit():
            # ".08%" begins with its mark; the full stop of a sentence has no digit on either side of this kind.
            return (
                self._digits_at(folded, position)
                if folded[max(0, position - 1) : position] in ("", " ")
                else None
            )
        if character.isascii() and character.isdigit():
            if position and folded[position - 1].isascii() and folded[position - 1].isdigit():
                return None
            return self._digits_at(folded, position)
        if self.table.grammar == "characters":
            if any(folded.startswith(phrase, position) for phrase, _ in self.percent_before):
                return None
            fixed = self._fixed.match_at(folded, position, len(folded))
            if fixed:
                return replace(fixed[1], start=position, end=fixed[0])
            if character not in STARTERS or (
                character in "零〇" and folded[position - 1 : position].isdigit()
            ):
                return None
            return self._character_fraction(folded, read_characters(folded, position, self.table))
        if not character.isalpha() or (position and folded[position - 1].isalnum()):
            return None
        fixed = self._fixed.match_at(folded, position, len(folded))
        words = self._words.read(folded, position)
        if fixed and (words is None or fixed[0] >= words.end):
            return self._multiplied(folded, replace(fixed[1], start=position, end=fixed[0]))
        if words:
            return self._denominated(folded, words)
        return self._compound(folded, position) or self._roman(folded, position)

    def _digits_at(self, folded: str, position: int) -> Numeral | None:
        before = re.search(r"[^\W\d_]+-?$", folded[max(0, position - 20) : position])
        if self.table.grammar == "characters":
            before = re.search(r"[a-z]+-?$", folded[max(0, position - 20) : position])
        if before and not any(before.group() == phrase for phrase, _ in self.units_before):
            attached = self.table.attached_and or "\0"
            if before.group().rstrip("-") not in (attached, *self.table.prefixes):
                value, end = read_digits(folded, position, self.table)
                return Numeral(position, end, value, value, kind="code")
        if self.table.grammar == "characters":
            numeral = read_characters(folded, position, self.table)
            return None if numeral is None else self._character_fraction(folded, numeral)
        value, end = read_digits(folded, position, self.table)
        numeral = Numeral(position, end, value, value)
        return self._suffixed(folded, numeral)

    def _suffixed(self, folded: str, numeral: Numeral) -> Numeral:
        """Digits with what is written on to them, and with the scale words behind."""
        end = numeral.end
        plus = re.compile(r"\+(?=[ -]?[^\W\d_])").match(folded, end)
        if plus:  # $300+ billion
            multiplier = self._words.multiplier_at(folded, end + 2) if end + 2 < len(folded) else None
            if multiplier:
                return replace(_scaled(numeral, *multiplier), bound="more_than")
        glued = re.compile(r"-?[^\W\d_]+\.?|[ºª°]").match(folded, end)
        has_currency = ends_with(folded, numeral.start, self.units_before, spaced=self.spaced) is not None
        if glued:
            run = glued.group()
            bare = run.rstrip(".")
            if run in self._ordinal_suffixes or bare in self._ordinal_suffixes:
                return replace(numeral, end=end + len(bare), kind="ordinal")
            scale = self._suffixes.get(bare) or (self._money_suffixes.get(bare) if has_currency else None)
            if scale:
                return _scaled(numeral, end + len(bare), scale)
            multiplier = self._words.multiplier_at(folded, end + (run[0] == "-"))
            if multiplier is None and not run.startswith("-"):
                multiplier = self._glued_multiplier(bare, end)
            if multiplier:
                return _scaled(numeral, *multiplier)
            for stem, unit in self._stems:
                if bare.lstrip("-").startswith(stem):
                    return replace(numeral, end=end + len(bare), unit=unit)
            if run[0] != "-" and self.glued_unit(folded, end) is None:
                if len(bare) == 1 or not bare.isascii():
                    return replace(numeral, end=end + len(bare), kind="code")
                return replace(numeral, kind="code")
            return numeral
        after = end
        while after < len(folded) and folded[after] == " " and after - end < 2:
            after += 1
        if after > end and after < len(folded):
            multiplier = self._words.multiplier_at(folded, after)
            if multiplier:
                return _scaled(numeral, *multiplier)
            word = re.compile(r"[^\W\d_]+").match(folded, after)
            suffixes = {**self._suffixes, **(self._money_suffixes if has_currency else {})}
            if word and word.group() in suffixes:
                stop = word.end() + (re.compile(r"\. ?[^\W\d_]").match(folded, word.end()) is not None)
                return _scaled(numeral, stop, suffixes[word.group()])
            half = self.half_after.match_at(folded, after, len(folded))
            if half:
                scaled = self._words.multiplier_at(folded, half[0] + 1) if half[0] + 1 < len(folded) else None
                halved = replace(
                    numeral, low=numeral.low + Decimal("0.5"), high=numeral.high + Decimal("0.5"), end=half[0]
                )
                return _scaled(halved, *scaled) if scaled else halved
        return numeral

    def glued_unit(self, folded: str, end: int) -> tuple[str, int] | None:
        """A unit written on to digits without a space ("5km", "16في المائة")."""
        behind = " " + folded[end : end + 40]
        found = self.units.match_at(behind, 1, len(behind))
        return (found[1], end + found[0] - 1) if found else None

    def _glued_multiplier(self, word: str, start: int) -> tuple[int, int] | None:
        """A scale word written on to digits ("£11million")."""
        found = self._words.multiplier_at(word, 0)
        return (start + len(word), found[1]) if found and found[0] == len(word) else None

    def _character_fraction(self, folded: str, numeral: Numeral | None) -> Numeral | None:
        """三分之二 is two thirds, 百分之三十 thirty per cent (the prefix is read in `_dress`)."""
        if numeral is None or not folded.startswith("分之", numeral.end) or numeral.low in (100, 1000):
            return numeral
        after = numeral.end + 2
        if after >= len(folded) or (folded[after] not in STARTERS and not folded[after].isdigit()):
            return numeral
        top = read_characters(folded, after, self.table)
        if top is None or not numeral.low:
            return numeral
        value = top.low / numeral.low
        return Numeral(numeral.start, top.end, value, value, kind="fraction", is_word=top.is_word)

    def _denominated(self, folded: str, numeral: Numeral) -> Numeral:
        """Number words with a denominator ("three-quarters") or a half ("two and a half million") behind them."""
        if numeral.kind != "cardinal" or folded[numeral.end : numeral.end + 1] not in (" ", "-"):
            return numeral
        found = self._denominators.match_at(folded, numeral.end + 1, len(folded))
        if found and numeral.low < 100:
            value = numeral.low / found[1]
            return Numeral(numeral.start, found[0], value, value, kind="fraction", is_word=True)
        half = self.half_after.match_at(folded, numeral.end + 1, len(folded))
        if half:
            step = Decimal("0.5") * (numeral.scale or 1)
            scaled = self._words.multiplier_at(folded, half[0] + 1) if half[0] + 1 < len(folded) else None
            halved = replace(
                numeral,
                end=half[0],
                low=numeral.low + step,
                high=numeral.high + step,
                is_weak=False,
                mantissa=None,
                scale=None,
            )
            return _scaled(halved, *scaled) if scaled and numeral.scale is None else halved
        return numeral

    def _multiplied(self, folded: str, numeral: Numeral) -> Numeral:
        """A fraction, round number or open number with a scale behind it: half a million, des centaines de milliers."""
        position = numeral.end
        for _ in range(2):
            if folded[position : position + 1] not in (" ", "-", "'") or position + 1 >= len(folded):
                return numeral
            multiplier = self._words.multiplier_at(folded, position + 1)
            if multiplier:
                end, scale = multiplier
                return replace(
                    numeral,
                    end=end,
                    low=numeral.low * scale,
                    high=numeral.high * scale,
                    scale=Decimal(scale),
                    kind="cardinal" if numeral.kind == "fraction" else numeral.kind,
                )
            open_number = self._fixed.match_at(folded, position + 1, len(folded))
            if numeral.kind == "indefinite" and open_number and open_number[1].kind == "indefinite":
                other = open_number[1]
                size = other.low / 2
                return replace(
                    numeral, end=open_number[0], low=numeral.low * size, high=(numeral.high + 1) * size - 1
                )
            article = self.linkers.match_at(folded, position + 1, len(folded))
            if article is None:
                word = re.compile(r"[^\W\d_]+").match(folded, position + 1)
                if word is None or word.group() not in self.table.articles:
                    return numeral
                position = word.end()
            else:
                position = article[0]
        return numeral

    def _compound(self, folded: str, position: int) -> Numeral | None:
        """пятилетний, двухдневный: number and unit in one word."""
        for first, value in self._stem_numbers:
            if not folded.startswith(first, position):
                continue
            for stem, unit in self._stems:
                if folded.startswith(stem, position + len(first)):
                    end = re.compile(r"[^\W\d_]*").match(folded, position + len(first))
                    assert end is not None
                    return Numeral(
                        position, end.end(), Decimal(value), Decimal(value), is_word=True, unit=unit
                    )
        return None

    def _roman(self, folded: str, position: int) -> Numeral | None:
        """A Roman numeral beside a word that takes one: XIXe siècle, siglo XV."""
        if not (self.table.roman_before or self.table.roman_after) or folded[position] not in "ivxlc":
            return None
        match = re.compile(r"([ivxlc]+?)(e|er|eme|o)?(?![^\W_])").match(folded, position)
        value = roman_value(match.group(1)) if match else None
        if match is None or not value:
            return None
        following = re.compile(r" ([^\W\d_]+)").match(folded, match.end())
        before = re.search(r"([^\W\d_]+) $", folded[max(0, position - 20) : position])
        if (following and following.group(1) in self.table.roman_before) or (
            before and before.group(1) in self.table.roman_after
        ):
            return Numeral(position, match.end(), Decimal(value), Decimal(value), kind="ordinal")
        return None


def by_length(phrases: Mapping[str, P], language: str) -> tuple[tuple[str, P], ...]:
    return tuple(
        sorted(
            ((fold(k, language), v) for k, v in phrases.items()), key=lambda item: (-len(item[0]), item[0])
        )
    )


def ends_with(
    folded: str, position: int, phrases: Sequence[tuple[str, P]], *, spaced: bool
) -> tuple[int, P] | None:
    """(start, payload) of the longest phrase that ends right before `position`, spaces between left out."""
    while position > 0 and folded[position - 1] == " ":
        position -= 1
    for phrase, payload in phrases:
        start = position - len(phrase)
        if start < 0 or not folded.startswith(phrase, start):
            continue
        if spaced and start and folded[start - 1].isalnum() and phrase[0].isalnum():
            continue
        return start, payload
    return None


def _fixed(value: Decimal, kind: str) -> Numeral:
    return Numeral(0, 0, value, value, kind=kind, is_word=True)


def _scaled(numeral: Numeral, end: int, scale: int) -> Numeral:
    return replace(
        numeral,
        end=end,
        low=numeral.low * scale,
        high=numeral.high * scale,
        mantissa=numeral.low,
        scale=Decimal(scale),
    )
