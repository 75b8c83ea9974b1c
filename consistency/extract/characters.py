"""Numbers in Chinese characters, and digits with Chinese scales: 两万亿, 3.2万, 一百二十, 三十多万, 百分之三十, 第二.

Written for the characters' grammar and not for a lexicon of words: it is small, closed and positional. cn2an reads
whole strings and gives no offsets, and refuses what news is full of (3.2万亿, 数十, 三十多); see docs/quantities.md.

Not handled: financial capitals (壹贰叁), 兆 where it means a million.
"""

from __future__ import annotations

import re
from decimal import Decimal

from consistency.extract.numerals import Numeral, QuantitiesTable, read_digits

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
JOINED_TENS = {"廿": 20, "卅": 30}
LARGE = {"万": 10**4, "亿": 10**8}
_VAGUE = "多余来几"
"""'30-odd thousand': between a round number and its scale these mean a little more."""
_SEVERAL = "数几"
_INDEFINITE_LOW, _INDEFINITE_HIGH = 2, 9
_UP_TO = "上成"
"""上百, 成千: as many as a hundred, thousands."""

STARTERS = "".join(DIGITS) + "".join(JOINED_TENS) + "".join(SMALL) + _SEVERAL + _UP_TO + "半"
_RUN = re.compile("[零〇一二三四五六七八九]{2,}")
_SCALES = "".join(SMALL) + "".join(LARGE)


def read_characters(folded: str, start: int, table: QuantitiesTable) -> Numeral | None:
    """The number at `start`, whether it begins in digits or in characters; None where there is none.

    `is_weak` marks a bare 一 or 半 and single small characters, which are a quantity only before a measure word.
    """
    first = folded[start]
    if first in "0123456789":
        value, end = read_digits(folded, start, table)
        return _scaled(folded, start, end, value)
    if first in _SEVERAL + _UP_TO:
        return _several(folded, start)
    if first == "半":
        return Numeral(start, start + 1, Decimal("0.5"), Decimal("0.5"), is_word=True, is_weak=True)
    run = _RUN.match(folded, start)
    if run and folded[run.end() : run.end() + 1] not in tuple(_SCALES):
        pair = [DIGITS[character] for character in run.group()]
        if len(pair) == 2 and pair[1] - pair[0] == 1 and pair[0]:  # 两三, 七八: two or three
            return Numeral(start, run.end(), Decimal(pair[0]), Decimal(pair[1]), is_word=True, is_weak=True)
        value = Decimal("".join(str(DIGITS[character]) for character in run.group()))
        return _decimal_point(folded, Numeral(start, run.end(), value, value, is_word=True))
    return _characters(folded, start)


def _scaled(folded: str, start: int, end: int, value: Decimal) -> Numeral:
    """Digits with the scales behind them: 3.2万, 28亿, 3亿5000万, 1000多万, 40余."""
    total, part = Decimal(0), value
    bound, position, last, scale = "exact", end, None, Decimal(1)
    number_end = end
    while position < len(folded):
        gap = (
            1
            if folded[position] == " " and folded[position + 1 : position + 2] in tuple(_SCALES + _VAGUE)
            else 0
        )
        character = folded[position + gap] if position + gap < len(folded) else ""
        if character in tuple(_VAGUE) and folded[position + gap + 1 : position + gap + 2] in tuple(_SCALES):
            bound, position = "more_than", position + gap + 1
            continue
        size = SMALL.get(character) or LARGE.get(character)
        if size is None or (
            character == "千" and folded[position + gap + 1 : position + gap + 2] in ("米", "克", "瓦", "卡")
        ):
            break
        if last is not None and size >= last:
            total, part = (total + part) * size, Decimal(0)
        elif size < 10**4:
            part *= size
        else:
            total, part = total + part * size, Decimal(0)
            last = size
        scale *= size
        position = number_end = position + gap + 1
        if folded[position : position + 1].isdigit() and last is not None:
            follow = re.compile(r"[0-9]+(?:\.[0-9]+)?(?=[万千百])").match(folded, position)
            if follow is None:
                break
            part, position = Decimal(follow.group()), follow.end()
            scale = Decimal(1)
    result = total + part
    return Numeral(
        start,
        number_end,
        result,
        result,
        bound=bound,
        mantissa=result / scale if scale > 1 else None,
        scale=scale if scale > 1 else None,
    )


def _several(folded: str, start: int) -> Numeral | None:
    """数百, 几十万, 上千, 成百上千: an open number of the scale's size."""
    position = start + 1
    size = 1
    while position < len(folded) and folded[position] in _SCALES:
        size *= SMALL.get(folded[position]) or LARGE[folded[position]]
        position += 1
        if folded[position : position + 1] in ("上", "成", "数") and folded[
            position + 1 : position + 2
        ] in tuple(_SCALES):
            size, position = 1, position + 1
    if size == 1:
        return None
    low = size if folded[start] in _UP_TO else _INDEFINITE_LOW * size
    return Numeral(
        start,
        position,
        Decimal(low),
        Decimal(_INDEFINITE_HIGH * size + size - 1),
        kind="indefinite",
        bound="about",
        is_word=True,
    )


def _characters(folded: str, start: int) -> Numeral | None:
    total = section = 0
    digit: int | None = None
    last_large: int | None = None
    last_size = 1
    bound, position, after_zero = "exact", start, False
    end = start
    while position < len(folded):
        character = folded[position]
        if character in DIGITS:
            if digit not in (None, 0):
                break
            digit, after_zero = DIGITS[character], character in "零〇" or after_zero
            position = end = position + 1
        elif character in JOINED_TENS and digit is None and last_size != 10:
            section, last_size = section + JOINED_TENS[character], 10
            position = end = position + 1
        elif character in SMALL:
            if (
                character == "千"
                and folded[position + 1 : position + 2] in ("米", "克", "瓦")
                and digit is not None
            ):
                break
            if section and SMALL[character] >= last_size:
                break
            section += (1 if digit is None else digit) * SMALL[character]
            digit, last_size = None, SMALL[character]
            position = end = position + 1
        elif character in LARGE:
            if position == start:
                return None
            size = LARGE[character]
            section += digit or 0
            if last_large is not None and size >= last_large:
                total, section = (total + section) * size, 0
            else:
                total, section = total + section * size, 0
            digit, last_large, last_size, after_zero = None, size, size, False
            position = end = position + 1
        elif character in _VAGUE and folded[position + 1 : position + 2] in tuple(LARGE) and digit is None:
            bound, position = "more_than", position + 1
        elif character == "几" and digit is None and last_size == 10:
            bound, position = "more_than", position + 1
            end = position
        else:
            break
    if digit and last_size >= 100 and not after_zero and (section or total):
        section += digit * last_size // 10  # 一百二 is 120, 三万五 is 35000
    else:
        section += digit or 0
    value = Decimal(total + section)
    if end == start:
        return None
    length = end - start
    if length == 1 and value >= 100 and folded[max(0, start - 1) : start] != "之":  # 千人 is some thousand
        high = Decimal(10) * value - 1
        return Numeral(start, end, value, high, kind="indefinite", bound="about", is_word=True, is_weak=True)
    numeral = Numeral(
        start,
        end,
        value,
        value,
        bound=bound,
        is_word=True,
        is_weak=length == 1,
        mantissa=value / last_large if last_large else None,
        scale=Decimal(last_large) if last_large else None,
    )
    return _decimal_point(folded, numeral) if length == 1 or not last_large else numeral


def _decimal_point(folded: str, numeral: Numeral) -> Numeral:
    """三点五亿: the number with 点 and digits behind it, and the scale behind those; but 三点五十分 is a time of day."""
    match = re.compile("点([零〇一二三四五六七八九]+)(?![十分刻钟])([百千万亿]*)").match(folded, numeral.end)
    if match is None:
        return numeral
    fraction = "".join(str(DIGITS[character]) for character in match.group(1))
    value = numeral.low + Decimal(f"0.{fraction}")
    scale = 1
    for character in match.group(2):
        scale *= SMALL.get(character) or LARGE[character]
    return Numeral(
        numeral.start,
        match.end(),
        value * scale,
        value * scale,
        is_word=True,
        mantissa=value if scale > 1 else None,
        scale=Decimal(scale) if scale > 1 else None,
    )
