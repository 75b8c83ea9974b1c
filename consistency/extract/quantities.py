"""Quantities of a text: numbers in digits and words with unit, bound and what is counted, exact.

A number is found (`numerals`, `characters`), then what stands around it is put to it: the denominator or scale, the other
end of a range, currency before or unit after, bounds on either side, and the word that is counted. Numbers inside date
mentions are left to the dates. A number that is part of a name (COVID-19, G20, F-16) has the unit 'code'.

Not handled: sums and differences stated in words ("three more than last year"), tables, numbers split over lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TypeVar
from unicodedata import combining

from consistency.extract.numbers import NumberReader, by_length, ends_with
from consistency.extract.numerals import Numeral, QuantitiesTable
from consistency.extract.units import convert, units
from consistency.languages.loader import PhraseMatcher, fold
from consistency.types import Mention, MentionKind, QuantityValue, Segmented, Unchecked

_MASK = "\x00"
"""Stands for characters that belong to a date or an exception: no number, no unit, no edge of a word."""

_SCORE_LIMIT = 200
"""Neither side of a score is larger (basketball ends below)."""

_ITEM = re.compile(r"(?m)^[ ]*\(?([0-9]{1,3})(?:[.)] |[ ]-[ ])")
"""The number of a list item or paragraph at the beginning of a line."""

_INCHES = re.compile(r"[- ]([0-9]{1,2})(?![0-9.,])(?:[ -]?(in|inch|inches)(?![a-z]))?")
"""The inches behind feet: 6-foot-6, 5 ft 10 in."""

_HEIGHT = re.compile(r" ?([0-9]{2})(?![0-9.,%]| ?[^\W\d_])")
"""The centimetres behind a metre: 1 m 80, 1米80."""

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


def bound_start(folded: str, start: int, language: str) -> int:
    """Where the bound before the quantity at `start` begins ("less than"), or `start` where there is none."""
    return _reader(language).bound_start(folded, start)


@cache
def _reader(language: str) -> QuantityReader:
    return QuantityReader(language)


class QuantityReader:
    """Reads quantities of one language. Holds its lexicons, folded once."""

    def __init__(self, language: str) -> None:
        self._numbers = NumberReader(language)
        table = self._numbers.table
        self.table: QuantitiesTable = table
        self._spaced = self._numbers.spaced
        self._exceptions = PhraseMatcher(dict.fromkeys(table.exceptions, True), language)
        self._bounds_before = by_length(table.bounds_before, language)
        self._bounds_after = PhraseMatcher(table.bounds_after, language)
        self._ordinal_prefixes = by_length(dict.fromkeys(table.ordinal_prefixes, "ordinal"), language)
        self._measures = PhraseMatcher(dict.fromkeys(table.measures, True), language)
        self._uncounted = frozenset(fold(w, language) for w in table.uncounted)
        self._between = by_length({k: fold(v, language) for k, v in table.between.items()}, language)
        self._range_joins = frozenset(fold(join, language) for join in table.range_joins)
        self._list_joins = frozenset(fold(join, language) for join in table.list_joins)
        self._score_joins = frozenset(fold(join, language) for join in table.score_joins)

    def quantities(
        self, folded: str, dates: Sequence[tuple[int, int]] = ()
    ) -> Iterator[tuple[Numeral, QuantityValue]]:
        """(numeral with the span of the whole quantity, value) in order of place."""
        if self.table.drop_marks and any(map(combining, folded)):
            yield from self._without_marks(folded, dates)
            return
        masked = _mask(folded, [*dates, *(match.span(1) for match in _ITEM.finditer(folded))])
        masked = _mask(masked, [(start, end) for start, end, _ in self._exceptions.find(masked)])
        numerals = [
            numeral for numeral in self._numbers.numerals(masked) if not self._is_article(masked, numeral)
        ]
        found: list[tuple[Numeral, QuantityValue]] = []
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
                found.append(put)
        yield from self._share_units(masked, found)

    def bound_start(self, folded: str, start: int) -> int:
        """Where the bound before `start` begins, or `start`."""
        found = ends_with(folded, start, self._bounds_before, spaced=self._spaced)
        return found[0] if found else start

    def _without_marks(
        self, folded: str, dates: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[Numeral, QuantityValue]]:
        """The quantities of the text read without its combining marks, at their places in the text with them."""
        kept = [index for index, character in enumerate(folded) if not combining(character)]
        places = [*kept, len(folded)]
        bare = "".join(folded[index] for index in kept)
        spans = [(bisect_left(kept, start), bisect_left(kept, end)) for start, end in dates]
        for numeral, value in self.quantities(bare, spans):
            yield replace(numeral, start=places[numeral.start], end=places[numeral.end - 1] + 1), value

    def _share_units(
        self, folded: str, found: list[tuple[Numeral, QuantityValue]]
    ) -> list[tuple[Numeral, QuantityValue]]:
        """The quantities with the unit of the last of a list given to those before it: 45 and 46 per cent."""
        for index in range(len(found) - 2, -1, -1):
            (one, value), (other, following) = found[index], found[index + 1]
            between = folded[one.end : other.start].strip()
            if value.unit == "foot" and following.unit == "inch" and not between and value.low == value.high:
                inches = convert(following.low, "inch", "foot")
                assert inches is not None
                total = value.low + inches
                found[index] = (replace(one, end=other.end), replace(value, low=total, high=total))
                del found[index + 1]
                continue
            if (
                value.unit == "count"
                and value.scale is None
                and not value.is_word
                and not following.is_word
                and between in self._list_joins
                and following.unit in units()
            ):
                found[index] = (one, replace(value, unit=following.unit, counted=None))
        return found

    def _is_article(self, folded: str, numeral: Numeral) -> bool:
        """Whether a word such as 'un' is no number here, so that it does not part the ends of a range either."""
        return (
            self._spaced
            and numeral.is_weak
            and self._unit_after(folded, numeral.end, len(folded), is_part=False) is None
        )

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
        for sign in ("", *(phrase for phrase, _ in self._numbers.units_before)):
            core = join.removesuffix(sign).strip() if sign else join
            if core in self._range_joins or self._is_between(folded, left.start, core):
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
        if (
            digits
            and gap.strip() in self._score_joins
            and _is_score(left, right, is_range=gap.strip() in self._range_joins)
        ):
            return replace(left, end=right.end, high=right.low, kind="score", bound="exact")
        if core not in self._range_joins and not self._is_between(folded, left.start, core):
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
            if (join == joiner or join.startswith(joiner + " ")) and ends_with(
                folded, start, ((opener, True),), spaced=self._spaced
            ):
                return True
        return False

    def _unit_end(self, folded: str, position: int, stop: int) -> int:
        """Where a unit behind the number ends, or `position`."""
        after = position
        while after < stop and folded[after] in " -":
            after += 1
        found = self._numbers.units.match_at(folded, after, stop) if after < stop else None
        return found[0] if found else position

    # --- what stands around -------------------------------------------------------------------------------

    def _dress(self, folded: str, numeral: Numeral) -> tuple[Numeral, QuantityValue] | None:
        """The numeral with unit, bound and what is counted; None where it is no quantity after all."""
        unit, start, end, stop = numeral.unit, numeral.start, numeral.end, len(folded)
        bound = numeral.bound
        low, high = numeral.low, numeral.high
        prefix = ends_with(folded, start, self._numbers.percent_before, spaced=self._spaced)
        if prefix:
            unit, start = "percent", prefix[0]
        elif (found := ends_with(folded, start, self._ordinal_prefixes, spaced=self._spaced)) is not None:
            unit, start = "ordinal", found[0]
        elif numeral.kind in ("code", "ordinal"):
            unit = numeral.kind
        before = (
            ends_with(folded, start, self._numbers.units_before, spaced=self._spaced)
            if unit is None
            else None
        )
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
        half = (
            self._numbers.half_after.match_at(folded, half_at, len(folded)) if half_at < len(folded) else None
        )
        if half and unit is not None and numeral.unit is None and numeral.kind == "cardinal":
            low, high, end = low + Decimal("0.5"), high + Decimal("0.5"), half[0]
        inches = _INCHES.match(folded, end) if unit == "foot" else None
        if inches and (inches.group(2) or inches.group().startswith("-")):
            part = convert(Decimal(inches.group(1)), "inch", "foot")
            assert part is not None
            low, high, end = low + part, high + part, inches.end()
        height = (
            _HEIGHT.match(folded, end)
            if unit == "m" and low in (1, 2) and numeral.kind == "cardinal"
            else None
        )
        if height:
            low, high, end = (
                low + Decimal(f"0.{height.group(1)}"),
                high + Decimal(f"0.{height.group(1)}"),
                height.end(),
            )
        if unit is None:
            unit = {"ordinal": "ordinal", "fraction": "fraction", "times": "times", "score": "score"}.get(
                numeral.kind, "count"
            )
        if unit == "count" and not self._is_counting(folded, numeral, tail[1] if tail else end):
            return None
        lead = ends_with(folded, start, self._bounds_before, spaced=self._spaced)
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
            if glued and self._spaced and (found := self._numbers.glued_unit(folded, end)):
                return found[0], found[1], bound
            while position < stop and folded[position] in " -":
                position += 1
            if position >= stop:
                return None
            unit = self._numbers.units.match_at(folded, position, stop)
            if unit and not self._spaced and _cuts_word(folded, unit[0]):
                return None
            if unit:
                return (
                    (unit[1], unit[0] if unit[1] != "count" else end, bound) if unit[1] != "count" else None
                )
            linker = self._numbers.linkers.match_at(folded, position, stop)
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


def _is_score(left: Numeral, right: Numeral, *, is_range: bool) -> bool:
    whole = left.low == left.low.to_integral_value() and right.low == right.low.to_integral_value()
    if not whole or max(left.low, right.low) > _SCORE_LIMIT:
        return False
    return left.low >= right.low or not is_range


def _cuts_word(folded: str, end: int) -> bool:
    """Whether a Latin unit in an unspaced script ends in the middle of a Latin word."""
    return bool(re.compile(r"(?<=[a-z])[a-z0-9/]").match(folded, end))


def _mask(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + _MASK * (end - start) + text[end:]
    return text
