"""Short ways to write the examples of checks that compare accounts and copies."""

from __future__ import annotations

from consistency.checks.base import Example, ExampleDocument
from consistency.types import Role


def given(language: str, text: str, *, label: str = "", issuer: str | None = None) -> ExampleDocument:
    """An account in a language."""
    return ExampleDocument(text, language, label, issuer=issuer)


def derived(language: str, text: str, *, label: str = "") -> ExampleDocument:
    """A copy in a language."""
    return ExampleDocument(text, language, label, Role.COPY)


def bad(*documents: ExampleDocument, note: str = "") -> Example:
    """Texts with a conflict at each marked span."""
    return Example("bad", documents, note)


def good(*documents: ExampleDocument, note: str = "") -> Example:
    """Texts that look like a conflict and are none."""
    return Example("good", documents, note)


def unknown(*documents: ExampleDocument, note: str = "") -> Example:
    """Texts that the check cannot tell about."""
    return Example("unknown", documents, note)
