"""Whether a Latin or Cyrillic form can be the romanisation of a Chinese name, and why.

A form is CERTAIN where it is the pinyin of the name (or an established or attested form), POSSIBLE where another
system gives it (Wade-Giles, Cantonese, a Korean or Vietnamese reading), IMPOSSIBLE where none does. Readings come from
pypinyin; readings of family names and the other systems' tables are data of the Chinese pack.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from consistency.languages.loader import Table, fold, load


class Verdict(StrEnum):
    """Whether two written forms can name one person."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the reason for a message."""

    verdict: Verdict
    reason: str


class RomanisationTable(Table):
    """Shape of `romanisation.toml` of a pack whose script is romanised by reading."""

    surname_readings: dict[str, tuple[str, ...]] = {}
    """Family names whose reading differs from the usual one of the character: 单 shan."""
    cantonese: dict[str, tuple[str, ...]] = {}
    """Readings in Hong Kong's and Macao's usual spelling."""
    korean: dict[str, tuple[str, ...]] = {}
    vietnamese: dict[str, tuple[str, ...]] = {}
    established: dict[str, tuple[str, ...]] = {}
    """Whole names with a form of their own: 孙中山 Sun Yat-sen."""
    wade_giles_initials: tuple[tuple[str, str], ...] = ()
    wade_giles_finals: tuple[tuple[str, str], ...] = ()
    cyrillic_initials: tuple[tuple[str, str], ...] = ()
    cyrillic_finals: tuple[tuple[str, str], ...] = ()
    common_surnames: str = ""
    """Family names by which a reading is explained: Chen is 陈 or 程."""


LANGUAGE = "zh"
"""The pack that holds the tables: the one whose names are read character by character."""

_INITIALS = (
    "zh",
    "ch",
    "sh",
    "b",
    "p",
    "m",
    "f",
    "d",
    "t",
    "n",
    "l",
    "g",
    "k",
    "h",
    "j",
    "q",
    "x",
    "r",
    "z",
    "c",
    "s",
    "y",
    "w",
)
_FINALS = (
    "a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang v ve ue er "
    "van vn ue"
).split()


@cache
def syllables() -> frozenset[str]:
    """All strings that have the shape of a pinyin syllable, with ü as v or u."""
    made = {initial + final for initial in _INITIALS for final in _FINALS}
    made |= {"a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "er"}
    impossible = {
        i + f
        for i in ("b", "p", "m", "f")
        for f in ("ong", "ua", "uan", "un", "uang", "uai", "ui", "iong", "iang")
    }
    impossible |= {
        i + f
        for i in ("j", "q", "x")
        for f in (
            "a",
            "o",
            "e",
            "ai",
            "ei",
            "ao",
            "ou",
            "an",
            "en",
            "ang",
            "eng",
            "ong",
            "ua",
            "uo",
            "uai",
            "ui",
            "uang",
        )
    }
    impossible |= {
        i + f
        for i in ("zh", "ch", "sh", "r", "z", "c", "s", "g", "k", "h", "f")
        for f in ("ia", "ie", "iao", "iu", "ian", "in", "iang", "ing", "iong", "v", "ve", "van", "vn")
    }
    impossible |= {"gi", "ki", "hi", "fi", "fai", "fao", "fe"}
    impossible |= {
        i + f
        for i in ("y", "w")
        for f in ("ia", "ie", "iao", "iu", "ian", "iang", "iong", "ing", "uo", "uai", "ui", "uang", "ua")
    } - {"ying"}
    return frozenset(made - impossible) | {"ying", "yin", "yi"}


@cache
def cut_syllables(word: str) -> tuple[str, ...] | None:
    """A folded word as one to three pinyin syllables; None where it is none."""
    for size in (1, 2, 3):
        found = _cut(word, size)
        if found:
            return found
    return None


def _cut(word: str, size: int) -> tuple[str, ...] | None:
    if size == 1:
        return (word,) if word in syllables() else None
    for end in range(min(6, len(word) - 1), 0, -1):
        if word[:end] in syllables() and (rest := _cut(word[end:], size - 1)):
            return (word[:end], *rest)
    return None


def plain(form: str) -> str:
    """Letters of a Latin form, lower case, without marks: 'Lü Bu' -> 'lu bu'. Apostrophes go, hyphens become spaces."""
    text = unicodedata.normalize("NFD", form.replace("ü", "v").replace("Ü", "v").casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"[’'ʼ‘`]", "", text)
    return " ".join(re.findall(r"[^\W\d_]+", text))


@cache
def table() -> RomanisationTable:
    return load(LANGUAGE, "romanisation", RomanisationTable)


@cache
def readings(character: str, is_surname: bool = False) -> tuple[str, ...]:
    """Pinyin readings without tones, the usual one first. Empty for a character without any."""
    known = table().surname_readings.get(character)
    if is_surname and known:
        return known
    found = _pinyin_of(character)
    if len(character) > 1:
        return ("".join(group[0] for group in found),) if found else ()
    return tuple(dict.fromkeys(reading.replace("ü", "v") for reading in found[0])) if found else ()


def _pinyin_of(text: str) -> list[list[str]]:
    """pypinyin's readings of each character, without tones."""
    if "pypinyin" not in sys.modules:
        # Its table of phrases takes 47 MB and 0.15 s and is of words. Names are read character by character, and the
        # double surnames that it would read otherwise stand in the pack's surname_readings.
        before = os.environ.get("PYPINYIN_NO_PHRASES")
        os.environ["PYPINYIN_NO_PHRASES"] = "true"
        try:
            import pypinyin  # noqa: F401
        finally:
            if before is None:
                del os.environ["PYPINYIN_NO_PHRASES"]
            else:
                os.environ["PYPINYIN_NO_PHRASES"] = before
    from pypinyin import Style, pinyin

    return pinyin(text, style=Style.NORMAL, heteronym=True, errors="ignore")


@cache
def wade_giles(syllable: str) -> str:
    """The Wade-Giles spelling of a pinyin syllable, without apostrophes and marks."""
    initial = next((i for i in _INITIALS if syllable.startswith(i)), "")
    final = syllable[len(initial) :]
    initials, finals = dict(table().wade_giles_initials), dict(table().wade_giles_finals)
    whole = finals.get(syllable)
    return whole if whole is not None else initials.get(initial, initial) + finals.get(final, final)


@cache
def cyrillic(syllable: str) -> str:
    """The Russian (Palladius) spelling of a pinyin syllable."""
    initial = next((i for i in _INITIALS if syllable.startswith(i)), "")
    final = syllable[len(initial) :]
    initials, finals = dict(table().cyrillic_initials), dict(table().cyrillic_finals)
    if syllable in finals:
        return finals[syllable]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "v" + final[1:]
    if initial in ("zh", "ch", "sh", "r") and final == "i":
        return initials[initial] + "и"
    if initial in ("z", "c", "s") and final == "i":
        return initials[initial] + "ы"
    return initials.get(initial, initial) + finals.get(final, final)


MAX_READINGS = 3
"""Readings of a character that count: pypinyin lists rare and archaic ones behind the usual ones (平 also as pian, peng)."""

PINYIN, WADE_GILES = "pinyin", "Wade-Giles"


@cache
def _latin_forms(character: str, is_surname: bool) -> dict[str, frozenset[str]]:
    """Spelling -> systems, of one character (or two-character family name)."""
    forms: dict[str, set[str]] = {}
    for number, reading in enumerate(readings(character, is_surname)[:MAX_READINGS]):
        for spelling in (reading, reading.replace("v", "u"), reading.replace("v", "yu")):
            forms.setdefault(spelling, set()).add(PINYIN)
        if len(character) == 1 and number == 0:
            for spelling in (wade_giles(reading), wade_giles(reading).replace("tz", "ts")):
                forms.setdefault(spelling, set()).add(WADE_GILES)
    for system, known in _other_systems():
        for spelling in known.get(character, ()):
            forms.setdefault(spelling, set()).add(system)
    return {spelling: frozenset(systems) for spelling, systems in forms.items()}


def _other_systems() -> tuple[tuple[str, dict[str, tuple[str, ...]]], ...]:
    """Systems of which only family names are listed."""
    return ("Cantonese", table().cantonese), ("Korean", table().korean), ("Vietnamese", table().vietnamese)


def family_length(name: str) -> int:
    """Characters of the family name that a Chinese name begins with, by the list of two-character family names."""
    from consistency.extract.names_table import names

    return 2 if len(name) > 2 and name[:2] in names(LANGUAGE).table.compound.split() else 1


def judge(chinese: str, latin: str) -> Judgement:
    """Whether a Latin form (full name in either order, or a family or given name alone) can write the Chinese name.

    `chinese` is a name of two to four characters; traditional characters are read as simplified ones.
    """
    name = fold(chinese, LANGUAGE)
    words = plain(latin).split()
    if not words or not name:
        return Judgement(Verdict.UNKNOWN, "there is nothing to compare")
    for form in table().established.get(name, ()):
        if "".join(plain(form).split()) == "".join(words):
            return Judgement(Verdict.CERTAIN, f"{latin} is the established form of {chinese}")
    size = family_length(name)
    family, given = name[:size], name[size:]
    best: Judgement | None = None
    is_hyphenated = bool(re.search(r"[^\W\d_][-‐‑][^\W\d_]", latin))
    for family_words, given_words in _splits(words):
        in_family = _writes(family, "".join(family_words), True) if family_words else None
        in_given = _writes(given, "".join(given_words), False) if given_words else None
        if in_family is None and in_given is None:
            continue
        systems = in_given if in_family is None else in_family if in_given is None else in_family & in_given
        assert systems is not None
        if PINYIN in systems:
            return Judgement(Verdict.CERTAIN, f"{chinese} is {pinyin_of(name)}")
        if systems:
            best = Judgement(
                Verdict.POSSIBLE, f"{latin} can be {chinese} in {' or '.join(sorted(systems))} spelling"
            )
        # Given names outside pinyin follow no table of ours (Hui Ching-yu, Ri Yong Ho, Tsai Ing-wen).
        elif (
            in_family
            and given_words
            and (in_family - {PINYIN, WADE_GILES} or is_hyphenated)
            and _starts_alike(given, "".join(given_words))
        ):
            best = best or Judgement(Verdict.POSSIBLE, f"{family_words[0].capitalize()} can be {family}")
    if best is not None:
        return best
    return Judgement(Verdict.IMPOSSIBLE, explain(name, words))


def _splits(words: list[str]) -> Iterable[tuple[list[str], list[str]]]:
    """(family words, given words) in both orders, and either alone."""
    if len(words) == 1:
        yield words, []
        yield [], words
        cut = cut_syllables(words[0])
        if cut and len(cut) > 1:
            yield [cut[0]], list(cut[1:])
        return
    for at in range(1, len(words)):
        yield words[:at], words[at:]
        yield words[at:], words[:at]


def _writes(characters: str, letters: str, is_surname: bool) -> frozenset[str]:
    """The systems in which the letters write the characters."""
    if is_surname and len(characters) > 1:
        return _latin_forms(characters, True).get(letters, frozenset())
    paths: list[tuple[str, frozenset[str]]] = [
        ("", frozenset({PINYIN, WADE_GILES, *(name for name, _ in _other_systems())}))
    ]
    for character in characters:
        paths = [
            (made + spelling, systems & known)
            for made, systems in paths
            for spelling, known in _latin_forms(character, is_surname).items()
            if letters.startswith(made + spelling) and systems & known
        ]
    return frozenset().union(*(systems for made, systems in paths if made == letters))


def part_fits(chinese: str, latin: str, is_family: bool) -> bool:
    """Whether a Latin family (or given) name alone can write that of the Chinese name."""
    name = fold(chinese, LANGUAGE)
    size = family_length(name)
    letters = "".join(plain(latin).split())
    return bool(_writes(name[:size] if is_family else name[size:], letters, is_family))


_RELATED_INITIALS = ("bpm f", "dtzcjqs", "gkhyjxw", "rlnyj", "zhcjtsxd", "wvumyoe", "iyae")


def _starts_alike(characters: str, letters: str) -> bool:
    """Whether the first sound of a given name is not out of the question in another system."""
    first = (readings(characters[0]) or ("",))[0][:1] if characters else ""
    return (
        not first
        or not letters
        or letters[0] == first
        or any(first in group and letters[0] in group for group in _RELATED_INITIALS)
    )


def judge_cyrillic(chinese: str, russian: str) -> Judgement:
    """As `judge`, for a Russian form; case endings are allowed for."""
    name = fold(chinese, LANGUAGE)
    words = re.findall(r"[а-яё]+", russian.casefold().replace("ё", "е"))
    if not words or not name:
        return Judgement(Verdict.UNKNOWN, "there is nothing to compare")
    size = family_length(name)
    family = {"".join(cyrillic(s) for s in (cut_syllables(r) or (r,))) for r in readings(name[:size], True)}
    paths = {""}
    for character in name[size:]:
        paths = {made + cyrillic(reading) for made in paths for reading in readings(character)}
    targets = {*family, *paths, *(f + g for f in family for g in paths)}
    joined = "".join(words)
    for target in sorted(targets):
        stem = target.rstrip("ьй")
        if joined == target or (joined.startswith(stem) and len(joined) - len(target) <= 2):
            return Judgement(Verdict.CERTAIN, f"{chinese} is {pinyin_of(name)}, in Russian {russian}")
    return Judgement(Verdict.IMPOSSIBLE, f"{chinese} is {pinyin_of(name)}")


@cache
def pinyin_of(name: str) -> str:
    """The usual pinyin of a Chinese name, family name first: 秦刚 -> 'Qin Gang'."""
    size = family_length(name)
    family = (readings(name[:size], True) or ("?",))[0].replace("v", "ü")
    sounds = [(readings(character) or ("?",))[0] for character in name[size:]]
    given = "".join(s if not i or s[0] not in "aeo" else f"\u2019{s}" for i, s in enumerate(sounds)).replace(
        "v", "ü"
    )
    return f"{family.capitalize()} {given.capitalize()}".strip()


def explain(name: str, words: list[str]) -> str:
    """Why none of the systems fits: what the name is, and whose name the Latin form would be."""
    size = family_length(name)
    forms = _latin_forms(name[:size], True)
    usual = {r.replace("v", "u") for r in readings(name[:size], True)[1:]}
    spellings = sorted(s for s in forms if s not in usual)
    reason = f"{name} is {pinyin_of(name)}; {name[:size]} is written {', '.join(s.capitalize() for s in spellings)}"
    others = surnames_read(words[0])
    if words[0] not in spellings and others:
        reason += f", while {words[0].capitalize()} would be {', '.join(others)}"
    return reason


@cache
def surnames_read(spelling: str) -> tuple[str, ...]:
    """Frequent Chinese family names that are read so in pinyin, at most three."""
    from consistency.extract.names_table import names

    listed = "".join(names(LANGUAGE).table.surnames.split())[:200]
    return tuple([c for c in listed if spelling in readings(c, True)][:3])
