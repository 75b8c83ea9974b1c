"""The documentation of checks and languages, made from the records that the program itself runs."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable

from consistency.checks import ALL_CHECKS, by_id
from consistency.checks.base import Check, Example
from consistency.errors import ConfigError
from consistency.languages.loader import PACKS, available, language_table

WIDTH = 88
_KINDS = (
    ("bad", "Flagged; the marked words are what it points at"),
    ("good", "Not flagged"),
    ("unknown", "Told to be unknown"),
)

SCOPES = {
    "internal": "one document against itself",
    "cross": "documents against each other",
    "both": "one document against itself, and documents against each other",
    "copy": "a copy against the accounts",
    "accounts": "accounts against each other",
    "reference": "a document against the reference table",
}


def catalogue() -> str:
    """All checks, one a line."""
    rows = [(c.id, c.family.value, c.severity.value, c.summary + ("" if c.default else " (off by default)")) for c in ALL_CHECKS]
    widths = [max((len(row[i]) for row in rows), default=0) for i in range(3)]
    return "".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row[:3], widths, strict=True)), row[3]]) + "\n" for row in rows
    )


def find(check_id: str) -> Check:
    """The check with this id or slug. Raises `ConfigError` that names the nearest one."""
    check = by_id(check_id) or next((c for c in ALL_CHECKS if c.slug == check_id.lower()), None)
    if check is None:
        names = [name for c in ALL_CHECKS for name in (c.id, c.slug)]
        near = [*difflib.get_close_matches(check_id.upper(), names, n=1, cutoff=0.4)]
        near += difflib.get_close_matches(check_id.lower(), names, n=1, cutoff=0.6)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigError(f"no check {check_id!r}{hint} ('consistency explain' lists them)")
    return check


def explanation(check_id: str) -> str:
    """A check's documentation for the terminal. Raises `ConfigError`."""
    check = find(check_id)
    lines = [f"{check.id} {check.slug} ({_facts(check)})", "", *_wrapped(check.summary), ""]
    for title, text in (("Why it matters", check.why), ("Limits", check.limits)):
        lines += [title, *_wrapped(text, "  "), ""]
    for kind, title in _KINDS:
        examples = [example for example in check.examples if example.kind == kind]
        if examples:
            lines += [title, *_shown(examples), ""]
    return "\n".join(lines).rstrip() + "\n"


def page(check: Check) -> str:
    """A check's page under docs/checks, in Markdown."""
    lines = [f"# {check.id} {check.slug}", "", f"*{_facts(check)}*", "", check.summary, ""]
    lines += ["## Why it matters", "", check.why, "", "## Limits", "", check.limits, ""]
    for kind, title in _KINDS:
        examples = [example for example in check.examples if example.kind == kind]
        if not examples:
            continue
        lines += [f"## {title}", ""]
        for example in examples:
            if example.note:
                lines += [example.note, ""]
            # Indented and not fenced: an example may itself contain a fence.
            lines += [f"    {line}".rstrip() for line in _shown([example], indent="", notes=False)]
            lines += ["", "<!-- -->", ""]
    return "\n".join(lines).rstrip() + "\n"


def _facts(check: Check) -> str:
    default = "" if check.default else ", off by default"
    return f"{check.family.value}, {check.severity.value}, {SCOPES.get(check.scope, check.scope)}{default}"


def _shown(examples: Iterable[Example], indent: str = "  ", notes: bool = True) -> list[str]:
    lines: list[str] = []
    for example in examples:
        if notes and example.note:
            lines += _wrapped(f"({example.note})", indent)
        for number, document in enumerate(example.documents):
            label = document.label or "abcdefgh"[number]
            head = f"{label} [{document.language}, {document.role.value}]"
            body = document.text.strip("\n").split("\n")
            lines.append(f"{indent}{head}  {body[0]}")
            lines += [f"{indent}{' ' * len(head)}  {line}" for line in body[1:]]
        lines.append("")
    return lines[:-1]


def _wrapped(text: str, indent: str = "") -> list[str]:
    lines: list[str] = []
    for paragraph in text.strip().split("\n\n"):
        lines += [*textwrap.wrap(" ".join(paragraph.split()), WIDTH, initial_indent=indent, subsequent_indent=indent), ""]
    return lines[:-1]


def language_list() -> str:
    """The language packs, one a line, with the subjects that each has data for."""
    lines = []
    for code in available():
        table = language_table(code)
        subjects = sorted(path.stem for path in (PACKS / code).glob("*.toml") if path.stem != "language")
        lines.append(f"{code}  {table.name} ({table.endonym}): {', '.join(subjects) or 'sentences only'}\n")
    return "".join(lines)
