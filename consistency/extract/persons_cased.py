"""Names in scripts with capital letters: runs of capitalised words, judged by what they hold and what stands around them.

A candidate's `strength` says how sure it is that a person is named: STRONG has an office, an honorific, a first name or
the reference behind it, FAIR a second sign in the text, WEAK only its capitals. Mentions are made of STRONG and FAIR
ones; the checks look among the WEAK ones too when a name of the other document is missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from consistency.extract.names_table import Names
from consistency.languages.loader import fold
from consistency.types import Mention, PlaceValue, Segmented, SentenceKind

WEAK, FAIR, STRONG = 1, 2, 3
LONGEST_NAME = 6
"""Words in a name, particles included: longer runs are titles of works and headlines."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'‑‐-][^\W\d_]+)*")
_GAP = re.compile(r"[ \u00a0\u202f]{1,2}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may name a person. `family` and `given` are spans of offsets, where they can be told."""

    start: int
    end: int
    strength: int
    form: str
    family: tuple[int, int] | None = None
    given: tuple[int, int] | None = None
    honorific: str | None = None
    words: tuple[tuple[int, int], ...] = ()
    """Spans of the words of the name."""


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    folded: str
    is_capitalised: bool
    is_initial: bool
    """A single capital with a full stop: J."""
    opens: bool
    """Whether a sentence or quotation begins with it, so that its capital says nothing."""
    sentence: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else was found in the text, by offset."""

    offices: tuple[tuple[int, int], ...]
    places: tuple[tuple[int, int, str], ...]
    """(start, end, sense)"""
    is_known: Callable[[str], bool]
    """Whether the reference knows a person by this full name."""
    is_known_surname: Callable[[str], bool]

    def office_before(self, start: int) -> int | None:
        """Index of the last office that ends at or before `start`."""
        index = bisect_left(self.offices, (start + 1, -1)) - 1
        while index >= 0 and self.offices[index][1] > start:
            index -= 1
        return index if index >= 0 else None

    def in_office(self, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self.offices)

    def place_over(self, start: int, end: int) -> tuple[int, int, str] | None:
        return next((p for p in self.places if p[0] < end and start < p[1]), None)


def split_words(text: Segmented, names: Names) -> list[Word]:
    """The words of the text, without elided articles and possessive endings."""
    words: list[Word] = []
    original, folded = text.text, text.folded
    for match in _WORD.finditer(original):
        start, end = match.start(), match.end()
        while (cut := folded.find("'", start, end)) != -1 and folded[start:cut] in names.elisions:
            start = cut + 1
        for ending in names.table.possessives:
            if folded[start:end].endswith(ending) and end - start > len(ending):
                end -= len(ending)
                break
        if start >= end:
            continue
        before = original[:start].rstrip(" \u00a0\u202f«“\"'‘(¿¡[*_#>-–—")[-1:] if start else ""
        sentence = text.sentence_at(start)
        opens = (
            text.sentences[sentence].start >= start - 3
            or before in ".!?:…"
            or original[start - 1 : start] in '«“"('
        )
        single = end - start == 1 and original[start].isupper() and original[end : end + 1] == "."
        words.append(
            Word(
                start,
                end,
                folded[start:end],
                original[start].isupper(),
                single,
                opens,
                sentence,
            )
        )
    return words


def surroundings(
    offices: Sequence[Mention],
    places: Sequence[Mention],
    is_known: Callable[[str], bool],
    is_known_surname: Callable[[str], bool],
) -> Surroundings:
    return Surroundings(
        tuple((o.start, o.end) for o in offices),
        tuple((p.start, p.end, p.value.sense) for p in places if isinstance(p.value, PlaceValue)),
        is_known,
        is_known_surname,
    )


def candidates(text: Segmented, names: Names, around: Surroundings) -> list[Candidate]:
    """All stretches that may name a person, in text order, none overlapping."""
    words = split_words(text, names)
    lower = Counter(word.folded for word in words if not word.is_capitalised)
    titled = _titled_sentences(text, words)
    runs = _runs(text, names, around, words, lower, titled)
    found = [c for run in runs if (c := _judge(text, names, around, words, run)) is not None]
    return _second_look(text, names, found)


def _titled_sentences(text: Segmented, words: list[Word]) -> frozenset[int]:
    """Sentences whose words are capitalised for style: headlines in title case, lines in capitals."""
    total: Counter[int] = Counter()
    capital: Counter[int] = Counter()
    for word in words:
        if word.end - word.start > 3:
            total[word.sentence] += 1
            capital[word.sentence] += word.is_capitalised
    return frozenset(
        index
        for index, count in total.items()
        if (
            count >= 5
            and capital[index] >= 0.9 * count
            and text.text[text.sentences[index].end - 1] not in '.!?»”"'
        )
        or (
            text.sentences[index].kind is SentenceKind.HEADLINE
            and count >= 3
            and capital[index] >= 0.6 * count
        )
    )


def _runs(
    text: Segmented,
    names: Names,
    around: Surroundings,
    words: list[Word],
    lower: Counter[str],
    titled: frozenset[int],
) -> list[list[int]]:
    """Runs of words (as indices) that can belong to one name."""
    runs: list[list[int]] = []
    index = 0
    while index < len(words):
        first = words[index]
        is_place = around.place_over(first.start, first.end) is not None and first.folded not in names.given
        starts_name = _may_be_part(text, names, around, first, lower, titled)
        if starts_name and is_place and index + 1 < len(words):
            # "Macedonia Gjorge Ivanov" in languages that set the country between office and name.
            starts_name = not _may_be_part(text, names, around, words[index + 1], lower, titled)
        if not starts_name:
            index += 1
            continue
        run = [index]
        while len(run) < LONGEST_NAME + 2 and (
            following := _next_part(text, names, around, words, run[-1], lower, titled)
        ):
            run.extend(following)
        runs.append(run)
        index = run[-1] + 1
    return runs


def _may_be_part(
    text: Segmented,
    names: Names,
    around: Surroundings,
    word: Word,
    lower: Counter[str],
    titled: frozenset[int],
) -> bool:
    if not word.is_capitalised or word.folded in names.honorifics or word.folded in names.not_names:
        return False
    if around.in_office(word.start, word.end):
        return False
    place = around.place_over(word.start, word.end)
    if place is not None and (place[2] == "adjective" or " " in text.text[place[0] : place[1]]):
        return False
    if word.folded in names.given or word.is_initial:
        return True
    is_common = (
        word.folded in names.common
        or lower[word.folded] > 0
        or (word.opens and _looks_common(word.folded, names))
    )
    return not (is_common and (word.opens or word.sentence in titled))


SHARED_LETTERS = 6
"""An unknown word that opens a sentence and begins like a known one is a form of that (Приближаясь, приближается)."""


def _looks_common(word: str, names: Names) -> bool:
    prefix = word[:SHARED_LETTERS]
    at = bisect_left(names.sorted_common, prefix)
    return (
        len(word) > SHARED_LETTERS
        and at < len(names.sorted_common)
        and names.sorted_common[at].startswith(prefix)
    )


def _next_part(
    text: Segmented,
    names: Names,
    around: Surroundings,
    words: list[Word],
    last: int,
    lower: Counter[str],
    titled: frozenset[int],
) -> list[int]:
    """The next word of the name behind `last`, with particles before it; empty where the name ends."""
    taken: list[int] = []
    here = last
    while here + 1 < len(words):
        word, before = words[here + 1], words[here]
        gap = text.text[before.end : word.start]
        joined = (
            _GAP.fullmatch(gap) or (before.is_initial and re.fullmatch(r"\. ?", gap)) or gap in ("-", "‑")
        )
        if word.folded in names.suffixes and re.fullmatch(r",? ", gap) and not taken:
            return [here + 1]
        if not joined or word.sentence != before.sentence or len(taken) > 3:
            return []
        taken.append(here + 1)
        if word.is_capitalised and (word.folded not in names.particles or len(word.folded) > 3):
            is_part = _may_be_part(text, names, around, word, lower, titled)
            # "Theresa May", "Gordon Brown": an everyday word behind a first name, even where all words are capitalised.
            after_given = before.folded in names.given and not around.in_office(word.start, word.end)
            return taken if is_part or (after_given and word.folded not in names.not_names) else []
        if word.folded not in names.particles and word.folded.split("-")[0] not in names.particles:
            return []
        here += 1
    return []


def _judge(
    text: Segmented, names: Names, around: Surroundings, words: list[Word], run: list[int]
) -> Candidate | None:
    """The run as a candidate, or None where it names no person."""
    parts = [words[index] for index in run]
    honorific, before_is_office = _in_front(text, names, around, parts[0])
    supported = honorific is not None or before_is_office
    while len(parts) > 1 and parts[-1].folded in names.particles:
        parts.pop()
    real = [
        w
        for w in parts
        if not w.is_initial and w.folded not in names.suffixes and w.folded not in names.particles
    ]
    if not real:
        return None
    start, end = parts[0].start, parts[-1].end
    if (
        parts[-1].folded in names.suffixes
        and text.text[end : end + 1] == "."
        and parts[-1].folded in ("jr", "sr")
    ):
        end += 1
    surface = text.text[start:end]
    known = around.is_known(surface) if len(real) > 1 else around.is_known_surname(surface)
    spans = tuple((w.start, w.end) for w in parts)
    bad = [
        w for w in real if {w.folded, *w.folded.split("-")} & (names.organisation_words | names.place_words)
    ]
    place = around.place_over(start, end)
    if (
        bad
        and not supported
        and not known
        and not (len(real) == 2 and real[0].folded in names.given and _speaks(text, names, end))
    ):
        return None
    if place is not None and len(real) == 1 and honorific is None:
        return None  # "Prime Minister of Britain" in languages without "of"
    if (
        place is not None
        and not supported
        and not known
        and not (len(real) > 1 and parts[0].folded in names.given)
    ):
        return None
    if text.text[start:end].isupper() and len(real) == 1 and len(surface) <= 5 and honorific is None:
        return None  # NATO, ITV
    if len(real) > LONGEST_NAME:
        return None
    if len(real) == 1:
        return _single(text, names, around, real[0], spans, (start, end), honorific, supported, known)
    family_first = _is_family_first(names, real, text)
    common = [w for w in real if w.folded in names.common]
    is_given = real[0].folded.split("-")[0] in names.given or family_first or parts[0].is_initial
    if known or supported or (is_given and len(common) < len(real)):
        strength = STRONG
    elif len(common) == 0 and (_speaks(text, names, end) or _has_age(text, end)):
        strength = FAIR
    elif len(common) < len(real) - 1 or not common or (len(real) == 2 and real[-1] not in common):
        strength = WEAK
    else:
        return None
    if family_first:
        family, given = (real[0].start, real[0].end), (real[1].start, real[-1].end)
    else:
        family_start = real[-1].start
        for word in reversed(parts[1:-1]):
            if word.folded in names.particles and word.end <= family_start:
                family_start = word.start
            elif word.end <= family_start:
                break
        family, given = (family_start, real[-1].end), (real[0].start, real[0].end)
    return Candidate(start, end, strength, "full", family, given, honorific, spans)


def _single(
    text: Segmented,
    names: Names,
    around: Surroundings,
    word: Word,
    spans: tuple[tuple[int, int], ...],
    span: tuple[int, int],
    honorific: str | None,
    supported: bool,
    known: bool,
) -> Candidate | None:
    """A name of one word."""
    is_common = word.folded in names.common
    if honorific is None and (word.folded in names.organisation_words or word.folded in names.place_words):
        return None
    if honorific is None and supported and word.folded in names.frequent:
        return None  # "the spokesman of the Service" without "of"
    if honorific is not None and _looks_common(word.folded, names):
        return None  # "Lord Protecteur"
    if (supported and not (is_common and word.opens)) or (known and not is_common):
        strength = STRONG
    elif is_common or around.place_over(*span) is not None:
        return None
    elif _speaks(text, names, span[1]) and len(word.folded) > 2:
        strength = FAIR
    elif word.folded in names.given:
        strength = WEAK
    else:
        strength = WEAK
    return Candidate(*span, strength, "surname", span, None, honorific, spans)


def _in_front(text: Segmented, names: Names, around: Surroundings, word: Word) -> tuple[str | None, bool]:
    """(honorific as written, whether an office stands right before the name)."""
    window = text.folded[max(0, word.start - 24) : word.start]
    found = re.search(r"(?<![^\W_])([^\W\d_]+(?: [^\W\d_]+){0,2})\.? ?$", window)
    if found and window.endswith((" ", ".", "\u00a0")):
        phrase = found.group(1)
        while phrase:
            if phrase in names.honorifics:
                offset = word.start - len(window) + window.rfind(phrase)
                return text.text[offset : offset + len(phrase)], False
            phrase = phrase.partition(" ")[2]
    index = around.office_before(word.start)
    if index is None:
        return None, False
    office_end = around.offices[index][1]
    gap = text.folded[office_end : word.start]
    if re.fullmatch(r"\.? ", gap):
        return None, True
    for place_start, place_end, sense in around.places:
        if (
            office_end <= place_start
            and place_end <= word.start
            and text.folded[place_end : word.start] in (" ", ", ")
        ):
            link = text.folded[office_end:place_start]
            # "spokesperson for the Indonesian Red Cross": behind a link an adjective belongs to what follows it.
            if link == " " or (sense != "adjective" and re.fullmatch(r" (?:[^\W\d_]{1,4}[ ']){1,3}", link)):
                return None, True
    return None, False


def _speaks(text: Segmented, names: Names, end: int) -> bool:
    """Whether a speech verb follows."""
    following = text.folded[end : end + 40].lstrip(" ,")
    return any(
        following.startswith(verb) and not following[len(verb) : len(verb) + 1].isalpha()
        for verb in names.speech_verbs
    )


def _has_age(text: Segmented, end: int) -> bool:
    return re.match(r",? \(?\d{2}[,)]", text.text[end : end + 8]) is not None


def _is_family_first(names: Names, real: list[Word], text: Segmented) -> bool:
    return real[0].folded in names.family_first and len(real) <= 3 and real[-1].folded not in names.given


def _second_look(text: Segmented, names: Names, found: list[Candidate]) -> list[Candidate]:
    """Lift weak candidates that repeat a name which stands elsewhere with better support."""
    sure: set[str] = set()
    for candidate in found:
        if candidate.strength >= FAIR:
            sure.update(text.folded[a:b] for a, b in candidate.words if b - a > 2)
    tails = Counter(text.folded[c.start : c.end] for c in found if c.form == "surname")
    lifted: list[Candidate] = []
    for candidate in found:
        if candidate.strength == WEAK:
            own = {text.folded[a:b] for a, b in candidate.words if b - a > 2}
            last = text.folded[candidate.words[-1][0] : candidate.words[-1][1]]
            if (candidate.form == "surname" and own & sure) or (
                candidate.form == "full" and (last in sure or tails[last]) and last not in names.common
            ):
                candidate = replace(candidate, strength=FAIR)
        lifted.append(candidate)
    sure.update(text.folded[a:b] for c in lifted if c.strength >= FAIR for a, b in c.words if b - a > 2)
    return [
        replace(c, strength=FAIR)
        if c.strength == WEAK and c.form == "surname" and text.folded[c.start : c.end] in sure
        else c
        for c in lifted
    ]


def name_fold(form: str, language: str) -> str:
    return fold(form, language)
