"""STR101: a repeated headline, sentence or paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.example_texts import bad, given, good, unknown
from consistency.languages.loader import fold
from consistency.types import (
    AnalysedDocument,
    Analysis,
    Family,
    Result,
    Sentence,
    SentenceKind,
    Severity,
    Unchecked,
)

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
    short: set[str] = set()
    for sentence in document.sentences:
        if sentence.kind is SentenceKind.DATELINE:
            continue
        key, is_long = _key(document, sentence)
        if not is_long:
            if key and key in short:
                reason = "the same short sentence stood before: courtesy, or a slip"
                yield Unchecked(document.id, sentence.start, sentence.end, "STR101", reason)
            short.add(key)
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


def _key(document: AnalysedDocument, sentence: Sentence) -> tuple[str, bool]:
    """The sentence without case, marks and spaces, and whether it is long enough to be worth a note."""
    text = document.document.text[sentence.start : sentence.end]
    letters = "".join(
        character for character in fold(text, document.document.language) if character.isalnum()
    )
    dense = sum(0x2E80 <= ord(character) <= 0x9FFF for character in letters)
    return letters, len(letters) >= (MIN_IDEOGRAPHS if dense * 2 > len(letters) else MIN_LETTERS)


_EXAMPLES = (
    bad(
        given(
            "fr",
            "Pékin appelle Washington à la retenue\n⟦Pékin appelle Washington à la retenue⟧\n"
            "Le ministre a reçu son homologue mardi à Pékin.",
        ),
        note="the headline was pasted twice",
    ),
    bad(
        given(
            "zh", "双方就台湾问题深入交换了意见。双方同意保持各层级沟通。\n⟦双方就台湾问题深入交换了意见。⟧"
        )
    ),
    bad(
        given(
            "en",
            "The ministers met in Geneva on Monday. They agreed to meet again.\n"
            "⟦The ministers met in Geneva, on Monday.⟧",
        )
    ),
    good(given("en", "The talks went on until midnight.\nThe talks went on until noon.")),
    good(given("zh", "双方就台湾问题深入交换了意见。双方就乌克兰问题深入交换了意见。")),
    good(
        given(
            "fr", "Le ministre a rencontré son homologue lundi. Le ministre a rencontré son homologue mardi."
        ),
        note="one word differs: two statements",
    ),
    unknown(
        given("en", "Thank you.\nThe talks went on until midnight.\nThank you."), note="courtesy or a slip"
    ),
    unknown(given("zh", "谢谢各位。会谈持续到深夜。谢谢各位。")),
)


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
    examples=_EXAMPLES,
)
