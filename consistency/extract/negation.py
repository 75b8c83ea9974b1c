"""Negating words and their near relations, with spans: what a lost or an added "not" is recognised by.

A negator denies by itself (not, 不, ne … pas). A soft cue has a negative sense that other languages often render with
a negator, and the other way round (unable, fail, without, 缺乏, отказаться): it never makes a finding, it excuses one. A
neutral phrase holds a negator that denies nothing (not only, 不断, sans doute). All of it is data of the packs.

Not handled: irony, and negation by intonation or by a rhetorical question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from consistency.languages.loader import PhraseMatcher, Table, fold, has_table, load


class FrameTable(Table):
    """A negation in two words, as "ne … pas"."""

    openers: tuple[str, ...]
    closers: tuple[str, ...]
    restrictors: tuple[str, ...] = ()
    """Words that make the opener a restriction ("ne … que": only)."""
    bare: tuple[str, ...] = ()
    """Words before which the opener denies alone ("ne peut")."""
    window: int = 8
    """Words between the opener and its closer at most."""


class NegationTable(Table):
    """Shape of `negation.toml`."""

    negators: tuple[str, ...]
    concord: tuple[str, ...] = ()
    """Words that deny alone, and only strengthen a negator beside them (nada, никто, nor)."""
    soft: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    """Negators that translations often dissolve: they excuse like soft cues, with the reach of a negation."""
    soft_stems: tuple[str, ...] = ()
    """Beginnings of words with a negative sense."""
    soft_stem_exceptions: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    frame: FrameTable | None = None
    light: tuple[str, ...] = ()
    """English only: word stems too light to tell what is denied ("be", "able", "yet")."""


@cache
def light_stems() -> frozenset[str]:
    """English word stems that are passed over on the way from a negator to what it denies."""
    return frozenset(load("en", "negation", NegationTable).light)


@dataclass(frozen=True, slots=True)
class NegationCue:
    """One negation or soft cue. Half-open code point offsets; `end` of a negation in two words is its last word's."""

    start: int
    end: int
    kind: str
    """'negation', 'loose' or 'soft'."""


CONCORD_WINDOW = 8
"""Words within which a concord word goes on with a negation instead of making another ("no … nada")."""

_WORD = re.compile(r"\w+")
_CLAUSE_STOP = re.compile(r"[.;:!?。；：！？؛؟…]")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    phrases: PhraseMatcher[str]
    stems: tuple[str, ...]
    exceptions: tuple[str, ...]
    openers: frozenset[str]
    closers: frozenset[str]
    restrictors: frozenset[str]
    bare: frozenset[str]
    window: int


@cache
def _lexicon(language: str) -> _Lexicon | None:
    if not has_table(language, "negation"):
        return None
    table = load(language, "negation", NegationTable)
    kinds = (
        ("soft", table.soft),
        ("loose", table.loose),
        ("concord", table.concord),
        ("negation", table.negators),
        ("neutral", table.neutral),
    )
    phrases = {fold(phrase, language): kind for kind, entries in kinds for phrase in entries}
    frame = table.frame or FrameTable(openers=(), closers=())

    def folded(words: tuple[str, ...]) -> frozenset[str]:
        return frozenset(fold(word, language) for word in words)

    return _Lexicon(
        PhraseMatcher(phrases, language),
        tuple(sorted(folded(table.soft_stems))),
        tuple(sorted(folded(table.soft_stem_exceptions))),
        folded(frame.openers),
        folded(frame.closers),
        folded(frame.restrictors),
        folded(frame.bare),
        frame.window,
    )


def knows_negation(language: str) -> bool:
    """Whether the language's pack tells how it denies."""
    return _lexicon(language) is not None


def find_negations(
    folded: str, language: str, start: int = 0, end: int | None = None
) -> tuple[NegationCue, ...]:
    """Negations and soft cues inside ``folded[start:end]``, in order of place, none overlapping.

    `folded` is text after `loader.fold`. A language without negation data gives none: ask `knows_negation` first.
    """
    lexicon = _lexicon(language)
    if lexicon is None:
        return ()
    stop = len(folded) if end is None else end
    matches = list(lexicon.phrases.find(folded, start, stop))
    cues = list(_framed(folded, lexicon, start, stop, matches)) if lexicon.openers else []
    taken = [(cue.start, cue.end) for cue in cues]
    last_negation: int | None = None
    for match_start, match_end, kind in matches:
        if any(a <= match_start < b for a, b in taken):
            continue
        if kind == "negation":
            cues.append(NegationCue(match_start, match_end, "negation"))
            last_negation = match_end
        elif kind == "concord":
            # Before or behind: "nadie … no" and "no … nada" deny once.
            behind = last_negation is not None and _near(folded, last_negation, match_start)
            ahead = next((a for a, _, k in matches if k == "negation" and a >= match_end), None)
            goes_on = behind or (ahead is not None and _near(folded, match_end, ahead))
            goes_on = goes_on or any(b <= match_start and _near(folded, b, match_start) for _, b in taken)
            cues.append(NegationCue(match_start, match_end, "soft" if goes_on else "negation"))
            if not goes_on:
                last_negation = match_end
        elif kind in ("soft", "loose"):
            cues.append(NegationCue(match_start, match_end, kind))
    covered = [(a, b) for a, b, _ in matches] + taken
    cues.extend(_stems(folded, lexicon, start, stop, covered))
    return tuple(sorted(cues, key=lambda cue: (cue.start, cue.end)))


def _near(folded: str, left: int, right: int) -> bool:
    """Whether two offsets lie in one clause, at most `CONCORD_WINDOW` words apart."""
    between = folded[left:right]
    return not _CLAUSE_STOP.search(between) and len(_WORD.findall(between)) <= CONCORD_WINDOW


def _stems(
    folded: str, lexicon: _Lexicon, start: int, stop: int, covered: list[tuple[int, int]]
) -> Iterator[NegationCue]:
    if not lexicon.stems:
        return
    for match in _WORD.finditer(folded, start, stop):
        word = match.group()
        if not word.startswith(lexicon.stems) or word.startswith(lexicon.exceptions):
            continue
        if not any(a <= match.start() < b for a, b in covered):
            yield NegationCue(match.start(), match.end(), "soft")


def _framed(
    folded: str, lexicon: _Lexicon, start: int, stop: int, matches: list[tuple[int, int, str]]
) -> Iterator[NegationCue]:
    """Negations in two words. Each takes the whole stretch from its opener to its last closer's end."""
    words = [
        (m.start(), m.end(), m.group()) for m in re.finditer(r"\w+'?", folded[:stop]) if m.start() >= start
    ]
    neutral = [(a, b) for a, b, kind in matches if kind == "neutral"]
    position = 0
    while position < len(words):
        word_start, word_end, word = words[position]
        position += 1
        if word not in lexicon.openers or any(a <= word_start < b for a, b in neutral):
            continue
        closer: tuple[int, int] | None = None
        is_restriction = False
        for ahead in range(position, min(position + lexicon.window, len(words))):
            next_start, next_end, next_word = words[ahead]
            if next_word in lexicon.openers or _CLAUSE_STOP.search(folded, word_end, next_start):
                break
            if any(a <= next_start < b for a, b in neutral):
                break
            if next_word in lexicon.closers:
                closer = (next_start, next_end)
                break
            if next_word in lexicon.restrictors:
                is_restriction = True
                break
        if closer is not None:
            yield NegationCue(word_start, closer[1], "negation")
            continue
        if is_restriction:
            yield NegationCue(word_start, word_end, "soft")
            continue
        behind = range(max(0, position - 1 - lexicon.window), position - 1)
        before = next((words[i] for i in reversed(behind) if words[i][2] in lexicon.closers), None)
        if before is not None and not _CLAUSE_STOP.search(folded, before[1], word_start):
            # "aucun accord ne passe": what is denied stands behind "ne"; the word before it is spent.
            yield NegationCue(word_start, word_end, "negation")
        elif position < len(words) and words[position][2] in lexicon.bare:
            yield NegationCue(word_start, word_end, "negation")
        else:
            yield NegationCue(word_start, word_end, "soft")
