"""DAT102: two dates for one event in one document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consistency.checks.base import Check, Example, ExampleDocument, Settings, finding, span_of
from consistency.extract.date_patterns import DateLexicon, date_lexicon
from consistency.languages.loader import fold, has_table
from consistency.resolve.date_agreement import compare_dates
from consistency.resolve.event import event_dates
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    DateValue,
    Family,
    Mention,
    MentionKind,
    Outcome,
    Result,
    SentenceKind,
    Severity,
    Unchecked,
)

REACH = 30
"""Characters between the words that come back to the event and the date they carry: "the call on 14 June", not "the call
… will be followed by a meeting on 20 June"."""

_DAY_GRAINS = ("day", "part", "hour", "minute")


def run(analysis: Analysis, settings: Settings) -> Iterator[Result]:
    for document in analysis.documents:
        if has_table(document.document.language, "dates"):
            yield from _check(document)


def _check(document: AnalysedDocument) -> Iterator[Result]:
    first = event_dates(document)
    if not first:
        return
    seen = {m.id for m in first}
    for mention in _again(document, first):
        if mention.id in seen:
            continue
        seen.add(mention.id)
        comparisons = [(m, compare_dates(_value(m), _value(mention), same_day=True)) for m in first]
        conflict = next(((m, c) for m, c in comparisons if c.outcome is Outcome.CONFLICT), None)
        if conflict is not None:
            message = f'The event is dated "{conflict[0].text}" and "{mention.text}" in this document.'
            spans = [span_of(conflict[0]), span_of(mention)]
            yield finding(CHECK, message, spans, confidence=0.85, values=[conflict[0].text, mention.text])
        elif any(c.outcome is Outcome.AGREE for _, c in comparisons):
            yield Agreement("DAT102", (mention.span, first[0].span))
        else:
            reason = f'whether this is the same time as "{first[0].text}" cannot be worked out'
            yield Unchecked(document.id, mention.start, mention.end, "DAT102", reason)


def _again(document: AnalysedDocument, first: tuple[Mention, ...]) -> Iterator[Mention]:
    """Dates elsewhere that are given to the same event: in the headline, or beside words that come back to it."""
    lexicon = date_lexicon(document.document.language)
    folded = fold(document.text, document.document.language)
    kinds = _kinds(document, folded, first[0].sentence, lexicon)
    dates = [
        m
        for m in document.mentions
        if m.kind is MentionKind.DATE and m.sentence != first[0].sentence and _is_day(_value(m))
    ]
    for sentence in (s for s in document.sentences if s.kind is SentenceKind.HEADLINE):
        for start, end, kind in lexicon.event_names.find(folded, sentence.start, sentence.end):
            if kind in kinds:
                yield from (m for m in dates if _is_linked(folded, start, end, m, lexicon))
    for start, end, kind in lexicon.event_again.find(folded):
        if kind not in kinds:
            continue
        within = next((s for s in document.sentences if s.start <= start < s.end), None)
        if within is None or within.index == first[0].sentence:
            continue
        near = [m for m in dates if m.sentence == within.index and _is_linked(folded, start, end, m, lexicon)]
        if len(near) == 1:
            yield near[0]


def _is_linked(folded: str, start: int, end: int, date: Mention, lexicon: DateLexicon) -> bool:
    """Whether only link words stand between the words for the event and the date: "the call on 14 June", and not
    "the meeting, which followed their 18 May call"."""
    low, high = (end, date.start) if date.start >= end else (date.end, start)
    if not 0 <= high - low <= REACH:
        return False
    return all(word in lexicon.event_links for word in re.findall(r"[^\W\d_]+", folded[low:high]))


def _kinds(document: AnalysedDocument, folded: str, sentence: int, lexicon: DateLexicon) -> set[str]:
    """Kinds of event that the dated sentence names."""
    found = document.sentences[sentence]
    return {kind for _, _, kind in lexicon.event_names.find(folded, found.start, found.end)}


def _is_day(value: DateValue) -> bool:
    written = value.day is not None or value.weekday is not None or value.offset is not None
    moved = value.is_relative and value.offset is None
    return value.grain in _DAY_GRAINS and value.role is None and not value.is_range and written and not moved


def _value(mention: Mention) -> DateValue:
    assert isinstance(mention.value, DateValue)
    return mention.value


CHECK = Check(
    id="DAT102",
    slug="two-dates",
    family=Family.DATE,
    severity=Severity.ERROR,
    scope="internal",
    summary="Two dates for one event in one document.",
    why="A lead that says Tuesday over a body that says Wednesday sends readers, and the desks that copy it, both ways.",
    limits=(
        "The event's date is the one of the headline or of the first sentences; another date is held against it only "
        "in the headline or right beside words that come back to the event (the call, cet appel, 此次通话)."
    ),
    run=run,
    examples=(
        Example(
            "bad",
            (
                ExampleDocument(
                    "The two ministers spoke by phone on ⟦Tuesday, 13 June⟧. They discussed trade. The call on ⟦14 June⟧ lasted an hour.",
                    "en",
                ),
            ),
        ),
        Example(
            "bad",
            (
                ExampleDocument(
                    "两国外长⟦6月13日⟧通电话，讨论了贸易问题。此次通话在⟦6月14日⟧进行，持续一小时。", "zh"
                ),
            ),
        ),
        Example(
            "bad",
            (
                ExampleDocument(
                    "Les deux ministres se sont parlé au téléphone ⟦mardi 13 juin⟧. L'appel de ⟦mercredi⟧ a duré une heure.",
                    "fr",
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "The two ministers spoke by phone on Tuesday, 13 June. The call on 13 June followed their meeting of 2 May.",
                    "en",
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "两国外长6月13日通电话，讨论了贸易问题。此次通话在6月13日进行。双方将于6月20日会谈。",
                    "zh",
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "Les deux ministres se sont parlé au téléphone mardi 13 juin. L'appel de mardi a duré une heure. Ils se verront le 20 juin.",
                    "fr",
                ),
            ),
        ),
        Example(
            "unknown",
            (
                ExampleDocument(
                    "The two ministers spoke by phone on Tuesday. The call on 13 June lasted an hour.", "en"
                ),
            ),
        ),
        Example("unknown", (ExampleDocument("两国外长周二通电话。此次通话在6月13日进行。", "zh"),)),
        Example(
            "unknown",
            (
                ExampleDocument(
                    "Les deux ministres se sont parlé au téléphone mardi. L'appel du 13 juin a duré une heure.",
                    "fr",
                ),
            ),
        ),
    ),
)
