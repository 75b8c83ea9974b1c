"""Names of a copy held against the names of its accounts: the comparison behind NAM102, NAM201 and NAM202.

A word of a copy's name is *backed* where it has a counterpart in the aligned sentences of an account; a name of the
account is *covered* as far as its words have one in the copy's. A conflict needs both ends: an open word in the copy and
an uncovered one in the account, in names that share another word or that stand alone on both sides. One fault is
reported once: as a near-miss spelling (NAM102), else as a form that the Chinese name cannot have (NAM202), else as
another name (NAM201).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consistency.checks.name_renderings import Renderings
from consistency.checks.name_texts import NamePlace, NameText, has_counterpart, prepare, sentence_of
from consistency.checks.name_words import (
    NameConflict,
    NameOutcome,
    are_related,
    glosses,
    looks_chinese,
    may_be_read_otherwise,
    spelling,
    telling_words,
)
from consistency.extract.names_table import has_names, names
from consistency.extract.persons_cased import FAIR, STRONG
from consistency.extract.persons_han import LONGEST_PART
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
    script_of,
)
from consistency.types import Analysis, Span

EDGE = 5
"""Characters on both sides of a Chinese name in which its ends may have been missed."""
SHORTEST_AROUND, LONG_PART = 4, 4
"""Letters of a word that is looked for around a Chinese name; characters of a part in which a shorter name may lie."""
GLOSS_MEAN = 6.0
"""A name and its form in brackets must be this far apart (mean cost): 0.4 % of true pairs are, and 93 % of random ones."""
SHORTEST_STRANGER = 3
"""Characters of a lone name that no word of the accounts can be: two characters are found by chance."""
CERTAIN, LIKELY, DOUBTFUL = 0.9, 0.85, 0.7
"""Confidence of a conflict between names that share a word; between lone names; of a name that belongs to another person
of the account, or whose extraction is weak."""


@dataclass(frozen=True, slots=True)
class _Block:
    account: NameText
    left: tuple[int, ...]
    right: tuple[int, ...]
    is_translation: bool


_LAST: tuple[Analysis, Reference, tuple[NameOutcome, ...]] | None = None
"""The last comparison: three checks ask for the same one in turn."""


def compare_copies(analysis: Analysis, reference: Reference) -> tuple[NameOutcome, ...]:
    """The outcome of each name of each copy against the accounts it is aligned with, in order."""
    global _LAST
    if _LAST is not None and _LAST[0] is analysis and _LAST[1] is reference:
        return _LAST[2]
    prepared = {d.id: prepare(d, reference) for d in analysis.documents if has_names(d.document.language)}
    outcomes: list[NameOutcome] = []
    for copy in analysis.copies:
        if copy.id in prepared:
            accounts = [prepared[a.id] for a in analysis.accounts if a.id in prepared]
            outcomes.extend(_Comparison(analysis, reference, prepared[copy.id], accounts).outcomes())
    _LAST = (analysis, reference, tuple(outcomes))
    return _LAST[2]


class _Comparison:
    """One copy against its accounts."""

    def __init__(
        self, analysis: Analysis, reference: Reference, copy: NameText, accounts: Sequence[NameText]
    ) -> None:
        self.analysis, self.reference, self.copy, self.accounts = analysis, reference, copy, accounts
        self.blocks = [
            _Block(
                account, alignment.left_sentences, alignment.right_sentences, alignment.mode == "translation"
            )
            for account in accounts
            for alignment in analysis.aligned(account.document.id, copy.document.id)
        ]
        # The Chinese account first: that 秦刚 cannot be Chen says more than that the other account has Qin.
        self.blocks.sort(key=lambda block: script(block.account.language) == script(copy.language))
        self.taken: set[tuple[str, int, int]] = set()
        self.glosses = glosses(copy)
        self.renderings = Renderings(copy, [(b.account, b.left, b.right) for b in self.blocks])
        self.reported: set[Span] = set()
        self._candidate = ("", 0, 0)

    def outcomes(self) -> Iterator[NameOutcome]:
        for place in self.copy.places:
            blocks = [b for b in self.blocks if place.sentence in b.right]
            outcome = self._outcome(place, blocks) if blocks else None
            if outcome is not None:
                if outcome.conflict is not None:
                    self.reported.add(place.span)
                yield outcome
        yield from self._slips()

    def _outcome(self, place: NamePlace, blocks: Sequence[_Block]) -> NameOutcome | None:
        account = blocks[0].account.document.id
        parts = self._parts(place)
        if not parts:
            return None
        backed = [p for p in parts if any(self._backed(p, place, b.account, b.left) for b in blocks)]
        open_parts = [p for p in parts if p not in backed]
        if not open_parts:
            return NameOutcome(place, account)
        glossed = self._against_gloss(place, open_parts, account)
        if glossed is not None:
            return glossed
        found = (
            self._partly_backed(place, backed, open_parts, blocks)
            if backed
            else self._near(place, open_parts, blocks)
        )
        if found is None and not backed:
            found = self._alone(place, open_parts, blocks)
        if found is not None:
            return found
        if all(any(self._backed(p, place, text, None) for text in self.accounts) for p in open_parts):
            return NameOutcome(place, account) if place.strength >= FAIR else None
        if place.strength < FAIR:
            return None
        return NameOutcome(
            place,
            account,
            unknown=f"“{place.form.text}” has no counterpart in the aligned sentences of the account",
        )

    def _against_gloss(self, place: NamePlace, open_parts: list[str], account: str) -> NameOutcome | None:
        """ "艾琳·琼斯（Elin Jones）": a name against its own form in brackets, or in front of them."""
        gloss = self.glosses.get(place.span)
        if gloss is None or place.strength < FAIR:
            return None
        own, other = self._parts(place), self._parts(gloss)
        if len(own) != len(other) or is_native_chinese(place.form) or is_native_chinese(gloss.form):
            return None
        for part, word in zip(own, other, strict=True):
            if part in open_parts:
                foreign, latin = (
                    (word, part) if script_of(part, self.copy.language) == "latin" else (part, word)
                )
                found = phonetic.best_fit(foreign, latin, self.copy.language)
                if found is not None and found.mean >= GLOSS_MEAN and not self._stands_around(place, gloss):
                    reason = f"“{part}” cannot be {word}, which stands beside it"
                    return self._conflict("NAM201", place, gloss, reason, LIKELY)
        return None

    def _slips(self) -> Iterator[NameOutcome]:
        """Slips in a name that the copy writes otherwise wherever else the account has it."""
        for slip in self.renderings.slips():
            subject = Span(self.copy.document.id, slip.start, slip.end)
            if any(subject.overlaps(done) for done in self.reported):
                continue
            self.reported.add(subject)
            text = self.copy.document.text[slip.start : slip.end]
            place = NamePlace(
                self.copy.document.id,
                slip.start,
                slip.end,
                slip.sentence,
                NameForm(self.copy.language, text),
                FAIR,
                ((slip.start, slip.end),),
            )
            reason = f"everywhere else this text writes {slip.account.form.text} as “{slip.usual}”"
            yield self._conflict("NAM102", place, slip.account, reason, LIKELY)

    # --- words ----------------------------------------------------------------------------------------------

    def _parts(self, place: NamePlace) -> list[str]:
        """The words of the copy's name that must have a counterpart, as written."""
        return telling_words(place, self.copy)

    def _backed(
        self, part: str, place: NamePlace, account: NameText, sentences: tuple[int, ...] | None
    ) -> bool:
        """Whether a word of the copy's name has a counterpart in the account (in these sentences, or anywhere)."""
        return has_counterpart(part, place.form, self.copy.language, account, sentences)

    def _uncovered(self, candidate: NamePlace, block: _Block, place: NamePlace) -> list[str]:
        """The words of an account's name that have no counterpart in the copy's sentences, but for the place's own gloss."""
        gloss = self.glosses.get(place.span)
        without = ((gloss.start, gloss.end),) if gloss is not None else ()
        return [
            word
            for word in telling_words(candidate, block.account)
            if not has_counterpart(
                word, candidate.form, block.account.language, self.copy, block.right, without
            )
        ]

    def _same_word(self, part: str, word: str, account: NameText) -> Likeness:
        return compare_words(
            fold(part, self.copy.language), self.copy.language, fold(word, account.language), account.language
        )

    # --- names that share a word ----------------------------------------------------------------------------

    def _partly_backed(
        self, place: NamePlace, backed: list[str], open_parts: list[str], blocks: Sequence[_Block]
    ) -> NameOutcome | None:
        """ "Anthony Blinken" against "Antony J. Blinken": the open word against the account's other word."""
        if self._is_attested(place):
            return NameOutcome(place, blocks[0].account.document.id)
        for block in blocks:
            for candidate in block.account.places:
                if candidate.sentence not in block.left or not self._shares(
                    backed, candidate, block.account, place
                ):
                    continue
                if is_native_chinese(candidate.form):
                    if (
                        script(self.copy.language) == "latin"
                        and looks_chinese(place.form)
                        and place.form.is_full
                    ):
                        judged = self._judge(place, candidate, CERTAIN)
                        if judged.conflict is not None:
                            return judged
                    continue
                rest = self._others(backed, candidate, block.account)
                if not rest:
                    continue
                outcome = self._judge_words(place, open_parts, rest, candidate, block)
                if outcome is not None:
                    return outcome
        return self._against_full_names(place, backed, open_parts)

    def _against_full_names(
        self, place: NamePlace, backed: list[str], open_parts: list[str]
    ) -> NameOutcome | None:
        """As before, against full names that stand elsewhere in the accounts: only a near-miss is telling there."""
        for account in self.accounts:
            for candidate in account.places:
                if not candidate.form.is_full or not self._shares(backed, candidate, account):
                    continue
                words = telling_words(candidate, account)
                likeness = {
                    p: max((self._same_word(p, w, account) for w in words), default=Likeness.UNKNOWN)
                    for p in open_parts
                }
                if all(found is Likeness.SAME for found in likeness.values()):
                    return NameOutcome(place, account.document.id)
                near = [p for p, found in likeness.items() if found is Likeness.NEAR]
                if near and script(account.language) == script(self.copy.language):
                    return self._conflict(
                        "NAM102", place, candidate, spelling(near[0], candidate.form.text), CERTAIN
                    )
        return None

    def _others(self, backed: list[str], candidate: NamePlace, account: NameText) -> list[str]:
        """The words of an account's name that are none of the backed words."""
        return [
            word
            for word in telling_words(candidate, account)
            if all(self._same_word(part, word, account) is not Likeness.SAME for part in backed)
        ]

    def _shares(
        self, backed: list[str], candidate: NamePlace, account: NameText, place: NamePlace | None = None
    ) -> bool:
        """Whether the names share a backed word, in the same role: Wade the family name is not Wayde the first name."""
        if is_native_chinese(candidate.form):
            forms = [NameForm(self.copy.language, part) for part in backed]
            return any(compare(candidate.form, form) is Likeness.SAME for form in forms)
        words = telling_words(candidate, account)
        own = self._parts(place) if place is not None else []
        for part in backed:
            for number, word in enumerate(words):
                if self._same_word(part, word, account) is not Likeness.SAME:
                    continue
                if len(own) < 2 or len(words) < 2:
                    return True
                crossed = {(0, len(words) - 1), (len(own) - 1, 0)}
                if (own.index(part), number) not in crossed:
                    return True
        return False

    def _judge_words(
        self, place: NamePlace, open_parts: list[str], rest: list[str], candidate: NamePlace, block: _Block
    ) -> NameOutcome | None:
        account = block.account
        likeness = [self._same_word(part, word, account) for part in open_parts for word in rest]
        if Likeness.SAME in likeness or self._same_reference(place, candidate):
            return NameOutcome(place, account.document.id)
        if self._is_rendering(place, candidate):
            return NameOutcome(place, account.document.id)
        if Likeness.UNKNOWN not in likeness and self._stands_around(place, candidate, rest):
            return NameOutcome(place, account.document.id)
        if Likeness.NEAR in likeness:
            return self._conflict("NAM102", place, candidate, spelling(open_parts[0], rest[0]), CERTAIN)
        if Likeness.UNKNOWN in likeness:
            return NameOutcome(
                place, account.document.id, unknown=f"“{open_parts[0]}” may or may not be {rest[0]}"
            )
        if not place.form.is_full or not candidate.form.is_full:
            return None
        return self._conflict("NAM201", place, candidate, f"“{open_parts[0]}” is not {rest[0]}", CERTAIN)

    # --- names that stand alone -----------------------------------------------------------------------------

    def _near(self, place: NamePlace, open_parts: list[str], blocks: Sequence[_Block]) -> NameOutcome | None:
        """A word of the account in the same script, so close that the copy must have meant it."""
        if self._is_attested(place) or not language_table(self.copy.language).spaced:
            return None
        common = names(self.copy.language).common
        for block in blocks:
            account = block.account
            if script(account.language) != script(self.copy.language):
                continue
            for part in open_parts:
                if fold(part, self.copy.language) in common or any(
                    self._backed(part, place, a, None) for a in self.accounts
                ):
                    continue
                for start, end, word in account.words:
                    if (
                        sentence_of(account.document, start) not in block.left
                        or word in names(account.language).common
                    ):
                        continue
                    if self._same_word(part, word, account) is not Likeness.NEAR:
                        continue
                    shown = account.document.text[start:end]
                    if has_counterpart(
                        shown, NameForm(account.language, word), account.language, self.copy, block.right
                    ):
                        continue
                    other = next((p for p in account.places if p.start <= start and end <= p.end), None)
                    if place.strength < FAIR and (other is None or other.strength < FAIR):
                        continue
                    if other is None and place.strength < STRONG:
                        continue
                    other = other or NamePlace(
                        account.document.id,
                        start,
                        end,
                        place.sentence,
                        NameForm(account.language, shown),
                        FAIR,
                        ((start, end),),
                    )
                    return self._conflict("NAM102", place, other, spelling(part, shown), CERTAIN)
        return None

    def _alone(self, place: NamePlace, open_parts: list[str], blocks: Sequence[_Block]) -> NameOutcome | None:
        """A name that nothing in the account's sentences backs, against one that nothing in the copy's covers."""
        if place.strength < FAIR and names(self.copy.language).table.strategy == "uncased":
            return None  # without capitals a weak candidate is any word that the pack does not know
        is_elsewhere = all(
            any(self._backed(p, place, text, None) for text in self.accounts) for p in open_parts
        )
        if is_elsewhere and not self._is_somebody(open_parts):
            return None
        doubt: NameOutcome | None = None
        conflict: NameOutcome | None = None
        for block in blocks:
            if is_elsewhere and not (block.is_translation and len(self.accounts) == 1):
                continue  # a story made from two accounts names its people in its own order
            for candidate in block.account.places:
                key = (candidate.document, candidate.start, candidate.end)
                if (
                    candidate.sentence not in block.left
                    or key in self.taken
                    or not self._may_pair(place, candidate)
                ):
                    continue
                words = telling_words(candidate, block.account)
                if not words or len(self._uncovered(candidate, block, place)) < len(words):
                    continue
                if is_elsewhere and self._is_same_person(place, candidate):
                    continue
                judged = self._judge(place, candidate, DOUBTFUL if is_elsewhere else LIKELY)
                if judged.conflict is None:
                    if judged.unknown is None:
                        return judged
                    doubt = doubt or judged
                elif conflict is None and not self._is_claimed(candidate, place, block):
                    conflict = judged
                    self._candidate = key
        # A name that may be one of the account's names is not held against another of them.
        if doubt is not None:
            return doubt
        if conflict is None:
            return None if is_elsewhere else self._stranger(place, blocks)
        self.taken.add(self._candidate)
        return conflict

    def _is_somebody(self, parts: list[str]) -> bool:
        """Whether the accounts name a person by one of these words; what they have may be a thing (Truly, a brand)."""
        return any(
            place.strength >= FAIR and self._same_word(part, word, account) is Likeness.SAME
            for account in self.accounts
            for place in account.places
            for word in telling_words(place, account)
            for part in parts
        )

    def _may_pair(self, place: NamePlace, candidate: NamePlace) -> bool:
        """Whether the two are sure enough to be names. Between Latin scripts, where names stay as they are, two weak ones do."""
        if candidate.strength >= FAIR:
            return True
        if place.strength >= STRONG and script(self.copy.language) != "han" and not self._opens(candidate):
            return True  # the ends of Chinese names are too unsure for this
        if not script(place.form.language) == script(candidate.form.language) == "latin":
            return False
        return (
            not self._opens(place)
            and not self._opens(candidate)
            and not are_related(place.form, candidate.form)
        )

    def _opens(self, place: NamePlace) -> bool:
        """Whether a name of one word begins a sentence or quotation, where every word has a capital."""
        document = self._text_of(place).document
        before = document.text[document.sentences[place.sentence].start : place.start].rstrip()
        return len(place.words) == 1 and (not before or before[-1] in "«“\"':([—–-")

    def _stranger(self, place: NamePlace, blocks: Sequence[_Block]) -> NameOutcome | None:
        """A name in another script that no capitalised word of the accounts can be, in a translation."""
        if (
            place.strength < FAIR
            or not any(b.is_translation for b in blocks)
            or is_native_chinese(place.form)
        ):
            return None
        if self.reference.by_name(place.form.text, place.form.language) or self.reference.by_surname(
            place.form.text, place.form.language
        ):
            return None
        language = self.copy.language
        if all(b - a < SHORTEST_STRANGER for a, b in place.words):
            return None
        for account in self.accounts:
            if script(account.language) == script(language) or script(account.language) != "latin":
                return None
            for part in self._parts(place):
                for word in account.keys:
                    if (
                        compare_words(fold(part, language), language, word, account.language)
                        is not Likeness.DIFFERENT
                    ):
                        return None
        nearest = next(
            (p for b in blocks for p in b.account.places if p.sentence in b.left and p.strength >= FAIR), None
        )
        if nearest is None or self._stands_around(place, nearest):
            return None
        return self._conflict("NAM201", place, nearest, "nobody in the account is called so", DOUBTFUL)

    def _is_claimed(self, candidate: NamePlace, place: NamePlace, block: _Block) -> bool:
        """Whether another name of the copy's sentences may be the account's name, though not surely."""
        return any(
            p is not place
            and p.sentence in block.right
            and compare(p.form, candidate.form) in (Likeness.UNKNOWN, Likeness.NEAR, Likeness.SAME)
            and not all(self._backed(part, p, block.account, block.left) for part in self._parts(p))
            for p in self.copy.places
        )

    def _judge(self, place: NamePlace, candidate: NamePlace, confidence: float) -> NameOutcome:
        """The copy's open name against an uncovered name of the account."""
        account = candidate.document
        likeness = compare(place.form, candidate.form)
        if likeness in (Likeness.DIFFERENT, Likeness.NEAR) and self._stands_around(place, candidate):
            return NameOutcome(place, account)
        if likeness is Likeness.SAME or self._same_reference(place, candidate):
            return NameOutcome(place, account)
        if confidence > DOUBTFUL and self._is_rendering(place, candidate):
            return NameOutcome(place, account)
        if likeness is Likeness.UNKNOWN:
            return NameOutcome(
                place, account, unknown=f"“{place.form.text}” may or may not be {candidate.form.text}"
            )
        if place.strength < FAIR:
            confidence = min(confidence, DOUBTFUL)
            if is_native_chinese(place.form):
                return NameOutcome(place, account, unknown=f"{place.form.text} may be no name")
        if script(candidate.form.language) == "han" and script(place.form.language) == "latin":
            is_read = is_native_chinese(candidate.form) or not self._is_transliteration(candidate)
            if is_read and may_be_read_otherwise(place.form) and not looks_chinese(place.form):
                reason = f"{candidate.form.text} may be read otherwise than in Chinese, as in Japanese or Korean names"
                return NameOutcome(place, account, unknown=reason, check="NAM202")
        if is_native_chinese(candidate.form) and script(place.form.language) == "latin":
            return self._conflict(
                "NAM202",
                place,
                candidate,
                romanise.judge(candidate.form.text, place.form.text).reason,
                confidence,
            )
        if is_native_chinese(place.form) and not looks_chinese(candidate.form):
            sounds = [self._same_word(place.form.text, w, self._text(account)) for w in candidate.form.words]
            if (
                may_be_read_otherwise(candidate.form)
                or max(sounds) is not Likeness.DIFFERENT
                or min(sounds) is Likeness.UNKNOWN
            ):
                reason = f"{place.form.text} may be read otherwise than in Chinese"
                return NameOutcome(place, account, unknown=reason)
        if likeness is Likeness.NEAR:
            return self._conflict(
                "NAM102", place, candidate, spelling(place.form.text, candidate.form.text), confidence
            )
        return self._conflict(
            "NAM201", place, candidate, f"the account has {candidate.form.text} here", confidence
        )

    def _stands_around(self, place: NamePlace, candidate: NamePlace, rest: list[str] | None = None) -> bool:
        """Whether the account's name stands around the copy's, whose ends were not found rightly: 弗雷克 for 雷克."""
        if script_of(place.form.text, self.copy.language) != "han":
            return False
        text = self._text_of(candidate)
        words = list(telling_words(candidate, text) if rest is None else rest)
        if text is not self.copy:
            sentence = text.document.sentences[candidate.sentence]
            words.extend(
                w
                for a, b, w in text.words
                if sentence.start <= a and b <= sentence.end and len(w) > SHORTEST_AROUND
            )
        low, high = max(0, place.start - EDGE), min(len(self.copy.folded), place.end + EDGE)
        inner = {b for a, b in place.words if b - a > LONG_PART}
        for start in range(low, place.end):
            for end in range(max(place.start + 1, start + 2), min(high, start + LONGEST_PART) + 1):
                is_whole = start <= place.start and end >= place.end
                if start >= place.start and end <= place.end and (end not in inner or is_whole):
                    continue
                window = self.copy.folded[start:end]
                if not all(phonetic.writes(unit, self.copy.language) for unit in window):
                    continue
                for word in words:
                    found = phonetic.fit(window, word, self.copy.language)
                    if found is not None and phonetic.judge(found, self.copy.language) == "same":
                        return True
        return False

    # --- what excuses ---------------------------------------------------------------------------------------

    def _is_attested(self, place: NamePlace) -> bool:
        return place.form.is_full and bool(self.reference.by_name(place.form.text, place.form.language))

    def _is_same_person(self, place: NamePlace, candidate: NamePlace) -> bool:
        """Whether both are mentions of one person: Holly for Willoughby."""
        persons = [
            self.analysis.person_of(f"{p.document}:person:{p.start}-{p.end}") for p in (place, candidate)
        ]
        return persons[0] is not None and persons[1] is not None and persons[0].id == persons[1].id

    def _same_reference(self, a: NamePlace, b: NamePlace) -> bool:
        """Whether the reference knows one person by both forms."""

        def known(form: NameForm) -> set[str]:
            found = self.reference.by_name(form.text, form.language) or self.reference.by_surname(
                form.text, form.language
            )
            return {person.id for person in found}

        return bool(known(a.form) & known(b.form))

    def _is_rendering(self, place: NamePlace, candidate: NamePlace) -> bool:
        """Whether the copy writes the account's name like this in other places too: the translator's way to render it."""
        folded = fold(place.form.text, place.form.language)
        target = fold(candidate.form.text, candidate.form.language)
        return any(
            block.account.document.id == candidate.document
            and place.sentence not in block.right
            and self.copy.holds(folded, block.right)
            and block.account.holds(target, block.left)
            for block in self.blocks
        )

    def _is_transliteration(self, place: NamePlace) -> bool:
        """Whether all characters of a Chinese form are ones that transliterations use."""
        return all(phonetic.writes(c, place.form.language) for c in place.form.text if c.isalnum())

    def _text(self, document: str) -> NameText:
        return next(account for account in (*self.accounts, self.copy) if account.document.id == document)

    def _text_of(self, place: NamePlace) -> NameText:
        return self._text(place.document)

    def _conflict(
        self, check: str, place: NamePlace, candidate: NamePlace, reason: str, confidence: float
    ) -> NameOutcome:
        conflict = NameConflict(
            check, place.span, (candidate.span,), place.form.text, candidate.form.text, reason, confidence
        )
        return NameOutcome(place, candidate.document, conflict=conflict)
