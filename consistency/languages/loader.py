"""Language packs read from their folders, checked and folded.

A pack is ``languages/<code>/`` with one TOML file a subject (language, dates, quantities, names, offices, places,
acts, terms, topics, ...). Each stage declares the shape of its file as a pydantic model derived from `Table` and asks
`load` for it. Unknown keys are errors. `fold` is the one normaliser for lexicons and for text: it keeps the length, so
that offsets into the folded text are offsets into the original.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from consistency.errors import LanguageError

PACKS = Path(__file__).parent


class Table(BaseModel):
    """Base of the shapes of pack files: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LanguageTable(Table):
    """Shape of `language.toml`."""

    code: str
    name: str
    """The language's name in English."""
    endonym: str
    spaced: bool
    """Whether words are set apart by spaces."""
    right_to_left: bool = False
    fold: tuple[str, ...] = ()
    """Further folding steps by name (see `_FOLD_STEPS`), after the ones that all languages share."""
    stops: str
    """Characters that end a sentence."""
    soft_stops: str = ""
    """Characters that end a clause (；in Chinese)."""
    closers: str
    """Characters that may follow a stop and still belong to the sentence (closing quotes and brackets)."""
    quotes: tuple[tuple[str, str], ...]
    """Pairs of quotation marks that open and close a quotation."""
    abbreviations: tuple[str, ...] = ()
    """Words that end in a full stop without ending a sentence."""
    title_abbreviations: tuple[str, ...] = ()
    """Abbreviations that stand before a name, and so never end a sentence (Mr., M., Gen.)."""
    sentence_starters: tuple[str, ...] = ()
    """Capitalised words that begin a new sentence after an abbreviation ("… in the U.S. The two sides …")."""
    small_words: tuple[str, ...] = ()
    """Words that stay in lower case in headlines."""
    datelines: tuple[str, ...] = ()
    """Regular expressions of a dateline at the start of the body, on the original text."""


T = TypeVar("T", bound=Table)
P = TypeVar("P")


@cache
def available() -> tuple[str, ...]:
    """Codes of the languages that have a pack, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in PACKS.glob("*/language.toml")))


@cache
def read_table(language: str, subject: str) -> dict[str, Any]:
    """The raw content of one pack file. Raises `LanguageError` where there is none."""
    path = PACKS / language / f"{subject}.toml"
    if language not in available():
        raise LanguageError(
            f"no language pack for {language!r}; there are packs for {', '.join(available())}. "
            f"Set `language:` in the front matter if it was detected wrongly"
        )
    if not path.is_file():
        raise LanguageError(f"the pack {language!r} has no {subject}.toml")
    with path.open("rb") as file:
        return tomllib.load(file)


_LOADED: dict[tuple[str, str, type[Table]], Table] = {}


def load(language: str, subject: str, schema: type[T]) -> T:
    """One pack file as its checked record, loaded once a process.

    Raises `LanguageError` where the pack or the file is missing or does not fit its schema.
    """
    key = (language, subject, schema)
    if key not in _LOADED:
        try:
            _LOADED[key] = schema.model_validate(read_table(language, subject))
        except ValidationError as error:
            raise LanguageError(f"languages/{language}/{subject}.toml: {error}") from error
    loaded = _LOADED[key]
    assert isinstance(loaded, schema)
    return loaded


def has_table(language: str, subject: str) -> bool:
    """Whether the language has a pack with a file for this subject."""
    return language in available() and (PACKS / language / f"{subject}.toml").is_file()


def language_table(language: str) -> LanguageTable:
    return load(language, "language", LanguageTable)


# --- folding ----------------------------------------------------------------------------------------------

_SHARED = {
    **{0xFF01 + i: 0x21 + i for i in range(94)},  # full-width ASCII
    **{ord(c): ord("'") for c in "\u2019\u2018\u02bc\u02b9\u00b4`"},
    **{ord(c): ord('"') for c in "\u201c\u201d\u201e\u201f"},
    **{ord(c): ord(" ") for c in "\u00a0\u202f\u2009\u2007\u3000\t"},
    **{ord(c): ord("-") for c in "\u2010\u2011\u2012\u2013\u2014\u2212"},
    **{0x0660 + i: ord("0") + i for i in range(10)},  # Arabic-Indic digits
    **{0x06F0 + i: ord("0") + i for i in range(10)},  # Persian digits
}


def traditional_to_simplified(text: str) -> str:
    """The text in simplified characters, as long as before, character for character."""
    from opencc import OpenCC  # type: ignore[import-untyped,unused-ignore]

    global _OPENCC
    if _OPENCC is None:
        _OPENCC = OpenCC("t2s")
    simplified: str = _OPENCC.convert(text)
    if len(simplified) == len(text):
        return simplified
    if "\n" in text:
        return "\n".join(traditional_to_simplified(line) for line in text.split("\n"))
    # A phrase rule changed the length: convert character by character, which cannot.
    return "".join(one if len(one := _OPENCC.convert(character)) == 1 else character for character in text)


_OPENCC: Any = None

_ARABIC = str.maketrans("أإآٱىة", "اااايه")


def _arabic_letters(text: str) -> str:
    """Alef with and without hamza, alef maqsura and ya, ta marbuta and ha written alike."""
    return text.translate(_ARABIC)


def _latin_accents(text: str) -> str:
    """Accents dropped: wires write 'Etats-Unis' and 'États-Unis'."""
    return text if text.isascii() else text.translate(_BASE)


def _bases() -> dict[int, str]:
    from unicodedata import normalize

    pairs = ((code, normalize("NFD", chr(code))[0]) for code in range(0xC0, 0x250))
    return {code: base for code, base in pairs if base.isascii()}


_BASE = _bases()

_CYRILLIC = str.maketrans("ё", "е")


def _cyrillic_yo(text: str) -> str:
    return text.translate(_CYRILLIC)


_FOLD_STEPS: dict[str, Callable[[str], str]] = {
    "traditional_to_simplified": traditional_to_simplified,
    "arabic_letters": _arabic_letters,
    "latin_accents": _latin_accents,
    "cyrillic_yo": _cyrillic_yo,
}


def fold(text: str, language: str) -> str:
    """The text as lexicons see it: lower case, plain digits, quotes, dashes and spaces, and the pack's own steps.

    Keeps the length: ``len(fold(text, language)) == len(text)``, character for character.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # 'İ' alone does this
        lowered = "".join(one if len(one := character.lower()) == 1 else character for character in text)
    folded = lowered if lowered.isascii() and "\t" not in lowered and "`" not in lowered else lowered.translate(_SHARED)
    for step in _fold_steps(language):
        folded = step(folded)
    return folded


@cache
def _fold_steps(language: str) -> tuple[Callable[[str], str], ...]:
    return tuple(_FOLD_STEPS[step] for step in language_table(language).fold)


def fold_all(phrases: Sequence[str], language: str) -> list[str]:
    """Each phrase folded. Far quicker than one by one: a lexicon of places has 20,000 and folding has a fixed cost."""
    if not phrases or any("\n" in phrase for phrase in phrases):
        return [fold(phrase, language) for phrase in phrases]
    return fold("\n".join(phrases), language).split("\n")


# --- phrase matching --------------------------------------------------------------------------------------


class PhraseMatcher(Generic[P]):
    """Finds the longest phrases of a lexicon in folded text.

    Phrases are folded on the way in. In a spaced language a match begins and ends at a word's edge. Cost grows with
    the text and the number of distinct phrase lengths that share their first two characters, not with the lexicon.
    """

    def __init__(self, phrases: Mapping[str, P] | Iterable[tuple[str, P]], language: str) -> None:
        self._spaced = language_table(language).spaced
        self._payload: dict[str, P] = {}
        lengths: dict[str, set[int]] = {}
        entries = list(phrases.items() if isinstance(phrases, Mapping) else phrases)
        keys = fold_all([phrase for phrase, _ in entries], language)
        for (phrase, payload), key in zip(entries, keys, strict=True):
            if not key or key != key.strip():
                raise LanguageError(f"languages/{language}: {phrase!r} is empty or has space around it")
            if self._payload.get(key, payload) != payload:
                raise LanguageError(
                    f"languages/{language}: {phrase!r} stands twice with different values: "
                    f"{self._payload[key]!r} and {payload!r}"
                )
            self._payload[key] = payload
            lengths.setdefault(key[:2], set()).add(len(key))
        self._lengths = {start: tuple(sorted(values, reverse=True)) for start, values in lengths.items()}
        self._single = {start: values for start, values in self._lengths.items() if len(start) == 1}

    def __len__(self) -> int:
        return len(self._payload)

    def get(self, folded: str) -> P | None:
        """The payload of exactly this folded phrase."""
        return self._payload.get(folded)

    def find(self, folded: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, P]]:
        """(start, end, payload) of matches inside ``folded[start:end]``, leftmost longest, none overlapping."""
        stop = len(folded) if end is None else end
        position = start
        while position < stop:
            found = self.match_at(folded, position, stop)
            if found is None:
                position += 1
            else:
                yield position, found[0], found[1]
                position = found[0]

    def match_at(self, folded: str, position: int, stop: int) -> tuple[int, P] | None:
        """(end, payload) of the longest phrase that begins at `position` and ends by `stop`."""
        if position >= stop:
            return None
        if self._spaced and position > 0 and _joined(folded, position):
            return None
        for lengths in (self._lengths.get(folded[position : position + 2]), self._single.get(folded[position])):
            for length in lengths or ():
                end = position + length
                if end > stop or folded[position:end] not in self._payload:
                    continue
                if self._spaced and end < len(folded) and _joined(folded, end):
                    continue
                return end, self._payload[folded[position:end]]
        return None


def _joined(text: str, position: int) -> bool:
    """Whether the characters on both sides of `position` belong to one word."""
    return text[position - 1].isalnum() and text[position].isalnum()
