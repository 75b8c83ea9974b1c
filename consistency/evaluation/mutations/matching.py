"""Words found in the copy and the source of a block: whole words, the longest form first, none overlapping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize


def is_han(character: str) -> bool:
    """Whether a character is a Han ideograph, as in scripts without spaces between words."""
    return "\u3400" <= character <= "\u9fff"


def word_pattern(form: str) -> str:
    """A pattern for a whole word; in Han script, where nothing marks a word's edge, for the characters alone."""
    escaped = re.escape(form)
    start = "" if is_han(form[0]) else r"(?<!\w)"
    end = "" if is_han(form[-1]) else r"(?!\w)"
    if form[0].isdigit():
        start = r"(?<!\d)"
    return f"{start}{escaped}{end}"


def longest(forms: Iterable[str], text: str, *, ignore_case: bool = False) -> Iterator[re.Match[str]]:
    """Matches of any of these words, leftmost and longest, so that 'mille' is never found inside 'mille millions'."""
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    if ordered:
        pattern = "|".join(word_pattern(form) for form in ordered)
        yield from re.finditer(pattern, text, re.IGNORECASE if ignore_case else 0)


def holds(text: str, forms: Iterable[str], *, ignore_case: bool = True) -> bool:
    """Whether any of these words stands in the text."""
    return next(longest(forms, text, ignore_case=ignore_case), None) is not None


def plain(text: str) -> str:
    """Lower case without accents, for names that two Latin-script texts share."""
    return "".join(c for c in normalize("NFD", text.lower()) if not "\u0300" <= c <= "\u036f")
