"""Documents prepared for looking names up, and the search for a name's counterpart in another document, by letters or sound."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from consistency.extract.names_table import names
from consistency.extract.persons import name_candidates
from consistency.languages.loader import fold, language_table
from consistency.reference import Reference
from consistency.resolve import phonetic
from consistency.resolve.likeness import (
    Likeness,
    NameForm,
    compare,
    compare_words,
    is_native_chinese,
    script,
    script_of,
)
from consistency.types import AnalysedDocument, MentionKind, Segmented, Span

HAN_WINDOW = 6
"""Longest transliteration of one Latin word that is searched for in Chinese text, in characters."""


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A name where it stands. `words` are the spans of its words."""

    document: str
    start: int
    end: int
    sentence: int
    form: NameForm
    strength: int
    words: tuple[tuple[int, int], ...]

    @property
    def span(self) -> Span:
        return Span(self.document, self.start, self.end)


@dataclass(slots=True)
class NameText:
    """A document prepared for look-ups."""

    document: AnalysedDocument
    folded: str
    places: tuple[NamePlace, ...]
    words: tuple[tuple[int, int, str], ...]
    """Capitalised words (all words in a script without case), folded, in text order."""
    keys: dict[str, list[int]] = field(default_factory=dict)
    """Folded word -> indices into `words`."""

    @property
    def language(self) -> str:
        return self.document.document.language

    def holds(self, form: str, sentences: Iterable[int]) -> bool:
        """Whether a folded form stands in one of these sentences."""
        return any(
            _literally(form, self, self.document.sentences[i].start, self.document.sentences[i].end)
            for i in sentences
        )


def prepare(document: AnalysedDocument, reference: Reference) -> NameText:
    language = document.document.language
    folded = fold(document.text, language)
    text = Segmented(document.document, document.sentences, document.quotations, folded)
    offices = document.of_kind(MentionKind.OFFICE)
    found = name_candidates(text, offices, document.of_kind(MentionKind.PLACE), reference)
    places = tuple(
        NamePlace(
            document.id,
            c.start,
            c.end,
            text.sentence_at(c.start),
            NameForm(
                language,
                document.text[c.start : c.end],
                document.text[slice(*c.family)] if c.family else None,
                document.text[slice(*c.given)] if c.given else None,
                c.form == "full",
            ),
            c.strength,
            c.words,
        )
        for c in found
    )
    strategy = names(language).table.strategy
    words = tuple(
        (m.start(), m.end(), folded[m.start() : m.end()])
        for m in re.finditer(r"[A-Za-z\u00c0-\u024f]+" if strategy == "han" else r"[^\W\d_]+", document.text)
        if (
            document.text[m.start()].isupper()
            if strategy != "uncased"
            else m.end() - m.start() > 1 and folded[m.start() : m.end()] not in names(language).frequent
        )
    )
    keys: dict[str, list[int]] = {}
    for number, (_, _, word) in enumerate(words):
        keys.setdefault(word, []).append(number)
    return NameText(document, folded, places, words, keys)


def sentence_of(document: AnalysedDocument, offset: int) -> int:
    """Index of the sentence that holds an offset."""
    return max(0, bisect_right(document.sentences, offset, key=lambda s: s.start) - 1)


def has_counterpart(
    part: str,
    form: NameForm,
    language: str,
    other: NameText,
    sentences: tuple[int, ...] | None,
    without: tuple[tuple[int, int], ...] = (),
) -> bool:
    """Whether a word of a name (in `language`) stands in another document, in some script: by letters, or by sound.

    `sentences` are the ones to look in (None: all), `without` are stretches of them to leave out.
    """
    word = fold(part, language)
    own, theirs = script_of(word, language), script(other.language)
    spans = (
        [(0, len(other.folded))]
        if sentences is None
        else [(other.document.sentences[i].start, other.document.sentences[i].end) for i in sentences]
    )
    for gap in without:
        spans = [
            piece
            for a, b in spans
            for piece in ([(a, b)] if gap[1] <= a or b <= gap[0] else [(a, gap[0]), (gap[1], b)])
            if piece[0] < piece[1]
        ]
    for start, end in spans:
        if _literally(word, other, start, end):
            return True
    if own == theirs:
        return own != "han" and _by_words(word, language, other, spans)
    if theirs == "han":
        return _by_words(word, language, other, spans) or _in_han(part, form, language, other, spans)
    if own == "han":
        return _from_han(part, form, other, spans)
    return _by_words(word, language, other, spans)


def _literally(word: str, other: NameText, start: int, end: int) -> bool:
    at = other.folded.find(word, start, end)
    if not language_table(other.language).spaced:
        return at != -1
    while at != -1:
        before, after = other.folded[at - 1 : at], other.folded[at + len(word) : at + len(word) + 1]
        if not before.isalpha() and not after.isalpha():
            return True
        at = other.folded.find(word, at + 1, end)
    return False


def _by_words(word: str, language: str, other: NameText, spans: Iterable[tuple[int, int]]) -> bool:
    for start, end in spans:
        for a, b, found in other.words:
            if (
                a >= start
                and b <= end
                and compare_words(word, language, found, other.language) == Likeness.SAME
            ):
                return True
    return False


def _from_han(part: str, form: NameForm, other: NameText, spans: Iterable[tuple[int, int]]) -> bool:
    """A Chinese form against the words of a text in letters."""
    for start, end in spans:
        words = [(a, b, w) for a, b, w in other.words if a >= start and b <= end]
        for number, (a, _, word) in enumerate(words):
            if is_native_chinese(form):
                for size in (1, 2, 3, 4):
                    run = words[number : number + size]
                    if len(run) == size and run[-1][1] - a < 40:
                        latin = NameForm(
                            other.language, other.document.text[a : run[-1][1]], is_full=size > 1
                        )
                        if compare(form, latin) == Likeness.SAME and (size > 1 or len(word) > 1):
                            return True
                continue
            if compare_words(part, form.language, word, other.language) == Likeness.SAME:
                return True
            # Names of several words are often written without a dot: 范戴克 van Dijk, 金正恩.
            if number + 1 < len(words) and words[number + 1][0] - a < 25:
                joined = word + words[number + 1][2]
                if compare_words(part, form.language, joined, other.language) == Likeness.SAME:
                    return True
    return False


def _in_han(
    part: str, form: NameForm, language: str, other: NameText, spans: Iterable[tuple[int, int]]
) -> bool:
    """A word in letters against Chinese text: against its names, then against every window of characters."""
    spans = list(spans)
    for place in other.places:
        if any(a <= place.start and place.end <= b for a, b in spans):
            if is_native_chinese(place.form):
                if (
                    compare(place.form, form) == Likeness.SAME
                    or compare(place.form, NameForm(language, part)) == Likeness.SAME
                ):
                    return True
                continue
            for a, b in place.words:
                if (
                    compare_words(other.document.text[a:b], other.language, fold(part, language), language)
                    == Likeness.SAME
                ):
                    return True
    return script_of(part, language) == "latin" and any(
        phonetic.stands_in(part, other.folded[start:end], other.language, HAN_WINDOW) for start, end in spans
    )
