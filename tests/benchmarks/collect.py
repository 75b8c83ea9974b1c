"""The benchmark's cases: fixtures, NTREX clean and with planted errors, DEMETR, White House readouts, real events.

What the data folder does not hold is left out, and `missing` says so. Nothing is drawn at random: a sample is every n-th
document or item, and planted errors depend on the seed alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from consistency.checker import Checker
from consistency.evaluation.cases import Case, read_cases
from consistency.evaluation.datasets import (
    DEMETR_FAMILIES,
    demetr_cases,
    event_cases,
    ntrex_cases,
    readout_cases,
)
from consistency.evaluation.mutations import Material, mutate, mutators, paragraph_blocks
from consistency.types import Family

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"
DATA = ROOT.parent / "shared" / "data" / "dev"
LANGUAGES = ("zh", "fr", "es", "ru", "ar")
FOLDERS = {"ntrex": "ntrex", "demetr": "demetr", "readouts": "readouts_en", "real_events": "real_events"}
SETS = ("fixtures", *FOLDERS)
SEED = 20230614
"""Of the planted errors: the day of the call that the project began with."""
LONG_SENTENCE = 20
"""Code points from which another document's sentence is long enough to be noticed as added."""
LONG_QUOTATION = 12
"""Code points from which another document's quotation is one, not a word in scare quotes."""


@dataclass(frozen=True)
class Choice:
    """What to run. `step` n takes every n-th document or item of the large sets; `count` errors a document and family."""

    sets: tuple[str, ...] = SETS
    languages: tuple[str, ...] = LANGUAGES
    families: tuple[Family, ...] = tuple(mutators())
    count: int = 1
    step: int = 1
    seed: int = SEED


def missing(data: Path, choice: Choice) -> list[str]:
    """The chosen sets that the folder does not hold."""
    return [name for name in choice.sets if name != "fixtures" and not (data / FOLDERS[name]).is_dir()]


def collect(data: Path, choice: Choice) -> Iterator[Case]:
    """All cases of the chosen sets that are there, sets in the order of `SETS`."""
    there = [name for name in SETS if name in choice.sets and name not in missing(data, choice)]
    if "fixtures" in there:
        for gold in sorted(FIXTURES.glob("*/gold.json")):
            yield from read_cases(gold.parent)
    if "ntrex" in there:
        for language in choice.languages:
            yield from _ntrex(data, language, choice)
    if "demetr" in there:
        yield from _demetr(data, choice)
    if "readouts" in there:
        yield from _every(readout_cases(data), choice.step)
    if "real_events" in there:
        yield from event_cases(data)


def _demetr(data: Path, choice: Choice) -> Iterator[Case]:
    """Each clean translation once, and each marred one."""
    seen: set[Case] = set()
    for kind in DEMETR_FAMILIES:
        if (data / "demetr" / f"{kind}.jsonl").is_file():
            # An item is two cases, clean and marred: a sample keeps both.
            for number, case in enumerate(demetr_cases(data, kind)):
                if (number // 2) % choice.step == 0 and (case.is_variant or case not in seen):
                    seen.add(case)
                    yield case


def _every(cases: Iterable[Case], step: int) -> Iterator[Case]:
    return (case for number, case in enumerate(cases) if number % step == 0)


def _ntrex(data: Path, language: str, choice: Choice) -> Iterator[Case]:
    """Documents of a language, clean, then with one planted error each: `count` a document and family, as far as sites go."""
    clean = list(ntrex_cases(data, language))
    yield from _every(clean, choice.step)
    if not choice.count:
        return
    checker = Checker()
    read = [(case, *(checker.read(document) for document in case.documents)) for case in clean]
    for number, (case, source, copy) in enumerate(read):
        if number % choice.step:
            continue
        other = read[(number + 1) % len(read)][2]
        quotations = (other.text[q.inner_start : q.inner_end] for q in other.quotations)
        material = Material(
            tuple(other.sentence_text(s.index) for s in other.sentences if s.end - s.start > LONG_SENTENCE),
            tuple(quotation for quotation in quotations if len(quotation) > LONG_QUOTATION),
        )
        blocks = paragraph_blocks(source, copy)
        for family in choice.families:
            yield from mutate(case, blocks, family, material=material, seed=choice.seed, count=choice.count)[0]


def digest(data: Path, choice: Choice) -> dict[str, str]:
    """SHA-256 over names and contents of the files of each chosen set that is there, 16 hexadecimal digits of it."""
    found = {}
    for name in choice.sets:
        folder = FIXTURES if name == "fixtures" else data / FOLDERS[name]
        if folder.is_dir():
            summed = hashlib.sha256()
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                summed.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
            found[name] = summed.hexdigest()[:16]
    return found
