"""DAT201: the dates of the event, or of a fact in aligned passages, differ after time zones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from consistency.checks.base import Check, Example, ExampleDocument, Settings, finding, span_of, text_span
from consistency.checks.date_pairs import DatePair, date_value, pair_dates
from consistency.checks.pairs import AlignedMentions, aligned_mentions, is_rendering
from consistency.extract.date_intervals import zone_info
from consistency.resolve.date_agreement import compare_dates, span_text, zone_name
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    DateValue,
    Event,
    Family,
    Finding,
    FindingSpan,
    Mention,
    MentionKind,
    Outcome,
    Result,
    Role,
    SentenceKind,
    Severity,
    Unchecked,
)

NEIGHBOURS = 1
"""Sentences around a block whose dates count as beside it: translators move a date across a full stop."""

_DAY_GRAINS = ("day", "part", "hour", "minute")


def run(analysis: Analysis, settings: Settings) -> Iterator[Result]:
    for left, right in analysis.pairs():
        is_copy = right.document.role is Role.COPY
        taken: set[str] = set()
        if not any(is_rendering(analysis, alignment) for alignment in analysis.aligned(left.id, right.id)):
            for result in _event(analysis, left, right, is_copy=is_copy):
                taken |= _event_mentions(left, right) if isinstance(result, Finding) else set()
                yield result
        for block in aligned_mentions(analysis, left, right, MentionKind.DATE):
            yield from _block(analysis, left, right, block, is_copy=is_copy, taken=taken)


# --- the event's own time ---------------------------------------------------------------------------------


def _event(
    analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument, *, is_copy: bool
) -> Iterator[Result]:
    one, other = left.event, right.event
    spans = _event_spans(right, "subject") + _event_spans(left, "reference" if is_copy else "subject")
    here = spans[0]
    if one.start is None or other.start is None:
        unknown = right.id if other.start is None else left.id
        reason = f"when the event took place is not said in {unknown}, or cannot be worked out without its publication time"
        yield Unchecked(here.document, here.start, here.end, "DAT201", reason)
    elif _meet(one, other) or (
        is_copy and any(_meet(account.event, other) for account in analysis.accounts if account.id != left.id)
    ):
        yield Agreement(
            "DAT201", tuple(right.document.span(s.start, s.end) for s in _event_spans(right, "subject"))
        )
    else:
        message = f"{_sum(left, right)} The two cannot be the same time."
        yield finding(CHECK, message, spans, confidence=0.9)


def _meet(one: Event, other: Event) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


def _event_mentions(*documents: AnalysedDocument) -> set[str]:
    return {e for d in documents for e in d.event.evidence if ":date:" in e}


def _event_spans(document: AnalysedDocument, role: str) -> list[FindingSpan]:
    """The dates that the event's time rests on; where it rests on metadata alone, the first sentence."""
    dates = [m for m in document.mentions if m.kind is MentionKind.DATE and m.id in document.event.evidence]
    if dates:
        return [span_of(m, role) for m in dates]
    body = [s for s in document.sentences if s.kind is SentenceKind.BODY] or list(document.sentences)
    if not body:
        return [text_span(document.document, 0, 0, role)]
    return [text_span(document.document, body[0].start, body[0].end, role)]


def _sum(left: AnalysedDocument, right: AnalysedDocument) -> str:
    """Both events' times, the right one on the left one's clock too where both clocks are known."""

    def local(event: Event, zone: str | None) -> str:
        assert event.start is not None and event.end is not None
        info = (zone_info(zone) if zone else None) or UTC
        start, end = (moment.astimezone(info).replace(tzinfo=None) for moment in (event.start, event.end))
        return span_text(start, end) + (f" in {zone_name(zone)}" if zone else " UTC (the zone is not known)")

    text = f"The event's time is {local(left.event, left.event.zone)} by {left.id} and {local(right.event, right.event.zone)} by {right.id}"
    if left.event.zone and right.event.zone and left.event.zone != right.event.zone:
        text += f", which is {local(right.event, left.event.zone)}"
    return text + "."


# --- facts of aligned passages ----------------------------------------------------------------------------


def _block(
    analysis: Analysis,
    left: AnalysedDocument,
    right: AnalysedDocument,
    block: AlignedMentions,
    *,
    is_copy: bool,
    taken: set[str],
) -> Iterator[Result]:
    translation = is_rendering(analysis, block.alignment)
    pairing = pair_dates(block.left, block.right, same_day=translation)
    for pair in pairing.pairs:
        outcome, spans = pair.comparison.outcome, (pair.left.span, pair.right.span)
        if outcome is Outcome.AGREE:
            yield Agreement("DAT201", spans)
        elif outcome is Outcome.UNKNOWN:
            yield Unchecked(right.id, pair.right.start, pair.right.end, "DAT201", pair.comparison.reason)
        elif {pair.left.id, pair.right.id} & taken:
            continue
        elif _is_conflict(analysis, left, right, block, pair, is_copy=is_copy):
            yield _finding(pair, is_copy=is_copy)
        else:
            reason = (
                "another date in the passage or beside it may be the one that this date is to be held against"
            )
            yield Unchecked(right.id, pair.right.start, pair.right.end, "DAT201", reason)
    if is_copy and block.left:
        for mention in pairing.alone:
            reason = "the account's passage has no date of this kind left to hold it against"
            yield Unchecked(right.id, mention.start, mention.end, "DAT201", reason)


def _is_conflict(
    analysis: Analysis,
    left: AnalysedDocument,
    right: AnalysedDocument,
    block: AlignedMentions,
    pair: DatePair,
    *,
    is_copy: bool,
) -> bool:
    """Whether nothing nearby, in these documents or another account, explains the difference away."""
    one, other = date_value(pair.left), date_value(pair.right)
    if is_rendering(analysis, block.alignment):
        # A translation repeats each date in its place: what stands beside the passage counts only if it moved there.
        beside = _beside(left, block.alignment.left_sentences)
        here = _beside(right, block.alignment.right_sentences)
        moved = _agrees(pair.right, beside) and _agrees(pair.left, here)
        return not moved
    roles = {one.role, other.role}
    if len(analysis.accounts) == 1:
        roles.discard(None)  # one source: the words beside the date may be rendered by others
    if len(roles) > 1 or one.grain in ("hour", "minute") or other.grain in ("hour", "minute"):
        return False
    if _is_dateline(left, pair.left) or _is_dateline(right, pair.right):
        return False
    if one.is_range != other.is_range or not _comparable(one, other):
        return False
    if not is_copy:
        return len(block.left) == len(block.right) == 1 and not (
            _agrees(pair.right, _dates(left)) or _agrees(pair.left, _dates(right))
        )
    if len(analysis.accounts) == 1:
        return not _agrees(pair.right, _beside(left, block.alignment.left_sentences))
    return not any(_agrees(pair.right, _dates(account)) for account in analysis.accounts)


def _is_dateline(document: AnalysedDocument, mention: Mention) -> bool:
    """Whether the date stands in the dateline: it dates the writing, not the event."""
    return document.sentences[mention.sentence].kind is SentenceKind.DATELINE


def _comparable(one: DateValue, other: DateValue) -> bool:
    """Whether two dates of different texts are so alike that a difference is one of the same fact: both days of a
    weekday or date, or years and months that share a component."""
    if one.grain in _DAY_GRAINS and other.grain in _DAY_GRAINS:
        return True
    return one.grain == other.grain


def _dates(document: AnalysedDocument) -> list[Mention]:
    return [m for m in document.mentions if m.kind is MentionKind.DATE]


def _beside(document: AnalysedDocument, sentences: tuple[int, ...]) -> list[Mention]:
    low, high = min(sentences) - NEIGHBOURS, max(sentences) + NEIGHBOURS
    return [m for m in _dates(document) if low <= m.sentence <= high and m.sentence not in sentences]


def _agrees(mention: Mention, others: list[Mention]) -> bool:
    value = date_value(mention)
    return any(compare_dates(date_value(o), value).outcome is Outcome.AGREE for o in others)


def _finding(pair: DatePair, *, is_copy: bool) -> Finding:
    what = " and ".join(_NAMES.get(kind, kind) for kind in pair.comparison.differing)
    message = f'"{pair.right.text}" here, "{pair.left.text}" in the other text: the {what} differs.'
    if is_copy:
        message = f'"{pair.right.text}" in the copy, "{pair.left.text}" in the account: the {what} differs.'
    if pair.comparison.reason:
        message += f" {pair.comparison.reason[0].upper()}{pair.comparison.reason[1:]}."
    spans = [span_of(pair.right), span_of(pair.left, "reference" if is_copy else "subject")]
    return finding(
        CHECK,
        message,
        spans,
        confidence=0.9 if pair.comparison.shared else 0.8,
        severity=Severity.ERROR if is_copy else Severity.WARNING,
        values=[pair.left.text, pair.right.text],
    )


_NAMES = {
    "rel:day": "day",
    "rel:week": "week",
    "rel:month": "month",
    "rel:year": "year",
    "part": "part of the day",
}

_CN = timezone(timedelta(hours=8))
_US = timezone(timedelta(hours=-4))

CHECK = Check(
    id="DAT201",
    slug="date-differs",
    family=Family.DATE,
    severity=Severity.ERROR,
    scope="cross",
    summary="The date of the event, or of a fact in aligned passages, differs after time zones.",
    why=(
        "A wrong weekday or day is the commonest slip of translated wires, and the one that a reader can least see. "
        "Tuesday night in Washington is Wednesday morning in Beijing: no error, and the sum says so."
    ),
    limits=(
        "Relative words (yesterday, hier, 昨天) need the publication time; a day's difference between clocks that are "
        "not known is UNKNOWN. Between two accounts a differing date of an aligned fact is a warning."
    ),
    run=run,
    examples=(
        Example(
            "bad",
            (
                ExampleDocument("双方代表团于6月14日星期三在日内瓦讨论了停火问题。", "zh", "source"),
                ExampleDocument(
                    "The two delegations discussed the ceasefire in Geneva on ⟦Thursday, 14 June⟧.",
                    "en",
                    "wire",
                    Role.COPY,
                ),
            ),
        ),
        Example(
            "bad",
            (
                ExampleDocument(
                    "The export controls were announced by the ministry on 3 July 2023.", "en", "source"
                ),
                ExampleDocument(
                    "Les contrôles à l'exportation ont été annoncés par le ministère le ⟦3 août 2023⟧.",
                    "fr",
                    "wire",
                    Role.COPY,
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument("双方代表团于6月14日星期三在日内瓦讨论了停火问题。", "zh", "source"),
                ExampleDocument(
                    "The two delegations discussed the ceasefire in Geneva on Wednesday, 14 June.",
                    "en",
                    "wire",
                    Role.COPY,
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "The export controls were announced by the ministry on 3 July 2023.", "en", "source"
                ),
                ExampleDocument(
                    "Les contrôles à l'exportation ont été annoncés par le ministère le 3 juillet 2023.",
                    "fr",
                    "wire",
                    Role.COPY,
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "2023年6月14日上午，秦刚同布林肯通电话。",
                    "zh",
                    "prc",
                    published=datetime(2023, 6, 14, 11, 0, tzinfo=_CN),
                    timezone="Asia/Shanghai",
                ),
                ExampleDocument(
                    "Secretary Blinken spoke with Foreign Minister Qin Gang on Tuesday evening.",
                    "en",
                    "us",
                    published=datetime(2023, 6, 13, 22, 0, tzinfo=_US),
                    timezone="America/New_York",
                ),
            ),
            "Tuesday evening in Washington is Wednesday morning in Beijing",
        ),
        Example(
            "unknown",
            (
                ExampleDocument(
                    "The two ministers spoke by phone yesterday about the ceasefire.", "en", "source"
                ),
                ExampleDocument(
                    "Les deux ministres ont parlé du cessez-le-feu par téléphone mardi.",
                    "fr",
                    "wire",
                    Role.COPY,
                ),
            ),
            "yesterday needs the publication time",
        ),
        Example(
            "unknown",
            (
                ExampleDocument("两国外长昨天就停火问题通电话。", "zh", "source"),
                ExampleDocument(
                    "The two foreign ministers spoke by phone about the ceasefire on Tuesday.",
                    "en",
                    "wire",
                    Role.COPY,
                ),
            ),
        ),
    ),
)
