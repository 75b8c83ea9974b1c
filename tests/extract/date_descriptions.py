"""A date's value in a few words, as the packs' examples write it."""

from __future__ import annotations

from consistency.types import DateValue

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def describe(value: DateValue) -> str:
    """Year-month-day with ? where not said, weekday, time, part of the day, distance, role."""
    words = [] if value.calendar == "gregorian" else [value.calendar]
    if value.grain in ("decade", "century"):
        words.append(f"{value.grain} {value.year}")
    elif value.year is not None or value.month is not None or value.day is not None:
        words.append(_day(value))
    if value.weekday is not None:
        words.append(WEEKDAYS[value.weekday])
    if value.hour is not None:
        words.append(f"{value.hour:02d}h" if value.minute is None else f"{value.hour:02d}:{value.minute:02d}")
    if value.part:
        words.append(value.part)
    if value.offset is not None:
        words.append(f"{'day' if value.grain == 'part' else value.grain} {value.offset:+d}")
    elif value.is_relative:
        words.append("relative" if words else f"some {value.grain}")
    return " ".join([*words, value.role] if value.role else words)


def _day(value: DateValue) -> str:
    parts = ["????" if value.year is None else f"{value.year:04d}"]
    if value.month is not None or value.day is not None:
        parts.append("??" if value.month is None else f"{value.month:02d}")
    if value.day is not None:
        parts.append(f"{value.day:02d}")
    return "-".join(parts)
