"""Makes the packs' statistical tables for telling names from words: ``common_words.json`` and ``name_characters.json``.

Run ``python -m consistency.extract.names_training DATA``, with the project's data folder. Counts only, no sentences:

- ``common_words.json`` (languages with spaces): words that texts write in lower case (or, in a script without case, use
  often), most frequent first. A capitalised word of this list that begins a sentence is no evidence of a name.
  For Chinese, words of two to four characters as jieba cuts them.
- ``name_characters.json`` (Chinese): how much more often two characters follow each other in the transliteration of a
  foreign name than in running text, as natural logarithms; `^` and `$` stand for the ends of a name.
"""

from __future__ import annotations

import json
import lzma
import math
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from consistency.languages.loader import PACKS, fold

MIN_COUNT = {"ru": 2, "ar": 3}
MIN_COUNT_ELSE = 4
"""Words seen less often are misspellings and names in lower case as often as words; inflection spreads words over forms."""
MAX_WORDS = {"en": 9000, "fr": 14000, "es": 16000, "ru": 60000, "ar": 50000, "zh": 16000}
MAX_LINES = 60000
"""Lines read of one file: the law corpora would drown the others."""
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def lines(data: Path, language: str, *, without: str = "-") -> Iterator[str]:
    """The training sentences of one language, without the files whose name holds `without`."""
    for folder in sorted((data / "parallel").iterdir()):
        sides = folder.name.split("-")
        if language not in sides or (language == "en" and sides[0] not in ("fr", "zh")):
            continue
        column = sides.index(language)
        for path in sorted(folder.glob("*.tsv.xz")):
            if without in path.name:
                continue
            with lzma.open(path, "rt", encoding="utf-8") as file:
                for number, line in enumerate(file):
                    if number >= MAX_LINES:
                        break
                    parts = line.rstrip("\n").split("\t")
                    if len(parts) >= 2:
                        yield parts[column]


def common_words(data: Path, language: str) -> list[str]:
    """Folded words in order of frequency. With case only words in lower case count."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for line in lines(data, language):
        for match in _WORD.finditer(line):
            word = match.group()
            key = fold(word, language)
            if word == word.lower():
                lower[key] += 1
            elif match.start() > 0:
                upper[key] += 1
    kept = [
        (word, count)
        for word, count in lower.items()
        if count >= MIN_COUNT.get(language, MIN_COUNT_ELSE) and count > upper[word] * 0.5
    ]
    kept.sort(key=lambda item: (-item[1], item[0]))
    return [word for word, _ in kept[: MAX_WORDS[language]]]


def chinese_words(data: Path) -> list[str]:
    """Words of two to four characters in order of frequency, without names of people and places."""
    import jieba.posseg  # type: ignore[import-untyped,unused-ignore]

    counts: Counter[str] = Counter()
    for number, line in enumerate(lines(data, "zh")):
        if number % 6 == 0:  # a sixth of the text is enough for these counts, and jieba's tagger is slow
            for word, tag in jieba.posseg.cut(fold(line, "zh"), HMM=False):
                if (
                    2 <= len(word) <= 4
                    and _HAN.fullmatch(word)
                    and not tag.startswith(("nr", "ns", "nt", "nz"))
                ):
                    counts[word] += 1
    kept = sorted(
        (item for item in counts.items() if item[1] >= MIN_COUNT_ELSE), key=lambda item: (-item[1], item[0])
    )
    return [word for word, _ in kept[: MAX_WORDS["zh"]]]


def name_characters(data: Path) -> dict[str, float]:
    """ln P(b | a) in names minus ln P(b | a) in text, for the characters that names use."""
    names: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    with lzma.open(data / "names" / "zh-en_transliteration.tsv.xz", "rt", encoding="utf-8") as file:
        for line in file:
            form, _, _, split = line.rstrip("\n").split("\t")
            if split != "train":
                continue
            marked = f"^{form}$"
            characters.update(marked[:-1])
            names.update(marked[i : i + 2] for i in range(len(marked) - 1))
    known = {c for c in characters if c != "^"}
    text: Counter[str] = Counter()
    single: Counter[str] = Counter()
    for line in lines(data, "zh", without="tatoeba"):  # its sentences are full of 汤姆 and 约翰
        folded = fold(line, "zh")
        for run in _HAN.findall(folded):
            single.update(run)
            text.update(
                run[i : i + 2] for i in range(len(run) - 1) if run[i] in known and run[i + 1] in known
            )
    total = sum(single.values())
    scores: dict[str, float] = {}
    size = len(known)
    for first in sorted(known):
        for second in sorted(known):
            pair = first + second
            if not names[pair] and not text[pair]:
                continue
            p_name = (names[pair] + 0.3 * characters[second] / sum(characters.values()) * 3) / (
                characters[first] + 3
            )
            p_text = (text[pair] + 2 * single[second] / total) / (single[first] + 2)
            scores[pair] = round(math.log(p_name + 1e-5) - math.log(p_text + 1e-6), 1)
    for character in sorted(known):
        p_start = (names["^" + character] + 0.1) / (characters["^"] + 0.1 * size)
        p_end = (names[character + "$"] + 0.1) / (characters[character] + 0.1 * size)
        scores["^" + character] = round(math.log(p_start) - math.log((single[character] + 1) / total), 1)
        scores[character + "$"] = round(math.log(p_end), 1)
        # What stands for a pair seen in neither: the character's own odds.
        p_alone = characters[character] / sum(characters.values())
        scores[character] = round(
            math.log(p_alone * 0.1 + 1e-6) - math.log((single[character] + 1) / total), 1
        )
    return scores


def write_json(target: Path, content: dict[str, object]) -> None:
    """Write to a temporary file and rename it."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
    Path(name).chmod(0o644)
    Path(name).replace(target)


def main(data: Path, languages: list[str]) -> None:
    for language in languages:
        if language == "zh":
            about = "Log odds of character pairs in transliterated names; made by consistency.extract.names_training"
            write_json(PACKS / "zh" / "name_characters.json", {"about": about, "odds": name_characters(data)})
        about = "Words that are no names, most frequent first; made by consistency.extract.names_training"
        words = " ".join(chinese_words(data) if language == "zh" else common_words(data, language))
        write_json(PACKS / language / "common_words.json", {"about": about, "words": words})


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or ["ar", "en", "es", "fr", "ru", "zh"])
