"""The fixtures' events as cases to change, and findings in a form that can be compared."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeAlias

from consistency.checker import Checker
from consistency.evaluation.cases import Case, read_cases
from consistency.types import Document, Report, Role, Severity

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
EVENTS = tuple(path.parent.name for path in sorted(FIXTURES.glob("*/gold.json")))

Shown: TypeAlias = tuple[str, str, tuple[tuple[str, int, int, str], ...]]
"""A finding as check, severity and spans, without its message."""

CHECKER = Checker()


@cache
def event(name: str) -> tuple[Case, Case]:
    """The event with the marred copy, and with its clean twin."""
    marred, clean = read_cases(FIXTURES / name)
    return marred, clean


@cache
def run(documents: tuple[Document, ...]) -> Report:
    return CHECKER.run(documents)


def loud(report: Report) -> set[Shown]:
    """The errors and warnings of a report."""
    return {
        (f.check, f.severity.value, tuple((s.document, s.start, s.end, s.role) for s in f.spans))
        for f in report.findings
        if f.severity is not Severity.NOTE
    }


def changed(
    case: Case, change: Callable[[str], str], *, language: str | None = None, role: Role | None = None
) -> tuple[Document, ...]:
    """The case's documents with `change` made to the texts of a language or a role."""
    return tuple(
        dataclasses.replace(d, text=change(d.text))
        if (language is None or d.language == language) and (role is None or d.role is role)
        else d
        for d in case.documents
    )
