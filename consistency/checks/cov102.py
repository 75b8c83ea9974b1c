"""COV102: a topic in one account only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.extract.topics import topic_titles
from consistency.types import Agreement, AnalysedDocument, Analysis, Claim, Family, Result, Severity


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right in analysis.account_pairs():
        mine, theirs = _by_topic(left), _by_topic(right)
        for topic in topic_titles():
            if topic in mine and topic in theirs:
                yield Agreement("COV102", (mine[topic][0].span, theirs[topic][0].span))
        yield from _only(left, right, mine, theirs)
        yield from _only(right, left, theirs, mine)


def _only(
    document: AnalysedDocument, other: AnalysedDocument, mine: dict[str, list[Claim]], theirs: dict[str, list[Claim]]
) -> Iterator[Result]:
    for topic, title in topic_titles().items():
        if topic in mine and topic not in theirs and theirs:
            yield finding(
                CHECK,
                f"{title}: only {document.document.label!r} speaks of it; {other.document.label!r} does not.",
                [text_span(document.document, claim.start, claim.end) for claim in mine[topic]],
                confidence=0.8,
                values=(topic,),
            )


def _by_topic(document: AnalysedDocument) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in document.claims:
        for topic in claim.topics:
            found.setdefault(topic, []).append(claim)
    return found


CHECK = Check(
    id="COV102",
    slug="topic-in-one-account",
    family=Family.COVERAGE,
    severity=Severity.NOTE,
    scope="accounts",
    summary="A topic that only one account raises.",
    why="Taiwan in one readout and not in the other is news, whatever the rest says.",
    limits="Topics are recognised by the words of the packs; one that is only hinted at is not seen.",
    run=run,
)
