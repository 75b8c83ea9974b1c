"""Loaded terms: the words in which the parties to an event differ, with the concept and whose version it is.

Concepts, versions and who uses them are in languages/concepts.toml, the words in languages/<code>/terms.toml. A
version with a slash ("question/issue") is wording that may stand for either. Where a language inflects or writes small
words together with the next, a name in angle brackets stands for any of the forms that the file's [forms] lists: one
entry "политик<а> одного Китая" has all its cases.

Not handled: quotation marks around a term as a stance of their own ("Taiwan independence" with and without them).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import product

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


FORMS = "forms"
"""The table of a terms.toml that names sets of endings and clitics; every other table is a concept."""

_FORM = re.compile(r"<([^<>]*)>")


@cache
def _phrases(language: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Concept -> version -> words of one language, as in the file; empty where it has none."""
    if not has_table(language, "terms"):
        return {}
    tables = TypeAdapter(dict[str, dict[str, tuple[str, ...]]]).validate_python(read_table(language, "terms"))
    return {concept: versions for concept, versions in tables.items() if concept != FORMS}


def _expanded(phrase: str, forms: dict[str, tuple[str, ...]], language: str) -> Iterator[str]:
    """All forms of a phrase. Raises `LanguageError` for a name in angle brackets that [forms] does not have."""
    pieces = _FORM.split(phrase)
    unknown = [name for name in pieces[1::2] if name not in forms]
    if unknown:
        raise LanguageError(
            f"languages/{language}/terms.toml: {phrase!r} uses <{unknown[0]}>, which [forms] does not have"
        )
    for chosen in product(*((piece,) if n % 2 == 0 else forms[piece] for n, piece in enumerate(pieces))):
        yield "".join(chosen)


def read_forms(language: str) -> dict[str, tuple[str, ...]]:
    """Name -> forms, of a language's [forms]; empty where it needs none."""
    return TypeAdapter(dict[str, tuple[str, ...]]).validate_python(
        read_table(language, "terms").get(FORMS, {})
    )


@cache
def _matcher(language: str) -> PhraseMatcher[TermValue] | None:
    table = _phrases(language)
    if not table:
        return None
    known = concepts()
    forms = read_forms(language)
    phrases: dict[tuple[str, TermValue], None] = {}
    for concept, versions in table.items():
        for version, words in versions.items():
            if concept not in known or version not in known[concept].versions:
                raise LanguageError(
                    f"languages/{language}/terms.toml: {concept}.{version} is not in concepts.toml"
                )
            value = TermValue(concept, version)
            phrases.update(
                ((form, value), None) for word in words for form in _expanded(word, forms, language)
            )
    return PhraseMatcher(list(phrases), language)


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
