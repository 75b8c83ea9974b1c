"""Whether two time expressions can mean the same time: component by component, and in absolute time where it is known.

Weekday is held against weekday, month against month, year against year. What one side does not write is worked out
from its interval where that is sure: "today" with a publication date has all components, "Friday" alone only its
weekday, for it may be the last one or the next. Two clocks that differ, or may differ, make one day's difference
UNKNOWN unless both times are known in absolute terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consistency.extract.date_intervals import absolute, zone_info
from consistency.types import DateValue, Outcome

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY_GRAINS = ("day", "part", "hour", "minute")


@dataclass(frozen=True, slots=True)
class DateComparison:
    """How two time expressions compare. `shared` counts the components that agree, `differing` names those that do not."""

    outcome: Outcome
    reason: str
    shared: int = 0
    differing: tuple[str, ...] = ()


def compare_dates(left: DateValue, right: DateValue, *, same_day: bool = False) -> DateComparison:
    """AGREE, CONFLICT or UNKNOWN, with the reason (the sum, where one was done). The order does not matter.

    `same_day` tells that relative words are meant from the same day in both texts, as in a translation: "yesterday"
    and "hier" agree then, whenever the two were published, and "yesterday" and "aujourd'hui" do not.
    """
    if left.calendar != right.calendar:
        return DateComparison(Outcome.UNKNOWN, "the dates are of different calendars")
    written = _written(left), _written(right)
    known = _known(left), _known(right)
    relative = {k for k in written[0] if k in written[1] and k.startswith("rel:")}
    if same_day and relative:
        differing = tuple(k for k in relative if written[0][k] != written[1][k])
        return DateComparison(
            Outcome.CONFLICT if differing else Outcome.AGREE, "", 1 - len(differing), differing
        )
    kinds = [k for k in _ORDER if k in known[0] and k in known[1] and (k in written[0] or k in written[1])]
    if not kinds:
        return DateComparison(Outcome.UNKNOWN, "the two dates have nothing in common that could be compared")
    differing = tuple(k for k in kinds if known[0][k] != known[1][k])
    shared = len(kinds) - len(differing)
    if not differing:
        return DateComparison(Outcome.AGREE, "", shared)
    if left.hour is not None and (left.hour, left.minute or 0) == (right.minute or 0, right.hour):
        # "00:11" is 11 o'clock in Arabic type set from the right.
        return DateComparison(
            Outcome.UNKNOWN, "the hour and the minutes may be written the other way round", shared, differing
        )
    clocks_differ = left.zone != right.zone
    times = absolute(left), absolute(right)
    if clocks_differ and times[0] and times[1] and left.grain in _DAY_GRAINS and right.grain in _DAY_GRAINS:
        if times[0][0] < times[1][1] and times[1][0] < times[0][1]:
            return DateComparison(Outcome.AGREE, zone_sum(left, right), shared)
        if set(differing) <= {"hour", "minute"} or (_is_sure(left) and _is_sure(right)):
            same_clock = _offset(left) == _offset(right)
            return DateComparison(
                Outcome.CONFLICT, "" if same_clock else zone_sum(left, right), shared, differing
            )
    if clocks_differ and _may_be_the_clock(known, differing):
        reason = (
            "the two documents' clocks differ, or one is not known, and the dates are a day apart at most"
        )
        return DateComparison(Outcome.UNKNOWN, reason, shared, differing)
    return DateComparison(Outcome.CONFLICT, "", shared, differing)


_ORDER = ("century", "decade", "year", "month", "day", "weekday", "hour", "minute")


def _written(value: DateValue) -> dict[str, int]:
    """The components that the text writes itself."""
    found: dict[str, int] = {}
    if value.grain in ("decade", "century"):
        if value.year is not None:
            found[value.grain] = value.year
        return found
    for kind, number in (
        ("year", value.year),
        ("month", value.month),
        ("day", value.day),
        ("weekday", value.weekday),
        ("hour", value.hour),
        ("minute", value.minute),
    ):
        if number is not None:
            found[kind] = number
    if value.hour is not None and value.minute is None:
        found["minute"] = 0
    if value.offset is not None:
        found[f"rel:{'day' if value.grain == 'part' else value.grain}"] = value.offset
    return found


def _known(value: DateValue) -> dict[str, int]:
    """The written components and those that follow from the interval for sure."""
    found = _written(value)
    if value.year is not None and value.grain not in ("decade", "century"):
        found["decade"] = value.year - value.year % 10
    if value.start is None or value.calendar != "gregorian":
        return found
    if value.grain in _DAY_GRAINS and (value.start.hour < 24):
        day = _local_day(value)
        if value.month is not None and value.day is not None:
            found.setdefault("weekday", day.weekday())
            if value.year is not None or value.is_relative:
                found.setdefault("year", day.year)
        elif value.offset is not None:
            found.setdefault("weekday", day.weekday())
            found.setdefault("day", day.day)
            found.setdefault("month", day.month)
            found.setdefault("year", day.year)
        elif value.day is not None and value.weekday is None:
            found.setdefault("weekday", day.weekday())
    elif value.grain == "month" and value.offset is not None:
        found.setdefault("month", value.start.month)
        found.setdefault("year", value.start.year)
    elif (value.grain == "month" and value.is_relative) or (
        value.grain == "year" and value.offset is not None
    ):
        found.setdefault("year", value.start.year)
    return found


def _local_day(value: DateValue) -> date:
    assert value.start is not None
    return value.start.date()


def _is_sure(value: DateValue) -> bool:
    """Whether the interval follows from the text without a guess at which week, month or year is meant."""
    return value.offset is not None or (value.month is not None and value.day is not None)


def _may_be_the_clock(known: tuple[dict[str, int], dict[str, int]], differing: tuple[str, ...]) -> bool:
    """Whether two clocks could explain the difference: an hour, or neighbouring days."""
    left, right = known
    if set(differing) <= {"hour", "minute"}:
        return True
    if set(differing) & {"century", "decade"}:
        return False
    if "weekday" in differing and (left["weekday"] - right["weekday"]) % 7 not in (1, 6):
        return False
    if "day" in differing:
        if "month" in differing or "year" in differing:
            return _days_apart(left, right) == 1
        return abs(left["day"] - right["day"]) == 1
    return not {"month", "year"} & set(differing)


def _days_apart(left: dict[str, int], right: dict[str, int]) -> int | None:
    try:
        first, second = (
            date(d.get("year", left.get("year", right.get("year", 2023))), d["month"], d["day"])
            for d in (left, right)
        )
    except (KeyError, ValueError):
        return None
    return abs((first - second).days)


def _offset(value: DateValue) -> timedelta | None:
    """How far the value's clock is from UTC at its start."""
    info = zone_info(value.zone) if value.zone else None
    return None if info is None or value.start is None else value.start.replace(tzinfo=info).utcoffset()


def zone_sum(left: DateValue, right: DateValue) -> str:
    """The left time on the right one's clock, as a sentence: "Tue 13 June evening in … is Wed 14 June … in …"."""
    assert left.start and left.end and left.zone and right.zone and right.start and right.end
    here, there = zone_info(left.zone), zone_info(right.zone)
    assert here is not None and there is not None
    start = left.start.replace(tzinfo=here).astimezone(there)
    end = left.end.replace(tzinfo=here).astimezone(there)
    return (
        f"{span_text(left.start, left.end)} in {zone_name(left.zone)} is "
        f"{span_text(start.replace(tzinfo=None), end.replace(tzinfo=None))} in {zone_name(right.zone)}; "
        f"the other date is {span_text(right.start, right.end)} there"
    )


def zone_name(zone: str) -> str:
    """A zone as people name it: the city of its IANA name."""
    return {"America/New_York": "Washington", "Asia/Shanghai": "Beijing"}.get(
        zone, zone.rsplit("/", 1)[-1].replace("_", " ")
    )


def span_text(start: datetime, end: datetime) -> str:
    """An interval for people: "Tue 13 June 2023", or with hours where it is not whole days."""
    whole = start.hour == start.minute == end.hour == end.minute == 0
    if whole and end - start == timedelta(days=1):
        return day_text(start.date())
    if whole and start.day == 1 and end.day == 1:
        return (
            f"{MONTHS[start.month - 1]} {start.year}"
            if end - start < timedelta(days=32)
            else f"{start.year}"
        )
    if start.date() == (end - timedelta(minutes=1)).date():
        last = f"{end:%H:%M}" if end.date() == start.date() else "24:00"
        return f"{day_text(start.date())} {start:%H:%M} to {last}"
    return f"{day_text(start.date())} {start:%H:%M} to {day_text(end.date())} {end:%H:%M}"


def day_text(day: date) -> str:
    """A day for people: "Tue 13 June 2023"."""
    return f"{_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
