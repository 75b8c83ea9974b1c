"""Loaded terms: the words in which the parties to an event differ, with the concept and whose version it is.

Concepts, versions and who uses them are in languages/concepts.toml, the words in languages/<code>/terms.toml. A
version with a slash ("question/issue") is wording that may stand for either.

Not handled: quotation marks around a term as a stance of their own ("Taiwan independence" with and without them).
"""

from __future__ import annotations

import tomllib
from functools import cache

from pydantic import TypeAdapter

from consistency.errors import LanguageError
from consistency.languages.loader import PACKS, PhraseMatcher, Table, has_table, read_table
from consistency.types import Mention, MentionKind, Segmented, TermValue, Unchecked


class Concept(Table):
    """One concept of `concepts.toml`."""

    title: str
    versions: dict[str, str]
    """Version -> who uses it."""
    comment: str = ""
    kind: str = "theme"
    """'rival' (versions exclude one another), 'naming' (worth a note between accounts) or 'theme' (map only)."""
    between: str = "note"
    """Severity of a difference between two accounts."""


@cache
def concepts() -> dict[str, Concept]:
    """Concept id -> concept, in the file's order. Raises `LanguageError` for a malformed file."""
    with (PACKS / "concepts.toml").open("rb") as file:
        return TypeAdapter(dict[str, Concept]).validate_python(tomllib.load(file))


@cache
def _phrases(language: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Concept -> version -> words of one language; empty where it has none."""
    if not has_table(language, "terms"):
        return {}
    return TypeAdapter(dict[str, dict[str, tuple[str, ...]]]).validate_python(read_table(language, "terms"))


@cache
def _matcher(language: str) -> PhraseMatcher[TermValue] | None:
    table = _phrases(language)
    if not table:
        return None
    known = concepts()
    phrases: list[tuple[str, TermValue]] = []
    for concept, versions in table.items():
        for version, words in versions.items():
            if concept not in known or version not in known[concept].versions:
                raise LanguageError(f"languages/{language}/terms.toml: {concept}.{version} is not in concepts.toml")
            phrases.extend((word, TermValue(concept, version)) for word in words)
    return PhraseMatcher(phrases, language)


def versions_of(value: TermValue) -> frozenset[str]:
    """The versions that a wording may stand for."""
    return frozenset(value.version.split("/"))


def can_say(language: str, concept: str, version: str) -> bool:
    """Whether the language has wording for a version, so that a translator into it had the choice."""
    return any(version in found.split("/") for found in _phrases(language).get(concept, {}))


def find_terms(text: Segmented) -> tuple[tuple[Mention, ...], tuple[Unchecked, ...]]:
    """Mentions of loaded terms, longest first where they overlap, in order of place.

    A language without such data gives none and one entry that says so.
    """
    matcher = _matcher(text.language)
    if matcher is None:
        if not text.text:
            return (), ()
        reason = f"no loaded terms are known in {text.language!r}"
        return (), (Unchecked(text.document.id, 0, len(text.text), "TRM201", reason),)
    return tuple(
        text.mention(MentionKind.TERM, start, end, value) for start, end, value in matcher.find(text.folded)
    ), ()
