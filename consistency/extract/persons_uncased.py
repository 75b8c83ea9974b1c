"""Names in scripts without capital letters (Arabic): by office, honorific, first name, reference, and by being no word.

A word that running text does not know (``common_words.json``) and that is not built on one that it knows is most often a
name. Two such words side by side, or one beside an office, a first name or a speech verb, are taken for a person's.
Strength as in `persons_cased`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from consistency.extract.names_table import Names
from consistency.extract.persons_cased import FAIR, STRONG, WEAK, Candidate, Surroundings, Word
from consistency.types import Segmented

LONGEST_NAME = 5
SHORTEST = 3
"""Shortest word that is taken for a name by being unknown."""
LONGEST_WORD = 10
"""Longest word that can be one: longer ones are words written together by mistake, as in many files."""

_WORD = re.compile(r"[^\W\d_]+")


def candidates(
    text: Segmented, names: Names, around: Surroundings, forms: Mapping[str, bool]
) -> list[Candidate]:
    """All stretches that may name a person, in text order, none overlapping. `forms`: names of the reference."""
    words = _words(text)
    kinds = [_kind(text, names, around, word) for word in words]
    runs: list[list[int]] = []
    for index in range(len(words)):
        if kinds[index] == "":
            continue
        last = runs[-1] if runs else None
        if last and _joined(text, words, last[-1], index) and len(last) < LONGEST_NAME:
            last.append(index)
        elif kinds[index] != "particle":
            runs.append([index])
    found = [c for run in runs if (c := _judge(text, names, around, forms, words, kinds, run)) is not None]
    return _second_look(text, names, found)


def _words(text: Segmented) -> list[Word]:
    return [
        Word(m.start(), m.end(), m.group(), False, False, False, text.sentence_at(m.start()))
        for m in _WORD.finditer(text.folded)
    ]


@cache
def stems(word: str, clitics: tuple[str, ...]) -> tuple[str, ...]:
    """The word, and what remains without letters written together with it, longest first."""
    found = [word]
    for _ in range(2):
        for form in list(found):
            for clitic in clitics:
                if (
                    form.startswith(clitic)
                    and len(form) - len(clitic) >= 2
                    and form[len(clitic) :] not in found
                ):
                    found.append(form[len(clitic) :])
    return tuple(found)


_SUFFIXES = (
    "ها",
    "هم",
    "هن",
    "نا",
    "كم",
    "ه",
    "ي",
    "ين",
    "ون",
    "ات",
    "ان",
    "تين",
    "تان",
    "وا",
    "ت",
    "ية",
    "يه",
)


@cache
def is_word(word: str, names: Names) -> bool:
    """Whether running text knows the word, or one that it is built on."""
    if any(re.match(shape, word) for shape in names.table.word_shapes):
        return True
    for stem in stems(word, names.table.clitics):
        if stem in names.common or stem in names.not_names:
            return True
        if any(
            stem.endswith(s)
            and len(stem) - len(s) >= 3
            and (stem[: -len(s)] in names.common or stem[: -len(s)] + "ه" in names.common)
            for s in _SUFFIXES
        ):
            return True
        if stem[:1] in "يتنا" and len(stem) > 3 and stem[1:] in names.common:
            return True
    return False


def _kind(text: Segmented, names: Names, around: Surroundings, word: Word) -> str:
    """'given', 'unknown', 'particle' or '' for a word that can be part of a name, and how."""
    if (
        around.in_office(word.start, word.end)
        or around.place_over(word.start, word.end)
        or word.folded in names.honorifics
    ):
        return ""
    if word.folded[:1].isascii():
        return ""
    if word.folded in names.particles:
        return "particle"
    for stem in stems(word.folded, names.table.clitics):
        if (
            stem in names.given
            and stem not in names.frequent
            and (stem == word.folded or word.folded not in names.common)
        ):
            return "given"
    if SHORTEST <= len(word.folded) <= LONGEST_WORD and not is_word(word.folded, names):
        return "unknown"
    return ""


def _joined(text: Segmented, words: list[Word], before: int, after: int) -> bool:
    gap = text.folded[words[before].end : words[after].start]
    return (
        after == before + 1
        and bool(re.fullmatch(r"[ \-]{1,2}", gap))
        and words[before].sentence == words[after].sentence
    )


def _judge(
    text: Segmented,
    names: Names,
    around: Surroundings,
    forms: Mapping[str, bool],
    words: list[Word],
    kinds: list[str],
    run: list[int],
) -> Candidate | None:
    while run and kinds[run[-1]] == "particle":
        run = run[:-1]
    # A name begins with its first name: an unknown word in front of it is some verb.
    first_given = next((n for n, i in enumerate(run) if kinds[i] == "given"), 0)
    run = run[first_given:]
    articles = tuple(names.table.name_articles)
    while (
        run
        and kinds[run[0]] == "unknown"
        and words[run[0]].folded.startswith(articles)
        and not around.in_office(words[run[0]].start - 2, words[run[0]].start - 1)
    ):
        run = run[
            1:
        ]  # with an article and nothing in front: an adjective or noun that the pack does not know
    if not run:
        return None
    if not run:
        return None
    parts = [words[i] for i in run]
    start, end = parts[0].start, parts[-1].end
    first = stems(parts[0].folded, names.table.clitics)
    if kinds[run[0]] == "given" and parts[0].folded not in names.given:
        start += len(parts[0].folded) - len(next(s for s in first if s in names.given))
    elif (
        kinds[run[0]] == "unknown"
        and len(run) > 1
        and parts[0].folded[:1] == "و"
        and any(s in names.given for s in first[1:])
    ):
        start += 1
    spans = ((start, parts[0].end), *((w.start, w.end) for w in parts[1:]))
    office = around.office_before(start)
    beside = (
        office is not None
        and re.fullmatch(r"(?: [^\W\d_]+){0,2} ", text.folded[around.offices[office][1] : start]) is not None
    )
    direct = office is not None and text.folded[around.offices[office][1] : start] == " "
    if beside and not direct and office is not None:
        gap_start = around.offices[office][1]
        beside = any(a >= gap_start and b <= start for a, b, _ in around.places)
    honorific = words[run[0] - 1] if run[0] and words[run[0] - 1].folded in names.honorifics else None
    is_given = kinds[run[0]] == "given"
    surface = text.folded[start:end]
    known = any(form in forms for form in stems(surface, names.table.clitics))
    speaks = run[0] > 0 and words[run[0] - 1].folded in names.speech_verbs
    if direct or beside or honorific or known or (is_given and len(parts) > 1):
        strength = STRONG
    elif speaks:
        strength = FAIR
    else:
        strength = WEAK
    form = "full" if len(parts) > 1 else "surname"
    given = spans[0] if form == "full" else None
    title = text.text[honorific.start : honorific.end] if honorific else None
    return Candidate(start, end, strength, form, spans[-1], given, title, spans)


def _second_look(text: Segmented, names: Names, found: list[Candidate]) -> list[Candidate]:
    """Lift weak candidates that repeat a part of a name which stands elsewhere with better support, or one another."""
    clitics = names.table.clitics
    sure = {
        stem
        for c in found
        if c.strength >= FAIR
        for a, b in c.words
        for stem in stems(text.folded[a:b], clitics)
        if len(stem) > 2
    }
    lifted = []
    for candidate in found:
        if candidate.strength == WEAK:
            surface = text.folded[candidate.start : candidate.end]
            if sure & set(stems(surface, clitics)):
                candidate = replace(candidate, strength=FAIR)
        lifted.append(candidate)
    return lifted
