"""Makes ``phonetic_zh.json``: how likely each character of a transliteration is to write which Latin letters.

Run ``python -m consistency.resolve.phonetic_training NAMES.tsv.xz``: lines of Chinese form, Latin form, pinyin and
split ("train", "valid", "test"), tab-separated. The model is a monotone alignment in which each character emits a chunk
of nought to six letters; expectation-maximisation over the "train" lines gives P(chunk | character). Counts are also
kept by pinyin syllable, so that a rarer character (丝 for 斯) borrows from its sound.

The table that ships was made from the 58,276 foreign names with Chinese transliteration of the project's data folder
(MIT licence); error rates on the "test" lines stand in docs/names.md.
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

MAX_CHUNK = 6
ROUNDS = 8
MIN_PROBABILITY = 0.0015
"""Chunks below this are left to the floor cost: they are alignment noise more often than spellings."""

Table = dict[str, dict[str, float]]
Pair = tuple[str, str, str]


def read_pairs(path: Path, split: str) -> list[Pair]:
    """(Chinese form, Latin form, pinyin) of the lines of one split."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [(row[0], row[1], row[2]) for row in rows if row[3] == split]


def expected_counts(pairs: list[Pair], table: Table | None) -> dict[str, dict[str, float]]:
    """Expected counts of (character, chunk) under the table; a uniform guess by length where there is none."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for form, latin, _ in pairs:
        n, m = len(form), len(latin)
        if m > n * MAX_CHUNK:
            continue
        steps: list[list[list[tuple[int, float]]]] = []
        target = m / n
        for i, character in enumerate(form):
            row = table.get(character, {}) if table is not None else None
            by_start = []
            for j in range(m + 1):
                options = []
                for k in range(j, min(m, j + MAX_CHUNK) + 1):
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


def write(source: Path, target: Path) -> None:
    """Train on the source's "train" lines and write the table to a temporary file, then rename it."""
    characters, sounds = train(read_pairs(source, "train"))
    content = {
        "about": "Costs (-ln P) of Latin letters for Chinese characters and pinyin syllables in transliterated names; "
        "made by consistency.resolve.phonetic_training from names under the MIT licence (see docs/names.md).",
        "characters": costs(characters),
        "sounds": costs(sounds),
    }
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
    os.chmod(name, 0o644)
    os.replace(name, target)


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(__file__).with_name("phonetic_zh.json"))
