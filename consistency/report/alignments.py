"""Alignments of two documents by themselves: table, TSV, TMX, JSON and HTML."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from consistency.report.location import visible
from consistency.report.markup import cell, xml_text
from consistency.types import Alignment, AnalysedDocument, Anchor

SCHEMA = "consistency-alignment/1"
TABLE_WIDTH = 120
"""Cells that a table takes where there is no terminal to ask."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an alignment: sentence numbers from 1, either side may be empty, `alignment` None where one is."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    left_text: str
    right_text: str
    alignment: Alignment | None

    @property
    def mode(self) -> str:
        return "" if self.alignment is None else self.alignment.mode

    @property
    def score(self) -> str:
        return "" if self.alignment is None else f"{self.alignment.score:.2f}"

    @property
    def similarity(self) -> str:
        return "" if self.alignment is None else f"{self.alignment.similarity:.2f}"


def write_alignments(
    alignments: Sequence[Alignment],
    left: AnalysedDocument,
    right: AnalysedDocument,
    format: str = "table",
    *,
    encoder: str = "",
) -> str:
    """The alignments of `left` and `right` in one of `FORMATS`; sentences without counterpart are shown as such.

    `encoder` is its name and revision, for the formats that carry it. Raises `ValueError` for an unknown format.
    """
    writer = FORMATS.get(format)
    if writer is None:
        raise ValueError(f"unknown format {format!r}: choose from {', '.join(FORMATS)}")
    return writer(rows_of(alignments, left, right), left, right, encoder)


def rows_of(alignments: Sequence[Alignment], left: AnalysedDocument, right: AnalysedDocument) -> list[Row]:
    """Every alignment, and every sentence in none, in order of the left document.

    A right sentence without counterpart stands behind the one that goes before it in its document.
    """
    ordered = sorted(alignments, key=lambda a: (a.left_sentences, a.right_sentences))
    matched_left = {i for a in ordered for i in a.left_sentences}
    matched_right = {j for a in ordered for j in a.right_sentences}
    # The place of a row is that of its first left sentence; rows of the right side alone follow the row before them.
    keyed: list[tuple[tuple[int, int, int], Row]] = []
    last_of_right: dict[int, int] = {}
    for alignment in ordered:
        row = Row(
            tuple(i + 1 for i in alignment.left_sentences),
            tuple(j + 1 for j in alignment.right_sentences),
            _joined(left, alignment.left_sentences),
            _joined(right, alignment.right_sentences),
            alignment,
        )
        keyed.append(((alignment.left_sentences[0], 0, alignment.right_sentences[0]), row))
        for j in alignment.right_sentences:
            last_of_right[j] = max(last_of_right.get(j, -1), alignment.left_sentences[-1])
    for i in range(len(left.sentences)):
        if i not in matched_left:
            keyed.append(((i, 0, -1), Row((i + 1,), (), left.sentence_text(i), "", None)))
    place = -1
    for j in range(len(right.sentences)):
        if j in matched_right:
            place = last_of_right[j]
        else:
            keyed.append(((place, 1, j), Row((), (j + 1,), "", right.sentence_text(j), None)))
    return [row for _, row in sorted(keyed, key=lambda item: item[0])]


def _joined(document: AnalysedDocument, sentences: Sequence[int]) -> str:
    return " ".join(document.sentence_text(index) for index in sentences)


def _numbers(numbers: Sequence[int]) -> str:
    return " ".join(str(number) for number in numbers)


def _anchor_text(anchor: Anchor, left: AnalysedDocument, right: AnalysedDocument) -> str:
    words = left.text[slice(*anchor.left)], right.text[slice(*anchor.right)]
    return f"{anchor.kind}: {words[0]} = {words[1]}"


def _anchors(row: Row, left: AnalysedDocument, right: AnalysedDocument) -> list[str]:
    return [] if row.alignment is None else [_anchor_text(a, left, right) for a in row.alignment.anchors]


def _table(rows: Sequence[Row], left: AnalysedDocument, right: AnalysedDocument, encoder: str) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True, expand=True)
    table.add_column("", no_wrap=True)
    table.add_column(Text(visible(left.id)), ratio=1, overflow="fold")
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column(Text(visible(right.id)), ratio=1, overflow="fold")
    for row in rows:
        table.add_row(
            _numbers(row.left) or "-",
            Text(visible(row.left_text)),
            row.score,
            _numbers(row.right) or "-",
            Text(visible(row.right_text)),
        )
    out = io.StringIO()
    console = Console(file=out, width=TABLE_WIDTH, color_system=None, force_terminal=False, legacy_windows=False)
    console.print(table)
    paired = sum(row.alignment is not None for row in rows)
    modes = sorted({row.mode for row in rows if row.alignment is not None})
    alone = [sum(not row.right for row in rows), sum(not row.left for row in rows)]
    console.print(
        Text(
            f"{paired} alignments{' (' + ', '.join(modes) + ')' if modes else ''}; without counterpart: "
            f"{alone[0]} of {visible(left.id)}, {alone[1]} of {visible(right.id)}"
        )
    )
    return out.getvalue()


def _tsv(rows: Sequence[Row], left: AnalysedDocument, right: AnalysedDocument, encoder: str) -> str:
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    table.writerow(
        ["left_sentences", "right_sentences", "score", "similarity", "mode", "anchors", "left_text", "right_text"]
    )
    for row in rows:
        anchors = "; ".join(_anchors(row, left, right))
        values = [_numbers(row.left), _numbers(row.right), row.score, row.similarity, row.mode, anchors]
        table.writerow([*values[:5], *(cell(text) for text in (anchors, row.left_text, row.right_text))])
    return out.getvalue()


def _tmx(rows: Sequence[Row], left: AnalysedDocument, right: AnalysedDocument, encoder: str) -> str:
    from consistency import __version__

    root = ElementTree.Element("tmx", version="1.4")
    ElementTree.SubElement(
        root,
        "header",
        {
            "creationtool": "readout-consistency",
            "creationtoolversion": __version__,
            "segtype": "block",
            "o-tmf": "consistency",
            "adminlang": "en",
            "srclang": left.document.language,
            "datatype": "plaintext",
        },
    )
    body = ElementTree.SubElement(root, "body")
    for row in rows:
        if row.alignment is None:
            continue
        unit = ElementTree.SubElement(body, "tu")
        for name, value in (("score", row.score), ("similarity", row.similarity), ("mode", row.mode)):
            ElementTree.SubElement(unit, "prop", {"type": f"x-{name}"}).text = value
        for document, text in ((left.document, row.left_text), (right.document, row.right_text)):
            variant = ElementTree.SubElement(unit, "tuv", {"xml:lang": document.language})
            ElementTree.SubElement(variant, "seg").text = xml_text(text)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _json(rows: Sequence[Row], left: AnalysedDocument, right: AnalysedDocument, encoder: str) -> str:
    report = {
        "schema": SCHEMA,
        "encoder": encoder,
        "documents": [
            {
                "id": document.id,
                "language": document.document.language,
                "sentences": [{"id": s.id, "start": s.start, "end": s.end} for s in document.sentences],
                "text": document.text,
            }
            for document in (left, right)
        ],
        "alignments": [
            {
                "left": [left.sentences[i - 1].id for i in row.left],
                "right": [right.sentences[j - 1].id for j in row.right],
                "score": row.alignment.score,
                "similarity": row.alignment.similarity,
                "mode": row.alignment.mode,
                "anchors": [
                    {"kind": a.kind, "left": list(a.left), "right": list(a.right), "weight": a.weight}
                    for a in row.alignment.anchors
                ],
            }
            for row in rows
            if row.alignment is not None
        ],
        "only_left": [left.sentences[row.left[0] - 1].id for row in rows if not row.right],
        "only_right": [right.sentences[row.right[0] - 1].id for row in rows if not row.left],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _html(rows: Sequence[Row], left: AnalysedDocument, right: AnalysedDocument, encoder: str) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("consistency.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shown = [
        {
            "left": _numbers(row.left),
            "right": _numbers(row.right),
            "left_text": visible(row.left_text),
            "right_text": visible(row.right_text),
            "score": row.score,
            "similarity": row.similarity,
            "mode": row.mode,
            "anchors": [visible(text) for text in _anchors(row, left, right)],
        }
        for row in rows
    ]
    template = environment.get_template("alignments.html.j2")
    return template.render(rows=shown, left=left.document, right=right.document, encoder=encoder) + "\n"


FORMATS: dict[str, Callable[[Sequence[Row], AnalysedDocument, AnalysedDocument, str], str]] = {
    "table": _table,
    "tsv": _tsv,
    "tmx": _tmx,
    "json": _json,
    "html": _html,
}
