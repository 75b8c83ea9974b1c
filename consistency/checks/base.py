"""What a check is: one record with its documentation, its examples and its function.

A check's function reads an `Analysis` and yields results: a `Finding` for CONFLICT, an `Unchecked` for UNKNOWN and an
`Agreement` for AGREE. It never edits what it reads and never looks at another check's findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from consistency.types import (
    Analysis,
    Document,
    Family,
    Finding,
    FindingSpan,
    Mention,
    Result,
    Role,
    Severity,
    Span,
)

if TYPE_CHECKING:
    from consistency.reference import Reference


@dataclass(frozen=True, slots=True)
class Settings:
    """What checks may know besides the documents."""

    reference: Reference
    nli: str | None = None
    """Inference model for NLI201, by name or path; None where none is wanted."""


Run: TypeAlias = Callable[[Analysis, Settings], Iterable[Result]]

OPEN, CLOSE = "⟦", "⟧"


@dataclass(frozen=True, slots=True)
class ExampleDocument:
    """One text of an example. In bad examples ⟦…⟧ marks each span that must be a subject of a finding."""

    text: str
    language: str
    label: str = ""
    """Default: 'a', 'b', ... in order."""
    role: Role = Role.ACCOUNT
    published: datetime | None = None
    timezone: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Texts on which the check must find just the marked spans ('bad'), nothing ('good'), or that it could not tell ('unknown')."""

    kind: str
    documents: tuple[ExampleDocument, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `scope` is 'internal', 'cross', 'both', 'copy', 'accounts' or 'reference'."""

    id: str
    slug: str
    family: Family
    severity: Severity
    scope: str
    summary: str
    why: str
    limits: str
    run: Run
    examples: tuple[Example, ...] = ()
    default: bool = True
    """Whether the check runs without being selected."""
    needs: str = ""
    """'nli' where the check needs the inference model; it then runs as soon as one is named."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An example's documents without marks, and the spans that were marked."""

    documents: tuple[Document, ...]
    spans: tuple[Span, ...] = field(default=())


def unmark(example: Example) -> Marked:
    """The example as documents to check, with the spans that its marks stood around."""
    documents: list[Document] = []
    spans: list[Span] = []
    for number, item in enumerate(example.documents):
        label = item.label or "abcdefgh"[number]
        plain = ""
        start: int | None = None
        for piece in re.split(f"([{OPEN}{CLOSE}])", item.text):
            if piece == OPEN:
                start = len(plain)
            elif piece == CLOSE:
                assert start is not None, f"{CLOSE} without {OPEN} in {item.text!r}"
                spans.append(Span(label, start, len(plain)))
                start = None
            else:
                plain += piece
        documents.append(
            Document(
                id=label,
                label=label,
                text=plain,
                language=item.language,
                role=item.role,
                published=item.published,
                timezone=item.timezone,
                issuer=item.issuer,
            )
        )
    return Marked(tuple(documents), tuple(spans))


def span_of(mention: Mention, role: str = "subject") -> FindingSpan:
    """A mention as evidence."""
    return FindingSpan(mention.document, mention.start, mention.end, mention.text, role)


def text_span(document: Document, start: int, end: int, role: str = "subject") -> FindingSpan:
    """A stretch of a document as evidence."""
    return FindingSpan(document.id, start, end, document.text[start:end], role)


def finding(
    check: Check,
    message: str,
    spans: Iterable[FindingSpan],
    *,
    confidence: float,
    severity: Severity | None = None,
    values: Iterable[str] = (),
) -> Finding:
    """A finding of a check, at its default severity unless told otherwise. Subjects come first, spans in text order."""
    order = sorted(set(spans), key=lambda s: (s.role != "subject", s.document, s.start, s.end))
    return Finding(
        check=check.id,
        slug=check.slug,
        family=check.family,
        severity=severity or check.severity,
        confidence=round(confidence, 2),
        message=message,
        spans=tuple(order),
        values=tuple(values),
    )
