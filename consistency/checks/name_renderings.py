"""How a copy writes each name of its accounts, and where it writes one of them almost so.

A translator renders a name one way all through a text. Where the account has the name once more and the copy has not
that rendering but one that differs by a character, somebody's finger slipped: sound alone could not tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from consistency.checks.name_texts import NamePlace, NameText
from consistency.extract.names_table import names
from consistency.extract.persons_cased import FAIR
from consistency.languages.loader import language_table
from consistency.resolve.likeness import Likeness, compare_words, is_native_chinese, script, script_of
from consistency.resolve.phonetic import fit, variants, writes
from consistency.resolve.romanise import readings

MIN_RENDERINGS = 2
"""Other places in which the copy must write a name the usual way before another way is a slip."""
CLEARLY_WORSE = 0.15
"""Mean cost by which one of two renderings must fit worse to be the slip where each stands once."""
MIN_LENGTH_HAN, MIN_LENGTH = 3, 5
"""Shortest renderings that are searched for slips: two characters, or four letters, that differ by one are two names."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A stretch of the copy that is almost the usual rendering of the account's name."""

    start: int
    end: int
    sentence: int
    usual: str
    account: NamePlace


class Renderings:
    """The ways in which one copy writes the words of its accounts' names, by block."""

    def __init__(
        self, copy: NameText, blocks: Sequence[tuple[NameText, tuple[int, ...], tuple[int, ...]]]
    ) -> None:
        self.copy, self.blocks = copy, blocks
        self.spaced = language_table(copy.language).spaced
        self._forms: dict[tuple[str, str], Counter[str]] = {}
        self.forms_elsewhere: Counter[str] = Counter()
        self._at: dict[tuple[str, str, str], tuple[int, int, int]] = {}
        """(account, word, stem) -> (start, end, sentence) of its last place."""
        self._account_places: dict[tuple[str, str], NamePlace] = {}
        self._collect()

    def _collect(self) -> None:
        """Count, for each word of the accounts' names, the copy's words that can be it in the aligned sentences."""
        for account, left, right in self.blocks:
            if script(account.language) == script(self.copy.language):
                continue
            words = self._words(account, left)
            for place in self.copy.places:
                if place.sentence not in right or is_native_chinese(place.form):
                    continue
                for start, end in place.words:
                    form = self.copy.folded[start:end]
                    if script_of(form, self.copy.language) != script(self.copy.language):
                        continue
                    for word in words:
                        if compare_words(form, self.copy.language, word, account.language) is Likeness.SAME:
                            stem = self._stem(form)
                            self._forms.setdefault((account.document.id, word), Counter())[stem] += 1
                            self._at[account.document.id, word, stem] = start, end, place.sentence
                            self._account_places[account.document.id, word] = words[word]
        for found in self._forms.values():
            for form, count in found.items():
                if count > 1:
                    self.forms_elsewhere[form] = count

    def _stem(self, form: str) -> str:
        """The form without case endings and letters written together with it, so that inflected forms count as one."""
        return min(variants(form, self.copy.language), key=lambda v: (len(v), v)) if self.spaced else form

    def _words(self, account: NameText, sentences: tuple[int, ...]) -> dict[str, NamePlace]:
        """Folded words of the account's names in these sentences, with the name that they stand in."""
        found: dict[str, NamePlace] = {}
        for place in account.places:
            if place.sentence in sentences and place.strength >= FAIR:
                for start, end in place.words:
                    word = account.folded[start:end]
                    if len(word) > 2 and word not in names(account.language).particles:
                        found.setdefault(word, place)
        return found

    def slips(self) -> Iterator[Slip]:
        """Slips in order of the blocks, then those among the names that were found."""
        yield from self._missing()
        yield from self._variants()

    def _variants(self) -> Iterator[Slip]:
        """Renderings of one word that differ by a letter: the rarer one, or where both stand once the one that fits worse."""
        length = MIN_LENGTH if self.spaced else MIN_LENGTH_HAN
        for (account, word), forms in self._forms.items():
            if len(forms) < 2:
                continue
            usual, count = max(forms.items(), key=lambda item: (item[1], item[0]))
            for other, times in sorted(forms.items()):
                if (
                    other == usual
                    or times > 1
                    or OSA.distance(other, usual) != 1
                    or min(len(other), len(usual)) < (length - 1 if self.spaced else length)
                ):
                    continue
                if not self.spaced and (len(other) != len(usual) or not self._may_be_slip(other, usual)):
                    continue
                if any(other in found for (a, w), found in self._forms.items() if a == account and w != word):
                    continue  # Джастин is Justin beside Дастин for Dustin
                right, wrong = usual, other
                if count == 1:
                    fits = [fit(form, word, self.copy.language) for form in (usual, other)]
                    if fits[0] is None or fits[1] is None or abs(fits[0].mean - fits[1].mean) < CLEARLY_WORSE:
                        continue
                    if fits[0].mean > fits[1].mean:
                        right, wrong = other, usual
                yield Slip(*self._at[account, word, wrong], right, self._account_places[account, word])

    def _missing(self) -> Iterator[Slip]:
        """Stretches that are almost the usual rendering where that is missing."""
        for account, left, right in self.blocks:
            for word, place in self._words(account, left).items():
                forms = self._forms.get((account.document.id, word))
                if forms is None:
                    continue
                usual, count = max(forms.items(), key=lambda item: (item[1], item[0]))
                length = MIN_LENGTH if self.spaced else MIN_LENGTH_HAN
                if (
                    count < MIN_RENDERINGS
                    or len(usual) < length
                    or (self.spaced and self._has_any(word, forms, right))
                ):
                    continue
                slip = self._near(usual, right, account, left, word)
                if slip is not None:
                    yield Slip(*slip, usual, place)

    def _may_be_slip(self, window: str, usual: str) -> bool:
        """Whether the character that differs is one of names, and sounds otherwise."""
        at = next(i for i, (a, b) in enumerate(zip(window, usual, strict=True)) if a != b)
        return (
            writes(window[at], self.copy.language)
            and readings(window[at])[:1] != readings(usual[at])[:1]
            and self.forms_elsewhere[window] == 0
        )

    def _has_any(self, word: str, forms: Counter[str], right: tuple[int, ...]) -> bool:
        """Whether the sentences hold a rendering that stands elsewhere too, or the name itself."""
        known = [form for form, count in forms.items() if count > 1]
        stems = set(known)
        for index in right:
            sentence = self.copy.document.sentences[index]
            text = self.copy.folded[sentence.start : sentence.end]
            if word in text or (not self.spaced and any(form in text for form in known)):
                return True
            if self.spaced and any(self._stem(t) in stems for t in re.findall(r"[^\W\d_]+", text)):
                return True
        return False

    def _near(
        self, usual: str, right: tuple[int, ...], account: NameText, left: tuple[int, ...], word: str
    ) -> tuple[int, int, int] | None:
        """(start, end, sentence) of a stretch one character away from the usual rendering, and no other name's."""
        others = [w for w in self._words(account, left) if w != word]
        for index in right:
            sentence = self.copy.document.sentences[index]
            text = self.copy.folded[sentence.start : sentence.end]
            if self.spaced:
                for match in re.finditer(r"[^\W\d_]+", text):
                    if match.group() in names(self.copy.language).common:
                        continue
                    if OSA.distance(self._stem(match.group()), usual) == 1:
                        return sentence.start + match.start(), sentence.start + match.end(), index
                continue
            for at in range(len(text) - len(usual) + 1):
                window = text[at : at + len(usual)]
                if sum(a != b for a, b in zip(window, usual, strict=True)) != 1 or not self._may_be_slip(
                    window, usual
                ):
                    continue
                if any(
                    compare_words(window, self.copy.language, w, account.language) is Likeness.SAME
                    for w in others
                ):
                    continue
                start = sentence.start + at
                return start, start + len(usual), index
        return None
