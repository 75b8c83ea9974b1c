"""How well the letters of a foreign script write a Latin name: a monotone alignment with learnt costs.

Each unit of the foreign form (a Chinese character, a Cyrillic or Arabic letter) writes a chunk of Latin letters at a
cost of -ln P(chunk | unit), from ``transliteration.json`` of the pack (see `phonetic_training`) or from the hand-made
``[letters]`` of its names.toml. The mean cost tells whether two forms can be one name, the worst unit where they differ.
Error rates stand in docs/names.md.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from consistency.extract.names_table import names
from consistency.languages.loader import PACKS, fold

FLOOR = 8.0
"""Cost of a chunk that a unit was never seen to write: above all learnt costs (the table keeps P >= 0.0015, 6.5)."""
FLOOR_PER_LETTER = 0.5
BORROWED = 0.7
"""Added to the costs that a character takes from others of the same sound."""
MAX_CHUNK = 6
LETTER_STEP = 0.8
"""Hand-made tables: what each less usual spelling of a letter costs more than the one before."""
LETTER_BASE = 0.3
SILENT_VOWEL, SILENT_CONSONANT = 1.2, 2.6
"""Hand-made tables: Latin letters that no letter of the other script writes (-e, gh in Leigh; l in Malcolm)."""
DROPPED = 2.2
"""Hand-made tables: a letter of the other script that writes nothing (a case ending, alef before a vowel)."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a foreign form writes a Latin one. Costs in nats: 0 is perfect."""

    mean: float
    worst: float
    units: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a fit stops to be good. `same`: mean cost of the same name; `other`: from there another name."""

    same: float
    other: float


def latin_key(form: str) -> str:
    """Latin letters only, lower case, without marks; 'x' as 'ks' is left to the tables."""
    text = unicodedata.normalize("NFD", form.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d"))
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
    return bool(_tables(language)[0]) or bool(names(language).table.letters)


def is_learnt(language: str) -> bool:
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
    for number, chunk in enumerate(names(language).table.letters.get(unit, ())):
        costs[chunk] = min(costs.get(chunk, FLOOR), LETTER_BASE + LETTER_STEP * number)
    return costs


@lru_cache(maxsize=40_000)
def fit(foreign: str, latin: str, language: str) -> Fit | None:
    """How well `foreign` (of `language`) writes `latin`; None where either is empty or has letters without costs."""
    letters = latin_key(latin)
    units = [c for c in fold(foreign, language) if c.isalnum()]
    if not units or not letters or not can_compare(language):
        return None
    if is_learnt(language) and not (0.8 <= len(letters) / len(units) <= MAX_CHUNK):
        return Fit(FLOOR, FLOOR, len(units))
    return _align(units, letters, language)


def _align(units: list[str], letters: str, language: str) -> Fit | None:
    learnt = is_learnt(language)
    n, m = len(units), len(letters)
    infinite = float("inf")
    best = [[infinite] * (m + 1) for _ in range(n + 1)]
    back = [[(0, 0)] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    for i in range(n + 1):
        row = best[i]
        if not learnt:
            for j in range(m):
                skip = row[j] + (SILENT_VOWEL if letters[j] in "aeiouyhw" else SILENT_CONSONANT)
                if skip < row[j + 1]:
                    row[j + 1] = skip
                    back[i][j + 1] = (i, j)
        if i == n:
            break
        costs = _unit_costs(language, units[i])
        for j in range(m + 1):
            if row[j] == infinite:
                continue
            for k in range(j, min(m, j + MAX_CHUNK) + 1):
                cost = costs.get(letters[j:k])
                if cost is None:
                    if learnt:
                        cost = FLOOR + FLOOR_PER_LETTER * abs(k - j - 2)
                    elif k == j:
                        cost = DROPPED
                    elif k == j + 1:
                        cost = FLOOR / 2
                    else:
                        continue
                if row[j] + cost < best[i + 1][k]:
                    best[i + 1][k] = row[j] + cost
                    back[i + 1][k] = (i, j)
    if best[n][m] == infinite:
        return Fit(FLOOR, FLOOR, n)
    worst, at = 0.0, (n, m)
    while at != (0, 0):
        before = back[at[0]][at[1]]
        worst = max(worst, best[at[0]][at[1]] - best[before[0]][before[1]])
        at = before
    return Fit(round(best[n][m] / n, 3), round(worst, 3), n)


def limits(language: str) -> Limits:
    """Where fits of this script stop to be good.

    Learnt table (Chinese), on 3,000 held-out names: a mean above 3.7 rejects 5 % of true pairs and accepts 0.1 % of
    random ones; above 5.0 rejects 1.5 % and accepts 1.4 %. Between the two nothing is claimed. The hand-made tables'
    costs are spread over more units; their limits come from names of the reference (docs/names.md).
    """
    return Limits(3.7, 5.0) if is_learnt(language) else Limits(1.15, 1.6)


def variants(form: str, language: str) -> tuple[str, ...]:
    """The form without case endings or letters written together with it, itself first."""
    pack = names(language).table
    folded = fold(form, language)
    found = [folded]
    for clitic in pack.clitics:
        found.extend(f[len(clitic) :] for f in list(found) if f.startswith(clitic) and len(f) - len(clitic) >= 2)
    for ending in pack.endings:
        found.extend(f[: -len(ending)] for f in list(found[:4]) if f.endswith(ending) and len(f) - len(ending) >= 3)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=40_000)
def best_fit(foreign: str, latin: str, language: str) -> Fit | None:
    """The best fit over the form's variants."""
    fits = [found for form in variants(foreign, language) if (found := fit(form, latin, language)) is not None]
    return min(fits, key=lambda found: (found.mean, found.worst), default=None)


@cache
def writes(unit: str, language: str) -> bool:
    """Whether the unit is used in transliterations at all."""
    return unit in _tables(language)[0] or unit in names(language).table.letters
