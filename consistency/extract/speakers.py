"""Who makes a statement: the words that can name a speaker, and which of them a clause means.

Before the verb, behind it, by a source, by "both sides", or carried over. Objects of prepositions and names inside
what was said are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consistency.extract.acts import ladder
from consistency.extract.clauses import Clause, find_acts, has_own_opening, speaker_words
from consistency.extract.issuers import country_of_body
from consistency.languages.loader import language_table
from consistency.types import (
    Mention,
    OfficeValue,
    OrganisationValue,
    PersonValue,
    PlaceValue,
    Segmented,
    Speaker,
)

BEHIND_VERB = 40
"""Characters behind a verb of speech within which its subject may follow ("said Blinken", "a souligné M. Wang")."""

JOINED = 60
"""Characters between two names that an "and" can join into one speaker, offices in between included."""

SUBJECT_REACH = 60
"""Characters from a sentence's start within which the first name, office in front included, is its subject."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that can be a speaker."""

    start: int
    end: int
    kind: str
    mention: Mention | None = None
    country: str | None = None


@dataclass(slots=True)
class Memory:
    """Who spoke last, for pronouns and clauses without a subject."""

    speaker: Speaker | None = None
    person: Speaker | None = None
    joint: Speaker | None = None
    act: str = "state"
    goes_on: bool = False
    """Whether a sentence without a verb of speech is still the speaker's."""


def candidates_in(text: Segmented, mentions: Sequence[Mention], own: str | None) -> list[Candidate]:
    """Every stretch of words that can name a speaker, in order of place; names win over the words of the packs."""
    holders: dict[str, str] = {}
    for mention in mentions:
        if isinstance(mention.value, OfficeValue) and mention.value.holder and mention.value.country:
            holders.setdefault(mention.value.holder, mention.value.country)
    countries = _countries_of_names(mentions, holders)
    found: list[Candidate] = []
    for mention in mentions:
        value = mention.value
        if isinstance(value, PersonValue):
            kind = "joint" if value.form == "joint" else "person"
            country = countries.get(mention.id) or value.counterpart_of
            found.append(Candidate(mention.start, mention.end, kind, mention, country))
        elif isinstance(value, OfficeValue):
            if value.holder is None:
                # In a ministry's own text "le ministre" is its own.
                found.append(Candidate(mention.start, mention.end, "party", mention, value.country or own))
        elif isinstance(value, OrganisationValue):
            found.append(Candidate(mention.start, mention.end, "party", mention, value.country))
        elif isinstance(value, PlaceValue) and _is_possessive(text, mention.end):
            continue  # "China's account": the account speaks, not China
        elif isinstance(value, PlaceValue) and value.sense == "government":
            found.append(Candidate(mention.start, mention.end, "party", mention, value.country))
        elif isinstance(value, PlaceValue) and value.id.startswith("country:") and value.sense == "place":
            # A country is a speaker only where nothing better stands there; `_nearest` ranks it last.
            found.append(Candidate(mention.start, mention.end, "place", mention, value.country))
    found.extend(_names_again(text, mentions, found, countries))
    words = speaker_words(text.language)
    if words is not None:
        for start, end, kind in words.references.find(text.folded):
            if not any(c.start < end and start < c.end and c.kind != "place" for c in found):
                beside = _country_beside(start, end, mentions)
                # In a ministry's own text "the Secretary" is its own.
                if kind == "party":
                    beside = beside or country_of_body(text.text[start:end]) or own
                found.append(Candidate(start, end, kind, None, beside))
    return sorted(found, key=lambda c: (c.start, c.end))


def _names_again(
    text: Segmented, mentions: Sequence[Mention], found: Sequence[Candidate], countries: dict[str, str]
) -> list[Candidate]:
    """Further places of names that the document gives in full: "Xi" and "Li" are too short for the extractor of names."""
    again: list[Candidate] = []
    edge = (r"(?<!\w)", r"(?!\w)") if language_table(text.language).spaced else ("", "")
    taken = bytearray(len(text.text))
    for candidate in found:
        taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
    searched: set[str] = set()
    for mention in mentions:
        value = mention.value
        if not isinstance(value, PersonValue) or value.form not in ("full", "surname"):
            continue
        for name in dict.fromkeys(name for name in (value.name, value.family) if name and len(name) > 1):
            if name in searched:  # all its places are taken by now
                continue
            searched.add(name)
            for match in re.finditer(edge[0] + re.escape(name) + edge[1], text.text):
                start, end = match.span()
                if not any(taken[start:end]):
                    again.append(Candidate(start, end, "person", mention, countries.get(mention.id)))
                    taken[start:end] = b"\1" * (end - start)
    return again


def _is_possessive(text: Segmented, end: int) -> bool:
    return text.folded.startswith("'s", end)


def _country_beside(start: int, end: int, mentions: Sequence[Mention]) -> str | None:
    """The country that an adjective gives to a word for a side ("the Chinese side", "le ministre chinois")."""
    for mention in mentions:
        if isinstance(mention.value, PlaceValue) and mention.value.country and mention.value.sense != "place":
            is_inside = start <= mention.start < end
            if is_inside or 0 <= mention.start - end <= 1 or 0 <= start - mention.end <= 1:
                return mention.value.country
    return None


def _countries_of_names(mentions: Sequence[Mention], holders: dict[str, str]) -> dict[str, str]:
    """Country of each person mention: of the office it holds, or that another mention of the same name holds."""
    by_name: dict[str, str] = {}
    people = [m for m in mentions if isinstance(m.value, PersonValue)]
    for mention in people:
        if mention.id in holders:
            assert isinstance(mention.value, PersonValue)
            for part in _name_parts(mention.value):
                by_name.setdefault(part, holders[mention.id])
    found = dict(holders)
    for mention in people:
        assert isinstance(mention.value, PersonValue)
        if mention.id not in found:
            country = next((by_name[p] for p in _name_parts(mention.value) if p in by_name), None)
            if country is not None:
                found[mention.id] = country
    return found


def _name_parts(value: PersonValue) -> list[str]:
    return [part.casefold() for part in (value.name, value.family) if part]


def speaker_of(
    text: Segmented, clause: Clause, is_first: bool, candidates: Sequence[Candidate], memory: Memory
) -> Speaker | None:
    """Who makes the statement; None for narration that nobody is named for."""
    if clause.act_start is None or clause.act_end is None:
        if not is_first:
            return memory.speaker
        source = _source(text, clause, candidates)
        if source is None and memory.goes_on and memory.speaker is not None:
            # 奥斯汀则谈到…: a verb of speech whose subject no extractor knows begins somebody else's words.
            comma = re.search(r"[，；]", text.text[clause.start : clause.end])
            stop = clause.start + comma.start() if comma else clause.end
            unknown = any(True for _ in find_acts(text, clause.start, stop))
            return None if unknown else memory.speaker
        if source is None:
            _remember_subject(text, clause, candidates, memory)
        return source or Speaker("narrator")
    act_start, act_end = clause.act_start, clause.act_end
    before = [c for c in candidates if clause.start <= c.start and c.end <= act_start]
    if not is_first and all(c.kind in ("pronoun", "plural") for c in before):
        # "…, and that it hoped": the pronoun stands for the one who speaks, or for a side inside what is said.
        if before and (memory.speaker is None or memory.speaker.kind == "narrator"):
            return memory.person
        before = []
    if clause.frame_start is not None:
        outer = [c for c in before if c.end <= clause.frame_start]
        frame_end = clause.frame_end or clause.frame_start
        inner = [c for c in before if c.start >= _said_from(text, frame_end, act_start)]
        if not outer:
            # Verb first, as in Arabic: "وقال كوليبا إن …".
            outer = [c for c in before if c.start >= frame_end and _follows_closely(text, frame_end, c)][:1]
            inner = [c for c in inner if c not in outer]
        # The last name before the inner verb is its subject; one further up is whom the outer verb speaks to.
        named = inner if inner and inner[-1].kind in ("person", "joint") else []
        is_source = bool(outer) and outer[-1].kind in ("party", "place")
        if named and (is_source or not outer or named[-1].kind == "person"):
            # "The ministry said that both sides agreed": the ministry only brings the news.
            return _nearest(text, named, memory)
        if outer:
            return _nearest(text, outer, memory)
        return memory.speaker
    behind = [c for c in candidates if act_end <= c.start <= act_end + BEHIND_VERB and c.end <= clause.end]
    # "…, said Blinken"; but "and urged China": only verbs of saying stand before their subject.
    rung = ladder().get(clause.act or "")
    is_after_comma = text.text[max(clause.start, act_start - 2) : act_start].strip() in (",", "，", "»", "”")
    words = speaker_words(text.language)
    can_invert = rung is not None and (rung.scale == "statement" or (words is not None and words.verb_first))
    inverted = can_invert and (is_after_comma or not before)
    if (
        behind
        and inverted
        and language_table(text.language).spaced
        and _follows_closely(text, act_end, behind[0])
    ):
        return _as_speaker(behind[0], memory)
    if before:
        return _nearest(text, before, memory)
    if not before and not has_own_opening(text, clause.start, clause.frame_start or act_start):
        return None  # a subject that no extractor knows: better nobody than the one before
    if not is_first and memory.speaker is not None and memory.speaker.kind == "narrator":
        earlier = [c for c in candidates if c.end <= clause.start and c.kind != "place"]
        return _as_speaker(earlier[0], memory) if earlier else memory.speaker
    if is_first and memory.goes_on and memory.speaker is not None and memory.speaker.kind == "joint":
        return (
            memory.speaker
        )  # 两国元首同意……。同意……: the next sentence without a subject is still both sides'
    return memory.speaker if not is_first else memory.person


def _said_from(text: Segmented, start: int, end: int) -> int:
    """Where what was said begins: behind the last "that" between two verbs, else at `start`."""
    words = speaker_words(text.language)
    assert words is not None
    found = [m for m in re.finditer(r"\w+'?", text.folded[start:end]) if m.group() in words.complementizers]
    return start + found[-1].end() if found else start


def _remember_subject(
    text: Segmented, clause: Clause, candidates: Sequence[Candidate], memory: Memory
) -> None:
    """Narration that begins with a person makes that person the one a following "she" stands for."""
    first = next((c for c in candidates if clause.start <= c.start and c.end <= clause.end), None)
    if first is not None and first.kind == "person" and first.start - clause.start <= SUBJECT_REACH:
        memory.person = Speaker("person", first.mention.id if first.mention else None, first.country)


def _follows_closely(text: Segmented, act_end: int, candidate: Candidate) -> bool:
    """Whether only an honorific or an article stands between the verb and the name behind it."""
    words = speaker_words(text.language)
    assert words is not None
    between = text.folded[act_end : candidate.start]
    return between.count(",") == 0 and all(word in words.articles for word in re.findall(r"\w+'?", between))


def _nearest(text: Segmented, before: Sequence[Candidate], memory: Memory) -> Speaker | None:
    """The subject among the candidates before a verb: the last one, or two joined by "and" as one."""
    named = [c for c in before if c.kind != "place"]
    if len(named) > 1:
        # "耶伦向中方表明": the side that a preposition stands before is spoken to.
        named = [c for c in named if not _is_object(text, c)] or named
    if not named:
        return _as_speaker(before[-1], memory)
    last = named[-1]
    if last.kind in ("person", "party") and len(named) > 1:
        other = named[-2]
        if other.kind == last.kind and last.start - other.end <= JOINED and _is_joined(text, other, last):
            mention = other.mention.id if other.mention else None
            return Speaker("joint", mention)
    return _as_speaker(last, memory)


def _is_object(text: Segmented, candidate: Candidate) -> bool:
    """Whether a preposition stands before the candidate, articles and lower-case words of its office in between."""
    words = speaker_words(text.language)
    assert words is not None
    if not language_table(text.language).spaced:
        return text.folded[: candidate.start].endswith(words.prepositions)
    before = re.findall(r"\w+'?|[^\w\s]", text.folded[max(0, candidate.start - 40) : candidate.start])
    for word in reversed(before):
        if word in words.prepositions:
            return True
        if word not in words.articles and word not in words.nominal_before:
            return False
    return False


def _is_joined(text: Segmented, left: Candidate, right: Candidate) -> bool:
    words = speaker_words(text.language)
    assert words is not None
    between = text.folded[left.end : right.start]
    if re.search(r"[,;，；。]", between):
        return False
    if language_table(text.language).spaced:
        return any(word in words.coordinators for word in re.findall(r"\w+", between)[:2])
    return any(between.startswith(word) for word in words.coordinators)


def _as_speaker(candidate: Candidate, memory: Memory) -> Speaker | None:
    if candidate.kind == "pronoun":
        # "The ministry said …. He added": whoever spoke last, were it a body that speaks for somebody unnamed.
        last = memory.speaker
        return last if last is not None and last.kind in ("person", "party") else memory.person or last
    if candidate.kind == "plural":
        return memory.joint or Speaker("joint")
    kind = "party" if candidate.kind == "place" else candidate.kind
    return Speaker(kind, candidate.mention.id if candidate.mention else None, candidate.country)


def _source(text: Segmented, clause: Clause, candidates: Sequence[Candidate]) -> Speaker | None:
    """The speaker of narration that names its source ("according to the ministry, …")."""
    words = speaker_words(text.language)
    assert words is not None
    for _, end, _ in words.sources.find(text.folded, clause.start, clause.end):
        named = next((c for c in candidates if end <= c.start <= end + BEHIND_VERB), None)
        if named is not None:
            return Speaker(
                "party" if named.kind == "place" else named.kind,
                named.mention.id if named.mention else None,
                named.country,
            )
    return None


def addressee_of(clause: Clause, candidates: Sequence[Candidate], speaker: Speaker | None) -> Speaker | None:
    """Whom a request or a warning is addressed to: the side named first behind the verb."""
    if clause.act_end is None or clause.act is None:
        return None
    for candidate in candidates:
        if clause.act_end <= candidate.start <= clause.act_end + BEHIND_VERB and candidate.end <= clause.end:
            if (
                speaker is not None
                and candidate.mention is not None
                and speaker.mention == candidate.mention.id
            ):
                continue
            if candidate.kind in ("person", "party", "place"):
                kind = "person" if candidate.kind == "person" else "party"
                return Speaker(kind, candidate.mention.id if candidate.mention else None, candidate.country)
    return None
