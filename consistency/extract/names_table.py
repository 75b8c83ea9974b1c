"""What the packs know about names: the checked records of ``names.toml`` and the tables beside it, ready for look-ups."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from consistency.languages.loader import PACKS, Table, available, fold, has_table, load


class Phrase(Table):
    """Phrases that stand for people without naming them. `*` is room for an adjective of place."""

    form: str
    """'phrase' (one person) or 'joint' (several)."""
    counterpart: bool = False
    text: tuple[str, ...]


class SoundLimits(Table):
    """Where a form and a Latin name stop to be one name, in costs of transliteration.json (nats).

    Same name: worst unit up to `same`, mean up to `same_mean`. A slip in the name: worst unit from `slip` on, the mean of
    the others up to `slip_rest`. Another name: mean from `other` on. What is left is unknown.
    """

    same: float
    same_mean: float
    slip: float
    slip_rest: float
    other: float
    slip_units: int = 2
    """Fewest units in which a slip can be told from another name."""
    shortest: int = 1
    """Fewest units in which another name can be told."""


class NamesTable(Table):
    """Shape of `names.toml`."""

    strategy: str
    """How names show: 'cased' (capital letters), 'han' (characters without spaces) or 'uncased' (words alike)."""
    script: str
    """Packs of one script share their first names and family names: 'latin', 'cyrillic', 'arabic', 'han'."""
    honorifics: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    speech_verbs: tuple[str, ...] = ()
    before_name: tuple[str, ...] = ()
    organisation_words: tuple[str, ...] = ()
    place_words: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    elisions: tuple[str, ...] = ()
    """Letters set before a word with an apostrophe that are no part of a name: d, l, qu."""
    possessives: tuple[str, ...] = ()
    """Endings with an apostrophe that are no part of a name: 's."""
    clitics: tuple[str, ...] = ()
    """Letters written together with the next word: و, ب, ل."""
    articles: tuple[str, ...] = ()
    """Words that may stand between a name with a comma and an office: the, le, der."""
    endings: tuple[str, ...] = ()
    """Case endings of names, longest first."""
    given: str = ""
    """First names, set apart by white space."""
    family_first: str = ""
    """Family names, in this script, of people whose family name comes first: Qin, Kim, Nguyen."""
    surnames: str = ""
    """Family names of one character."""
    compound: str = ""
    """Family names of two characters, set apart by white space."""
    letters: dict[str, tuple[str, ...]] = {}
    """Alphabets: letter -> Latin spellings, the most usual first. Seeds of the learnt transliteration.json."""
    vowels_unwritten: bool = False
    """Whether short vowels go unwritten, so that a consonant may write one too."""
    word_shapes: tuple[str, ...] = ()
    """Scripts without case: regular expressions of folded words that are verbs and adjectives, known or not."""
    name_articles: tuple[str, ...] = ()
    """Articles that a name may bear which its Latin form has not: ال."""
    sound_limits: SoundLimits | None = None
    sounds: tuple[tuple[str, str], ...] = ()
    """Latin scripts: regular expressions of this language's way to write names of other scripts, on plain lower-case
    letters, and what all packs write for it: capitals C, S, J, H for the sounds of ch, sh, zh and kh; i for y."""
    name_equivalents: tuple[tuple[str, ...], ...] = ()
    """Groups of forms of one name that languages translate: popes and monarchs (Charles, Carlos)."""
    phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """A pack's names with folded look-up sets. One object a language, compared by identity."""

    language: str
    table: NamesTable
    honorifics: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    speech_verbs: frozenset[str]
    organisation_words: frozenset[str]
    place_words: frozenset[str]
    not_names: frozenset[str]
    elisions: frozenset[str]
    given: frozenset[str]
    """First names of all packs of this script."""
    family_first: frozenset[str]
    common: frozenset[str]
    """Words that are no names."""
    sorted_common: tuple[str, ...]
    """The same in alphabetical order."""
    frequent: frozenset[str]
    """The most frequent of them: no names even where a first name is written alike (على, علي)."""


@cache
def has_names(language: str) -> bool:
    return has_table(language, "names")


@cache
def names(language: str) -> Names:
    """The pack's names. Raises `LanguageError` where names.toml is missing or does not fit."""
    table = load(language, "names", NamesTable)

    def folded(words: tuple[str, ...]) -> frozenset[str]:
        return frozenset(fold(word, language) for word in words)

    given: set[str] = set()
    family: set[str] = set()
    for code in available():
        if has_names(code):
            other = load(code, "names", NamesTable)
            if other.script == table.script:
                given.update(fold(other.given, language).split())
                family.update(fold(other.family_first, language).split())
    return Names(
        language=language,
        table=table,
        honorifics=folded(table.honorifics),
        particles=folded(table.particles),
        suffixes=folded(table.suffixes),
        speech_verbs=folded(table.speech_verbs),
        organisation_words=folded(table.organisation_words),
        place_words=folded(table.place_words),
        not_names=folded(table.not_names),
        elisions=folded(table.elisions),
        given=frozenset(given),
        family_first=frozenset(family),
        common=common_words(language),
        sorted_common=tuple(sorted(_ordered_words(language))),
        frequent=frozenset(_ordered_words(language)[:FREQUENT]),
    )


FREQUENT = 1500


@cache
def common_words(language: str) -> frozenset[str]:
    """The pack's frequent words that are no names; empty where the pack has no such list."""
    return frozenset(_ordered_words(language))


@cache
def _ordered_words(language: str) -> tuple[str, ...]:
    """The same words, most frequent first."""
    path = PACKS / language / "common_words.json"
    if not path.is_file():
        return ()
    return tuple(json.loads(path.read_text(encoding="utf-8"))["words"].split())


@cache
def name_odds(language: str) -> Mapping[str, float]:
    """Log odds of character pairs in transliterated names against running text; empty without such a table."""
    path = PACKS / language / "name_characters.json"
    if not path.is_file():
        return {}
    odds: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))["odds"]
    return odds
