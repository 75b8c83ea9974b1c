"""The tokenizer of the embedded encoder: what it folds, which words and pieces it knows, and how it cuts.

A Unigram tokenizer over counts. Four kinds of entry:

- whole words that are frequent enough to deserve a row of their own. A word begins with a marker: `▁` for Latin
  and Arabic script, `▂` for Cyrillic (which is written in Latin letters by the normaliser, see `tokens.toml`);
- stems and endings for the rest of the inflected languages, so that one row serves all forms of a rare word;
- forms shared by the scripts (names, international words), kept without a marker, so that `Путин` and `Putin` are
  the same token;
- Chinese words and single characters, numbers, and short pieces for words never seen.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from consistency.training.corpus import PairSet

LATIN_MARK = "▁"
CYRILLIC_MARK = "▂"
_WORD = re.compile(r"[a-z]+|[\u0430-\u044f]+|[\u0621-\u064a]+|[\u4e00-\u9fff]+|\d+")
_TOKEN_COST = 4.0
"""Cost of each further token beside its log probability: fewer, longer tokens win."""
_MARK_COST = -1.0
"""Score of a lone marker: an unmarked form costs little more than a marked one."""


@dataclass(frozen=True, slots=True)
class VocabularySizes:
    """Smallest count (in the training text) at which each kind of entry is kept."""

    word: dict[str, int]
    stem: dict[str, int]
    chinese: int
    chinese_dictionary: int
    shared: int
    pieces: int


SIZES = VocabularySizes(
    word={"en": 14, "fr": 14, "es": 8, "ru": 14, "ar": 20},
    stem={"en": 3, "fr": 4, "es": 2, "ru": 2, "ar": 2},
    chinese=4,
    chinese_dictionary=400,
    shared=1,
    pieces=9000,
)


@cache
def orthography() -> dict[str, Any]:
    """The tables of `tokens.toml`."""
    return tomllib.loads((Path(__file__).parent / "tokens.toml").read_text(encoding="utf-8"))


def fold(text: str) -> str:
    """`text` as the tokenizer's normaliser leaves it, except that Cyrillic letters stay and words carry no marker."""
    tables = orthography()
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn").lower()
    return bare.translate(str.maketrans({**tables["arabic"], **tables["other"]}))


def in_latin(word: str) -> str:
    """A folded Cyrillic word in Latin letters; others unchanged."""
    return word.translate(str.maketrans(orthography()["cyrillic"]))


def count_words(sets: list[PairSet]) -> dict[str, Counter[str]]:
    """Counts of folded words by language. Latin words in Chinese or Russian text count as English."""
    import jieba

    counts: dict[str, Counter[str]] = {code: Counter() for code in ("en", "fr", "es", "ru", "ar", "zh", "number")}
    for pair_set in sets:
        for language, texts in ((pair_set.left_language, pair_set.left), (pair_set.right_language, pair_set.right)):
            for text in texts:
                for word in _WORD.findall(fold(text)):
                    first = word[0]
                    if first.isdigit():
                        counts["number"][word] += 1
                    elif "\u4e00" <= first <= "\u9fff":
                        counts["zh"].update(jieba.cut(word, HMM=False))
                    elif "\u0430" <= first <= "\u044f":
                        counts["ru"][word] += 1
                    elif "\u0621" <= first <= "\u064a":
                        counts["ar"][word] += 1
                    else:
                        counts[language if language in ("en", "fr", "es") else "en"][word] += 1
    return counts


def split_word(word: str, language: str) -> tuple[str, str, str]:
    """(clitics, stem, ending) of a folded word. The three joined give the word back."""
    affixes = orthography()["affixes"].get(language)
    if affixes is not None:
        shortest = affixes["shortest_stem"]
        prefix = next((p for p in affixes["prefixes"] if word.startswith(p) and len(word) - len(p) >= shortest), "")
        rest = word[len(prefix) :]
        suffix = next((s for s in affixes["suffixes"] if rest.endswith(s) and len(rest) - len(s) >= shortest), "")
        return prefix, rest[: len(rest) - len(suffix)], suffix
    stem = _stemmer(orthography()["stemmers"][language]).stem(word)
    same = 0
    for a, b in zip(stem, word, strict=False):
        if a != b:
            break
        same += 1
    if same < 3:
        return "", word, ""
    return "", word[:same], word[same:]


@cache
def _stemmer(name: str) -> Any:
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer(name)


def shared_forms(sets: list[PairSet], counts: dict[str, Counter[str]], floor: int) -> set[str]:
    """Latin forms that Russian and another language share: the same letters in at least 30 % of the aligned texts."""
    spelled = {in_latin(word) for word, count in counts["ru"].items() if len(word) > 2}
    latin = {word for code in ("en", "fr", "es") for word in counts[code] if len(word) > 2}
    candidates = spelled & latin
    seen: Counter[str] = Counter()
    together: Counter[str] = Counter()
    for pair_set in sets:
        if "ru" not in (pair_set.left_language, pair_set.right_language):
            continue
        if {pair_set.left_language, pair_set.right_language} & {"zh", "ar"}:
            continue
        for left, right in zip(pair_set.left, pair_set.right, strict=True):
            russian, other = (left, right) if pair_set.left_language == "ru" else (right, left)
            words = {in_latin(w) for w in _WORD.findall(fold(russian)) if "\u0430" <= w[0] <= "\u044f"} & candidates
            if not words:
                continue
            others = set(_WORD.findall(fold(other)))
            seen.update(words)
            together.update(words & others)
    return {word for word, count in seen.items() if count >= floor and together[word] >= 0.3 * count}


def build_vocabulary(sets: list[PairSet], sizes: VocabularySizes = SIZES) -> list[tuple[str, float]]:
    """Entries with their scores (log probability less a cost a token), markers and the unknown token first."""
    import jieba

    counts = count_words(sets)
    shared = shared_forms(sets, counts, sizes.shared)
    entries: Counter[str] = Counter()
    rare: Counter[str] = Counter()
    for language in ("en", "fr", "es", "ru", "ar"):
        has_clitics = language in orthography()["affixes"]
        stems: Counter[str] = Counter()
        mark = LATIN_MARK if all(in_latin(word) == word for word in counts[language]) else CYRILLIC_MARK
        forms: dict[str, list[str]] = {}
        endings: Counter[str] = Counter()
        for word, count in counts[language].items():
            latin = in_latin(word)
            if latin in shared:
                entries[latin] += count
                continue
            if count >= sizes.word[language]:
                entries[mark + latin] += count
            prefix, stem, ending = split_word(word, language)
            stem, ending = in_latin(stem), in_latin(ending)
            if stem in shared:
                entries[stem] += count
            else:
                stems[stem] += count
                forms.setdefault(stem, []).append(latin)
            if prefix:
                entries[mark + prefix] += count
            endings[ending] += count
            if count < sizes.word[language]:
                rare[latin] += count
        for stem, count in stems.items():
            if count < sizes.stem[language]:
                continue
            if has_clitics:
                entries[stem] += count
            elif len(forms[stem]) > 1 or forms[stem][0] != stem or count < sizes.word[language]:
                entries[mark + stem] += count
        for ending, count in endings.items():
            if ending and count >= 20:
                entries[ending] += count
    for word, count in counts["zh"].items():
        if count >= sizes.chinese or len(word) == 1:
            entries[word] += count
    jieba.initialize()
    dictionary = jieba.dt.FREQ
    cedict = next(pair_set for pair_set in sets if pair_set.name == "zh-en/cedict")
    for word in cedict.left:
        if dictionary.get(word, 0) >= sizes.chinese_dictionary:
            entries[word] += 1
    for number, count in counts["number"].items():
        if len(number) <= 4 and count >= (1 if len(number) <= 2 else 15):
            entries[number] += count
    for piece, count in _pieces(rare, sizes.pieces):
        entries[piece] += count
    characters: Counter[str] = Counter()
    for pair_set in sets:
        for texts in (pair_set.left, pair_set.right):
            for text in texts[:20000]:
                characters.update(fold(text))
    for character, count in characters.items():
        if not character.isspace() and (count >= 5 or character.isalnum()):
            entries[in_latin(character) or "'"] += count
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789":
        entries[letter] += 1
    for mark in (LATIN_MARK, CYRILLIC_MARK, ""):
        del entries[mark]
    total = sum(entries.values())
    scored = sorted(entries.items(), key=lambda item: (-item[1], item[0]))
    return [("[UNK]", 0.0), (LATIN_MARK, _MARK_COST), (CYRILLIC_MARK, _MARK_COST)] + [
        (entry, round(math.log(count / total) - _TOKEN_COST, 2)) for entry, count in scored
    ]


def _pieces(rare: Counter[str], size: int) -> list[tuple[str, int]]:
    """Short unmarked pieces that rare words are made of, by byte-pair merging over the words' letters."""
    from tokenizers import Tokenizer, models, trainers

    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
    trainer = trainers.BpeTrainer(vocab_size=size, show_progress=False, special_tokens=["[UNK]"], max_token_length=7)
    words = sorted(rare)
    tokenizer.train_from_iterator(words, trainer)
    uses: Counter[str] = Counter()
    for start in range(0, len(words), 20000):
        batch = words[start : start + 20000]
        for word, encoding in zip(batch, tokenizer.encode_batch(batch), strict=True):
            for token in encoding.tokens:
                uses[token] += rare[word]
    return sorted((piece, count) for piece, count in uses.items() if piece != "[UNK]")


def build_tokenizer(vocabulary: list[tuple[str, float]]) -> Any:
    """A `tokenizers.Tokenizer` over the vocabulary, with the normaliser and the pre-tokenizer that it was made for."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    tables = orthography()
    steps: list[Any] = [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]
    steps += [normalizers.Replace(key, value) for key, value in {**tables["arabic"], **tables["other"]}.items()]
    steps += [
        normalizers.Replace(Regex(r"(?<![a-z])(?=[a-z])"), LATIN_MARK),
        normalizers.Replace(Regex(r"(?<![\u0621-\u064a])(?=[\u0621-\u064a])"), LATIN_MARK),
        normalizers.Replace(Regex(r"(?<![\u0430-\u044f])(?=[\u0430-\u044f])"), CYRILLIC_MARK),
    ]
    steps += [normalizers.Replace(key, value) for key, value in tables["cyrillic"].items()]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(steps)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"\p{Han}+"), "isolated"),
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Punctuation(),
            pre_tokenizers.Digits(individual_digits=False),
        ]
    )
    return tokenizer


def save_tokenizer(tokenizer: Any, path: Path) -> None:
    """Write the tokenizer's JSON without white space: it is most of a megabyte smaller."""
    path.write_text(
        json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
