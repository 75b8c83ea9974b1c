"""STR102: text left untranslated, and unbalanced quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.example_texts import bad, derived, given, good, unknown
from consistency.languages.loader import fold, language_table
from consistency.types import AnalysedDocument, Analysis, Family, Result, SentenceKind, Severity, Unchecked

MIN_WORDS = 5
"""Words of the shortest stretch in another alphabet, or sentence taken over from an account, that counts as left."""

# Five words, or four Chinese characters: names in brackets are shorter.
_LATIN = re.compile(r"(?:[A-Za-zÀ-ÿ]['’\w-]*[ ,]+){4,}[A-Za-zÀ-ÿ]['’\w-]*")
_CYRILLIC = re.compile(r"(?:[А-яЁё]+[ ,]+){4,}[А-яЁё]+")
_ARABIC = re.compile(r"(?:[\u0621-\u064a]+[ ،]+){4,}[\u0621-\u064a]+")
_HAN = re.compile(r"[\u3400-\u9fff，、。]{4,}")
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
    pairs = [
        pair
        for pair in language_table(copy.document.language).quotes
        if pair[0] != pair[1] and pair[0] not in "‘’'"
    ]
    position = 0
    for paragraph in text.split("\n"):
        for opener, closer in pairs:
            opened, closed = paragraph.count(opener), paragraph.count(closer)
            if opened == closed or {opener, closer} & {
                mark for pair in pairs if pair != (opener, closer) for mark in pair
            }:
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
        if paragraph.count('"') % 2:
            at = position + paragraph.rfind('"')
            reason = (
                "a straight quotation mark has no partner in its paragraph; which one it lacks cannot be told"
            )
            yield Unchecked(copy.id, at, at + 1, "STR102", reason)
        position += len(paragraph) + 1


_EXAMPLES = (
    bad(
        given("fr", "Le ministre a reçu son homologue lundi à Paris pour parler de commerce."),
        derived(
            "en",
            "The minister received his counterpart. ⟦Le ministre a reçu son homologue lundi à Paris pour parler de commerce.⟧",
        ),
    ),
    bad(given("zh", "双方同意保持沟通。"), derived("en", "The two sides agreed ⟦同意保持沟通。⟧")),
    bad(given("en", "They agreed."), derived("zh", "双方表示将保持沟通。⟦“⟧沟通很重要。")),
    good(
        given("zh", "王毅会见布林肯。"),
        derived("en", "Wang Yi (王毅) met Antony Blinken."),
        note="a name in brackets is no text left over",
    ),
    good(given("en", "He spoke."), derived("fr", "« La coopération est utile », a-t-il dit.")),
    unknown(
        given("zh", "双方同意保持沟通。"),
        derived("fr", 'Les deux parties veulent "rester en contact, a dit le ministre.'),
        note="a straight mark without a partner: where the quotation ends cannot be told",
    ),
)


CHECK = Check(
    id="STR102",
    slug="left-untranslated",
    family=Family.STRUCTURE,
    severity=Severity.NOTE,
    scope="copy",
    summary="Text is left untranslated, or a quotation mark lacks its partner.",
    why="Both are what is left when copy is assembled in a hurry.",
    limits="Straight quotation marks, which open and close alike, are only listed as not checked.",
    run=run,
    examples=_EXAMPLES,
)
