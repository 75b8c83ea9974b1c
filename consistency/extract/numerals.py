"""Numbers as written: digits by the marks of a locale, and number words of languages that set words apart.

`read_digits` and `WordReader.read` say where a number ends and what it is worth; units, bounds and ranges are put to it
in `consistency.extract.quantities`. Chinese number characters have a grammar of their own: `characters.py`.

The grammar of words is one for all: smaller numbers are added (vingt-trois), multipliers multiply what stands before
them (deux cents), a larger multiplier multiplies all so far (mil millones). What a language does beside that is data:
joining words ("and", "et", "y", the Arabic wa-), units before tens, tens that take a teen (soixante-douze).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pydantic import Field, field_validator

from consistency.extract.units import is_known
from consistency.languages.loader import PhraseMatcher, Table, fold, load

Bound = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than"]
Join = Literal["after_hundreds", "before_one", "after_tens", "anywhere"]


class QuantitiesTable(Table):
    """Shape of `quantities.toml`. Numbers are strings where they may be fractions or decimals."""

    grammar: Literal["words", "characters"] = "words"
    decimals: tuple[str, ...]
    """Decimal marks, the usual one first."""
    groups: tuple[str, ...]
    """Marks between groups of three digits, the usual one first. A space is always one."""
    drop_marks: bool = False
    """Whether combining marks inside words are passed over."""
    reversed_groups: bool = False
    """Whether groups of three digits may stand in the order of a text that runs from right to left."""
    words: dict[str, int] = Field(default_factory=dict)
    multipliers: dict[str, int] = Field(default_factory=dict)
    suffixes: dict[str, int] = Field(default_factory=dict)
    """Scale abbreviations that stand after digits only (bn, млн)."""
    money_suffixes: dict[str, int] = Field(default_factory=dict)
    """Scale letters that count only where a currency sign stands before the digits ($5m)."""
    bare_multipliers: bool = True
    """Whether a multiplier alone is a number (mille, mil, тысяча); English needs 'a thousand'."""
    articles: tuple[str, ...] = ()
    """Words that mean one before a multiplier, and nothing elsewhere."""
    unstressed: tuple[str, ...] = ()
    """Number words that are most often articles or pronouns: alone they are no quantity, with a unit they are."""
    joins: dict[str, Join] = Field(default_factory=dict)
    attached_and: str = ""
    """A joining word written together with the next (Arabic wa-)."""
    prefixes: tuple[str, ...] = ()
    """Articles and prepositions written together with a number word."""
    units_before_tens: bool = False
    vigesimal: tuple[int, ...] = ()
    """Tens that take 1 to 19 after them."""
    ordinals: dict[str, int] = Field(default_factory=dict)
    ordinal_suffixes: tuple[str, ...] = ()
    ordinal_prefixes: tuple[str, ...] = ()
    fractions: dict[str, str] = Field(default_factory=dict)
    """Fractions that stand alone ("half"): numerator/denominator."""
    denominators: dict[str, int] = Field(default_factory=dict)
    """Words that need a number before them ("thirds")."""
    half_after: tuple[str, ...] = ()
    """"and a half" after a number or its unit."""
    groups_of: dict[str, int] = Field(default_factory=dict)
    """Nouns of number that multiply like a scale and stand alone too (dozen)."""
    approximate: dict[str, int] = Field(default_factory=dict)
    """Nouns of a round number (dizaine, десяток): about so many."""
    indefinite: dict[str, tuple[int, int]] = Field(default_factory=dict)
    """Nouns of an open number (hundreds): from, to."""
    times: dict[str, str] = Field(default_factory=dict)
    """Words of multiplication (twice, doubled)."""
    counts: dict[str, int] = Field(default_factory=dict)
    """Words that hold a small number (both, a pair)."""
    wholes: dict[str, tuple[str, str]] = Field(default_factory=dict)
    """Words that hold number and unit (полчаса): value, unit."""
    decimal_words: tuple[str, ...] = ()
    """"point" between spelt digits."""
    percent_before: tuple[str, ...] = ()
    """Words that stand before the number and make it a percentage (百分之)."""
    bounds_before: dict[str, Bound] = Field(default_factory=dict)
    bounds_after: dict[str, Bound] = Field(default_factory=dict)
    between: dict[str, str] = Field(default_factory=dict)
    """Words around a range: opener and the word between ("between": "and")."""
    range_joins: tuple[str, ...] = ()
    list_joins: tuple[str, ...] = ()
    """Words and signs between numbers that share the unit of the last (45 and 46 per cent)."""
    score_joins: tuple[str, ...] = ()
    """Words or signs between the two sides of a score."""
    linkers: tuple[str, ...] = ()
    """Words between a scale and its unit or noun (millions de dollars)."""
    fillers: tuple[str, ...] = ()
    """Adjectives between number and unit (les quatre derniers jours)."""
    units: dict[str, str] = Field(default_factory=dict)
    units_before: dict[str, str] = Field(default_factory=dict)
    """Currency signs and codes before the number."""
    unit_stems: dict[str, str] = Field(default_factory=dict)
    """Beginnings of adjectives that name a unit after digits and hyphen (13-летний), and inside one word."""
    stem_numbers: dict[str, int] = Field(default_factory=dict)
    """First halves of compounds with such an adjective (пятилетний)."""
    measures: tuple[str, ...] = ()
    """Measure words between number and noun; in an unspaced script they tell a number from a part of a word."""
    roman_before: tuple[str, ...] = ()
    """Words that a Roman numeral stands before (siècle)."""
    roman_after: tuple[str, ...] = ()
    """Words that a Roman numeral stands after (siglo)."""
    uncounted: tuple[str, ...] = ()
    """Words after a number that are not what is counted."""
    exceptions: tuple[str, ...] = ()
    """Phrases with number words that are no quantities: names, idioms."""

    @field_validator("units", "units_before", "unit_stems")
    @classmethod
    def _known(cls, value: dict[str, str]) -> dict[str, str]:
        for phrase, unit in value.items():
            if not is_known(unit):
                raise ValueError(f"{phrase!r} has the unknown unit {unit!r}")
        return value


def quantities_table(language: str) -> QuantitiesTable:
    """The language's `quantities.toml`. Raises `LanguageError` where it is missing or does not fit."""
    return load(language, "quantities", QuantitiesTable)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at a span of the folded text, before units. `kind` is 'cardinal', 'ordinal', 'fraction', 'times',
    'indefinite', 'score' or 'code'."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    kind: str = "cardinal"
    bound: str = "exact"
    mantissa: Decimal | None = None
    scale: Decimal | None = None
    is_word: bool = False
    is_weak: bool = False
    """Whether the words are a quantity only where a unit follows (un, 一)."""
    unit: str | None = None
    """Set where the number's words name the unit too."""


def divide(text: str) -> Decimal:
    """The value of 'numerator/denominator' or a plain decimal, as an exact Decimal where there is one (28 digits)."""
    numerator, _, denominator = text.partition("/")
    return Decimal(numerator) / Decimal(denominator) if denominator else Decimal(numerator)


# --- digits -----------------------------------------------------------------------------------------------

_MARKED = re.compile(
    r"[0-9]{1,3}(?:\.[0-9]{3}(?![0-9]))+(?:,[0-9]+)?"  # 1.234.567,8
    r"|[0-9]{1,3}(?:[,٬][0-9]{3}(?![0-9]))+(?:[.٫][0-9]+)?"  # 1,234,567.8
    r"|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])"  # 12,34,567 (South Asia)
    r"|[0-9]{1,3}(?:'[0-9]{3}(?![0-9]))+(?:[.,][0-9]+)?"  # 1'234.5 (Switzerland)
    r"|[0-9]+(?:\.[0-9]+){2,}"  # numbers of versions and sections
    r"|[0-9]+[.,٫][0-9]+"
    r"|[.٫][0-9]+"
    r"|[0-9]+"
)
_SPACED_GROUPS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_REVERSED_GROUPS = re.compile(r"[0-9]{3}(?: [0-9]{3})* [1-9][0-9]?(?![0-9.,%٪]| [0-9])")
_NEAR_DIGITS = re.compile(r"[0-9] $")
_ARABIC_MARKS = str.maketrans("٫٬", ".,")
_GROUP = 3


def read_digits(folded: str, start: int, table: QuantitiesTable) -> tuple[Decimal, int]:
    """(value, end) of the number in digits that begins at `start`.

    Marks are read by the locale; where the locale's reading is impossible (1.234.567 in English) by the other one.
    '1.500' is 1500 where the full stop groups and 1.5 where it is the decimal mark; `other_reading` gives the other.
    """
    spaced = _SPACED_GROUPS.match(folded, start)
    if spaced and (
        _NEAR_DIGITS.search(folded, max(0, start - 2), start)
        or re.match(" [0-9]", folded[spaced.end() : spaced.end() + 2])
    ):
        spaced = None  # a telephone number
    reverse = _REVERSED_GROUPS.match(folded, start) if table.reversed_groups and spaced is None else None
    if reverse and not _NEAR_DIGITS.search(folded, max(0, start - 2), start):
        return Decimal("".join(reversed(reverse.group().split(" ")))), reverse.end()
    marked = _MARKED.match(folded, start)
    assert marked is not None
    if spaced and spaced.end() > marked.end():
        whole, end = spaced.group().replace(" ", ""), spaced.end()
        fraction = re.compile(f"[{re.escape(''.join(table.decimals))}]([0-9]+)(?![0-9])").match(folded, end)
        if fraction:
            return Decimal(f"{whole}.{fraction.group(1)}"), fraction.end()
        return Decimal(whole), end
    written = marked.group()
    if "," in written and "," not in table.decimals and re.fullmatch(r"[0-9]+,(?![0-9]{3}$)[0-9]+", written):
        written = written.partition(",")[0]  # a list: 6,12 and 20
    return parse_digits(written, table), start + len(written)


def parse_digits(written: str, table: QuantitiesTable) -> Decimal:
    """The value of digits with '.', ',' or apostrophe marks between them."""
    written = written.translate(_ARABIC_MARKS).replace("'", "")
    marks = [character for character in written if character in ".,"]
    if not marks:
        return Decimal(written)
    kinds = sorted(set(marks))
    last = marks[-1]
    pieces = re.split(r"[.,]", written)
    are_groups = 1 <= len(pieces[0]) <= _GROUP and all(len(piece) == _GROUP for piece in pieces[1:])
    if len(kinds) == 2 and marks.count(last) == 1:
        whole, _, fraction = written.rpartition(last)
        return Decimal(re.sub(r"[.,]", "", whole) + "." + fraction)
    if len(marks) > 1:
        return Decimal("".join(pieces))
    groups = (
        are_groups and not written.startswith("0") and (last in table.groups and last != table.decimals[0])
    )
    return Decimal("".join(pieces)) if groups else Decimal(f"{pieces[0] or 0}.{pieces[1]}")


def other_reading(written: str, table: QuantitiesTable) -> Decimal | None:
    """The value under the other locale's marks where one mark before three digits leaves it open, else None."""
    match = re.fullmatch(r"([0-9]{1,3})[.,]([0-9]{3})", written)
    if match is None or written.startswith("0"):
        return None
    grouped, decimal = Decimal(match.group(1) + match.group(2)), Decimal(f"{match.group(1)}.{match.group(2)}")
    return decimal if parse_digits(written, table) == grouped else grouped


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def roman_value(written: str) -> int | None:
    """The value of a Roman numeral below 400 in lower case, or None where it is none in the usual form."""
    if not re.fullmatch(r"c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", written) or not written:
        return None
    total = 0
    for one, following in zip(written, [*written[1:], ""], strict=True):
        value = _ROMAN[one]
        total += -value if following and _ROMAN[following] > value else value
    return total


# --- words ------------------------------------------------------------------------------------------------

_HUNDRED = 100
_SEPARATORS = " -"


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    value: int = 0
    has_and: bool = False
    skip: int = 0
    """Characters of the phrase that stand before the number word itself (Arabic prefixes)."""


class WordReader:
    """Reads number words of one language. Holds its lexicon, folded once."""

    def __init__(self, language: str) -> None:
        table = quantities_table(language)
        self.table = table
        phrases: dict[str, _Word] = {}

        for kind, entries in (
            ("number", table.words),
            ("multiplier", table.multipliers),
            ("group", table.groups_of),
            ("ordinal", table.ordinals),
            ("article", dict.fromkeys(table.articles, 1)),
        ):
            for phrase, value in entries.items():
                phrases.setdefault(fold(phrase, language), _Word(kind, value))
        # What is written together with its prefix comes after, so that واحد is one and not wa- with another word.
        for key, word in list(phrases.items()):
            if table.attached_and:
                together = replace(word, has_and=True, skip=len(table.attached_and))
                phrases.setdefault(table.attached_and + key, together)
                phrases.setdefault(f"{table.attached_and} {key}", replace(together, skip=together.skip + 1))
            for prefix in table.prefixes:
                phrases.setdefault(
                    fold(prefix, language) + key,
                    replace(
                        word,
                        skip=len(prefix),
                        has_and=bool(table.attached_and) and prefix.startswith(table.attached_and),
                    ),
                )
        self._words = PhraseMatcher(phrases, language)
        self._unstressed = frozenset(fold(phrase, language) for phrase in table.unstressed)
        self._joins = PhraseMatcher(table.joins, language)
        self._points = PhraseMatcher(dict.fromkeys(table.decimal_words, True), language)

    def multiplier_at(self, folded: str, position: int) -> tuple[int, int] | None:
        """(end, value) of a scale word from a thousand up, or a noun of number, behind digits."""
        found = self._words.match_at(folded, position, len(folded))
        if found and found[1].kind in ("multiplier", "group") and not found[1].skip:
            return found[0], found[1].value
        return None

    def read(self, folded: str, start: int) -> Numeral | None:
        """The number in words that begins at `start`, or None."""
        found = self._words.match_at(folded, start, len(folded))
        if found is None or (found[1].has_and and self.table.attached_and == ""):
            return None
        begin = start + found[1].skip
        total = section = tokens = 0
        last_scale: int | None = None
        room: int | None = None  # what may be added must be smaller than this
        end = start
        scale = 1
        last = None
        is_group = False
        kind = "cardinal"
        while found:
            stop, word = found
            value = word.value
            if word.kind == "article":
                if tokens or not self._multiplier_follows(folded, stop):
                    break
                section, room = 1, 1
            elif word.kind == "number" and kind == "ordinal" and not self._takes_tens(last, word):
                break
            elif word.kind == "number":
                if self._takes_tens(last, word):
                    section += value
                    room = 1
                elif room is None or (0 < value < room and self._joins_well(last, word)):
                    section += value
                    room = self._room(value)
                else:
                    break
                scale = 1
            elif word.kind == "ordinal":
                if room is not None and not (0 < value < room or self._takes_tens(last, word)):
                    break
                section += value
                end, tokens, kind = stop, tokens + 1, "ordinal"
                if value >= 10 and value % 10 == 0:
                    room = self._room(value) if value >= 20 else 10  # vigésimo primero
                elif self.table.units_before_tens and value < 10:
                    room = 1
                else:
                    break
            else:  # multiplier or group
                if kind == "ordinal":
                    break
                if not tokens and not self.table.bare_multipliers and word.kind != "group":
                    break
                if value == _HUNDRED:
                    if section >= _HUNDRED:
                        break
                    section = max(section, 1) * _HUNDRED
                elif last_scale is not None and value >= last_scale:
                    total, section = (total + section) * value, 0
                    last_scale = value
                else:
                    total, section = total + max(section, 1) * value, 0
                    last_scale = value
                room, scale = value, value
                if word.kind == "group":
                    end, tokens, is_group = stop, tokens + 1, True
                    break
            end, tokens, last = stop, tokens + 1, word
            following = self._next(folded, end, last)
            if following is None:
                break
            found = self._words.match_at(folded, following, len(folded))
            if found and found[1].skip and not found[1].has_and:
                break
        if not tokens or (tokens == 1 and last is not None and last.kind == "article"):
            return None
        value_read = Decimal(total + section)
        text = folded[begin:end]
        spelt = (
            self._spelt_decimal(folded, end)
            if kind == "cardinal" and last and last.kind == "number"
            else None
        )
        if spelt:
            value_read, end = value_read + spelt[0], spelt[1]
            scaled = self.multiplier_at(folded, end + 1) if end + 1 < len(folded) else None
            if scaled:
                end, scale = scaled
                value_read *= scale
        return Numeral(
            begin,
            end,
            value_read,
            value_read,
            kind=kind,
            is_word=True,
            is_weak=tokens == 1 and text in self._unstressed,
            mantissa=value_read / scale if scale > _HUNDRED or is_group else None,
            scale=Decimal(scale) if scale > _HUNDRED or is_group else None,
        )

    def _multiplier_follows(self, folded: str, position: int) -> bool:
        if folded[position : position + 1] not in (" ", "-"):
            return False
        found = self._words.match_at(folded, position + 1, len(folded))
        return found is not None and found[1].kind in ("multiplier", "group")

    def _room(self, value: int) -> int:
        if value in self.table.vigesimal:
            return 20
        if value % _HUNDRED == 0 and value:
            return _HUNDRED
        return 10 if value % 10 == 0 and value >= 20 else 1

    def _takes_tens(self, last: _Word | None, word: _Word) -> bool:
        """Whether tens follow their units: خمسة وعشرون, five and twenty."""
        return (
            self.table.units_before_tens
            and last is not None
            and last.kind in ("number", "ordinal")
            and word.has_and
            and 0 < last.value < 10
            and word.value % 10 == 0
            and 20 <= word.value <= 90
        )

    def _joins_well(self, last: _Word | None, word: _Word) -> bool:
        """Whether the language puts a joining word here where it must: Arabic numbers are added with wa-."""
        return not self.table.attached_and or word.has_and or last is None

    def _next(self, folded: str, end: int, last: _Word) -> int | None:
        """Where the next word of the number may begin."""
        if end >= len(folded) or folded[end] not in _SEPARATORS:
            return None
        position = end + 1
        join = self._joins.match_at(folded, position, len(folded)) if position < len(folded) else None
        if join is None:
            return position
        after = join[0]
        if after >= len(folded) or folded[after] not in _SEPARATORS:
            return position
        found = self._words.match_at(folded, after + 1, len(folded))
        if found is None:
            return position
        value = found[1].value
        fits = {
            "after_hundreds": last.kind == "multiplier"
            and found[1].kind in ("number", "ordinal")
            and value < _HUNDRED,
            "before_one": last.value >= 20 and last.value < _HUNDRED and value in (1, 11),
            "after_tens": last.value >= 20 and last.value < _HUNDRED and value < 10,
            "anywhere": True,
        }[join[1]]
        return after + 1 if fits else position

    def _spelt_decimal(self, folded: str, end: int) -> tuple[Decimal, int] | None:
        """(fraction, end) of 'point five' behind a number."""
        point = self._points.match_at(folded, end + 1, len(folded)) if end + 1 < len(folded) else None
        if point is None or folded[end] != " ":
            return None
        digits, position = "", point[0]
        while position < len(folded) and folded[position] == " ":
            found = self._words.match_at(folded, position + 1, len(folded))
            if found is None or found[1].kind != "number" or found[1].value > 9:
                break
            digits, position = digits + str(found[1].value), found[0]
        return (Decimal(f"0.{digits}"), position) if digits else None
