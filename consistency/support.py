"""Whether the accounts back the sentences of a copy.

Three outcomes and a fourth: supported (an account has a sentence that corresponds), conflict (a finding of an error or
a warning stands in it), unsupported (nothing corresponds, and it holds a fact that stands in no account), unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consistency.extract.topics import topic_titles
from consistency.types import (
    AnalysedDocument,
    Analysis,
    DateValue,
    Finding,
    Mention,
    MentionKind,
    OrganisationValue,
    PersonValue,
    PlaceValue,
    QuantityValue,
    SentenceKind,
    Severity,
    Support,
)

SUPPORT_FLOOR = 0.5
"""Belief in an alignment from which a sentence counts as supported."""

UNSUPPORTED_FLOOR = 0.3
"""Where the best alignment is between this and `SUPPORT_FLOOR` nothing is said either way."""


@dataclass(frozen=True, slots=True)
class Backing:
    """What the accounts say of one sentence of a copy."""

    verdict: str
    """'supported', 'unsupported' or 'unknown'."""
    by: tuple[str, ...] = ()
    reason: str = ""
    novel: tuple[str, ...] = ()
    """Facts of the sentence that stand in no account, as written."""
    confidence: float = 0.0


def support(analysis: Analysis, findings: Sequence[Finding]) -> tuple[Support, ...]:
    """The verdict on every sentence of every copy, in order. `findings` are those of all checks."""
    verdicts: list[Support] = []
    for copy in analysis.copies:
        if not analysis.accounts:
            continue
        for sentence in copy.sentences:
            if sentence.kind is SentenceKind.DATELINE:
                continue
            against = _contradicting(analysis, copy, sentence.start, sentence.end, findings)
            if against is not None:
                verdicts.append(Support(copy.id, sentence.index, "conflict", against))
                continue
            backing = backing_of(analysis, copy, sentence.index)
            verdicts.append(Support(copy.id, sentence.index, backing.verdict, backing.by))
    return tuple(verdicts)


def _contradicting(
    analysis: Analysis, copy: AnalysedDocument, start: int, end: int, findings: Sequence[Finding]
) -> tuple[str, ...] | None:
    """Accounts that a finding in this stretch was held against; None where there is no such finding."""
    accounts = [account.id for account in analysis.accounts]
    found: set[str] = set()
    is_contradicted = False
    for one in findings:
        if one.severity is Severity.NOTE or one.check == "COV201":
            continue
        references = {span.document for span in one.spans if span.document in accounts}
        inside = any(s.document == copy.id and s.start < end and start < s.end for s in one.subjects)
        if inside and references:
            is_contradicted = True
            found |= references
    return tuple(account for account in accounts if account in found) if is_contradicted else None


def backing_of(analysis: Analysis, copy: AnalysedDocument, index: int) -> Backing:
    """Which accounts have a sentence or statement that corresponds to this sentence of a copy (index)."""
    best = 0.0
    by: list[str] = []
    claims = {claim.id for claim in copy.claims if claim.sentence == index}
    for account in analysis.accounts:
        scores = [a.score for a in analysis.aligned(account.id, copy.id) if index in a.right_sentences]
        scores += [
            a.score for a in analysis.aligned_claims(account.id, copy.id) if claims & set(a.right_claims)
        ]
        highest = max(scores, default=0.0)
        best = max(best, highest)
        if highest >= SUPPORT_FLOOR:
            by.append(account.id)
    if by:
        return Backing("supported", tuple(by))
    if best >= UNSUPPORTED_FLOOR:
        return Backing(
            "unknown", reason="a sentence of an account may correspond, with too little certainty to say"
        )
    novel = novel_facts(analysis, copy, index)
    if novel:
        shown = ", ".join(f'"{fact}"' for fact in novel)
        return Backing(
            "unsupported", (), f"nothing corresponds, and {shown} stands in no account", novel, 0.6
        )
    return Backing(
        "unknown", reason="no sentence of an account corresponds, but its names and topics stand there"
    )


def novel_facts(analysis: Analysis, copy: AnalysedDocument, index: int) -> tuple[str, ...]:
    """Names, places, figures and topics of a sentence that no account has, in order of place."""
    known = {key for account in analysis.accounts for m in account.mentions for key in _keys(analysis, m)}
    topics = {topic for account in analysis.accounts for claim in account.claims for topic in claim.topics}
    found: list[str] = []
    for mention in copy.mentions:
        if mention.sentence != index or mention.kind is MentionKind.PERSON:
            continue  # a person may stand in the account under a name that could not be matched across scripts
        keys = _keys(analysis, mention)
        if keys and not any(key in known for key in keys):
            found.append(mention.text)
    for claim in copy.claims:
        if claim.sentence == index:
            found.extend(topic_titles()[topic] for topic in claim.topics if topic not in topics)
    return tuple(dict.fromkeys(found))


def _keys(analysis: Analysis, mention: Mention) -> tuple[str, ...]:
    """What a mention can be recognised by in another language; none for kinds that say little about a sentence."""
    value = mention.value
    if isinstance(value, PersonValue):
        person = analysis.person_of(mention.id)
        return (f"person:{person.id}",) if person is not None and value.form in ("full", "surname") else ()
    if isinstance(value, OrganisationValue):
        return (f"organisation:{value.id}",)
    if isinstance(value, PlaceValue):
        return (f"place:{value.id}", f"country:{value.country}") if value.country else (f"place:{value.id}",)
    if isinstance(value, QuantityValue) and value.unit not in ("ordinal",) and value.low > 12:
        return (f"quantity:{value.low}:{value.unit}",)
    if isinstance(value, DateValue) and value.year is not None:
        return (f"year:{value.year}",)
    return ()
