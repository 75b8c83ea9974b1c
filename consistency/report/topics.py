"""The topic map: who raised what, and what only one side says."""

from __future__ import annotations

from dataclasses import dataclass

from consistency.types import Report


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic: statements on it by document, in the report's order of documents."""

    topic: str
    counts: tuple[int, ...]

    @property
    def is_one_sided(self) -> bool:
        return sum(count > 0 for count in self.counts) == 1 < len(self.counts)


def topic_rows(report: Report) -> tuple[TopicRow, ...]:
    """Topics of the claims, those that the most documents raise first."""
    topics = sorted({t for document in report.documents for claim in document.claims for t in claim.topics})
    rows = [
        TopicRow(topic, tuple(sum(topic in c.topics for c in document.claims) for document in report.documents))
        for topic in topics
    ]
    return tuple(sorted(rows, key=lambda r: (-sum(count > 0 for count in r.counts), -sum(r.counts), r.topic)))
