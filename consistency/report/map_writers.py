"""Writes the map of an event as text, JSON, Markdown, CSV or HTML."""

from __future__ import annotations

import csv
import dataclasses
import html
import io
import json
from collections.abc import Callable, Iterable

from rich.cells import cell_len

from consistency.errors import ConsistencyError
from consistency.extract.acts import gloss
from consistency.map import Cell, EventMap, Omission

SCHEMA = "consistency-map/1"
TEXT_LIMIT = 100
"""Characters of a statement that tables show; JSON and CSV have it whole."""


def write_map(event_map: EventMap, format: str) -> str:
    """The map in one of the formats of `FORMATS`, ending in a line feed.

    Raises `ConsistencyError` for another format. Text from the documents is escaped in HTML and Markdown.
    """
    if format not in FORMATS:
        raise ConsistencyError(f"no map format {format!r}; there are {', '.join(FORMATS)}")
    return FORMATS[format](event_map)


# --- what the tables say ----------------------------------------------------------------------------------


def _stance(cell: Cell) -> str:
    """One cell in words: 'urges (request, 3) · 2 statements · 1 second-hand'."""
    if not cell.statements:
        return "–"
    act = gloss(cell.act) if cell.act else ""
    step = f", {cell.force}" if cell.force is not None else ""
    parts = [
        f"{act} ({cell.stance}{step})",
        f"{cell.statements} statement{'s' if cell.statements > 1 else ''}",
    ]
    if cell.joint:
        parts.append(f"{cell.joint} joint")
    if cell.second_hand:
        parts.append(f"{cell.second_hand} second-hand")
    if cell.negative:
        parts.append(f"{cell.negative} negative")
    return " · ".join(parts)


def _matrix(event_map: EventMap) -> tuple[list[str], list[list[str]]]:
    head = ["Topic", *(document.label for document in event_map.documents)]
    return head, [[row.title, *(_stance(cell) for cell in row.cells)] for row in event_map.rows]


def _term_table(event_map: EventMap) -> tuple[list[str], list[list[str]]]:
    head = ["Term", *(document.label for document in event_map.documents)]
    rows = []
    for row in event_map.terms:
        cells = []
        for document in event_map.documents:
            uses = [use for use in row.uses if use.document == document.id]
            cells.append(
                "; ".join(f"{', '.join(use.words)} [{use.version.replace('_', ' ')}]" for use in uses) or "–"
            )
        rows.append([row.title, *cells])
    return head, rows


def _labels(event_map: EventMap) -> dict[str, str]:
    return {document.id: document.label for document in event_map.documents}


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= TEXT_LIMIT else plain[: TEXT_LIMIT - 1] + "…"


def _omission_line(omission: Omission, labels: dict[str, str]) -> tuple[str, str, str]:
    """(document, who lacks it, the statement)."""
    return (
        labels[omission.document],
        ", ".join(labels[one] for one in omission.missing_from),
        _short(omission.text),
    )


# --- formats ----------------------------------------------------------------------------------------------


def _text(event_map: EventMap) -> str:
    out = ["Topics", *_columns(*_matrix(event_map))]
    if event_map.terms:
        out += ["", "Terms", *_columns(*_term_table(event_map))]
    if event_map.omissions:
        labels = _labels(event_map)
        out += ["", "Statements that others lack"]
        rows = [list(_omission_line(omission, labels)) for omission in event_map.omissions]
        out += _columns(["In", "Not in", "Statement"], rows)
    return "\n".join(out) + "\n"


def _columns(head: list[str], rows: list[list[str]]) -> list[str]:
    """Lines of a table; Chinese characters count as two columns wide."""
    table = [head, *rows]
    widths = [max(cell_len(row[i]) for row in table) for i in range(len(head))]
    lines = [
        "  ".join(cell + " " * (widths[i] - cell_len(cell)) for i, cell in enumerate(row)).rstrip()
        for row in table
    ]
    return [lines[0], "  ".join("-" * width for width in widths), *lines[1:]]


def _json(event_map: EventMap) -> str:
    return (
        json.dumps({"schema": SCHEMA, **dataclasses.asdict(event_map)}, ensure_ascii=False, indent=1) + "\n"
    )


_MARKUP = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|#~"})


def _markdown(event_map: EventMap) -> str:
    out = ["# Map of the event", "", "## Topics", "", *_pipes(*_matrix(event_map))]
    if event_map.terms:
        out += ["", "## Terms", "", *_pipes(*_term_table(event_map))]
    if event_map.omissions:
        labels = _labels(event_map)
        rows = [list(_omission_line(omission, labels)) for omission in event_map.omissions]
        out += ["", "## Statements that others lack", "", *_pipes(["In", "Not in", "Statement"], rows)]
    return "\n".join(out) + "\n"


def _pipes(head: list[str], rows: list[list[str]]) -> Iterable[str]:
    def line(cells: list[str]) -> str:
        return "| " + " | ".join(" ".join(cell.split()).translate(_MARKUP) for cell in cells) + " |"

    yield line(head)
    yield "|" + " --- |" * len(head)
    yield from (line(row) for row in rows)


def _csv(event_map: EventMap) -> str:
    """One line a topic and document, then one an omission; `kind` tells them apart."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            "kind",
            "topic",
            "document",
            "statements",
            "first_hand",
            "second_hand",
            "joint",
            "negative",
            "stance",
            "act",
            "force",
            "missing_from",
            "text",
        ]
    )
    for row in event_map.rows:
        for cell in row.cells:
            counts = [cell.statements, cell.first_hand, cell.second_hand, cell.joint, cell.negative]
            writer.writerow(
                ["topic", row.topic, cell.document, *counts, cell.stance, cell.act, cell.force, "", ""]
            )
    for omission in event_map.omissions:
        topics, lacking = " ".join(omission.topics), " ".join(omission.missing_from)
        cells = [
            "only_in",
            topics,
            omission.document,
            "",
            "",
            "",
            "",
            "",
            "",
            omission.act,
            "",
            lacking,
            _safe(omission.text),
        ]
        writer.writerow(cells)
    return out.getvalue()


def _safe(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:80rem}table{border-collapse:collapse;margin:1rem 0}"
    "th,td{border:1px solid #bbb;padding:.3rem .6rem;text-align:start;vertical-align:top}th{background:#f3f3f3}"
)


def _html(event_map: EventMap) -> str:
    labels = _labels(event_map)
    omissions = [list(_omission_line(omission, labels)) for omission in event_map.omissions]
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8"><title>Map of the event</title>',
        f"<style>{_STYLE}</style></head><body><h1>Map of the event</h1>",
        "<h2>Topics</h2>",
        _table(*_matrix(event_map)),
    ]
    if event_map.terms:
        parts += ["<h2>Terms</h2>", _table(*_term_table(event_map))]
    if omissions:
        parts += ["<h2>Statements that others lack</h2>", _table(["In", "Not in", "Statement"], omissions)]
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _table(head: list[str], rows: list[list[str]]) -> str:
    def cells(tag: str, row: list[str]) -> str:
        return "".join(f'<{tag} dir="auto">{html.escape(cell)}</{tag}>' for cell in row)

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<table><thead><tr>{cells('th', head)}</tr></thead><tbody>{body}</tbody></table>"


FORMATS: dict[str, Callable[[EventMap], str]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
    "csv": _csv,
    "html": _html,
}
