"""Time expressions: what the pack's templates and phrases match, as values with an interval where one can be known.

Durations ("14 jours", "three days ago", 三个月) are quantities and left to them. Not handled: feasts, fiscal years
with their own bounds, and spelled-out years ("nineteen ninety-eight").
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from dataclasses import dataclass

from consistency.extract.date_intervals import document_zone, resolve
from consistency.extract.date_patterns import CompiledPattern, DateLexicon, RelativeEntry, date_lexicon
from consistency.languages.loader import has_table, language_table
from consistency.types import DateValue, Mention, MentionKind, Segmented, Unchecked

_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")

_AFTERNOON = 12
_COUNTERS = "日号月年"
"""Characters that belong to the number before them where words are not set apart by spaces."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    value: DateValue
    direction: int | None = None
    far: tuple[int, int, DateValue] | None = None
    """Span and value of the far end of a range."""

    @property
    def reach(self) -> int:
        return self.far[1] if self.far else self.end


def find_dates(text: Segmented) -> tuple[tuple[Mention, ...], tuple[Unchecked, ...]]:
    """(mentions of dates in order of place, what could not be read). A range gives a mention for each of its ends."""
    if not has_table(text.language, "dates"):
        whole = Unchecked(
            text.document.id, 0, len(text.text), "DAT201", f"no dates are known for {text.language!r}"
        )
        return (), (whole,)
    lexicon = date_lexicon(text.language)
    unchecked: list[Unchecked] = []
    candidates = [*_from_patterns(text, lexicon, unchecked), *_from_phrases(text, lexicon)]
    mentions: list[Mention] = []
    vetoes = [(start, end) for start, end, _ in lexicon.not_dates.find(text.folded)]
    candidates = [c for c in candidates if all(c.reach <= a or b <= c.start for a, b in vetoes)]
    names = [(start, end) for start, end, _ in lexicon.named.find(text.folded)]
    for candidate in _with_weekdays(_longest(candidates), text.folded):
        if any(candidate.start < b and a < candidate.reach for a, b in names):
            candidate = dataclasses.replace(
                candidate, value=dataclasses.replace(candidate.value, role="name")
            )
        ends = [(candidate.start, candidate.end, candidate.value)]
        if candidate.far is not None:
            ends.append(candidate.far)
        for start, end, value in ends:
            placed = dataclasses.replace(
                value,
                zone=_zone(text, start, end, lexicon),
                role=value.role or _role(text, start, end, lexicon),
            )
            resolved = resolve(placed, text.document, candidate.direction)
            mentions.append(text.mention(MentionKind.DATE, start, end, resolved))
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end))), tuple(unchecked)


def _longest(candidates: list[_Candidate]) -> list[_Candidate]:
    """The set of candidates without overlap that covers most text, with the fewest pieces among those that do.

    The greedy choice of the longest would keep 晚上8点30分 of 周三晚上8点30分 and lose the day.
    """
    ordered = sorted(candidates, key=lambda c: (c.reach, c.start))
    reaches = [one.reach for one in ordered]
    best: list[tuple[int, int, tuple[_Candidate, ...]]] = [(0, 0, ())]
    for number, one in enumerate(ordered):
        before = best[bisect_right(reaches, one.start, 0, number)]
        taken = (before[0] + one.reach - one.start, before[1] - 1, (*before[2], one))
        best.append(taken if taken[:2] > best[-1][:2] else best[-1])
    return list(best[-1][2])


_BETWEEN = re.compile(r"[ ,，]{0,2}[(（]?")


def _with_weekdays(candidates: list[_Candidate], folded: str) -> list[_Candidate]:
    """The candidates with "Saturday (September 29)" made one: a weekday and the date right behind it."""
    joined: list[_Candidate] = []
    for one in candidates:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.far is None
            and one.far is None
            and last.value.weekday is not None
            and (last.value.day, last.value.month) == (None, None)
            and one.value.weekday is None
            and one.value.day is not None
            and one.value.month is not None
            and one.value.calendar == "gregorian"
            and _BETWEEN.fullmatch(folded, last.end, one.start)
        ):
            value = dataclasses.replace(
                one.value, weekday=last.value.weekday, part=last.value.part or one.value.part
            )
            if value.part and value.grain == "day":
                value = dataclasses.replace(value, grain="part")
            closed = (
                "(" in folded[last.end : one.start].replace("（", "(")
                and folded[one.end : one.end + 1] in ")）"
            )
            joined[-1] = _Candidate(last.start, one.end + bool(closed), value, one.direction)
        else:
            joined.append(one)
    return joined


def _from_phrases(text: Segmented, lexicon: DateLexicon) -> list[_Candidate]:
    found = []
    for start, end, entry in lexicon.relative.find(text.folded):
        found.append(_Candidate(start, end, _relative_value(entry)))
    return found


def _relative_value(entry: RelativeEntry) -> DateValue:
    return DateValue(
        grain="part" if entry.part else entry.unit,
        part=entry.part,
        is_relative=True,
        offset=None if entry.anaphoric else entry.offset,
        role=entry.role,
    )


def _from_patterns(text: Segmented, lexicon: DateLexicon, unchecked: list[Unchecked]) -> list[_Candidate]:
    found = []
    for pattern in lexicon.patterns:
        for match in pattern.regex.finditer(text.folded):
            if not _is_date(text, match, pattern, lexicon):
                continue
            candidate = _read(text, match, pattern, lexicon)
            if candidate is not None:
                found.append(candidate)
            else:
                reason = "the day and the month of this date cannot be told apart"
                unchecked.append(
                    Unchecked(text.document.id, match.start("m"), match.end("m"), "DAT201", reason)
                )
    return found


def _is_date(text: Segmented, match: re.Match[str], pattern: CompiledPattern, lexicon: DateLexicon) -> bool:
    """Whether a match is a date rather than a name, a verb or a number that looks like one."""
    groups = match.groupdict()
    numbers = any(groups.get(name) for name in ("day", "daynum", "year", "short"))
    for name in ("month", "month2", "weekday"):
        surface = groups.get(name)
        if surface is None:
            continue
        first = text.text[match.start(name)]
        if lexicon.table.capitalised and first.islower():
            return False
        if (
            surface in lexicon.lowercase
            and first.isupper()
            and not numbers
            and not _begins(text, match.start(name))
        ):
            return False
        abbreviated = pattern.entry.company and text.folded[match.end("m") : match.end("m") + 1] == "."
        if surface in lexicon.needs_number and not numbers and not abbreviated:
            return False
        if surface in lexicon.ambiguous and not (numbers or pattern.entry.company):
            return False
    if groups.get("day2") and groups.get("day") and not groups.get("month2"):
        words = lexicon.surfaces["dayword"]
        if (_day(groups["day"], words) or 0) >= (_day(groups["day2"], words) or 0):
            return False  # "4-1 de febrero" is a score and a month
    if (groups.get("oldyear") or groups.get("newyear")) and not groups.get("month"):
        return _is_year(text, match, lexicon)
    return True


def _begins(text: Segmented, position: int) -> bool:
    return text.sentences[text.sentence_at(position)].start == position


_RESOLUTION = re.compile(r" ?[(（](?:19|20)\d\d[)）]")
"""What follows the number of a resolution of the Security Council: 1977 (2011)."""


def _is_year(text: Segmented, match: re.Match[str], lexicon: DateLexicon) -> bool:
    before = text.folded[max(0, match.start("m") - 20) : match.start("m")].rstrip()
    if any(before.endswith(word) for word in lexicon.not_year_before):
        return False
    if (before and before[-1] in "+=~") or _RESOLUTION.match(text.folded, match.end("m")):
        return False
    return lexicon.not_year_after is None or not lexicon.not_year_after.match(text.folded, match.end("m"))


def _read(
    text: Segmented, match: re.Match[str], pattern: CompiledPattern, lexicon: DateLexicon
) -> _Candidate | None:
    """The match as a candidate; None where day and month cannot be told apart."""
    groups = {name: found for name, found in match.groupdict().items() if found is not None}
    if "first" in groups:
        ordered = _numeric(groups, lexicon.table.day_first)
        if ordered is None:
            return None
        groups |= ordered
    surfaces = lexicon.surfaces

    def look(kind: str, name: str) -> int | None:
        surface = groups.get(name)
        return None if surface is None else int(surfaces[kind][surface])

    year = _number(groups, "year", "oldyear", "newyear", "isoyear")
    month = look("month", "month") if "month" in groups else _number(groups, "isomonth")
    hijri = look("hijri", "hijri")
    day = _day(groups.get("day") or groups.get("daynum") or groups.get("isoday"), surfaces["dayword"])
    weekday = look("weekday", "weekday")
    part = str(surfaces["part"][groups["part"]]) if "part" in groups else None
    hour = _hour(groups, surfaces)
    minute = _number(groups, "minute") if hour is not None else None
    if "halfhour" in groups:
        minute = 30
    decade, century = _decade(groups, surfaces), look("century", "century")
    grain = pattern.entry.grain or _grain(year, month or hijri, day, weekday, part, hour, minute)
    if decade is not None:
        grain, year = "decade", decade
    elif century is not None:
        grain, year = "century", (century - 1) * 100
    value = DateValue(
        grain=grain,
        year=year,
        month=month if hijri is None else hijri,
        day=day,
        weekday=weekday,
        hour=hour,
        minute=minute,
        part=part,
        is_relative=pattern.entry.direction is not None,
        calendar="gregorian" if hijri is None else "hijri",
    )
    start, end = match.span("m")
    is_stopped = "month" in groups and text.folded[end - 1] == "." and end - 1 == match.end("month")
    if is_stopped and groups["month"] not in lexicon.needs_number:
        end -= 1  # the sentence's stop, and no abbreviation's
    far = _far_end(match, groups, value, lexicon)
    if far is None:
        return _Candidate(start, end, value, pattern.entry.direction)
    near = dataclasses.replace(value, is_range=True, role="since")
    near_end = max(
        match.end(n) for n in groups if n != "m" and match.start(n) < far[0] and not n.endswith("2")
    )
    if not language_table(text.language).spaced and text.folded[near_end] in _COUNTERS:
        near_end += 1
    if "year" in groups and match.start("year") > far[0]:
        near = dataclasses.replace(near, year=value.year)
    return _Candidate(start, near_end, near, pattern.entry.direction, far)


def _far_end(
    match: re.Match[str], groups: dict[str, str], value: DateValue, lexicon: DateLexicon
) -> tuple[int, int, DateValue] | None:
    """The far end of a range: it takes over from the near end what it does not say itself."""
    names = [name for name in ("day2", "month2", "year2", "short") if name in groups]
    if not names or (value.year is None and "short" in groups):
        return None
    start = min(match.start(name) for name in names)
    end = match.end("m")
    day = _day(groups.get("day2"), lexicon.surfaces["dayword"]) if "day2" in groups else None
    month = int(lexicon.surfaces["month"][groups["month2"]]) if "month2" in groups else value.month
    year = _number(groups, "year2") or value.year
    if "short" in groups and value.year is not None:
        year = value.year - value.year % 100 + int(groups["short"])
        if year <= value.year and groups["short"] == "00":
            year += 100
    if "year2" in groups and "month2" not in groups:
        month = None
    far = dataclasses.replace(
        value,
        year=year,
        month=month,
        day=day,
        weekday=None,
        part=None,
        is_range=True,
        role="until",
        grain="day" if day else "month" if month else "year",
    )
    return start, end, far


def _number(groups: dict[str, str], *names: str) -> int | None:
    for name in names:
        if name in groups:
            return int(groups[name].translate(_HAN_DIGITS))
    return None


def _day(surface: str | None, words: dict[str, int | str]) -> int | None:
    if surface is None:
        return None
    return int(surface) if surface.isdecimal() else int(words[surface])


def _hour(groups: dict[str, str], surfaces: dict[str, dict[str, int | str]]) -> int | None:
    """The hour from 0 to 23, with a half of the day counted in."""
    surface = groups.get("hour")
    if surface is None:
        return None
    hour = int(surface) if surface.isdecimal() else int(surfaces["hourword"][surface])
    half = surfaces["half"].get(groups.get("half", ""))
    if half == "pm" and hour < _AFTERNOON:
        return hour + _AFTERNOON
    if half == "am" and hour == _AFTERNOON:
        return 0
    return hour % 24


def _decade(groups: dict[str, str], surfaces: dict[str, dict[str, int | str]]) -> int | None:
    """First year of a decade. "The 90s" are the 1990s; "the 10s" and "the 20s" are those of this century."""
    if "decade" in groups:
        return int(surfaces["decade"][groups["decade"]])
    if "shortdecade" in groups:
        short = int(groups["shortdecade"])
        return short + (2000 if short < 30 else 1900)
    return None


def _numeric(groups: dict[str, str], day_first: bool | None) -> dict[str, str] | None:
    """Day and month of 04/06/2023; None where either order would do or none does."""
    first, second = int(groups["first"]), int(groups["second"])
    if day_first is None or not day_first:
        if (first <= 12 and second <= 12 and first != second) or max(first, second) > 31:
            return None
        day, month = (first, second) if second <= 12 else (second, first)
    else:
        day, month = (first, second) if second <= 12 else (second, first)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return {"isomonth": f"{month:02d}", "isoday": f"{day:02d}"}


def _grain(
    year: int | None,
    month: int | None,
    day: int | None,
    weekday: int | None,
    part: str | None,
    hour: int | None,
    minute: int | None,
) -> str:
    if hour is not None:
        return "hour" if minute is None else "minute"
    if part is not None:
        return "part"
    if day is not None or weekday is not None:
        return "day"
    return "month" if month is not None else "year"


def _zone(text: Segmented, start: int, end: int, lexicon: DateLexicon) -> str | None:
    """The zone named beside the date, or the document's own; None for "local time" and where nothing tells."""
    position = end
    while position < len(text.folded) and text.folded[position] in " (（":
        position += 1
    stated = (
        lexicon.zones.match_at(text.folded, position, len(text.folded))
        if position < len(text.folded)
        else None
    )
    name = stated[1] if stated is not None else None
    if name is None:
        before = text.folded[max(0, start - 20) : start].rstrip(" ,，")
        spaced = language_table(text.language).spaced
        for back in range(len(before)):
            matched = lexicon.zones.get(before[back:])
            if matched is not None and not (spaced and back and before[back - 1].isalnum()):
                name = matched
                break
    if name == "local":
        return None
    return name if name is not None else document_zone(text.document)


def _role(text: Segmented, start: int, end: int, lexicon: DateLexicon) -> str | None:
    """What the words right before or behind a date make of it."""
    before = text.folded[max(0, start - 40) : start].rstrip()
    spaced = language_table(text.language).spaced
    for words, role in lexicon.roles:
        if before.endswith(words) and not (spaced and before[: -len(words)][-1:].isalnum()):
            return role
    after = text.folded[end : end + 8].lstrip()
    for words, role in lexicon.roles_after:
        if after.startswith(words):
            return role
    return None
