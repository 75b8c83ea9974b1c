"""STR102: text left untranslated, and unbalanced quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.languages.loader import fold, language_table
from consistency.types import AnalysedDocument, Analysis, Family, Result, SentenceKind, Severity

MIN_WORDS = 5
"""Words of the shortest stretch in another alphabet, or sentence taken over from an account, that counts as left."""

MIN_IDEOGRAPHS = 4
"""Chinese characters of the shortest stretch left in a text of another script; names in brackets have two or three."""

_LATIN = re.compile(r"(?:[A-Za-zÀ-ÿ]['’\w-]*[ ,]+){%d,}[A-Za-zÀ-ÿ]['’\w-]*" % (MIN_WORDS - 1))
_CYRILLIC = re.compile(r"(?:[А-яЁё]+[ ,]+){%d,}[А-яЁё]+" % (MIN_WORDS - 1))
_ARABIC = re.compile(r"(?:[\u0621-\u064a]+[ ،]+){%d,}[\u0621-\u064a]+" % (MIN_WORDS - 1))
_HAN = re.compile(r"[\u3400-\u9fff，、。]{%d,}" % MIN_IDEOGRAPHS)
_SCRIPTS = {"latin": _LATIN, "cyrillic": _CYRILLIC, "arabic": _ARABIC, "han": _HAN}

_LOWER = re.compile(r"\b[a-zà-ÿ]{2,}\b")


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for copy in analysis.copies:
        yield from _other_script(copy)
        yield from _taken_over(analysis, copy)
        yield from _unbalanced(copy)


def _script(text: str) -> str:
    """The script that most letters of a text are in."""
    counts = {
        "han": len(re.findall(r"[\u3400-\u9fff]", text)),
        "cyrillic": len(re.findall(r"[А-яЁё]", text)),
        "arabic": len(re.findall(r"[\u0621-\u064a]", text)),
        "latin": len(re.findall(r"[A-Za-zÀ-ÿ]", text)),
    }
    return max(counts, key=lambda script: counts[script])


def _other_script(copy: AnalysedDocument) -> Iterator[Result]:
    own = _script(copy.document.text)
    for script, pattern in _SCRIPTS.items():
        if script == own:
            continue
        for match in pattern.finditer(copy.document.text):
            if script == "latin" and len(_LOWER.findall(match.group())) < MIN_WORDS - 2:
                continue  # a title or a row of names
            yield finding(
                CHECK,
                "These words are left in another script.",
                [text_span(copy.document, match.start(), match.end())],
                confidence=0.8,
            )


def _taken_over(analysis: Analysis, copy: AnalysedDocument) -> Iterator[Result]:
    """Sentences that stand word for word in an account of another language."""
    theirs = {
        _plain(account, sentence.start, sentence.end)
        for account in analysis.accounts
        if account.document.language != copy.document.language
        for sentence in account.sentences
    }
    for sentence in copy.sentences:
        plain = _plain(copy, sentence.start, sentence.end)
        if len(plain.split()) >= MIN_WORDS and plain in theirs and sentence.kind is not SentenceKind.DATELINE:
            yield finding(
                CHECK,
                "This sentence stands in the account's language.",
                [text_span(copy.document, sentence.start, sentence.end)],
                confidence=0.95,
            )


def _plain(document: AnalysedDocument, start: int, end: int) -> str:
    text = fold(document.document.text[start:end], document.document.language)
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def _unbalanced(copy: AnalysedDocument) -> Iterator[Result]:
    """Paragraphs in which a directed quotation mark opens or closes without its partner."""
    text = copy.document.text
    pairs = [pair for pair in language_table(copy.document.language).quotes if pair[0] != pair[1] and pair[0] not in "‘’'"]
    position = 0
    for paragraph in text.split("\n"):
        for opener, closer in pairs:
            opened, closed = paragraph.count(opener), paragraph.count(closer)
            if opened == closed or {opener, closer} & {mark for pair in pairs if pair != (opener, closer) for mark in pair}:
                continue
            if opened == closed + 1 and paragraph.lstrip().startswith(opener):
                continue  # a quotation that runs on in the next paragraph opens again there
            mark = opener if opened > closed else closer
            at = position + (paragraph.rfind(mark) if opened > closed else paragraph.find(mark))
            yield finding(
                CHECK,
                f"{opened} {opener} and {closed} {closer} in one paragraph.",
                [text_span(copy.document, at, at + 1)],
                confidence=0.7,
            )
        position += len(paragraph) + 1


CHECK = Check(
    id="STR102",
    slug="left-untranslated",
    family=Family.STRUCTURE,
    severity=Severity.NOTE,
    scope="copy",
    summary="Text is left untranslated, or a quotation mark lacks its partner.",
    why="Both are what is left when copy is assembled in a hurry.",
    limits="Straight quotation marks, which open and close alike, are not counted.",
    run=run,
)
