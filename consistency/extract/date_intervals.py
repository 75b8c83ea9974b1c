"""Time expressions as intervals: components against the document's own time.

An interval is half-open and in naive local time of the value's zone. What the text and the metadata do not settle
stays None: a weekday without a publication date, a day of the month without a month, a Hijri date (its months begin
with a sighting of the moon, so that no table gives the day for sure).
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from consistency.types import DateValue, Document

PART_HOURS = {
    "morning": (0, 12),
    "noon": (11, 14),
    "afternoon": (12, 19),
    "evening": (16, 24),
    "night": (17, 30),
}
"""Widest reading of the parts of a day, in hours from its midnight: 凌晨 is counted to the morning, "night" runs on
into the next day. Wide on purpose: they serve to find what cannot be true together."""


def document_zone(document: Document) -> str | None:
    """IANA zone in which the document's dates are meant: its `timezone`, else one of its publication's offset."""
    if document.timezone is not None:
        return document.timezone
    offset = document.published.utcoffset() if document.published is not None else None
    if offset is None:
        return None
    minutes = int(offset.total_seconds() // 60)
    if minutes == 0:
        return "UTC"
    if minutes % 60 == 0:
        return f"Etc/GMT{-minutes // 60:+d}"  # the sign of these names is turned round
    return f"UTC{'+' if minutes > 0 else '-'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def zone_info(zone: str) -> tzinfo | None:
    """The zone of this name; None where nobody knows it."""
    if zone.startswith("UTC") and len(zone) == 9:
        minutes = int(zone[4:6]) * 60 + int(zone[7:9])
        return timezone(timedelta(minutes=minutes if zone[3] == "+" else -minutes))
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def local_publication(document: Document) -> datetime | None:
    """When the document was published, as naive time on its own clocks; None where unknown."""
    published = document.published
    if published is None:
        return None
    zone = document_zone(document)
    info = zone_info(zone) if zone else None
    if published.tzinfo is None or info is None:
        return published.replace(tzinfo=None)
    return published.astimezone(info).replace(tzinfo=None)


def to_utc(moment: datetime, zone: str) -> datetime | None:
    """A naive local time of a zone as an aware time in UTC; None where the zone is unknown."""
    info = zone_info(zone)
    return None if info is None else moment.replace(tzinfo=info).astimezone(UTC)


def absolute(value: DateValue) -> tuple[datetime, datetime] | None:
    """The value's interval in UTC; None where its interval or zone is not known."""
    if value.start is None or value.end is None or value.zone is None:
        return None
    start, end = to_utc(value.start, value.zone), to_utc(value.end, value.zone)
    return None if start is None or end is None else (start, end)


def resolve(value: DateValue, document: Document, direction: int | None = None) -> DateValue:
    """The value with its interval, where it has one. `direction` is -1 for "last", 1 for "next", 0 for "this"."""
    if value.calendar != "gregorian":
        return value
    published = local_publication(document)
    anchor = published.date() if published is not None else None
    interval = _interval(value, anchor, direction)
    if interval is None:
        return value
    start, end = interval
    return dataclasses.replace(value, start=start, end=end)


def is_possible(year: int | None, month: int, day: int) -> bool:
    """Whether the month has that day, in a leap year where no year is given."""
    try:
        date(year if year is not None else 2024, month, day)
    except ValueError:
        return False
    return True


def nearest_year(month: int, day: int, anchor: date, direction: int | None = None) -> int | None:
    """The year that puts a day of a month nearest to `anchor`, before it for -1 and after it for 1; None if none does."""
    found: list[tuple[int, int]] = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        if not is_possible(year, month, day):
            continue
        distance = (date(year, month, day) - anchor).days
        if (direction == -1 and distance > 0) or (direction == 1 and distance < 0):
            continue
        found.append((abs(distance), year))
    return min(found)[1] if found else None


def _interval(
    value: DateValue, anchor: date | None, direction: int | None
) -> tuple[datetime, datetime] | None:
    if value.grain in ("decade", "century"):
        span = 10 if value.grain == "decade" else 100
        if value.year is None:
            return None
        return datetime(value.year, 1, 1), datetime(value.year + span, 1, 1)
    if value.is_relative and value.offset is not None and anchor is not None:
        return _relative(value, anchor)
    if value.is_relative and value.offset is None and value.weekday is None and value.month is None:
        return None
    day = _day(value, anchor, direction)
    if day is not None:
        return _within(value, day)
    if value.day is not None or value.weekday is not None or value.hour is not None:
        return None
    if value.month is not None:
        year = value.year
        if year is None and anchor is not None:
            if direction == 0:
                year = anchor.year
            elif direction == 1:
                year = anchor.year + (value.month <= anchor.month)
            elif direction == -1:
                year = anchor.year - (value.month >= anchor.month)
            else:
                year = nearest_year(value.month, 15, anchor)
        return None if year is None else _month(year, value.month)
    if value.year is not None and value.grain == "year":
        return datetime(value.year, 1, 1), datetime(value.year + 1, 1, 1)
    return None


def _relative(value: DateValue, anchor: date) -> tuple[datetime, datetime] | None:
    assert value.offset is not None
    if value.grain in ("day", "part"):
        return _within(value, anchor + timedelta(days=value.offset))
    if value.grain == "week":
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=value.offset)
        return _midnight(monday), _midnight(monday + timedelta(days=7))
    if value.grain == "month":
        months = anchor.year * 12 + anchor.month - 1 + value.offset
        return _month(months // 12, months % 12 + 1)
    if value.grain == "year":
        return datetime(anchor.year + value.offset, 1, 1), datetime(anchor.year + value.offset + 1, 1, 1)
    return None


def _day(value: DateValue, anchor: date | None, direction: int | None) -> date | None:
    if value.month is not None and value.day is not None:
        year = value.year
        if year is None and anchor is not None:
            year = anchor.year if direction == 0 else nearest_year(value.month, value.day, anchor, direction)
        if year is None or not is_possible(year, value.month, value.day):
            return None
        return date(year, value.month, value.day)
    if anchor is None or value.month is not None or value.year is not None:
        return None
    if value.day is not None:
        return _day_of_month(value.day, value.weekday, anchor, direction)
    if value.weekday is None:
        return None
    back = (anchor.weekday() - value.weekday) % 7
    if direction == 1:
        return anchor + timedelta(days=7 - back)
    if direction == -1 and back == 0:
        back = 7
    return anchor - timedelta(days=back)


def _day_of_month(day: int, weekday: int | None, anchor: date, direction: int | None) -> date | None:
    """The nearest such day of a month, the past before the future; one that fits the weekday if there is one."""
    found: list[tuple[int, int, date]] = []
    for shift in (-1, 0, 1):
        months = anchor.year * 12 + anchor.month - 1 + shift
        if not is_possible(months // 12, months % 12 + 1, day):
            continue
        candidate = date(months // 12, months % 12 + 1, day)
        if direction == 0 and shift:
            continue
        fits = 0 if weekday is None or candidate.weekday() == weekday else 1
        found.append((fits, abs((candidate - anchor).days), candidate))
    return min(found)[2] if found else None


def _within(value: DateValue, day: date) -> tuple[datetime, datetime]:
    midnight = _midnight(day)
    if value.hour is not None:
        start = midnight + timedelta(hours=value.hour, minutes=value.minute or 0)
        return start, start + (timedelta(minutes=1) if value.minute is not None else timedelta(hours=1))
    if value.part is not None:
        first, last = PART_HOURS[value.part]
        return midnight + timedelta(hours=first), midnight + timedelta(hours=last)
    return midnight, midnight + timedelta(days=1)


def _month(year: int, month: int) -> tuple[datetime, datetime]:
    return datetime(year, month, 1), datetime(year + month // 12, month % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)
