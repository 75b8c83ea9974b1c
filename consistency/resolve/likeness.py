"""Whether two written forms can be one name, within a script and across scripts, word by word.

SAME allows what languages legitimately do to a name: accents, transliteration conventions (Poutine, Zelensky), case
endings, letters written together with it. NEAR is a spelling so close that one is probably meant for the other
(Antony, Anthony); DIFFERENT is another name; UNKNOWN is everything that cannot be told from the letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from consistency.extract.names_table import NamesTable, has_names, names
from consistency.languages.loader import available, fold, load
from consistency.resolve import phonetic, romanise
from consistency.resolve.romanise import Verdict


class Likeness(IntEnum):
    UNKNOWN = 0
    DIFFERENT = 1
    NEAR = 2
    SAME = 3


NEAR_LENGTH = 4
"""Shortest word that can have a near-miss spelling by one letter."""
NEAR_SHARE = 0.26
"""Most letters of the longer word that a near-miss may change: two in eight (Brian/Bryan, Jinping/Jinpeng)."""


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name as written in one language."""

    language: str
    text: str
    family: str | None = None
    given: str | None = None
    is_full: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return words_of(self.text, self.language)


@lru_cache(maxsize=20_000)
def words_of(text: str, language: str) -> tuple[str, ...]:
    """The words of a name that count, folded: no initials, particles and suffixes."""
    pack = names(language)
    found = re.findall(r"[^\W\d_]+", fold(text, language))
    kept = [w for w in found if len(w) > 1 and w not in pack.particles and w not in pack.suffixes]
    return tuple(kept or found)


@cache
def script(language: str) -> str:
    return names(language).table.script if has_names(language) else "latin"


LATIN_LANGUAGE = "en"


def script_of(word: str, language: str) -> str:
    """The script of a word as written: Latin letters are Latin in a text of any language."""
    return "latin" if word[:1] < "\u0250" and word[:1].isalpha() else script(language)


@cache
def _conventions(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(own), sound) for own, sound in names(language).table.sounds)


@cache
def _equivalents() -> dict[str, frozenset[int]]:
    """Folded form -> groups of names that languages translate, over all packs."""
    groups: dict[str, set[int]] = {}
    number = 0
    for code in available():
        if has_names(code):
            for group in load(code, "names", NamesTable).name_equivalents:
                for form in group:
                    groups.setdefault(_equivalence_key(form, code), set()).add(number)
                number += 1
    return {form: frozenset(numbers) for form, numbers in groups.items()}


def _equivalence_key(form: str, language: str) -> str:
    return phonetic.latin_key(form) if script_of(form, language) == "latin" else fold(form, language)


@lru_cache(maxsize=40_000)
def compare_words(a: str, language_a: str, b: str, language_b: str) -> Likeness:
    """Likeness of two single words of names."""
    script_a, script_b = script_of(a, language_a), script_of(b, language_b)
    # A name left in Latin letters inside a text in another script follows no convention of that language.
    language_a = language_a if script(language_a) == script_a else LATIN_LANGUAGE
    language_b = language_b if script(language_b) == script_b else LATIN_LANGUAGE
    known = _equivalents()
    if known.get(_equivalence_key(a, language_a), frozenset()) & known.get(
        _equivalence_key(b, language_b), frozenset()
    ):
        return Likeness.SAME
    if script_a == script_b == "latin":
        return _latin(a, language_a, b, language_b)
    if script_a == script_b:
        return _same_script(a, b, language_a)
    if script_a == "latin" or script_b == "latin":
        if script_a == "latin":
            a, language_a, b, language_b = b, language_b, a, language_a
        return _across(a, language_a, b)
    return Likeness.UNKNOWN


def _latin(a: str, language_a: str, b: str, language_b: str) -> Likeness:
    key_a, key_b = phonetic.latin_key(a), phonetic.latin_key(b)
    if not key_a or not key_b:
        return Likeness.UNKNOWN
    if key_a == key_b:
        return Likeness.SAME
    if language_a != language_b and _by_convention(key_a, language_a, key_b, language_b):
        return Likeness.SAME
    distance = OSA.distance(key_a, key_b)
    longest = max(len(key_a), len(key_b))
    if longest >= NEAR_LENGTH and distance <= max(1, NEAR_SHARE * longest) and distance <= 3:
        return Likeness.NEAR
    return Likeness.DIFFERENT


SHORTEST_BY_CONVENTION = 4
"""Shortest word whose spelling may differ by convention."""


def _by_convention(a: str, language_a: str, b: str, language_b: str) -> bool:
    """Whether two languages' ways to write names of other scripts make the words one: Poutine, Putin."""
    if min(len(a), len(b)) < SHORTEST_BY_CONVENTION:
        return False
    return _sounded(a, language_a) == _sounded(b, language_b)


@lru_cache(maxsize=20_000)
def _sounded(key: str, language: str) -> str:
    """A plain word in the letters that all packs share."""
    for own, sound in _conventions(language):
        key = own.sub(sound, key)
    return key


def _same_script(a: str, b: str, language: str) -> Likeness:
    if a == b or set(phonetic.variants(a, language)) & set(phonetic.variants(b, language)):
        return Likeness.SAME
    if script(language) == "han":
        return Likeness.DIFFERENT
    longest = max(len(a), len(b))
    distance = OSA.distance(a, b)
    return (
        Likeness.NEAR
        if longest >= NEAR_LENGTH and distance <= max(1, NEAR_SHARE * longest)
        else Likeness.DIFFERENT
    )


_JUDGED = {
    "same": Likeness.SAME,
    "slip": Likeness.NEAR,
    "other": Likeness.DIFFERENT,
    "unknown": Likeness.UNKNOWN,
}


def _across(foreign: str, language: str, latin: str) -> Likeness:
    if script(language) != "han" and not phonetic.may_fit(foreign, latin, language):
        return Likeness.DIFFERENT
    found = phonetic.best_fit(foreign, latin, language)
    return Likeness.UNKNOWN if found is None else _JUDGED[phonetic.judge(found, language)]


def is_native_chinese(name: NameForm) -> bool:
    """Whether the form is a Chinese-style name, read by character: family and given name without a dot."""
    return (
        script_of(name.text, name.language) == "han"
        and name.is_full
        and name.family is not None
        and "·" not in name.text
        and (name.given is not None and len(name.family) + len(name.given) == len(name.text))
    )


def compare(a: NameForm, b: NameForm) -> Likeness:
    """Likeness of two names: as strict as their most telling words.

    Two full names are SAME when family and given names are, NEAR when one of them is near and the other the same. A
    single name is held against each word of the other.
    """
    if is_native_chinese(b) and not is_native_chinese(a):
        a, b = b, a
    if is_native_chinese(a) and script_of(b.text, b.language) != "han":
        return _chinese(a, b)
    if a.is_full and b.is_full and len(a.words) > 1 and len(b.words) > 1:
        return _full(a, b)
    pairs = [compare_words(x, a.language, y, b.language) for x in a.words for y in b.words]
    if not pairs:
        return Likeness.UNKNOWN
    if Likeness.UNKNOWN in pairs and max(pairs) < Likeness.SAME:
        return Likeness.UNKNOWN
    return max(pairs)


def _chinese(a: NameForm, b: NameForm) -> Likeness:
    if script_of(b.text, b.language) == "cyrillic":
        judged = romanise.judge_cyrillic(a.text, b.text)
    elif script_of(b.text, b.language) == "latin":
        judged = romanise.judge(a.text, b.text)
    else:
        latin = romanise.pinyin_of(a.text)
        pairs = [max(compare_words(w, b.language, v, "en") for v in latin.lower().split()) for w in b.words]
        return min(pairs, default=Likeness.UNKNOWN)
    return {
        Verdict.CERTAIN: Likeness.SAME,
        Verdict.POSSIBLE: Likeness.SAME,
        Verdict.IMPOSSIBLE: Likeness.DIFFERENT,
        Verdict.UNKNOWN: Likeness.UNKNOWN,
    }[judged.verdict]


def _full(a: NameForm, b: NameForm) -> Likeness:
    """Family against family and given against given; in the other order for names that put the family name first."""
    if script_of(a.text, a.language) != script_of(b.text, b.language):
        return _full_across(a, b)
    best = Likeness.DIFFERENT
    unknown = False
    for order in (0, 1):
        words_b = b.words if order == 0 else b.words[::-1]
        family = compare_words(a.words[-1], a.language, words_b[-1], b.language)
        given = compare_words(a.words[0], a.language, words_b[0], b.language)
        if given == Likeness.DIFFERENT and _shares_middle(a, b):
            given = Likeness.SAME
        unknown |= Likeness.UNKNOWN in (family, given) and Likeness.DIFFERENT not in (family, given)
        both = min(family, given)
        if Likeness.UNKNOWN not in (family, given):
            best = max(best, both)
    return Likeness.UNKNOWN if unknown and best == Likeness.DIFFERENT else best


def _full_across(a: NameForm, b: NameForm) -> Likeness:
    """Full names in two scripts: another name only where no part can be the other's, a slip where one part is the same."""
    family = compare_words(a.words[-1], a.language, b.words[-1], b.language)
    given = compare_words(a.words[0], a.language, b.words[0], b.language)
    if Likeness.SAME not in (family, given):
        # Hungarian names stand family name first in Chinese, as at home.
        crossed = (
            compare_words(a.words[-1], a.language, b.words[0], b.language),
            compare_words(a.words[0], a.language, b.words[-1], b.language),
        )
        if Likeness.SAME in crossed or Likeness.NEAR in crossed:
            return min(crossed) if min(crossed) is not Likeness.NEAR else Likeness.UNKNOWN
    if family is given:
        return family if family is not Likeness.NEAR else Likeness.UNKNOWN
    if Likeness.SAME in (family, given) and Likeness.NEAR in (family, given):
        return Likeness.NEAR
    return Likeness.UNKNOWN


def _shares_middle(a: NameForm, b: NameForm) -> bool:
    """Whether a middle name of one is the first name of the other: Robert Francis Kennedy, Francis Kennedy."""
    if len(a.words) == len(b.words):
        return False
    longer, shorter = (a, b) if len(a.words) > len(b.words) else (b, a)
    return any(
        compare_words(w, longer.language, shorter.words[0], shorter.language) == Likeness.SAME
        for w in longer.words[1:-1]
    )
