"""Makes the packs' ``transliteration.json``: how likely each unit of a script is to write which Latin letters.

Run ``python -m consistency.resolve.phonetic_training zh NAMES.tsv.xz`` or ``... ru`` or ``... ar``. The model is a monotone
alignment in which each unit (a Chinese character, a letter of an alphabet) emits a chunk of nought or more Latin
letters; expectation-maximisation gives P(chunk | unit).

Chinese learns from lines of Chinese form, Latin form, pinyin and split ("train", "valid", "test"), tab-separated. Counts
are also kept by pinyin syllable, so that a rarer character (丝 for 斯) borrows from its sound. The table that ships was
made from the "train" lines of the 58,276 foreign names with Chinese transliteration of the project's data folder (MIT
licence). Alphabets start from the ``[letters]`` of names.toml and learn from the names of the reference table, three people
of four; the fourth is for measuring. Error rates stand in docs/names.md.
"""

from __future__ import annotations

import json
import lzma
import math
import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from consistency.extract.names_table import names
from consistency.languages.loader import PACKS, fold
from consistency.reference import load_reference
from consistency.resolve.phonetic import latin_key

MAX_CHUNK = 6
MAX_CHUNK_ALPHABET = 4
ROUNDS = 8
HELD_OUT = 4
"""Every so many people of the reference are kept for measuring."""
PRIOR = 2.0
"""Weight of the hand-made spellings of a letter, in observed pairs."""
MIN_PROBABILITY = 0.0015
"""Chunks below this are left to the floor cost: they are alignment noise more often than spellings."""
KNOWN_FIRST, KNOWN_STEP = 0.6, 0.6
"""Cost of a hand-made spelling and of each step down its list. Of 0.6, 1.2 and 2.0 the first sets true pairs furthest from
random ones: means of held-out pairs at 98 % against random ones at 5 % are 1.84 against 3.38 in Russian."""

Table = dict[str, dict[str, float]]
Pair = tuple[str, str, str]


def read_pairs(path: Path, split: str) -> list[Pair]:
    """(Chinese form, Latin form, pinyin) of the lines of one split."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [(row[0], row[1], row[2]) for row in rows if row[3] == split]


def expected_counts(
    pairs: list[Pair], table: Table | None, max_chunk: int = MAX_CHUNK
) -> dict[str, dict[str, float]]:
    """Expected counts of (character, chunk) under the table; a uniform guess by length where there is none."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for form, latin, _ in pairs:
        n, m = len(form), len(latin)
        if m > n * max_chunk:
            continue
        steps: list[list[list[tuple[int, float]]]] = []
        target = m / n
        for i, character in enumerate(form):
            row = table.get(character, {}) if table is not None else None
            by_start = []
            for j in range(m + 1):
                options = []
                for k in range(j, min(m, j + max_chunk) + 1):
                    if row is None:
                        p = math.exp(-abs(k - j - target)) * (0.02 if k == j else 1.0)
                        p *= math.exp(-0.5 * abs(k - (i + 1) * target))
                    else:
                        p = row.get(latin[j:k], 0.0) + 1e-7 * 0.05 ** (k == j)
                    options.append((k, p))
                by_start.append(options)
            steps.append(by_start)
        forward = [[0.0] * (m + 1) for _ in range(n + 1)]
        forward[0][0] = 1.0
        for i in range(n):
            for j in range(m + 1):
                if forward[i][j]:
                    for k, p in steps[i][j]:
                        forward[i + 1][k] += forward[i][j] * p
        total = forward[n][m]
        if total <= 0:
            continue
        backward = [[0.0] * (m + 1) for _ in range(n + 1)]
        backward[n][m] = 1.0
        for i in range(n - 1, -1, -1):
            for j in range(m + 1):
                backward[i][j] = sum(p * backward[i + 1][k] for k, p in steps[i][j])
        for i, character in enumerate(form):
            row_counts = counts[character]
            for j in range(m + 1):
                if forward[i][j]:
                    for k, p in steps[i][j]:
                        weight = forward[i][j] * p * backward[i + 1][k] / total
                        if weight > 1e-4:
                            row_counts[latin[j:k]] += weight
    return counts


def normalised(counts: dict[str, dict[str, float]]) -> Table:
    return {
        unit: {chunk: count / total for chunk, count in row.items()}
        for unit, row in counts.items()
        if (total := sum(row.values())) > 0
    }


def train(pairs: list[Pair], rounds: int = ROUNDS) -> tuple[Table, Table]:
    """P(chunk | character) and P(chunk | pinyin syllable)."""
    table: Table | None = None
    counts: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        counts = expected_counts(pairs, table)
        table = normalised(counts)
    sounds: dict[str, str] = {}
    for form, _, pinyin in pairs:
        sounds.update(zip(form, pinyin.split(), strict=False))
    by_sound: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for character, row in counts.items():
        for chunk, count in row.items():
            by_sound[sounds[character]][chunk] += count
    assert table is not None
    return table, normalised(by_sound)


def costs(table: Table) -> dict[str, dict[str, float]]:
    """-ln P, to two places, of the chunks worth keeping; sorted."""
    return {
        unit: {
            chunk: round(-math.log(p), 2)
            for chunk, p in sorted(row.items(), key=lambda item: (-item[1], item[0]))
            if p >= MIN_PROBABILITY
        }
        for unit, row in sorted(table.items())
    }


def reference_pairs(language: str, *, held_out: bool) -> list[Pair]:
    """(form, Latin form, "") of the words of names that the reference gives in this language and in English."""
    pairs: set[Pair] = set()
    for number, person in enumerate(load_reference().persons):
        if (number % HELD_OUT == 0) is not held_out or not person.names.get("en"):
            continue
        for form in (*person.names.get(language, ()), *person.attested.get(language, ())):
            latin, own = person.names["en"][0].replace("-", " ").split(), form.replace("-", " ").split()
            if len(latin) != len(own):
                continue
            for word, letters in zip(own, latin, strict=True):
                units, key = "".join(c for c in fold(word, language) if c.isalpha()), latin_key(letters)
                for article in names(language).table.name_articles:
                    if (
                        units.startswith(article)
                        and not key.startswith(("al", "el"))
                        and len(units) > len(article) + 1
                    ):
                        units = units[len(article) :]
                if len(units) > 2 and len(key) > 2:
                    pairs.add((units, key, ""))
    return sorted(pairs)


def seeds(language: str) -> Table:
    """P(chunk | letter) from the hand-made spellings. Where vowels go unwritten each chunk may have one behind it."""
    pack = names(language).table
    table: Table = {}
    for letter, chunks in pack.letters.items():
        row = {chunk: math.exp(-0.3 - 0.8 * number) for number, chunk in enumerate(chunks)}
        if pack.vowels_unwritten:
            for chunk, p in list(row.items()):
                for vowel in "aeiou":
                    row.setdefault(chunk + vowel, 0.4 * p)
        row.setdefault("", 0.02)
        total = sum(row.values())
        table[fold(letter, language)] = {chunk: p / total for chunk, p in row.items()}
    return table


def train_alphabet(language: str, rounds: int = ROUNDS) -> Table:
    """P(chunk | letter), from the reference's names and the hand-made spellings."""
    prior = seeds(language)
    pairs = reference_pairs(language, held_out=False)
    table = prior
    for _ in range(rounds):
        counts = expected_counts(pairs, table, MAX_CHUNK_ALPHABET)
        for letter, row in prior.items():
            for chunk, p in row.items():
                counts.setdefault(letter, {})
                counts[letter][chunk] = counts[letter].get(chunk, 0.0) + PRIOR * p
        table = normalised(counts)
    return table


def with_known_spellings(language: str, learnt: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The learnt costs, none of them above what the hand-made spelling of a letter costs."""
    merged = {unit: dict(row) for unit, row in learnt.items()}
    for letter, chunks in names(language).table.letters.items():
        row = merged.setdefault(fold(letter, language), {})
        for number, chunk in enumerate(chunks):
            row[chunk] = min(row.get(chunk, 99.0), round(KNOWN_FIRST + KNOWN_STEP * number, 2))
    return merged


def write(language: str, content: dict[str, object]) -> None:
    """Write a pack's table to a temporary file, then rename it."""
    target = PACKS / language / "transliteration.json"
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
    Path(name).chmod(0o644)
    Path(name).replace(target)


def main(language: str, source: Path | None) -> None:
    made = "made by consistency.resolve.phonetic_training"
    if source is None:
        about = (
            f"Costs (-ln P) of Latin letters for letters in names; {made} from names of the reference table."
        )
        write(
            language,
            {"about": about, "characters": with_known_spellings(language, costs(train_alphabet(language)))},
        )
        return
    characters, sounds = train(read_pairs(source, "train"))
    about = (
        "Costs (-ln P) of Latin letters for Chinese characters and pinyin syllables in transliterated names; "
        f"{made} from names under the MIT licence (see docs/names.md)."
    )
    write(language, {"about": about, "characters": costs(characters), "sounds": costs(sounds)})


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else None)
