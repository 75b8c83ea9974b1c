"""Days and tenures: pure functions on the certain and the possible days of an office."""

from __future__ import annotations

from datetime import date, timedelta

from consistency.reference.records import ReferenceOffice


def covers(office: ReferenceOffice, first: date, last: date) -> bool:
    """Whether the office was certainly held on every day from first to last, both included."""
    begin, end = office.certain_days()
    return begin <= first and last <= end


def overlaps(days: tuple[date, date], first: date, last: date) -> bool:
    """Whether a stretch of days, which may be empty, shares a day with first to last."""
    return days[0] <= days[1] and max(days[0], first) <= min(days[1], last)


def widened(days: tuple[date, date], slack: timedelta) -> tuple[date, date]:
    """The stretch with slack at both ends."""
    end = days[1] if days[1] > date.max - slack else days[1] + slack
    return days[0] - slack, end


def distance_days(office: ReferenceOffice, day: date) -> int:
    """How many days a day lies outside an office's possible days; 0 inside."""
    begin, end = office.possible_days()
    if begin <= day <= end:
        return 0
    return (begin - day).days if day < begin else (day - end).days
