"""The claim graph as a picture: who speaks, what they state, on which topic, in three columns.

Columns rather than forces: the place of a node then means something, and the same report gives the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from consistency.extract.topics import topic_titles
from consistency.report.fingerprint import fingerprints
from consistency.types import Claim, Report, Severity

CLAIMS_SHOWN = 120
"""Claims in the picture; beyond this it can no longer be read. The exported graph has all."""

ROW = 30
"""Height of a claim's row in the picture's units."""

COLUMNS = (20, 300, 860)
"""Left edges of speakers, claims and topics."""

WIDTHS = (200, 460, 190)
TEXT_LENGTH = (26, 62, 24)


@dataclass(frozen=True, slots=True)
class Box:
    """A node of the picture. `group` is the number of its document, -1 where it belongs to none."""

    id: str
    kind: str
    label: str
    title: str
    x: int
    y: int
    width: int
    group: int = -1
    language: str = ""

    @property
    def middle(self) -> int:
        return self.y + 11


@dataclass(frozen=True, slots=True)
class Line:
    """An edge of the picture, as an SVG path."""

    kind: str
    left: str
    right: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    left_out: int
    """Claims that the picture has no room for."""
    _by_id: dict[str, Box] = field(default_factory=dict, repr=False, compare=False)


def draw(report: Report, prefix: str) -> Picture | None:
    """The picture of a report's claims; None where there are no claims."""
    numbers = {analysed.id: number for number, analysed in enumerate(report.documents)}
    claims = [claim for analysed in report.documents for claim in analysed.claims]
    told = [claim for claim in claims if claim.topics or claim.act != "state"] or claims
    shown = told[:CLAIMS_SHOWN]
    if not shown:
        return None
    texts = {analysed.id: analysed for analysed in report.documents}
    names = {mention: p for p in report.persons for mention in p.mentions}
    boxes: dict[str, Box] = {}
    speakers: dict[str, list[Claim]] = {}
    topics: dict[str, list[Claim]] = {}
    titles: dict[str, str] = {}
    y = 30
    previous = shown[0].document
    for claim in shown:
        if claim.document != previous:
            y += ROW // 2
            previous = claim.document
        text = " ".join(texts[claim.document].text[claim.start : claim.end].split())
        boxes[claim.id] = Box(
            f"{prefix}-n-{claim.id}",
            "claim",
            _short(text, TEXT_LENGTH[1]),
            f"{texts[claim.document].document.id}: {text}",
            COLUMNS[1],
            y,
            WIDTHS[1],
            numbers[claim.document],
            texts[claim.document].document.language,
        )
        y += ROW
        speaker = _speaker(claim, names)
        if speaker is not None:
            speakers.setdefault(speaker[0], []).append(claim)
            titles[speaker[0]] = speaker[1]
        for topic in claim.topics:
            topics.setdefault(topic, []).append(claim)
    height = y + 20
    _column(boxes, speakers, 0, "speaker", titles, prefix, height)
    _column(boxes, topics, 2, "topic", topic_titles(), prefix, height)
    lines = [
        *(_edge(boxes, "spoken_by", f"speaker:{s}", c.id) for s, cs in speakers.items() for c in cs),
        *(_edge(boxes, "about", c.id, f"topic:{t}") for t, cs in topics.items() for c in cs),
        *_between(report, boxes),
    ]
    width = COLUMNS[2] + WIDTHS[2] + 20
    return Picture(width, height, tuple(boxes.values()), tuple(lines), len(told) - len(shown))


def _speaker(claim: Claim, names: dict) -> tuple[str, str] | None:  # type: ignore[type-arg]
    """(key, label) of who speaks; None for plain narration."""
    speaker = claim.speaker
    if speaker is None:
        return None
    person = names.get(speaker.mention) if speaker.mention is not None else None
    if person is not None:
        forms = [form for _, forms in person.names for form in forms]
        return f"person:{person.id}", forms[0] if forms else person.id
    if speaker.kind == "joint":
        return "joint", "both sides"
    if speaker.country is not None:
        return f"party:{speaker.country}", speaker.country.upper()
    return None


def _column(
    boxes: dict[str, Box],
    members: dict[str, list[Claim]],
    column: int,
    kind: str,
    titles: Mapping[str, str],
    prefix: str,
    height: int,
) -> None:
    """Boxes of a side column, each near the middle of its claims, none over another."""
    wanted = sorted(
        (sum(boxes[c.id].y for c in claims) / len(claims), key) for key, claims in members.items()
    )
    step = min(ROW, max(24, (height - 40) // max(1, len(wanted))))
    y = 30.0
    for place, key in wanted:
        y = max(y, min(place, height - 30))
        label = titles.get(key, key.replace("_", " "))
        boxes[f"{kind}:{key}"] = Box(
            f"{prefix}-n-{kind}-{key}",
            kind,
            _short(label, TEXT_LENGTH[column]),
            label,
            COLUMNS[column],
            round(y),
            WIDTHS[column],
        )
        y += step


def _edge(boxes: dict[str, Box], kind: str, left: str, right: str) -> Line:
    a, b = boxes[left], boxes[right]
    x1, x2 = a.x + a.width, b.x
    bend = (x1 + x2) // 2
    path = f"M{x1},{a.middle} C{bend},{a.middle} {bend},{b.middle} {x2},{b.middle}"
    return Line(kind, a.id, b.id, path, kind.replace("_", " "))


def _between(report: Report, boxes: dict[str, Box]) -> list[Line]:
    """Arcs beside the claims: those aligned with each other, and those that a finding sets against each other."""
    lines = []
    for alignment in report.claim_alignments:
        for left in alignment.left_claims:
            for right in alignment.right_claims:
                if left in boxes and right in boxes:
                    lines.append(_arc(boxes[left], boxes[right], "aligned_with", "reports the same"))
    claims = [claim for analysed in report.documents for claim in analysed.claims if claim.id in boxes]
    for finding, _ in zip(report.findings, fingerprints(report), strict=True):
        if finding.severity is Severity.NOTE:
            continue
        hit: dict[str, str] = {}
        for span in finding.spans:
            for claim in claims:
                if claim.document == span.document and claim.start <= span.start and span.end <= claim.end:
                    hit.setdefault(span.document, claim.id)
        ids = list(hit.values())
        lines += [
            _arc(boxes[a], boxes[b], "conflicts_with", f"{finding.check}: {finding.message}")
            for n, a in enumerate(ids)
            for b in ids[n + 1 :]
        ]
    return lines


def _arc(a: Box, b: Box, kind: str, title: str) -> Line:
    x = a.x + a.width
    reach = min(90, 20 + abs(a.y - b.y) // 8)
    path = f"M{x},{a.middle} C{x + reach},{a.middle} {x + reach},{b.middle} {x},{b.middle}"
    return Line(kind, a.id, b.id, path, title)


def _short(text: str, length: int) -> str:
    """Cut to a number of cells: wide characters count double."""
    from consistency.report.text import cells

    if cells(text) <= length:
        return text
    while cells(text) > length - 1:
        text = text[:-1]
    return text + "…"
