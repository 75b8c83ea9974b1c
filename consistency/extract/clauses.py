"""Clauses of a sentence that each hold one statement, and the words that show its act.

A statement begins at a sentence's start, at a verb of speech with its subject ("Qin stressed that …, and hoped that
…"), and after a comma or semicolon behind which enough words stand to say something of their own ("…，停止干涉中国内政").

Not handled: statements nested in statements ("he said that she had said"): the outer speech verb makes the statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from consistency.extract.acts import act_phrases
from consistency.languages.loader import PhraseMatcher, Table, fold, has_table, language_table, load
from consistency.types import Segmented, Sentence


class SpeakersTable(Table):
    """Shape of `speakers.toml`."""

    joint: tuple[str, ...]
    pronouns: tuple[str, ...]
    plural_pronouns: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    nominal_before: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    nominal_after: tuple[str, ...] = ()
    """The same behind it: 宣布的 is "announced by", no statement of its own."""
    modals: tuple[str, ...] = ()
    """Words between a subject and a verb that make it what the other should do (美方应当兑现…), no act of its own."""
    conditionals: tuple[str, ...] = ()
    """Words that begin a clause in which nothing is said or done yet ("if", 如果)."""
    prepositions: tuple[str, ...] = ()
    """Words that make the name behind them an object ("told to", 向, 同), never the subject of the verb further on."""
    complementizers: tuple[str, ...] = ()
    """Words behind which what was said begins ("that", que): its subject stands behind them."""
    articles: tuple[str, ...] = ()
    """Words that may stand between a verb of speech and its subject behind it ("said the minister", "a dit M. Wang")."""
    adverbial_starts: tuple[str, ...] = ()
    """Beginnings of stretches before a comma that only open a sentence (关于, "on", "lors de")."""
    adverbial_ends: tuple[str, ...] = ()
    """Ends of such stretches (以来, 时)."""
    carries_over: bool = False
    """Whether a sentence without a verb of speech goes on with what the speaker of the one before said."""
    verb_first: bool = False
    """Whether the subject usually stands behind its verb, as in Arabic."""


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """The words of `speakers.toml`, ready to match."""

    references: PhraseMatcher[str]
    """Payload 'joint', 'pronoun', 'plural' or 'party'."""
    coordinators: frozenset[str]
    agents: frozenset[str]
    sources: PhraseMatcher[bool]
    nominal_before: frozenset[str]
    nominal_after: tuple[str, ...]
    modals: tuple[str, ...]
    conditionals: tuple[str, ...]
    prepositions: tuple[str, ...]
    complementizers: frozenset[str]
    openers: frozenset[str]
    articles: frozenset[str]
    adverbial_starts: tuple[str, ...]
    adverbial_ends: tuple[str, ...]
    carries_over: bool
    verb_first: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement's stretch of text, and the words of its act where it has its own. Code point offsets."""

    start: int
    end: int
    act: str | None = None
    act_start: int | None = None
    act_end: int | None = None
    frame_start: int | None = None
    """Where the outer verb stands in "said that it hoped"; None where there is only one verb."""
    frame_end: int | None = None


MIN_WORDS = 4
"""Words behind a comma that may stand as a statement of their own, in a spaced language."""

MIN_CHARACTERS = 6
"""The same in Chinese: 停止干涉中国内政 has eight characters, 责任十分清楚 six; adverbials (对此, 会谈中) have fewer."""

MIN_SUBJECT_WORDS = 5
"""Words beside the name in a stretch that is nothing but the subject of the verb behind the comma."""

UNKNOWN_SUBJECT = 4
"""Words of a subject that no extractor knows, at the start of a sentence."""

NEAR_SUBJECT = 3
"""Characters between a name inside a Chinese clause and the verb of speech that it may be the subject of (也, 还, 一致)."""

TAG_WORDS = 5
"""Words behind the verb in "…, said U.S. Secretary of State Blinken" at most."""

FRAMES = ("say", "explain", "announce", "note")
"""Acts that only say that something was said: "said that it hoped" is a hope."""

_COMMA = re.compile(r"[,，;；、:：—–،؛]")
_WORD = re.compile(r"\w+'?")


@cache
def speaker_words(language: str) -> SpeakerWords | None:
    """The language's words for speakers; None where its pack has none."""
    if not has_table(language, "speakers"):
        return None
    table = load(language, "speakers", SpeakersTable)
    kinds = (
        ("party", table.parties),
        ("plural", table.plural_pronouns),
        ("pronoun", table.pronouns),
        ("joint", table.joint),
    )
    references = {fold(word, language): kind for kind, words in kinds for word in words}

    def folded(words: tuple[str, ...]) -> frozenset[str]:
        return frozenset(fold(word, language) for word in words)

    return SpeakerWords(
        PhraseMatcher(references, language),
        folded(table.coordinators),
        folded(table.agents),
        PhraseMatcher(dict.fromkeys(table.sources, True), language),
        folded(table.nominal_before),
        tuple(sorted(folded(table.nominal_after))),
        tuple(sorted(folded(table.modals))),
        tuple(sorted(folded(table.conditionals))),
        tuple(sorted(folded(table.prepositions))),
        folded(table.complementizers),
        folded(table.openers),
        folded(table.articles),
        tuple(sorted(folded(table.adverbial_starts))),
        tuple(sorted(folded(table.adverbial_ends))),
        table.carries_over,
        table.verb_first,
    )


def find_acts(text: Segmented, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, act) of the words inside ``text[start:end]`` that show a speech act, nouns left out."""
    matcher = act_phrases(text.language)
    words = speaker_words(text.language)
    if matcher is None or words is None:
        return
    spaced = language_table(text.language).spaced
    for act_start, act_end, act in matcher.find(text.folded, start, end):
        if spaced:
            before = re.search(r"(\w+'?)\s*$", text.folded[max(start, act_start - 20) : act_start])
            if (
                before
                and before.group(1) in words.nominal_before
                and " " not in text.folded[act_start:act_end]
            ):
                continue
        elif text.folded[max(start, act_start - 1) : act_start] in words.nominal_before:
            continue
        if words.nominal_after and text.folded.startswith(words.nominal_after, act_end):
            continue
        yield act_start, act_end, act


def split_clauses(text: Segmented, sentence: Sentence, subjects: Sequence[tuple[int, int]]) -> list[Clause]:
    """The statements of one sentence: they cover it without overlap, in order.

    `subjects` are spans of words that can be a speaker. A verb of speech counts where one of them, or nothing but an
    opening word, stands between the last comma and it. Of two verbs of which the first only says that something was
    said ("said that it hoped"), the second tells the act.
    """
    commas = [
        match.end()
        for match in _COMMA.finditer(text.text, sentence.start, sentence.end)
        if match.end() < sentence.end
        and match.group() != "、"
        and not _inside_number(text.text, match.start())
    ]
    starts = [sentence.start]
    owners: dict[int, tuple[int, int, str]] = {}
    frames: dict[int, tuple[int, int]] = {}
    for act_start, act_end, act in find_acts(text, sentence.start, sentence.end):
        comma = max((c for c in commas if c <= act_start), default=sentence.start)
        owner = owners.get(starts[-1])
        if owner is not None and comma <= owner[1] and not _is_frame(owner[2]):
            coordinated = _coordinated(text, owner[1], act_start)
            if coordinated is not None:
                starts.append(coordinated)
                owners[coordinated] = (act_start, act_end, act)
            continue
        opening = _opening(
            text,
            max(comma, owner[1] if owner else comma),
            act_start,
            subjects,
            at_start=owner is None and comma == sentence.start,
        )
        if owner is not None and _is_frame(owner[2]) and not _is_frame(act):
            gap = text.folded[owner[1] : act_start].strip(" ,，:：")
            if not gap or (opening == "subject" and comma <= owner[1] + 1):
                frames[starts[-1]] = (owner[0], owner[1])
                owners[starts[-1]] = (act_start, act_end, act)
                continue
        if opening is None:
            continue
        if owner is None:
            is_opened = (
                _is_prelude(text, starts[-1], comma)
                or _is_subject(text, starts[-1], comma, subjects)
                or _is_tag(text, act, act_end, min((c for c in commas if c > act_end), default=sentence.end))
            )
            if comma > starts[-1] and not is_opened:
                starts.append(comma)
        elif comma > owner[1]:
            starts.append(comma)
        else:
            coordinated = _coordinated(text, owner[1], act_start)
            if coordinated is None:
                continue
            starts.append(coordinated)
        owners[starts[-1]] = (act_start, act_end, act)
    starts = sorted({*starts, *_further_starts(text, sentence, commas, starts, owners)})
    clauses = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else sentence.end
        begin, stop = _trim(text.text, start, end)
        own = owners.get(start)
        if own is None:
            clauses.append(Clause(begin, stop))
        else:
            clauses.append(Clause(begin, stop, own[2], own[0], own[1], *frames.get(start, (None, None))))
    return clauses


def _is_frame(act: str) -> bool:
    """Whether the act only says that something was said, so that a verb inside tells more."""
    return act in FRAMES


def _opening(
    text: Segmented, start: int, act_start: int, subjects: Sequence[tuple[int, int]], *, at_start: bool
) -> str | None:
    """What stands before the act: 'subject', 'bare' for opening words only, 'unknown' for an unknown subject, else None."""
    words = speaker_words(text.language)
    if words is None:
        return None
    between = text.folded[start:act_start]
    if (
        re.match(r"\W*(?:" + "|".join(map(re.escape, words.conditionals)) + ")", between)
        and words.conditionals
    ):
        return None
    inside = [(a, b) for a, b in subjects if start <= a and b <= act_start]
    if language_table(text.language).spaced:
        if inside:
            return "subject"
        pieces = _WORD.findall(between)
        is_bare = len(pieces) <= 4 and all(
            piece in words.openers or piece.endswith(("ly", "ment")) for piece in pieces
        )
        if is_bare:
            return "bare"
        # "Ministers agreed …": a subject that no extractor knows, where the sentence begins with it.
        return "unknown" if at_start and len(pieces) <= UNKNOWN_SUBJECT else None
    if inside and any(modal in text.folded[inside[-1][1] : act_start] for modal in words.modals):
        return None
    if inside:
        # 把两国元首…承诺落到实处: a name in the middle is no subject unless the verb stands right behind it.
        leading = text.folded[start : inside[0][0]].strip(" ,，“”")
        if act_start - inside[-1][1] <= NEAR_SUBJECT or not leading or leading in words.openers:
            return "subject"
        return None
    stripped = between.strip(" ,，")
    return "bare" if len(stripped) <= 1 or stripped in words.openers else None


def has_own_opening(text: Segmented, start: int, act_start: int) -> bool:
    """Whether nothing that could be an unknown subject stands between a clause's start and its verb of speech.

    Opening words, adverbs and stretches that begin as adverbials do (对, "on") may stand there.
    """
    words = speaker_words(text.language)
    if words is None:
        return True
    between = text.folded[start:act_start].strip(" ,，、:：\"“”'")
    if not language_table(text.language).spaced:
        return (
            len(between) <= 1
            or between in words.openers
            or between.startswith((*words.adverbial_starts, *sorted(words.openers)))
        )
    pieces = _WORD.findall(between)
    if not pieces or pieces[0] in words.adverbial_starts:
        return True
    return all(piece in words.openers or piece.endswith(("ly", "ment")) for piece in pieces)


def _coordinated(text: Segmented, behind: int, act_start: int) -> int | None:
    """Where a second verb behind "and" begins a statement without a comma; None where there is no such word."""
    words = speaker_words(text.language)
    if words is None or not language_table(text.language).spaced:
        return None
    for word in reversed(list(_WORD.finditer(text.folded, behind, act_start))):
        if word.group() in words.coordinators:
            return word.start()
        if word.group() not in words.openers:
            return None
    return None


def _is_subject(text: Segmented, start: int, end: int, subjects: Sequence[tuple[int, int]]) -> bool:
    """Whether the stretch is little more than a name with its office ("The Secretary of State, Antony Blinken,")."""
    inside = [(a, b) for a, b in subjects if start <= a and b <= end]
    if not inside:
        return False
    if not language_table(text.language).spaced:
        return end - start - sum(b - a for a, b in inside) <= MIN_CHARACTERS
    loose = [
        w for w in _WORD.finditer(text.folded, start, end) if not any(a <= w.start() < b for a, b in inside)
    ]
    return len(loose) <= MIN_SUBJECT_WORDS


def _further_starts(
    text: Segmented,
    sentence: Sentence,
    commas: Sequence[int],
    starts: Sequence[int],
    owners: dict[int, tuple[int, int, str]],
) -> Iterator[int]:
    """Commas and semicolons behind the verb of speech that begin a further statement."""
    spaced = language_table(text.language).spaced
    bounds = sorted({*starts, sentence.end})
    for start, end in pairwise(bounds):
        owner = owners.get(start)
        last = behind = owner[1] if owner else start
        inside = [comma for comma in commas if behind + 1 < comma < end]
        for number, comma in enumerate(inside):
            stop = inside[number + 1] if number + 1 < len(inside) else end
            if not _is_statement(text, comma, stop) or _is_prelude(text, last, comma):
                continue
            if spaced and text.text[comma - 1] not in ";；؛" and not _starts_with_opener(text, comma, stop):
                continue
            last = comma
            yield comma


def _is_tag(text: Segmented, act: str, act_end: int, end: int) -> bool:
    """Whether a verb behind a comma only says whose words stood before it ("…, said Blinken")."""
    spaced = language_table(text.language).spaced
    return spaced and act in FRAMES and len(_WORD.findall(text.folded, act_end, end)) <= TAG_WORDS


def _is_prelude(text: Segmented, start: int, end: int) -> bool:
    """Whether the words before a comma only open what follows ("On Ukraine,", 自今年年初以来，), or are too few."""
    words = speaker_words(text.language)
    begin, stop = _trim(text.text, start, end)
    stretch = text.folded[begin:stop]
    if words is None or not _is_statement(text, begin, stop):
        return True
    if language_table(text.language).spaced:
        first = _WORD.match(stretch)
        return first is not None and first.group() in words.adverbial_starts
    return stretch.startswith(words.adverbial_starts) or stretch.endswith(words.adverbial_ends)


def _starts_with_opener(text: Segmented, start: int, end: int) -> bool:
    words = speaker_words(text.language)
    first = _WORD.search(text.folded, start, end)
    return words is not None and first is not None and first.group() in words.openers


def _is_statement(text: Segmented, start: int, end: int) -> bool:
    """Whether the stretch is long enough to say something of its own."""
    if language_table(text.language).spaced:
        return len(_WORD.findall(text.folded, start, end)) >= MIN_WORDS
    return sum(character.isalnum() for character in text.text[start:end]) >= MIN_CHARACTERS


def _inside_number(text: str, position: int) -> bool:
    return text[position - 1 : position].isdigit() and text[position + 1 : position + 2].isdigit()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",，;；、:：—–،؛"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",，;；、:：،؛"):
        end -= 1
    return start, end
