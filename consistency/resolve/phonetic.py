"""How well the letters of a foreign script write a Latin name: a monotone alignment with learnt costs.

Each unit of the foreign form (a Chinese character, a Cyrillic or Arabic letter) writes a chunk of Latin letters at a
cost of -ln P(chunk | unit), from ``transliteration.json`` of the pack (see `phonetic_training`). The mean cost tells whether two forms can be one name, the worst unit where they differ.
Error rates stand in docs/names.md.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from string import ascii_lowercase

from rapidfuzz.distance import Levenshtein

from consistency.errors import LanguageError
from consistency.extract.names_table import SoundLimits, names
from consistency.languages.loader import PACKS, fold

FLOOR = 12.0
"""Most that one unit can cost, in nats."""
WINDOW_SHARE = 0.85
"""A window of running text may happen to sound like a name: it must fit better than a name found by its context."""
BORROWED = 0.7
"""Added to the costs that a character takes from others of the same sound."""
UNSEEN = 3.0
"""What a chunk that a unit was never seen to write costs besides its distance from the chunks that it writes."""
COMMON_CHUNK = 5.0
"""Chunks that cost more than this are no models for unseen ones."""
MOST_EDITS = 2
"""Chunks further apart than this are not compared."""
MAX_CHUNK = 6
SHORTEST = 0.5
"""Fewest Latin letters a unit: 约翰 John has two, Cyrillic and Arabic about one."""

_VOWELS = "aeiouy"
_CLASSES = ("bp", "dt", "gkcq", "szcx", "vfw", "lr", "mn", "jyi", "jg", "hj")
"""Consonants that languages hear, and romanisations write, for one another."""
CHANGED_VOWEL, CHANGED_IN_CLASS, CHANGED = 1.2, 2.0, 5.5
ADDED_VOWEL, ADDED_SOFT, ADDED, DOUBLED = 1.3, 1.8, 3.2, 0.6
"""Costs of the distance between chunks. Set on the "valid" lines of the names data together with UNSEEN."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a foreign form writes a Latin one. Costs in nats: 0 is perfect."""

    mean: float
    worst: float
    units: int
    rest: float = 0.0
    """Mean cost of the units other than the worst; 0 for a single unit."""


def latin_key(form: str) -> str:
    """Latin letters only, lower case, without marks; 'x' as 'ks' is left to the tables."""
    text = unicodedata.normalize(
        "NFD", form.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    )
    text = text.replace("æ", "ae").replace("œ", "oe").replace("ı", "i")
    return re.sub(r"[^a-z]", "", text)


@cache
def _tables(language: str) -> tuple[Mapping[str, Mapping[str, float]], Mapping[str, Mapping[str, float]]]:
    path = PACKS / language / "transliteration.json"
    if not path.is_file():
        return {}, {}
    content = json.loads(path.read_text(encoding="utf-8"))
    return content["characters"], content.get("sounds", {})


def can_compare(language: str) -> bool:
    """Whether the pack has costs for its script."""
    return bool(_tables(language)[0])


@cache
def _unit_costs(language: str, unit: str) -> Mapping[str, float]:
    characters, sounds = _tables(language)
    costs = dict(characters.get(unit, {}))
    if sounds:
        from consistency.resolve.romanise import readings

        for reading in readings(unit)[:1]:
            for chunk, cost in sounds.get(reading, {}).items():
                costs[chunk] = min(costs.get(chunk, FLOOR), cost + BORROWED)
    return costs


@lru_cache(maxsize=200_000)
def chunk_cost(language: str, unit: str, chunk: str) -> float:
    """What it costs that a unit writes this chunk of Latin letters: learnt, or by distance from what it does write."""
    costs = _unit_costs(language, unit)
    best = costs.get(chunk, FLOOR)
    for known, cost in _models(language, unit):
        if cost + UNSEEN >= best:
            break
        if (
            abs(len(known) - len(chunk)) <= 2
            and Levenshtein.distance(known, chunk, score_cutoff=MOST_EDITS) <= MOST_EDITS
        ):
            best = min(best, cost + UNSEEN + _distance(known, chunk))
    return best


@cache
def _models(language: str, unit: str) -> tuple[tuple[str, float], ...]:
    """The chunks that a unit usually writes, cheapest first."""
    found = [(chunk, cost) for chunk, cost in _unit_costs(language, unit).items() if cost < COMMON_CHUNK]
    return tuple(sorted(found, key=lambda item: (item[1], item[0])))


@lru_cache(maxsize=100_000)
def _distance(a: str, b: str) -> float:
    """Weighted edit distance of two chunks: vowels and related consonants change cheaply."""
    row = [0.0]
    for j, letter in enumerate(b):
        row.append(row[-1] + _ADDED[letter, b[j - 1] if j else ""])
    for i, letter in enumerate(a):
        drop = _ADDED[letter, a[i - 1] if i else ""]
        previous, row = row, [row[0] + drop]
        for j, other in enumerate(b):
            cost = previous[j] + _CHANGED[letter, other]
            if (dropped := previous[j + 1] + drop) < cost:
                cost = dropped
            if (added := row[j] + _ADDED[other, b[j - 1] if j else ""]) < cost:
                cost = added
            row.append(cost)
    return row[-1]


def _added(letter: str, before: str) -> float:
    if letter == before:
        return DOUBLED
    return ADDED_VOWEL if letter in _VOWELS else ADDED_SOFT if letter in "hrwgt" else ADDED


def _changed(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if a in _VOWELS and b in _VOWELS:
        return CHANGED_VOWEL
    return CHANGED_IN_CLASS if any(a in group and b in group for group in _CLASSES) else CHANGED


_ADDED = {(a, b): _added(a, b) for a in ascii_lowercase for b in (*ascii_lowercase, "")}
_CHANGED = {(a, b): _changed(a, b) for a in ascii_lowercase for b in ascii_lowercase}


@lru_cache(maxsize=40_000)
def fit(foreign: str, latin: str, language: str) -> Fit | None:
    """How well `foreign` (of `language`) writes `latin`; None where either is empty or has letters without costs."""
    letters = latin_key(latin)
    units = [c for c in fold(foreign, language) if c.isalnum()]
    if not units or not letters or not can_compare(language):
        return None
    if not SHORTEST <= len(letters) / len(units) <= MAX_CHUNK:
        return Fit(FLOOR, FLOOR, len(units), FLOOR)
    return _align(units, letters, language)


def _align(units: list[str], letters: str, language: str) -> Fit:
    n, m = len(units), len(letters)
    infinite = float("inf")
    best = [[infinite] * (m + 1) for _ in range(n + 1)]
    back = [[0] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    for i, unit in enumerate(units):
        row, following = best[i], best[i + 1]
        for j in range(m + 1):
            if row[j] == infinite:
                continue
            for k in range(j, min(m, j + MAX_CHUNK) + 1):
                cost = row[j] + chunk_cost(language, unit, letters[j:k])
                if cost < following[k]:
                    following[k] = cost
                    back[i + 1][k] = j
    if best[n][m] == infinite:
        return Fit(FLOOR, FLOOR, n, FLOOR)
    worst, at = 0.0, m
    for i in range(n, 0, -1):
        before = back[i][at]
        worst = max(worst, best[i][at] - best[i - 1][before])
        at = before
    rest = (best[n][m] - worst) / (n - 1) if n > 1 else 0.0
    return Fit(round(best[n][m] / n, 3), round(worst, 3), n, round(rest, 3))


def limits(language: str) -> SoundLimits:
    """Where fits of this language's script stop to be good: data of the pack, with the measurement beside it."""
    found = names(language).table.sound_limits
    if found is None:
        raise LanguageError(
            f"languages/{language}/names.toml has no sound_limits for its transliteration.json"
        )
    return found


def judge(found: Fit, language: str) -> str:
    """'same', 'slip', 'other' or 'unknown'."""
    limit = limits(language)
    if found.worst <= limit.same and found.mean <= limit.same_mean:
        return "same"
    if found.worst >= limit.slip and found.rest <= limit.slip_rest and found.units >= limit.slip_units:
        return "slip"
    if found.units < limit.shortest:
        return "unknown"
    return "other" if found.mean >= limit.other else "unknown"


def stands_in(latin: str, text: str, language: str, longest: int, share: float = WINDOW_SHARE) -> bool:
    """Whether some window of two to `longest` units of a text in a learnt script writes the Latin word well."""
    letters = latin_key(latin)
    m = len(letters)
    if m < 3:
        return False
    limit = limits(language)
    for start in range(len(text) - 1):
        reached = {0}
        for size in range(1, longest + 1):
            at = start + size - 1
            if at >= len(text) or not writes(text[at], language):
                break
            reached = {
                k
                for j in reached
                for k in range(j, min(m, j + MAX_CHUNK) + 1)
                if chunk_cost(language, text[at], letters[j:k]) <= limit.same
            }
            if not reached:
                break
            if size > 1 and m in reached:
                found = fit(text[start : at + 1], latin, language)
                if found is not None and found.worst <= limit.same and found.mean <= limit.same_mean * share:
                    return True
    return False


def variants(form: str, language: str) -> tuple[str, ...]:
    """The form without case endings or letters written together with it, itself first."""
    pack = names(language).table
    folded = fold(form, language)
    found = [folded]
    for clitic in pack.clitics:
        found.extend(
            f[len(clitic) :] for f in list(found) if f.startswith(clitic) and len(f) - len(clitic) >= 2
        )
    for ending in pack.endings:
        found.extend(
            f[: -len(ending)] for f in list(found[:4]) if f.endswith(ending) and len(f) - len(ending) >= 3
        )
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=40_000)
def best_fit(foreign: str, latin: str, language: str) -> Fit | None:
    """The best fit over the form's variants."""
    fits = [
        found for form in variants(foreign, language) if (found := fit(form, latin, language)) is not None
    ]
    return min(fits, key=lambda found: (found.mean, found.worst), default=None)


_SKELETON = {
    letter: number
    for number, letters in enumerate(("bpfv", "dt", "szcx", "gkqj", "l", "r", "mn"))
    for letter in letters
}
SKELETON_SHARE = 0.6
"""Most of the longer consonant skeleton that two forms of one name may differ in. Of the words of the reference's Russian
names 2.3 % lie beyond it and of the Arabic ones 0.7 %, measured with a floor of one letter, which is two now."""


@lru_cache(maxsize=100_000)
def _skeleton(latin: str) -> tuple[int, ...]:
    """Classes of the consonants of a Latin word, doubled ones once."""
    classes = [_SKELETON[letter] for letter in latin if letter in _SKELETON]
    return tuple(c for number, c in enumerate(classes) if number == 0 or classes[number - 1] != c)


@lru_cache(maxsize=100_000)
def _usual(foreign: str, language: str) -> str:
    """The word in the likeliest Latin letters."""
    return "".join(models[0][0] if (models := _models(language, unit)) else "" for unit in foreign)


def may_fit(foreign: str, latin: str, language: str) -> bool:
    """A quick look whether a word of an alphabet can be the Latin one at all, by consonants: for most pairs it cannot."""
    target = _skeleton(latin_key(latin))
    for form in variants(foreign, language):
        own = _skeleton(_usual(form, language))
        if Levenshtein.distance(own, target) <= max(2, SKELETON_SHARE * max(len(own), len(target))):
            return True
    return False


@cache
def writes(unit: str, language: str) -> bool:
    """Whether the unit is used in transliterations at all."""
    return unit in _tables(language)[0]
