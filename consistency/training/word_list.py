"""Makes languages/<code>/english.json: which English word stems render a language's word stems.

IBM Model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation", section 4) is run in both
directions over sentence pairs; a pair of stems is kept where both directions believe in it. Only stems and which of
them correspond are kept, no sentence and no probability.

Run: python -m consistency.training.word_list PARALLEL_FOLDER zh [fr es ru ar]
"""

from __future__ import annotations

import json
import lzma
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from consistency.languages.loader import PACKS, fold, language_table
from consistency.lexicon import stem

SOURCES = {
    "un_dev": 4000, "tico19": 3000, "tatoeba_test_v2021": 12000, "tatoeba_cmn": 40000, "tatoeba_fra": 40000,
    "xquad_paragraphs": 1000, "xquad_questions": 2000, "ms_docs": 25000, "tw_laws": 20000, "canada_laws": 15000,
}  # fmt: skip
"""Files of a language pair and how many of their pairs are read: talk and news words first, statutes and manuals less."""

LONGEST = 40
"""Words of the longest sentence that is read."""

ROUNDS = 6
MIN_COUNT = 3
FORWARD, BACKWARD = 0.04, 0.03
"""Least probability of a translation given the word, and of the word given the translation. Chosen on the training
data so that a word of a sentence has a translation in its counterpart in 0.7 to 0.8 of all cases."""

_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def read_pairs(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    """Sentence pairs (language, English), shuffled with a fixed seed and cut to the share of each file."""
    for name, share in SOURCES.items():
        path = folder / f"{language}-en" / f"{name}.tsv.xz"
        if not path.is_file():
            continue
        with lzma.open(path, "rt", encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file]
        random.Random(7).shuffle(rows)
        yield from ((row[0], row[1]) for row in rows[:share] if len(row) >= 2)


def vocabulary(texts: list[str]) -> frozenset[str]:
    """Chinese words worth cutting out: strings of two to four characters that hold together.

    A string is kept where it recurs and its parts occur together far more often than by chance (pointwise mutual
    information), which needs no dictionary.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        for run in _HAN.findall(text):
            for length in (1, 2, 3, 4):
                counts.update(run[i : i + length] for i in range(len(run) - length + 1))
    total = sum(count for word, count in counts.items() if len(word) == 1)
    kept = {word for word in counts if len(word) == 1}
    for word, count in counts.items():
        if len(word) == 1 or count < 6:
            continue
        splits = (counts[word[:i]] * counts[word[i:]] / total for i in range(1, len(word)))
        if count / max(splits) > 12:
            kept.add(word)
    return frozenset(kept)


def cut(text: str, words: frozenset[str]) -> list[str]:
    """Greedy longest match of a Chinese text against the vocabulary."""
    found = []
    for run in _HAN.findall(text):
        position = 0
        while position < len(run):
            length = next(
                n
                for n in (4, 3, 2, 1)
                if n == 1 or (run[position : position + n] in words and position + n <= len(run))
            )
            found.append(run[position : position + length])
            position += length
    return found


def learn(pairs: list[tuple[list[str], list[str]]]) -> dict[tuple[str, str], tuple[float, float]]:
    """(word, translation) -> probabilities in both directions, by Model 1 on the words of each pair taken once."""
    left_ids: dict[str, int] = {}
    right_ids: dict[str, int] = {}
    cells_left, cells_right, owners = [], [], []
    for number, (left, right) in enumerate(pairs):
        rows = [left_ids.setdefault(word, len(left_ids)) for word in sorted(set(left))]
        columns = [right_ids.setdefault(word, len(right_ids)) for word in sorted(set(right))]
        cells_left.append(np.repeat(np.asarray(rows, dtype=np.int32), len(columns)))
        cells_right.append(np.tile(np.asarray(columns, dtype=np.int32), len(rows)))
        owners.append(np.full(len(rows) * len(columns), number, dtype=np.int32))
    left_cells, right_cells = np.concatenate(cells_left), np.concatenate(cells_right)
    owner = np.concatenate(owners)
    keys, inverse = np.unique(left_cells.astype(np.int64) * len(right_ids) + right_cells, return_inverse=True)
    key_left, key_right = keys // len(right_ids), keys % len(right_ids)
    forward = _model_1(owner, right_cells, inverse, key_left, len(pairs), len(right_ids), len(left_ids))
    backward = _model_1(owner, left_cells, inverse, key_right, len(pairs), len(left_ids), len(right_ids))
    left_names, right_names = list(left_ids), list(right_ids)
    kept = np.flatnonzero((forward >= FORWARD) & (backward >= BACKWARD))
    return {
        (left_names[key_left[i]], right_names[key_right[i]]): (float(forward[i]), float(backward[i]))
        for i in kept
    }


def _model_1(owner, produced, inverse, given, pairs: int, produced_count: int, given_count: int):  # type: ignore[no-untyped-def]
    """Probability of each key's produced word given its other word; shape (keys,)."""
    table = np.ones(len(given))
    position = owner.astype(np.int64) * produced_count + produced
    _, slot = np.unique(position, return_inverse=True)
    for _ in range(ROUNDS):
        weights = table[inverse]
        weights /= np.bincount(slot, weights)[slot]
        counts = np.bincount(inverse, weights, minlength=len(given))
        table = counts / np.bincount(given, counts, minlength=given_count)[given]
    return table


def make(folder: Path, language: str) -> dict[str, list[str]]:
    """The word list of one language: stem -> English stems, most probable first."""
    rows = [(fold(left, language), fold(right, "en")) for left, right in read_pairs(folder, language)]
    if language_table(language).spaced:
        tokens = [[stem(word, language) for word in _WORD.findall(left)] for left, _ in rows]
    else:
        known = vocabulary([left for left, _ in rows])
        tokens = [cut(left, known) for left, _ in rows]
    english = [[stem(word, "en") for word in _WORD.findall(right)] for _, right in rows]
    left_counts = Counter(word for sentence in tokens for word in set(sentence))
    right_counts = Counter(word for sentence in english for word in set(sentence))
    pairs = []
    for left, right in zip(tokens, english, strict=True):
        one = [word for word in left if left_counts[word] >= MIN_COUNT]
        other = [word for word in right if right_counts[word] >= MIN_COUNT]
        if one and other and len(one) <= LONGEST and len(other) <= LONGEST:
            pairs.append((one, other))
    found: dict[str, list[tuple[float, str]]] = {}
    for (word, translation), (forward, _) in learn(pairs).items():
        found.setdefault(word, []).append((forward, translation))
    return {word: [t for _, t in sorted(found[word], key=lambda x: (-x[0], x[1]))] for word in sorted(found)}


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0])
    for language in arguments[1:]:
        table = make(folder, language)
        path = PACKS / language / "english.json"
        lines = [
            f"{json.dumps(word, ensure_ascii=False)}: {json.dumps(ts, ensure_ascii=False)}"
            for word, ts in table.items()
        ]
        temporary = path.with_suffix(".tmp")
        temporary.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        temporary.rename(path)
        print(language, len(table), path.stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1:])
