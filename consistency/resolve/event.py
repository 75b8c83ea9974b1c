"""When and where the event took place that a document reports, as far as its first sentences tell.

Readouts and wires name the day in the headline, the dateline or the first sentences of the body. A date there is the
event's unless the words beside it make it a start, an end or a deadline. Where the zone of a local time is not known,
the interval is widened to all zones on earth, so that what could be true is never called impossible.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from consistency.extract.date_intervals import document_zone, to_utc
from consistency.types import (
    AnalysedDocument,
    DateValue,
    Event,
    Mention,
    MentionKind,
    PlaceValue,
    SentenceKind,
)

LEAD_SENTENCES = 2
"""Body sentences that may date the event. Of the 717 White House readouts of the development set, read for this, the
day stands in the first sentence or not at all; wires need the second, where the first one paints the scene."""

_DAY_GRAINS = ("day", "part", "hour", "minute")
_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)
"""How far clocks on earth are before and behind UTC at most."""


def resolve_event(document: AnalysedDocument) -> Event:
    """The event's interval in UTC, its zone and place, with the mentions they rest on; all None where nothing tells."""
    dates = event_dates(document)
    place = event_place(document)
    start = end = None
    zone: str | None = None
    evidence: list[str] = []
    for mention in dates:
        interval = _interval(mention)
        if interval is None:
            continue
        if start is None or end is None:
            (start, end), zone = interval, _value(mention).zone
            evidence.append(mention.id)
        elif max(start, interval[0]) < min(end, interval[1]):
            start, end = max(start, interval[0]), min(end, interval[1])
            evidence.append(mention.id)
    if start is None and document.document.event_date is not None:
        zone = document_zone(document.document)
        midnight = datetime.combine(document.document.event_date, datetime.min.time())
        start, end = _bounds(midnight, midnight + timedelta(days=1), zone)
    if place is not None:
        evidence.append(place.id)
    place_id = place.value.id if place is not None and isinstance(place.value, PlaceValue) else None
    return Event(start, end, zone, place_id, tuple(evidence))


def event_dates(document: AnalysedDocument) -> tuple[Mention, ...]:
    """Mentions of the first sentence that dates the event to a day or less; () where none does."""
    for sentence in _lead(document):
        found = tuple(
            m
            for m in document.mentions
            if m.kind is MentionKind.DATE and m.sentence == sentence and _dates_the_event(_value(m))
        )
        if any(_value(m).grain in ("day", "part") for m in found):
            return found
    return ()


def event_place(document: AnalysedDocument) -> Mention | None:
    """The city, venue, region or sea that the first body sentence names last, or the one of the headline; None where
    none is named, or where it stands for a government."""
    body = [s for s in document.sentences if s.kind is SentenceKind.BODY][:1]
    heads = [s for s in document.sentences if s.kind is SentenceKind.HEADLINE]
    for sentence in (*body, *heads):
        found = [
            m
            for m in document.mentions
            if m.kind is MentionKind.PLACE
            and m.sentence == sentence.index
            and isinstance(m.value, PlaceValue)
            and m.value.sense == "place"
            and m.value.id.startswith(("city:", "venue:"))
        ]
        ids = {m.value.id for m in found if isinstance(m.value, PlaceValue)}
        if len(ids) == 1:
            return found[0]
    return None


def _lead(document: AnalysedDocument) -> list[int]:
    """Indices of the sentences that may date the event, in the order in which they are asked: the body's first
    sentences, then the headline, and the dateline last, which dates the writing."""
    body = [s.index for s in document.sentences if s.kind is SentenceKind.BODY][:LEAD_SENTENCES]
    heads = [s.index for s in document.sentences if s.kind is SentenceKind.HEADLINE]
    datelines = [s.index for s in document.sentences if s.kind is SentenceKind.DATELINE]
    return [*body, *heads, *datelines]


def _dates_the_event(value: DateValue) -> bool:
    if value.grain not in _DAY_GRAINS or value.is_range or value.calendar != "gregorian":
        return False
    return value.role in (None, "event")


def _value(mention: Mention) -> DateValue:
    assert isinstance(mention.value, DateValue)
    return mention.value


def _interval(mention: Mention) -> tuple[datetime, datetime] | None:
    value = _value(mention)
    if value.start is None or value.end is None:
        return None
    return _bounds(value.start, value.end, value.zone)


def _bounds(start: datetime, end: datetime, zone: str | None) -> tuple[datetime, datetime]:
    """A naive local interval in UTC, widened to all zones where the zone is unknown."""
    if zone is not None:
        first, last = to_utc(start, zone), to_utc(end, zone)
        if first is not None and last is not None:
            return first, last
    return start.replace(tzinfo=UTC) - _EAST, end.replace(tzinfo=UTC) + _WEST
