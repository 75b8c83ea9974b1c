"""STR101: a repeated headline, sentence or paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.languages.loader import fold
from consistency.types import AnalysedDocument, Analysis, Family, Result, Sentence, SentenceKind, Severity

MIN_LETTERS = 20
"""Letters (of an alphabet) of the shortest repetition that is reported: "Thank you." recurs in every transcript."""

MIN_IDEOGRAPHS = 10
"""The same in a script without spaces: 谢谢各位。 is courtesy, ten characters are a statement."""


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for document in analysis.documents:
        yield from _repeated(document)


def _repeated(document: AnalysedDocument) -> Iterator[Result]:
    first: dict[str, Sentence] = {}
    repeated: dict[str, list[Sentence]] = {}
    for sentence in document.sentences:
        if sentence.kind is SentenceKind.DATELINE:
            continue
        key = _key(document, sentence)
        if key is None:
            continue
        if key in first:
            repeated.setdefault(key, []).append(sentence)
        else:
            first[key] = sentence
    for key, again in repeated.items():
        times = {1: "twice", 2: "three times"}.get(len(again), f"{len(again) + 1} times")
        what = "headline" if first[key].kind is SentenceKind.HEADLINE else "sentence"
        yield finding(
            CHECK,
            f"The same {what} stands {times} in {document.document.label!r}.",
            [
                text_span(document.document, first[key].start, first[key].end, "reference"),
                *(text_span(document.document, sentence.start, sentence.end) for sentence in again),
            ],
            confidence=1.0,
        )


def _key(document: AnalysedDocument, sentence: Sentence) -> str | None:
    """The sentence without case, marks and spaces; None where it is too short to be worth a note."""
    text = document.document.text[sentence.start : sentence.end]
    letters = "".join(character for character in fold(text, document.document.language) if character.isalnum())
    dense = sum(0x2E80 <= ord(character) <= 0x9FFF for character in letters)
    if len(letters) < (MIN_IDEOGRAPHS if dense * 2 > len(letters) else MIN_LETTERS):
        return None
    return letters


CHECK = Check(
    id="STR101",
    slug="repeated-text",
    family=Family.STRUCTURE,
    severity=Severity.NOTE,
    scope="internal",
    summary="A headline, a sentence or a paragraph stands in the text more than once.",
    why="A pasted headline or paragraph is the mark of copy that nobody read to the end.",
    limits="Word for word only, apart from case and punctuation. Very short sentences are left out.",
    run=run,
)
