"""Quantities of a text: numbers in digits and words with unit, bound and what is counted, exact.

A number is found (`numerals`, `characters`), then what stands around it is put to it: the denominator or scale, the other
end of a range, currency before or unit after, bounds on either side, and the word that is counted. Numbers inside date
mentions are left to the dates. A number that is part of a name (COVID-19, G20, F-16) has the unit 'code'.

Not handled: sums and differences stated in words ("three more than last year"), tables, numbers split over lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
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
from consistency.extract.units import convert
from consistency.languages.loader import PhraseMatcher, fold, language_table
from consistency.types import Mention, MentionKind, QuantityValue, Segmented, Unchecked

_MASK = "\x00"
"""Stands for characters that belong to a date or an exception: no number, no unit, no edge of a word."""

_SCORE_LIMIT = 200
"""Neither side of a score is larger (basketball ends below)."""

_INCHES = re.compile(r"[- ]([0-9]{1,2})(?![0-9.,])(?:[ -]?(in|inch|inches)(?![a-z]))?")
"""The inches behind feet: 6-foot-6, 5 ft 10 in."""

_COUNTED_LETTERS = 4
"""Characters of the noun that are kept in a script without spaces."""

P = TypeVar("P")


def find_quantities(
    text: Segmented, dates: Sequence[Mention]
) -> tuple[tuple[Mention, ...], tuple[Unchecked, ...]]:
    """The text's quantities in order of place, and the digits that could not be read as a number.

    A mention's span runs from the currency sign before the number to the unit after it; bounds ("about") stay outside.
    Raises `LanguageError` where the language has no `quantities.toml`.
    """
    reader = _reader(text.language)
    spans = [(date.start, date.end) for date in dates]
    found = [(numeral, value) for numeral, value in reader.quantities(text.folded, spans)]
    mentions = tuple(
        text.mention(MentionKind.QUANTITY, numeral.start, numeral.end, value) for numeral, value in found
    )
    covered = [(mention.start, mention.end) for mention in mentions] + spans
    unchecked = tuple(
        Unchecked(
            text.document.id,
            match.start(),
            match.end(),
            "quantities",
            "these digits could not be read as one number",
        )
        for match in re.finditer(r"[0-9][0-9.,:/]*", text.folded)
        if not any(start < match.end() and match.start() < end for start, end in covered)
    )
    return mentions, unchecked


def quantities_in(folded: str, language: str) -> tuple[tuple[Numeral, QuantityValue], ...]:
    """The quantities of a piece of folded text that is no document, dates included."""
    return tuple(_reader(language).quantities(folded))


@cache
def _reader(language: str) -> QuantityReader:
    return QuantityReader(language)


class QuantityReader:
    """Reads quantities of one language. Holds its lexicons, folded once."""

    def __init__(self, language: str) -> None:
        table = quantities_table(language)
        self.table: QuantitiesTable = table
        self._spaced = language_table(language).spaced
        self._words = WordReader(language)
        self._exceptions = PhraseMatcher(dict.fromkeys(table.exceptions, True), language)
        self._units = PhraseMatcher(table.units, language)
        self._stems = sorted(
            ((fold(k, language), v) for k, v in table.unit_stems.items()), key=lambda i: -len(i[0])
        )
        self._stem_numbers = sorted(
            ((fold(k, language), v) for k, v in table.stem_numbers.items()), key=lambda i: -len(i[0])
        )
        self._units_before = _by_length(table.units_before, language)
        self._bounds_before = _by_length(table.bounds_before, language)
        self._bounds_after = PhraseMatcher(table.bounds_after, language)
        self._percent_before = _by_length(dict.fromkeys(table.percent_before, "percent"), language)
        self._ordinal_prefixes = _by_length(dict.fromkeys(table.ordinal_prefixes, "ordinal"), language)
        self._ordinal_suffixes = frozenset(fold(s, language) for s in table.ordinal_suffixes)
        self._suffixes = {fold(k, language): v for k, v in table.suffixes.items()}
        self._money_suffixes = {fold(k, language): v for k, v in table.money_suffixes.items()}
        self._denominators = PhraseMatcher(table.denominators, language)
        self._half_after = PhraseMatcher(dict.fromkeys(table.half_after, True), language)
        self._linkers = PhraseMatcher(dict.fromkeys((*table.linkers, *table.fillers), True), language)
        self._measures = PhraseMatcher(dict.fromkeys(table.measures, True), language)
        self._uncounted = frozenset(fold(w, language) for w in table.uncounted)
        self._between = _by_length(table.between, language)
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
            phrases[phrase] = _fixed(Decimal(number), "cardinal")
        for phrase, (value, unit) in table.wholes.items():
            phrases[phrase] = replace(_fixed(divide(value), "cardinal"), unit=unit)
        self._fixed = PhraseMatcher(
            {
                p + k: v
                for k, v in phrases.items()
                for p in ("", *((table.attached_and,) if table.attached_and else ()), *table.prefixes)
            },
            language,
        )

    # --- numbers ------------------------------------------------------------------------------------------

    def quantities(
        self, folded: str, dates: Sequence[tuple[int, int]] = ()
    ) -> Iterator[tuple[Numeral, QuantityValue]]:
        """(numeral with the span of the whole quantity, value) in order of place."""
        masked = _mask(folded, dates)
        masked = _mask(masked, [(start, end) for start, end, _ in self._exceptions.find(masked)])
        numerals = [numeral for numeral in self._numerals(masked) if not self._is_article(masked, numeral)]
        position = 0
        reach = 0
        while position < len(numerals):
            numeral = numerals[position]
            following = numerals[position + 1] if position + 1 < len(numerals) else None
            joined = self._join(masked, numeral, following) if following else None
            if joined:
                position += 1
                numeral = joined
            position += 1
            # Units may hold number words themselves (por ciento, في المئة, 千米): what begins inside is passed over.
            put = self._dress(masked, numeral)
            if put and put[0].start >= reach:
                reach = put[0].end
                yield put

    def _numerals(self, folded: str) -> Iterator[Numeral]:
        position = 0
        while position < len(folded):
            numeral = self._numeral_at(folded, position)
            if numeral is None:
                position += 1
            else:
                yield numeral
                position = max(numeral.end, position + 1)

    def _is_article(self, folded: str, numeral: Numeral) -> bool:
        """Whether a word such as 'un' is no number here, so that it does not part the ends of a range either."""
        return (
            self._spaced
            and numeral.is_weak
            and self._unit_after(folded, numeral.end, len(folded), is_part=False) is None
        )

    def _numeral_at(self, folded: str, position: int) -> Numeral | None:
        character = folded[position]
        if character.isascii() and character.isdigit():
            if position and folded[position - 1].isascii() and folded[position - 1].isdigit():
                return None
            return self._digits_at(folded, position)
        if self.table.grammar == "characters":
            if any(folded.startswith(phrase, position) for phrase, _ in self._percent_before):
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
        if before and not any(before.group() == phrase for phrase, _ in self._units_before):
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
        glued = re.compile(r"-?[^\W\d_]+\.?|[ºª°]").match(folded, end)
        has_currency = _ends_with(folded, numeral.start, self._units_before, spaced=False) is not None
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
            if run[0] != "-" and self._glued_unit(folded, end) is None:
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
            half = self._half_after.match_at(folded, after, len(folded))
            if half:
                scaled = self._words.multiplier_at(folded, half[0] + 1) if half[0] + 1 < len(folded) else None
                halved = replace(
                    numeral, low=numeral.low + Decimal("0.5"), high=numeral.high + Decimal("0.5"), end=half[0]
                )
                return _scaled(halved, *scaled) if scaled else halved
        return numeral

    def _glued_unit(self, folded: str, end: int) -> tuple[str, int] | None:
        """A unit written on to digits without a space ("5km", "16في المائة")."""
        behind = " " + folded[end : end + 40]
        found = self._units.match_at(behind, 1, len(behind))
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
        half = self._half_after.match_at(folded, numeral.end + 1, len(folded))
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
            article = self._linkers.match_at(folded, position + 1, len(folded))
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

    # --- ranges and scores --------------------------------------------------------------------------------

    def _join(self, folded: str, left: Numeral, right: Numeral) -> Numeral | None:
        """Two numbers as one range or score where what stands between says so."""
        plain = ("cardinal", "fraction")
        if left.kind not in plain or right.kind not in plain or right.start - left.end > 24:
            return None
        if not self._spaced and (left.is_weak or right.is_weak) and (left.low >= right.low):
            return None
        gap = folded[left.end : right.start]
        unit_end = self._unit_end(folded, left.end, right.start)
        join = folded[unit_end : right.start].strip()
        for sign in ("", *(phrase for phrase, _ in self._units_before)):
            core = join.removesuffix(sign).strip() if sign else join
            if core in self.table.range_joins or self._is_between(folded, left.start, core):
                break
        else:
            core = join
        if unit_end > left.end:
            own, other = (
                self._unit_after(folded, left.end, right.start, is_part=False),
                self._unit_after(folded, right.end, len(folded), is_part=False),
            )
            if own and other and own[0] != other[0]:
                return None
        digits = not (left.is_word or right.is_word)
        if digits and gap.strip() in self.table.score_joins and _is_score(left, right, gap):
            return replace(left, end=right.end, high=right.low, kind="score", bound="exact")
        if core not in self.table.range_joins and not self._is_between(folded, left.start, core):
            return None
        low, end_value = left.low, right.high
        if right.scale and left.scale is None and right.mantissa is not None and low < right.mantissa:
            low *= right.scale
        if low >= end_value:
            return None
        return replace(
            right,
            start=left.start,
            low=low,
            high=end_value,
            bound="range",
            is_weak=False,
            is_word=left.is_word and right.is_word,
            unit=right.unit or left.unit,
        )

    def _is_between(self, folded: str, start: int, join: str) -> bool:
        for opener, joiner in self._between:
            if joiner == join and _ends_with(folded, start, ((opener, True),), spaced=self._spaced):
                return True
        return False

    def _unit_end(self, folded: str, position: int, stop: int) -> int:
        """Where a unit behind the number ends, or `position`."""
        after = position
        while after < stop and folded[after] in " -":
            after += 1
        found = self._units.match_at(folded, after, stop) if after < stop else None
        return found[0] if found else position

    # --- what stands around -------------------------------------------------------------------------------

    def _dress(self, folded: str, numeral: Numeral) -> tuple[Numeral, QuantityValue] | None:
        """The numeral with unit, bound and what is counted; None where it is no quantity after all."""
        unit, start, end, stop = numeral.unit, numeral.start, numeral.end, len(folded)
        bound = numeral.bound
        low, high = numeral.low, numeral.high
        prefix = _ends_with(folded, start, self._percent_before, spaced=self._spaced)
        if prefix:
            unit, start = "percent", prefix[0]
        elif (found := _ends_with(folded, start, self._ordinal_prefixes, spaced=self._spaced)) is not None:
            unit, start = "ordinal", found[0]
        elif numeral.kind in ("code", "ordinal"):
            unit = numeral.kind
        before = _ends_with(folded, start, self._units_before, spaced=False) if unit is None else None
        if before:
            unit, start = str(before[1]), before[0]
        after_bound = None
        if unit is None or before:
            found_unit = self._unit_after(folded, end, stop, is_part=numeral.kind == "fraction")
            if found_unit:
                unit, end, after_bound = found_unit[0] if unit is None else unit, found_unit[1], found_unit[2]
        tail = self._bound_after(folded, end, stop)
        if tail:
            after_bound = tail[0]
        half_at = end + self._spaced
        half = self._half_after.match_at(folded, half_at, len(folded)) if half_at < len(folded) else None
        if half and unit is not None and numeral.unit is None and numeral.kind == "cardinal":
            low, high, end = low + Decimal("0.5"), high + Decimal("0.5"), half[0]
        inches = _INCHES.match(folded, end) if unit == "foot" else None
        if inches and (inches.group(2) or inches.group().startswith("-")):
            part = convert(Decimal(inches.group(1)), "inch", "foot")
            assert part is not None
            low, high, end = low + part, high + part, inches.end()
        if unit is None:
            unit = {"ordinal": "ordinal", "fraction": "fraction", "times": "times", "score": "score"}.get(
                numeral.kind, "count"
            )
        if unit == "count" and not self._is_counting(folded, numeral, tail[1] if tail else end):
            return None
        lead = _ends_with(folded, start, self._bounds_before, spaced=self._spaced)
        if lead and bound in ("exact", "about"):
            bound = str(lead[1])
        elif after_bound and bound in ("exact", "about"):
            bound = after_bound
        value = QuantityValue(
            low,
            high,
            unit=unit,
            bound=bound,
            counted=self._counted(folded, tail[1] if tail else end),
            mantissa=numeral.mantissa,
            scale=numeral.scale,
            is_word=numeral.is_word,
        )
        return replace(numeral, start=start, end=end), value

    def _unit_after(
        self, folded: str, end: int, stop: int, *, is_part: bool
    ) -> tuple[str, int, str | None] | None:
        """(unit, end, bound between number and unit) behind a number: '%', ' km', '-year-old', '多公里', ' de dollars'.

        Behind a part an article may stand ("half an hour").
        """
        position, bound = end, None
        between = self._bound_after(folded, end, stop)
        if between and not self._spaced:
            bound, position = between
        for _ in range(3):
            glued = re.compile(r"[^\W\d_]+[²³]?").match(folded, position, stop) if position == end else None
            if glued and self._spaced and (found := self._glued_unit(folded, end)):
                return found[0], found[1], bound
            while position < stop and folded[position] in " -":
                position += 1
            if position >= stop:
                return None
            unit = self._units.match_at(folded, position, stop)
            if unit and not self._spaced and _cuts_word(folded, unit[0]):
                return None
            if unit:
                return (
                    (unit[1], unit[0] if unit[1] != "count" else end, bound) if unit[1] != "count" else None
                )
            linker = self._linkers.match_at(folded, position, stop)
            word = re.compile(r"[^\W\d_]+").match(folded, position, stop) if is_part else None
            if linker is not None:
                position = linker[0]
            elif word is not None and word.group() in self.table.articles:
                position = word.end()
            else:
                return None
            if folded[position : position + 1] == "'":
                position += 1
        return None

    def _bound_after(self, folded: str, end: int, stop: int) -> tuple[str, int] | None:
        position = end
        while position < stop and folded[position] == " ":
            position += 1
        found = self._bounds_after.match_at(folded, position, stop) if position < stop else None
        return (found[1], found[0]) if found else None

    def _is_counting(self, folded: str, numeral: Numeral, end: int) -> bool:
        """Whether a number without unit is a quantity: an article-like word is not, a single character needs a measure."""
        if numeral.bound == "range" or numeral.kind == "indefinite":
            return True
        if self._spaced:
            return not numeral.is_weak
        if not numeral.is_word:
            return True
        while end < len(folded) and folded[end] == " ":
            end += 1
        measure = (
            self._measures.match_at(folded, end, len(folded)) is not None if end < len(folded) else False
        )
        return (measure and numeral.low > 1) if numeral.is_weak else True

    def _counted(self, folded: str, end: int) -> str | None:
        """The word behind the number, as folded text; None where a stop, number or function word comes first."""
        if self._spaced:
            match = re.compile(r"(?:[ -]+(?:[^\W\d_]+')?)([^\W\d_]+)").match(folded, end)
            return match.group(1) if match and match.group(1) not in self._uncounted else None
        while end < len(folded) and folded[end] == " ":
            end += 1
        measure = self._measures.match_at(folded, end, len(folded)) if end < len(folded) else None
        begin = measure[0] if measure else end
        match = re.compile(f"[\u4e00-\u9fff]{{1,{_COUNTED_LETTERS}}}").match(folded, begin)
        if match and match.group()[0] not in self._uncounted:
            return match.group()
        return folded[end:begin] or None


# --- small parts ------------------------------------------------------------------------------------------


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


def _is_score(left: Numeral, right: Numeral, gap: str) -> bool:
    whole = left.low == left.low.to_integral_value() and right.low == right.low.to_integral_value()
    if not whole or max(left.low, right.low) > _SCORE_LIMIT:
        return False
    return left.low >= right.low or gap.strip() not in ("-", "to", "a")


def _cuts_word(folded: str, end: int) -> bool:
    """Whether a Latin unit in an unspaced script ends in the middle of a Latin word."""
    return bool(re.compile(r"(?<=[a-z])[a-z0-9/]").match(folded, end))


def _mask(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + _MASK * (end - start) + text[end:]
    return text


def _by_length(phrases: Mapping[str, P], language: str) -> tuple[tuple[str, P], ...]:
    return tuple(
        sorted(
            ((fold(k, language), v) for k, v in phrases.items()), key=lambda item: (-len(item[0]), item[0])
        )
    )


def _ends_with(
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
