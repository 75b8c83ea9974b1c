"""A bilingual word list learnt from parallel text: does this word have a translation in that stretch?

Each language's table (languages/<code>/english.json, made by consistency/training/word_list.py) maps its word stems to
English ones. Two languages other than English meet through English. The list is small and knows frequent words only:
a word that it does not know is never evidence for or against anything.
"""

from __future__ import annotations

import json
import re
from functools import cache

from consistency.languages.loader import PACKS, language_table

STEM = 5
"""Letters of a word that the list keeps: longer endings are inflection ("increases", "increasing") more than meaning."""

PREFIXES = {"ar": ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف")}
"""Clitics in front of Arabic words, after folding."""

MIN_REST = 3
"""Letters that must remain behind a clitic."""

_WORD = re.compile(r"[^\W\d_]+")


def stem(word: str, language: str) -> str:
    """The part of a folded word that the list keeps."""
    for prefix in PREFIXES.get(language, ()):
        if word.startswith(prefix) and len(word) - len(prefix) >= MIN_REST:
            word = word[len(prefix) :]
            break
    return word[:STEM]


@cache
def _table(language: str) -> dict[str, frozenset[str]]:
    path = PACKS / language / "english.json"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8") as file:
        return {word: frozenset(translations) for word, translations in json.load(file).items()}


@cache
def _longest(language: str) -> int:
    return max((len(word) for word in _table(language)), default=1)


def words(folded: str, language: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """(start, end, stem) of the words inside ``folded[start:end]``; in an unspaced language, the longest known ones."""
    if language_table(language).spaced:
        return [(m.start(), m.end(), stem(m.group(), language)) for m in _WORD.finditer(folded, start, end)]
    table, longest = _table(language), _longest(language)
    found = []
    position = start
    while position < end:
        for length in range(min(longest, end - position), 0, -1):
            piece = folded[position : position + length]
            if piece in table:
                found.append((position, position + length, piece))
                position += length
                break
        else:
            position += 1
    return found


def all_words(folded: str, language: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """As `words`; in an unspaced language also the known words of two characters and more inside and across them."""
    if language_table(language).spaced:
        return words(folded, language, start, end)
    table, longest = _table(language), _longest(language)
    found = {
        (position, position + length, folded[position : position + length])
        for position in range(start, end)
        for length in range(2, min(longest, end - position) + 1)
        if folded[position : position + length] in table
    }
    return sorted(found | set(words(folded, language, start, end)))


def meanings(word: str, language: str) -> frozenset[str]:
    """English stems of a stem; empty where the list does not know it."""
    return frozenset((word,)) if language == "en" else _table(language).get(word, frozenset())


def has_list(language: str) -> bool:
    """Whether there is a word list between this language and English."""
    return language == "en" or bool(_table(language))
