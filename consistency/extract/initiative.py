"""Who asked for a call or a meeting, as far as a sentence tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from consistency.languages.loader import Table, fold, has_table, load
from consistency.types import AnalysedDocument, SentenceKind

NAME_LENGTH = 60
"""Characters that the words for the side that asked may take up."""

OPENING_SENTENCES = 6
"""Sentences from the top within which a text says who asked; further down the words are about other requests."""


class InitiativeTable(Table):
    """Shape of `initiative.toml`."""

    asked: tuple[str, ...] = ()
    """Words that mark the sentence's subject as the side that was asked."""
    by: tuple[str, ...] = ()
    """Phrases with {} for the words that name the side that asked."""


@dataclass(frozen=True, slots=True)
class Initiative:
    """Words that tell who asked. Half-open code point offsets."""

    start: int
    end: int
    side_start: int
    side_end: int
    """Where the side is named: behind "at the request of", or before 应约."""
    is_asker: bool
    """Whether that side asked (True) or was asked (False)."""


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    if not has_table(language, "initiative"):
        return ()
    table = load(language, "initiative", InitiativeTable)
    found = []
    for phrase in table.by:
        before, after = (re.escape(fold(part, language)) for part in phrase.split("{}"))
        # Behind the last fixed word nothing closes the name: the mentions inside decide how far it goes.
        middle = f"(?P<side>[^,.;:，。；：]{{1,{NAME_LENGTH}}}{'?' if after else ''})"
        edge = r"(?<!\w)" if before[:1].isascii() else ""
        found.append((re.compile(edge + before + middle + after), True))
    for phrase in table.asked:
        found.append((re.compile(re.escape(fold(phrase, language))), False))
    return tuple(found)


def knows_initiative(language: str) -> bool:
    """Whether the language's pack tells how it says who asked."""
    return bool(_patterns(language))


def find_initiatives(document: AnalysedDocument) -> Iterator[Initiative]:
    """Words in the first sentences that tell who asked for the call, in order of place within each sentence."""
    language = document.document.language
    folded = fold(document.document.text, language)
    body = [s for s in document.sentences if s.kind is not SentenceKind.DATELINE][:OPENING_SENTENCES]
    for sentence in body:
        for pattern, is_asker in _patterns(language):
            for match in pattern.finditer(folded, sentence.start, sentence.end):
                if is_asker:
                    yield Initiative(match.start(), match.end(), match.start("side"), match.end("side"), True)
                else:
                    yield Initiative(match.start(), match.end(), sentence.start, match.start(), False)
