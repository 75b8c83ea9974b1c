"""OFF301: the reference says that this person did not hold this office on that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from consistency.checks.base import Check, Example, ExampleDocument, Settings, finding, text_span
from consistency.checks.office_facts import TITLES, Holding, both_span, holdings
from consistency.reference import Reference, ReferencePerson
from consistency.reference.parse import vocabulary
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Family,
    Outcome,
    Result,
    Severity,
    Unchecked,
)

COURTESY = timedelta(days=365 * 60)
"""Titles outlive offices ("President Obama", "Secretary Clinton" years later): somebody who held the office before is
left alone. Only who never held it, or will hold it later, is questioned."""


def run(analysis: Analysis, settings: Settings) -> Iterator[Result]:
    for document in analysis.documents:
        day = _day(document)
        for holding in holdings(analysis, document):
            if holding.value.status == "incumbent":
                yield from _judge(document, holding, day, settings.reference)


def _day(document: AnalysedDocument) -> date | None:
    """The day that the document writes about: of the event, else of publication, where its zone is known."""
    own = document.document
    if own.event_date is not None:
        return own.event_date
    if document.event.start is not None:
        zone = ZoneInfo(document.event.zone) if document.event.zone else UTC
        return document.event.start.astimezone(zone).date()
    published: datetime | None = own.published
    return published.date() if published is not None else None


def _judge(
    document: AnalysedDocument, holding: Holding, day: date | None, reference: Reference
) -> Iterator[Result]:
    person = _known(document, holding, reference)
    if person is None or (
        holding.value.function not in vocabulary().single and holding.value.function not in TITLES
    ):
        return
    span = both_span(holding)
    country = _country(holding, person)
    label = holding.value.function.replace("_", " ")
    if day is None:
        yield Unchecked(
            span.document,
            span.start,
            span.end,
            CHECK.id,
            f"the day on which {holding.form.text} is {label} is not known",
        )
        return
    if country is None:
        yield Unchecked(
            span.document,
            span.start,
            span.end,
            CHECK.id,
            f"the text does not say of which country {holding.form.text} is {label}",
        )
        return
    try:
        answer = reference.held(person, holding.value.function, country, day)
    except ValueError:
        return
    if answer.outcome is Outcome.AGREE:
        yield Agreement(CHECK.id, (span,))
    elif answer.outcome is Outcome.UNKNOWN:
        yield Unchecked(span.document, span.start, span.end, CHECK.id, answer.reason)
    elif (
        answer.office is not None
        and answer.office.since.first <= day
        and answer.office.country == country.lower()
    ):
        yield Unchecked(
            span.document, span.start, span.end, CHECK.id, f"{answer.reason}; the title may be a courtesy"
        )
    else:
        yield finding(
            CHECK,
            f"“{holding.office.text}” is given to {holding.form.text}: {answer.reason}.",
            [text_span(document.document, span.start, span.end)],
            confidence=0.85,
            values=(holding.form.text, holding.value.function, country),
        )


def _known(document: AnalysedDocument, holding: Holding, reference: Reference) -> ReferencePerson | None:
    """The reference's person of this name, where just one bears it."""
    if holding.person is not None and holding.person.reference is not None and holding.form.is_full:
        return reference.person(holding.person.reference)
    found = reference.by_name(holding.form.text, document.document.language) if holding.form.is_full else ()
    return found[0] if len(found) == 1 else None


def _country(holding: Holding, person: ReferencePerson) -> str | None:
    """The office's country: as written, else the one that the person serves in all of their offices."""
    if holding.value.country is not None:
        return holding.value.country
    served = sorted({office.country for office in person.offices})
    return served[0] if len(served) == 1 else None


CHECK = Check(
    id="OFF301",
    slug="office-not-held",
    family=Family.OFFICE,
    severity=Severity.ERROR,
    scope="reference",
    summary="The reference table says that this person did not hold this office on that day.",
    why="An old title left standing, or a title that nobody checked, dates the whole article.",
    limits=(
        "Needs the day (of the event, or of publication) and a person whom the reference knows. Somebody who held the office "
        "earlier may keep the title as a courtesy, and is left unknown; so is everything within ten days of a handover."
    ),
    run=run,
    examples=(
        Example(
            "bad",
            (
                ExampleDocument(
                    "French ⟦President Antony Blinken⟧ met Wang Yi.",
                    "en",
                    published=datetime(2023, 6, 14, tzinfo=UTC),
                    timezone="UTC",
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "US Secretary of State Antony Blinken met Wang Yi.",
                    "en",
                    published=datetime(2023, 6, 14, tzinfo=UTC),
                    timezone="UTC",
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "美国国务卿布林肯会见了王毅。",
                    "zh",
                    published=datetime(2023, 6, 14, tzinfo=UTC),
                    timezone="UTC",
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "L'ancien président américain Barack Obama a rencontré Wang Yi.",
                    "fr",
                    published=datetime(2023, 6, 14, tzinfo=UTC),
                    timezone="UTC",
                ),
            ),
        ),
        Example(
            "unknown",
            (ExampleDocument("US Secretary of State Antony Blinken met Wang Yi.", "en"),),
            "No date.",
        ),
    ),
)
