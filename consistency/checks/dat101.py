"""DAT101: a date that cannot be, or a weekday that does not fit its date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from consistency.checks.base import Check, Example, ExampleDocument, Settings, finding, span_of
from consistency.extract.date_intervals import is_possible, local_publication
from consistency.resolve.date_agreement import MONTHS
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    DateValue,
    Document,
    Family,
    Mention,
    MentionKind,
    Result,
    Severity,
    Unchecked,
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

YEAR_REACH_DAYS = 300
"""How near to the publication a date without a year must lie for its year to be sure: "7 July" in a text of 9 July
is this year's, "7 January" in a text of 9 July may be next year's."""


def run(analysis: Analysis, settings: Settings) -> Iterator[Result]:
    for document in analysis.documents:
        for mention in document.mentions:
            if mention.kind is MentionKind.DATE and isinstance(mention.value, DateValue):
                yield from _check(document, mention, mention.value)


def _check(document: AnalysedDocument, mention: Mention, value: DateValue) -> Iterator[Result]:
    if value.calendar != "gregorian" or value.month is None or value.day is None:
        return
    if not is_possible(value.year, value.month, value.day):
        month = MONTHS[value.month - 1] + (f" {value.year}" if value.year else "")
        message = f'There is no {value.day} {month}: "{mention.text}" cannot be right.'
        yield finding(CHECK, message, [span_of(mention)], confidence=0.98)
        return
    if value.weekday is None:
        return
    years = _years(value, document.document)
    fitting = [y for y in years if date(y, value.month, value.day).weekday() == value.weekday]
    day = f"{value.day} {MONTHS[value.month - 1]}"
    if not years:
        reason = f"whether {day} was a {WEEKDAYS[value.weekday]} cannot be told without the year"
        yield Unchecked(document.id, mention.start, mention.end, "DAT101", reason)
    elif len(years) == 1 and not fitting:
        right = WEEKDAYS[date(years[0], value.month, value.day).weekday()]
        message = f'{day} {years[0]} was a {right}, not a {WEEKDAYS[value.weekday]} ("{mention.text}").'
        yield finding(
            CHECK, message, [span_of(mention)], confidence=0.97, values=[right, WEEKDAYS[value.weekday]]
        )
    elif len(fitting) == len(years) == 1:
        yield Agreement("DAT101", (mention.span,))
    else:
        reason = f"{day} was a {WEEKDAYS[value.weekday]} in {_list(fitting)}, and the year is not sure"
        if not fitting:
            reason = f"{day} was no {WEEKDAYS[value.weekday]} in {_list(years)}, but the year is not sure"
        yield Unchecked(document.id, mention.start, mention.end, "DAT101", reason)


def _years(value: DateValue, document: Document) -> list[int]:
    """The years that the date may lie in: the written one, the one near the publication, or several where in doubt."""
    assert value.month is not None and value.day is not None
    if value.year is not None:
        return [value.year]
    published = local_publication(document)
    if published is None:
        return []
    anchor = published.date()
    near = [
        (abs((date(y, value.month, value.day) - anchor).days), y)
        for y in (anchor.year - 1, anchor.year, anchor.year + 1)
        if is_possible(y, value.month, value.day)
    ]
    near.sort()
    if not near:
        return []
    # The next nearest year is about 365 days minus this distance away.
    return [near[0][1]] if 365 - near[0][0] >= YEAR_REACH_DAYS else sorted(y for _, y in near[:2])


def _list(years: list[int]) -> str:
    return " or ".join(str(y) for y in years) if years else "none of the years near it"


_WIRE = datetime(2023, 6, 15, 8, 0, tzinfo=UTC)

CHECK = Check(
    id="DAT101",
    slug="impossible-date",
    family=Family.DATE,
    severity=Severity.ERROR,
    scope="internal",
    summary="A date that no calendar has, or a weekday that does not fit its date.",
    why="A weekday beside a date is a check digit: where the two disagree, one was mistyped or changed in translation.",
    limits=(
        "Without a year in the text the publication time must settle it; where two years are possible, or none is "
        "known, the result is UNKNOWN. Hijri dates are not checked."
    ),
    run=run,
    examples=(
        Example("bad", (ExampleDocument("The call took place on ⟦Thursday, June 14, 2023⟧.", "en"),)),
        Example("bad", (ExampleDocument("双方于⟦2023年6月14日（星期四）⟧通电话。", "zh"),)),
        Example("bad", (ExampleDocument("L'entretien a eu lieu le ⟦jeudi 14 juin 2023⟧.", "fr"),)),
        Example("bad", (ExampleDocument("La reunión fue el ⟦31 de junio⟧.", "es"),), "June has 30 days"),
        Example(
            "bad", (ExampleDocument("Le traité date du ⟦29 février 2023⟧.", "fr"),), "2023 was no leap year"
        ),
        Example(
            "bad",
            (ExampleDocument("7月8日是周六，双方⟦6月14日（星期五）⟧会谈。", "zh", published=_WIRE),),
            "the publication settles the year",
        ),
        Example("good", (ExampleDocument("The call took place on Wednesday, June 14, 2023.", "en"),)),
        Example("good", (ExampleDocument("双方于2023年6月14日（星期三）通电话。", "zh"),)),
        Example("good", (ExampleDocument("L'entretien a eu lieu le mercredi 14 juin 2023.", "fr"),)),
        Example("good", (ExampleDocument("Встреча состоялась в среду, 14 июня 2023 года.", "ru"),)),
        Example("good", (ExampleDocument("Le 29 février 2024 est un jeudi.", "fr"),)),
        Example("unknown", (ExampleDocument("The call took place on Thursday, June 14.", "en"),), "no year"),
        Example("unknown", (ExampleDocument("双方于6月14日（星期四）通电话。", "zh"),)),
        Example("unknown", (ExampleDocument("L'entretien a eu lieu jeudi 14 juin.", "fr"),)),
    ),
)
