"""Names of a copy held against the names of its accounts: the comparison behind NAM102, NAM201 and NAM202.

A name of the copy is *backed* where each of its words has a counterpart in the aligned sentences of an account, or else
anywhere in the accounts. A conflict needs both ends: a name of the copy that nothing backs, and a name in the aligned
sentences of the account that the copy's sentences do not have. One fault is reported once: as a near-miss spelling
(NAM102), else as a form that the Chinese name cannot have (NAM202), else as another name (NAM201).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from consistency.extract.names_table import has_names, names
from consistency.extract.persons import name_candidates
from consistency.extract.persons_cased import FAIR, STRONG
from consistency.languages.loader import fold, language_table
from consistency.reference import Reference
from consistency.resolve import phonetic, romanise
from consistency.resolve.likeness import (
    Likeness,
    NameForm,
    compare,
    compare_words,
    is_native_chinese,
    script,
    words_of,
)
from consistency.types import AnalysedDocument, Analysis, MentionKind, Segmented, Span

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


@dataclass(frozen=True, slots=True)
class NameConflict:
    """A name of the copy that cannot be the account's. `check` is the id of the check that reports it."""

    check: str
    subject: Span
    reference: tuple[Span, ...]
    subject_text: str
    reference_text: str
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class NameOutcome:
    """What the comparison of one name came to; `conflict` None and `unknown` None is an agreement."""

    place: NamePlace
    against: str
    """Id of the account."""
    conflict: NameConflict | None = None
    unknown: str | None = None


@dataclass(slots=True)
class _Text:
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


def compare_copies(analysis: Analysis, reference: Reference) -> tuple[NameOutcome, ...]:
    """The outcome of each name of each copy against each account it is aligned with, in order."""
    global _LAST
    if _LAST is not None and _LAST[0] is analysis and _LAST[1] is reference:
        return _LAST[2]
    prepared = {d.id: _prepare(d, reference) for d in analysis.documents if has_names(d.document.language)}
    outcomes: list[NameOutcome] = []
    for copy in analysis.copies:
        if copy.id in prepared:
            accounts = [prepared[a.id] for a in analysis.accounts if a.id in prepared]
            outcomes.extend(_Comparison(analysis, reference, prepared[copy.id], accounts).outcomes())
    _LAST = (analysis, reference, tuple(outcomes))
    return _LAST[2]


_LAST: tuple[Analysis, Reference, tuple[NameOutcome, ...]] | None = None
"""The last comparison: three checks ask for the same one in turn."""


def _prepare(document: AnalysedDocument, reference: Reference) -> _Text:
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
    cased = names(language).table.strategy == "cased"
    words = tuple(
        (m.start(), m.end(), folded[m.start() : m.end()])
        for m in re.finditer(r"[^\W\d_]+", document.text)
        if not cased or document.text[m.start()].isupper()
    )
    keys: dict[str, list[int]] = {}
    for number, (_, _, word) in enumerate(words):
        keys.setdefault(word, []).append(number)
    return _Text(document, folded, places, words, keys)


class _Comparison:
    """One copy against its accounts."""

    def __init__(self, analysis: Analysis, reference: Reference, copy: _Text, accounts: Sequence[_Text]) -> None:
        self.analysis, self.reference, self.copy, self.accounts = analysis, reference, copy, accounts
        self.blocks = [
            (account, alignment.left_sentences, alignment.right_sentences)
            for account in accounts
            for alignment in analysis.aligned(account.document.id, copy.document.id)
        ]

    def outcomes(self) -> Iterator[NameOutcome]:
        taken: set[tuple[str, int, int]] = set()
        for place in self.copy.places:
            blocks = [b for b in self.blocks if place.sentence in b[2]]
            if blocks:
                outcome = self._outcome(place, blocks, taken)
                if outcome is not None:
                    yield outcome

    def _outcome(
        self,
        place: NamePlace,
        blocks: Sequence[tuple[_Text, tuple[int, ...], tuple[int, ...]]],
        taken: set[tuple[str, int, int]],
    ) -> NameOutcome | None:
        account = blocks[0][0]
        parts = self._parts(place)
        if not parts:
            return None
        open_parts = [p for p in parts if not any(self._backed(p, place, text, sentences) for text, sentences, _ in blocks)]
        if not open_parts:
            return NameOutcome(place, account.document.id)
        near = self._near(place, open_parts, blocks)
        if near is not None:
            return NameOutcome(place, near[0].document.id, conflict=near[1])
        elsewhere = [p for p in open_parts if not any(self._backed(p, place, text, None) for text in self.accounts)]
        if not elsewhere:
            return NameOutcome(place, account.document.id) if place.strength >= FAIR else None
        for text, left, right in blocks:
            for candidate in self._uncovered(text, left, right):
                key = (text.document.id, candidate.start, candidate.end)
                if key in taken:
                    continue
                judged = self._judge(place, elsewhere, candidate)
                if judged is None:
                    continue
                if judged.conflict is not None:
                    taken.add(key)
                return judged
        half = self._half_backed(place, elsewhere, blocks)
        if half is not None:
            return half
        if place.strength < FAIR:
            return None
        return NameOutcome(
            place, account.document.id, unknown=f"“{place.form.text}” has no counterpart in the aligned sentences of the account"
        )

    def _half_backed(
        self,
        place: NamePlace,
        elsewhere: list[str],
        blocks: Sequence[tuple[_Text, tuple[int, ...], tuple[int, ...]]],
    ) -> NameOutcome | None:
        """A full name of which one part is the account's and the other nobody's: Chen Gang beside 秦刚."""
        if not place.form.is_full or place.strength < FAIR or not _looks_chinese(place.form):
            return None
        for text, left, _ in blocks:
            for candidate in text.places:
                if candidate.sentence not in left or candidate.strength < FAIR or not is_native_chinese(candidate.form):
                    continue
                parts = (place.form.family, place.form.given)
                fits = [romanise.part_fits(candidate.form.text, p, number == 0) for number, p in enumerate(parts) if p]
                if any(fits) and not all(fits):
                    judged = self._judge(place, elsewhere, candidate)
                    if judged is not None and judged.conflict is not None:
                        return judged
        return None

    # --- backing --------------------------------------------------------------------------------------------

    def _parts(self, place: NamePlace) -> list[str]:
        """The words of the name that must have a counterpart, as written."""
        language = place.form.language
        pack = names(language)
        if is_native_chinese(place.form):
            return [place.form.text]
        text = self.copy.document.text
        parts = []
        for start, end in place.words:
            word = fold(text[start:end], language)
            if len(word) < 2 or word in pack.particles or word in pack.suffixes or word in pack.honorifics:
                continue
            if language_table(language).spaced and word in pack.common and len(place.words) > 1 and word not in pack.given:
                continue
            parts.append(text[start:end])
        return parts

    def _backed(self, part: str, place: NamePlace, account: _Text, sentences: tuple[int, ...] | None) -> bool:
        """Whether a word of a copy's name has a counterpart in the account (in these sentences, or anywhere)."""
        return _has_counterpart(part, place.form, self.copy.language, account, sentences)

    def _uncovered(self, account: _Text, left: tuple[int, ...], right: tuple[int, ...]) -> list[NamePlace]:
        """Names of the account's sentences without any word in the copy's."""
        found = []
        for place in account.places:
            if place.sentence not in left or place.strength < FAIR:
                continue
            words = [account.document.text[a:b] for a, b in place.words]
            words = [w for w in words if len(w) > 1] if language_table(account.language).spaced else words
            if is_native_chinese(place.form):
                words = [place.form.text]
            if words and not any(_has_counterpart(w, place.form, account.language, self.copy, right) for w in words[-1:] + words[:1]):
                found.append(place)
        return found

    # --- judging --------------------------------------------------------------------------------------------

    def _near(
        self,
        place: NamePlace,
        open_parts: list[str],
        blocks: Sequence[tuple[_Text, tuple[int, ...], tuple[int, ...]]],
    ) -> tuple[_Text, NameConflict] | None:
        """A word of the account in the same script, so close that the copy must have meant it."""
        if self._is_attested(place):
            return None
        pack = names(place.form.language)
        for text, left, right in blocks:
            if script(text.language) != script(self.copy.language) or not language_table(text.language).spaced:
                continue
            for part in open_parts:
                folded = fold(part, place.form.language)
                if folded in pack.common:
                    continue
                for start, end, word in text.words:
                    if text.document.sentences and _sentence_of(text.document, start) not in left:
                        continue
                    if word in names(text.language).common or compare_words(folded, place.form.language, word, text.language) != Likeness.NEAR:
                        continue
                    if _has_counterpart(text.document.text[start:end], NameForm(text.language, word), text.language, self.copy, right):
                        continue
                    if any(self._backed(part, place, other, None) for other in self.accounts):
                        continue
                    other_place = next((p for p in text.places if p.start <= start and end <= p.end), None)
                    if place.strength < FAIR and (other_place is None or other_place.strength < FAIR):
                        continue
                    if other_place is None and place.strength < STRONG:
                        continue
                    shown = text.document.text[start:end]
                    spans = Span(text.document.id, start, end) if other_place is None else other_place.span
                    conflict = NameConflict(
                        "NAM102",
                        place.span,
                        (spans,),
                        place.form.text,
                        other_place.form.text if other_place else shown,
                        f"“{part}” differs from “{shown}” by a letter or two",
                        0.9,
                    )
                    return text, conflict
        return None

    def _is_attested(self, place: NamePlace) -> bool:
        return place.form.is_full and bool(self.reference.by_name(place.form.text, place.form.language))

    def _judge(
        self, place: NamePlace, open_parts: list[str], candidate: NamePlace
    ) -> NameOutcome | None:
        """The copy's unbacked name against a name of the account that the copy lacks; None where they do not pair."""
        account = candidate.document
        if self._same_reference(place, candidate):
            return NameOutcome(place, account)
        likeness = compare(place.form, candidate.form)
        if likeness is Likeness.SAME:
            return NameOutcome(place, account)
        if likeness is Likeness.UNKNOWN:
            return NameOutcome(place, account, unknown=f"“{place.form.text}” may or may not be {candidate.form.text}")
        if self._is_rendering(place, candidate):
            return NameOutcome(place, account)
        check, reason = "NAM201", f"the account has {candidate.form.text} here"
        chinese, latin = (candidate, place) if is_native_chinese(candidate.form) else (place, candidate)
        if is_native_chinese(chinese.form):
            if not _looks_chinese(latin.form) and chinese is place:
                return NameOutcome(place, account, unknown=f"{place.form.text} may be read otherwise than in Chinese")
            if script(latin.form.language) == "latin":
                check = "NAM202"
                reason = romanise.judge(chinese.form.text, latin.form.text).reason
        elif likeness is Likeness.NEAR:
            check, reason = "NAM102", f"it is spelt {candidate.form.text} in the account"
        if place.strength < FAIR and check != "NAM201":
            return None
        return NameOutcome(
            place,
            account,
            conflict=NameConflict(
                check, place.span, (candidate.span,), place.form.text, candidate.form.text, reason, 0.85 if place.strength >= FAIR else 0.6
            ),
        )

    def _same_reference(self, a: NamePlace, b: NamePlace) -> bool:
        """Whether the reference knows one person by both forms."""

        def known(form: NameForm) -> set[str]:
            found = self.reference.by_name(form.text, form.language) or self.reference.by_surname(form.text, form.language)
            return {person.id for person in found}

        return bool(known(a.form) & known(b.form))

    def _is_rendering(self, place: NamePlace, candidate: NamePlace) -> bool:
        """Whether the copy writes the account's name like this elsewhere too: the translator's way to render it."""
        folded = fold(place.form.text, place.form.language)
        target = fold(candidate.form.text, candidate.form.language)
        for text, left, right in self.blocks:
            if text.document.id != candidate.document or place.sentence in right:
                continue
            if any(p.sentence in right and fold(p.form.text, p.form.language) == folded for p in self.copy.places) and any(
                p.sentence in left and fold(p.form.text, p.form.language) == target for p in text.places
            ):
                return True
        return False


def _sentence_of(document: AnalysedDocument, offset: int) -> int:
    from bisect import bisect_right

    return max(0, bisect_right(document.sentences, offset, key=lambda s: s.start) - 1)


def _looks_chinese(form: NameForm) -> bool:
    """Whether a Latin form has the shape of a pinyin name, so that another such name is certainly another one."""
    return bool(form.words) and all(romanise.cut_syllables(romanise.plain(w).replace(" ", "")) for w in form.words)


def _has_counterpart(
    part: str, form: NameForm, language: str, other: _Text, sentences: tuple[int, ...] | None
) -> bool:
    """Whether a word of a name (in `language`) stands in another document, in some script: by letters, or by sound."""
    word = fold(part, language)
    spans = (
        [(0, len(other.folded))]
        if sentences is None
        else [(other.document.sentences[i].start, other.document.sentences[i].end) for i in sentences]
    )
    for start, end in spans:
        if _literally(word, other, start, end):
            return True
    if script(language) == script(other.language):
        return script(language) != "han" and _by_words(word, language, other, spans)
    if script(other.language) == "han":
        return _in_han(part, form, language, other, spans)
    if script(language) == "han":
        return _from_han(part, form, other, spans)
    return _by_words(word, language, other, spans)


def _literally(word: str, other: _Text, start: int, end: int) -> bool:
    at = other.folded.find(word, start, end)
    if not language_table(other.language).spaced:
        return at != -1
    while at != -1:
        before, after = other.folded[at - 1 : at], other.folded[at + len(word) : at + len(word) + 1]
        if not before.isalpha() and not after.isalpha():
            return True
        at = other.folded.find(word, at + 1, end)
    return False


def _by_words(word: str, language: str, other: _Text, spans: Iterable[tuple[int, int]]) -> bool:
    for start, end in spans:
        for a, b, found in other.words:
            if a >= start and b <= end and compare_words(word, language, found, other.language) == Likeness.SAME:
                return True
    return False


def _from_han(part: str, form: NameForm, other: _Text, spans: Iterable[tuple[int, int]]) -> bool:
    """A Chinese form against the words of a text in letters."""
    for start, end in spans:
        words = [(a, b, w) for a, b, w in other.words if a >= start and b <= end]
        for number, (a, _, word) in enumerate(words):
            if is_native_chinese(form):
                for size in (1, 2, 3, 4):
                    run = words[number : number + size]
                    if len(run) == size and run[-1][1] - a < 40:
                        latin = NameForm(other.language, other.document.text[a : run[-1][1]], is_full=size > 1)
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


def _in_han(part: str, form: NameForm, language: str, other: _Text, spans: Iterable[tuple[int, int]]) -> bool:
    """A word in letters against Chinese text: against its names, then against every window of characters."""
    spans = list(spans)
    for place in other.places:
        if any(a <= place.start and place.end <= b for a, b in spans):
            if is_native_chinese(place.form):
                if compare(place.form, form) == Likeness.SAME or compare(place.form, NameForm(language, part)) == Likeness.SAME:
                    return True
                continue
            for a, b in place.words:
                if compare_words(other.document.text[a:b], other.language, fold(part, language), language) == Likeness.SAME:
                    return True
    limits = phonetic.limits(other.language)
    if script(language) != "latin":
        return False
    for start, end in spans:
        for at in range(start, end - 1):
            for size in range(2, HAN_WINDOW + 1):
                window = other.folded[at : at + size]
                if at + size > end or not all(phonetic.writes(c, other.language) for c in window):
                    break
                found = phonetic.fit(window, part, other.language)
                if found is not None and found.mean <= limits.same * 0.8:
                    return True
    return False
