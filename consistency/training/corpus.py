"""The parallel data that the embedded encoder is trained on: where it lies, and how it is read.

Sentences come from the `parallel`, `lexicon` and `names` folders of the data directory only. The `dev` folder is for
measuring and is never read here.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CEDICT_LINE = re.compile(r"^(?P<traditional>\S+) (?P<simplified>\S+) \[[^\]]*\] /(?P<glosses>.+)/$")
_CEDICT_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CEDICT_SKIPPED = ("variant of", "see ", "surname ", "abbr. for", "CL:", "used in", "erhua")
_MAX_CHARACTERS = 600
"""Longer texts (whole paragraphs) are cut here: a mean over hundreds of words teaches little."""


@dataclass(frozen=True, slots=True)
class PairSet:
    """Pairs of one source: `left[i]` in `left_language` says what `right[i]` says in `right_language`."""

    name: str
    left_language: str
    right_language: str
    left: list[str]
    right: list[str]

    def __len__(self) -> int:
        return len(self.left)


def read_tsv(path: Path) -> Iterator[tuple[str, str]]:
    """The (source, target) pairs of one xz-compressed, tab-separated file; lines with an empty side are left out."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) >= 2 and cells[0].strip() and cells[1].strip():
                yield cells[0].strip()[:_MAX_CHARACTERS], cells[1].strip()[:_MAX_CHARACTERS]


def read_cedict(path: Path) -> Iterator[tuple[str, str]]:
    """(Chinese word, English gloss) pairs of CC-CEDICT: at most three glosses an entry, notes in brackets removed."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = _CEDICT_LINE.match(line.strip())
            if entry is None:
                continue
            kept = 0
            for gloss in re.split(r"[/;]", entry["glosses"]):
                gloss = _CEDICT_NOTE.sub(" ", gloss).strip(" ,")
                if len(gloss) < 2 or any(mark in gloss for mark in _CEDICT_SKIPPED):
                    continue
                yield entry["simplified"], gloss
                kept += 1
                if kept == 3:
                    break


def load_pair_sets(data: Path) -> list[PairSet]:
    """Every training set under `data`, in order of name.

    Raises:
        FileNotFoundError: `data` holds no parallel text.
    """
    sets: list[PairSet] = []
    for path in sorted((data / "parallel").glob("*/*.tsv.xz")):
        left_language, right_language = path.parent.name.split("-")
        pairs = list(dict.fromkeys(read_tsv(path)))
        sets.append(
            PairSet(
                f"{path.parent.name}/{path.name.removesuffix('.tsv.xz')}",
                left_language,
                right_language,
                [left for left, _ in pairs],
                [right for _, right in pairs],
            )
        )
    if not sets:
        raise FileNotFoundError(f"no parallel/*/*.tsv.xz under {data}: give the data directory with --data")
    glosses = list(dict.fromkeys(read_cedict(data / "lexicon" / "cedict_ts.u8.xz")))
    sets.append(PairSet("zh-en/cedict", "zh", "en", [word for word, _ in glosses], [gloss for _, gloss in glosses]))
    names = list(
        dict.fromkeys((zh, name) for zh, name in read_tsv(data / "names" / "zh-en_transliteration.tsv.xz"))
    )
    sets.append(PairSet("zh-en/names", "zh", "en", [zh for zh, _ in names], [name for _, name in names]))
    return sets


def pivot(sets: list[PairSet], per_pair: int) -> list[PairSet]:
    """Pairs between two languages that share an English sentence in sets of the same kind (UN with UN, and so on).

    At most `per_pair` pairs for each pair of languages; languages in alphabetical order.
    """
    by_kind: dict[str, dict[str, dict[str, str]]] = {}
    for pair_set in sets:
        if pair_set.right_language != "en" or pair_set.name in ("zh-en/cedict", "zh-en/names"):
            continue
        kind = pair_set.name.split("/")[1].split("_")[0]
        table = by_kind.setdefault(kind, {}).setdefault(pair_set.left_language, {})
        for left, right in zip(pair_set.left, pair_set.right, strict=True):
            table.setdefault(right.casefold(), left)
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind in sorted(by_kind):
        languages = sorted(by_kind[kind])
        for number, one in enumerate(languages):
            for other in languages[number + 1 :]:
                shared = found.setdefault((one, other), [])
                table = by_kind[kind][other]
                shared.extend((text, table[en]) for en, text in by_kind[kind][one].items() if en in table)
    return [
        PairSet(f"{one}-{other}/pivot", one, other, [a for a, _ in pairs[:per_pair]], [b for _, b in pairs[:per_pair]])
        for (one, other), pairs in sorted(found.items())
        if pairs
    ]
