"""The map of an event: what each side raised, how firmly, in whose words, and what only one side says.

A matrix of topics and documents, the terms that each document uses, and the statements that a document lacks. It is
read off the claims and their alignments; it decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from consistency.checks.coverage_pairs import coverage
from consistency.checks.sides import side_of
from consistency.extract.acts import force_of, ladder
from consistency.extract.issuers import country_of_issuer
from consistency.extract.terms import concepts
from consistency.extract.topics import topic_titles
from consistency.types import (
    AnalysedDocument,
    Analysis,
    Claim,
    MentionKind,
    Polarity,
    SentenceKind,
    TermValue,
)

OTHER = "other"
"""Topic of statements in which no word of any topic stands."""


@dataclass(frozen=True, slots=True)
class MapDocument:
    """One column of the map."""

    id: str
    label: str
    role: str
    language: str
    issuer: str | None
    statements: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What one document says on one topic."""

    document: str
    statements: int
    first_hand: int
    """Statements of the document's own side (all of a copy's statements count as second-hand)."""
    second_hand: int
    joint: int
    negative: int
    """Statements that deny."""
    stance: str | None
    """Scale of the firmest act ('request', 'rejection', 'agreement', 'support', 'statement', ...)."""
    act: str | None
    """The firmest act."""
    force: int | None
    """Its highest step; None where it has no place on the ladder."""
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One topic. Cells stand in the order of the documents; one without statements has zeros."""

    topic: str
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Omission:
    """A statement of one document that others lack. Half-open code point offsets into its text."""

    document: str
    claim: str
    start: int
    end: int
    text: str
    speaker: str
    act: str
    topics: tuple[str, ...]
    missing_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermUse:
    """The wording of one concept in one document."""

    document: str
    version: str
    user: str
    """Whose wording it is."""
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermRow:
    concept: str
    title: str
    uses: tuple[TermUse, ...]


@dataclass(frozen=True, slots=True)
class EventMap:
    """The whole map, in the order of topics.toml, concepts.toml and of the documents."""

    documents: tuple[MapDocument, ...]
    rows: tuple[Row, ...]
    terms: tuple[TermRow, ...]
    omissions: tuple[Omission, ...]


def build_map(analysis: Analysis) -> EventMap:
    """The map of the analysed documents. No documents give an empty map."""
    claims = {document.id: _statements(document) for document in analysis.documents}
    rows = []
    for topic, title in (*topic_titles().items(), (OTHER, "Other matters")):
        cells = tuple(
            _cell(analysis, document, topic, claims[document.id]) for document in analysis.documents
        )
        if any(cell.statements for cell in cells):
            rows.append(Row(topic, title, cells))
    return EventMap(
        documents=tuple(
            MapDocument(
                document.id,
                document.document.label,
                document.document.role.value,
                document.document.language,
                document.document.issuer,
                len(claims[document.id]),
            )
            for document in analysis.documents
        ),
        rows=tuple(rows),
        terms=_terms(analysis),
        omissions=_omissions(analysis),
    )


def _statements(document: AnalysedDocument) -> list[Claim]:
    """The claims of the body: a headline says again what the body says."""
    return [c for c in document.claims if document.sentences[c.sentence].kind is SentenceKind.BODY]


def _cell(analysis: Analysis, document: AnalysedDocument, topic: str, claims: list[Claim]) -> Cell:
    mine = [claim for claim in claims if (topic in claim.topics if topic != OTHER else not claim.topics)]
    own = country_of_issuer(document.document.issuer, document.document.language) if document.document.issuer else None
    joint = second = 0
    for claim in mine:
        side = side_of(analysis, claim.speaker)
        if side is not None and side.kind == "joint":
            joint += 1
        elif own is None or (side is not None and side.country not in (None, own)):
            second += 1
    firmest = max(mine, key=_firmness, default=None)
    return Cell(
        document=document.id,
        statements=len(mine),
        first_hand=len(mine) - joint - second,
        second_hand=second,
        joint=joint,
        negative=sum(claim.polarity is Polarity.NEGATIVE for claim in mine),
        stance=ladder()[firmest.act].scale if firmest is not None and firmest.act in ladder() else None,
        act=firmest.act if firmest is not None else None,
        force=force_of(firmest.act) if firmest is not None else None,
        claims=tuple(claim.id for claim in mine),
    )


_STANCE_ORDER = (
    "narration",
    "courtesy",
    "statement",
    "agreement",
    "support",
    "denial",
    "accusation",
    "request",
    "warning",
    "rejection",
)


def _firmness(claim: Claim) -> tuple[int, int, int]:
    """What the side wants or refuses comes before what it says; then the step; then the earlier statement."""
    rung = ladder().get(claim.act)
    scale = _STANCE_ORDER.index(rung.scale) if rung is not None and rung.scale in _STANCE_ORDER else 0
    return scale, force_of(claim.act) or 0, -claim.start


def _terms(analysis: Analysis) -> tuple[TermRow, ...]:
    rows = []
    for concept, entry in concepts().items():
        uses: list[TermUse] = []
        for document in analysis.documents:
            words: dict[str, dict[str, None]] = {}
            for mention in document.of_kind(MentionKind.TERM):
                if isinstance(mention.value, TermValue) and mention.value.concept == concept:
                    words.setdefault(mention.value.version, {}).setdefault(mention.text)
            uses.extend(
                TermUse(document.id, version, entry.versions[version], tuple(found))
                for version, found in words.items()
            )
        if uses:
            rows.append(TermRow(concept, entry.title, tuple(uses)))
    return tuple(rows)


def _omissions(analysis: Analysis) -> tuple[Omission, ...]:
    """Statements of accounts that another account, or a copy, lacks: in order of document and place."""
    missing: dict[str, list[str]] = {}
    for left, right in analysis.account_pairs():
        for document, other in ((left, right), (right, left)):
            for claim in coverage(analysis, document, other).missing:
                missing.setdefault(claim.id, []).append(other.id)
    for account, copy in analysis.copy_pairs():
        for claim in coverage(analysis, account, copy).missing:
            missing.setdefault(claim.id, []).append(copy.id)
    found = []
    for account in analysis.accounts:
        for claim in account.claims:
            if claim.id in missing:
                side = side_of(analysis, claim.speaker)
                found.append(
                    Omission(
                        account.id,
                        claim.id,
                        claim.start,
                        claim.end,
                        account.document.text[claim.start : claim.end],
                        "" if side is None else (side.name or side.country or side.kind),
                        claim.act,
                        claim.topics,
                        tuple(missing[claim.id]),
                    )
                )
    return tuple(found)


def write_map(event_map: EventMap, format: str) -> str:
    """The map as text, json, markdown, csv or html. Raises `ConsistencyError` for another format."""
    from consistency.report.map_writers import write_map as write

    return write(event_map, format)
