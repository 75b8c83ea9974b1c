"""COV102: a topic in one account only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.example_texts import bad, given, good, unknown
from consistency.extract.topics import topic_titles
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Claim,
    Family,
    Result,
    Severity,
    Unchecked,
)


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right in analysis.account_pairs():
        mine, theirs = _by_topic(left), _by_topic(right)
        for document, topics, others in ((left, mine, theirs), (right, theirs, mine)):
            if not topics and others:
                reason = "no topic is recognised in this account, so that none can be missing from it"
                yield Unchecked(document.id, 0, len(document.document.text), "COV102", reason)
        for topic in topic_titles():
            if topic in mine and topic in theirs:
                yield Agreement("COV102", (mine[topic][0].span, theirs[topic][0].span))
        yield from _only(left, right, mine, theirs)
        yield from _only(right, left, theirs, mine)


def _only(
    document: AnalysedDocument,
    other: AnalysedDocument,
    mine: dict[str, list[Claim]],
    theirs: dict[str, list[Claim]],
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


_EXAMPLES = (
    bad(
        given("zh", "⟦王毅强调，台湾问题是中国核心利益中的核心。⟧双方还讨论了气候变化。"),
        given("en", "The ministers discussed climate change."),
    ),
    bad(
        given(
            "fr",
            "Les ministres ont évoqué le changement climatique. ⟦Le ministre a soulevé la situation des droits de l'homme.⟧",
        ),
        given("en", "The ministers discussed climate change."),
    ),
    good(
        given("zh", "双方讨论了气候变化。"),
        given("fr", "Les ministres ont évoqué le changement climatique."),
    ),
    unknown(
        given("zh", "双方讨论了气候变化。"),
        given("en", "They talked for two hours."),
        note="no topic is recognised in one of the accounts",
    ),
)


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
    examples=_EXAMPLES,
)
