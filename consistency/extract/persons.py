"""People: mentions with their parts, phrases that stand for people, and who holds which office in the text.

How names show depends on the script, and the pack says how (``strategy`` in names.toml): capitals, characters without
spaces, or words that all look alike. `weak_names` gives what may be a name besides the mentions: the cross-source
checks look there when a name of the other document has no counterpart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from consistency.extract import persons_cased, persons_han, persons_uncased
from consistency.extract.names_table import has_names, names
from consistency.extract.offices import offices_table
from consistency.extract.persons_cased import FAIR, Candidate, surroundings
from consistency.languages.loader import fold, has_table, language_table
from consistency.types import (
    AnalysedDocument,
    Mention,
    MentionKind,
    OfficeValue,
    PersonValue,
    PlaceValue,
    Segmented,
    Unchecked,
)

if TYPE_CHECKING:
    from consistency.reference import Reference

LONGEST_GAP = 48
"""Characters between an office and its holder, a country among them: "Foreign Minister of the People's Republic of China"."""


def find_persons(
    text: Segmented, offices: Sequence[Mention], places: Sequence[Mention], reference: Reference
) -> tuple[tuple[Mention, ...], tuple[Mention, ...], tuple[Unchecked, ...]]:
    """(persons, offices with their holders, unchecked), in text order. A pack without names gives no persons."""
    if not has_names(text.language):
        return (), tuple(offices), ()
    found = [c for c in name_candidates(text, offices, places, reference) if c.strength >= FAIR]
    mentions = [text.mention(MentionKind.PERSON, c.start, c.end, _value(text, c)) for c in found]
    named = list(_with_holders(text, offices, mentions, places))
    mentions.extend(_phrases(text, places, mentions, named))
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    return tuple(mentions), tuple(named), ()


def name_candidates(
    text: Segmented, offices: Sequence[Mention], places: Sequence[Mention], reference: Reference
) -> list[Candidate]:
    """Everything that may name a person, weak signs included."""
    pack = names(text.language)
    language = text.language

    def is_known(form: str) -> bool:
        return bool(reference.by_name(form, language))

    def is_known_surname(form: str) -> bool:
        return len(form) > 3 and bool(reference.by_surname(form, language))

    around = surroundings(offices, places, is_known, is_known_surname)
    if pack.table.strategy == "han":
        return persons_han.candidates(text, pack, around, _reference_forms(reference, language))
    if pack.table.strategy == "uncased":
        return persons_uncased.candidates(text, pack, around, _reference_forms(reference, language))
    return persons_cased.candidates(text, pack, around)


def weak_names(document: AnalysedDocument, text: Segmented, reference: Reference) -> list[Candidate]:
    """Candidates of an analysed document, weak ones included, in text order."""
    offices = document.of_kind(MentionKind.OFFICE)
    places = document.of_kind(MentionKind.PLACE)
    return name_candidates(text, offices, places, reference) if has_names(text.language) else []


_FORMS: dict[tuple[int, str], tuple[Reference, Mapping[str, bool]]] = {}


def _reference_forms(reference: Reference, language: str) -> Mapping[str, bool]:
    """Folded names of the reference: form -> whether it is a full name. Family names of one character are left out."""
    key = (id(reference), language)
    if key in _FORMS and _FORMS[key][0] is reference:
        return _FORMS[key][1]
    forms: dict[str, bool] = {}
    for person in reference.persons:
        full = [*person.names.get(language, ()), *person.attested.get(language, ())]
        for form in full:
            forms[fold(form, language)] = True
        dotted = any(re.search(f"[{persons_han.DOTS}]", form) or " " in form for form in full)
        for form in person.family.get(language, ()):
            if len(form) >= 2 and dotted:
                forms.setdefault(fold(form, language), False)
        for form in full:
            parts = re.split(f"[{persons_han.DOTS}]", form)
            if len(parts) > 1 and len(parts[-1]) >= 2:
                forms.setdefault(fold(parts[-1], language), False)
    _FORMS[key] = (reference, forms)
    return forms


def _value(text: Segmented, candidate: Candidate) -> PersonValue:
    def part(span: tuple[int, int] | None) -> str | None:
        return text.text[span[0] : span[1]] if span else None

    return PersonValue(
        form=candidate.form,
        name=text.text[candidate.start : candidate.end],
        family=part(candidate.family),
        given=part(candidate.given),
        honorific=candidate.honorific,
    )


# --- offices and their holders ------------------------------------------------------------------------------


def _with_holders(
    text: Segmented, offices: Sequence[Mention], persons: Sequence[Mention], places: Sequence[Mention]
) -> list[Mention]:
    """The offices, those that stand beside a person with their holder; everyday words without one are dropped."""
    if not offices or not has_table(text.language, "offices"):
        return list(offices)
    table = offices_table(text.language)
    chains = _chains(text, offices, places)
    result: list[Mention] = []
    by_start = {p.start: p for p in persons}
    by_end = {p.end: p for p in persons}
    for chain in chains:
        holder = _holder(text, chain, by_start, by_end, places)
        for office in chain:
            value = office.value
            assert isinstance(value, OfficeValue)
            if holder is None and value.function in table.attached_only:
                continue
            result.append(replace(office, value=replace(value, holder=holder.id if holder else None)))
    return result


def _chains(text: Segmented, offices: Sequence[Mention], places: Sequence[Mention]) -> list[list[Mention]]:
    """Offices joined by a conjunction or set side by side: one person's."""
    table = offices_table(text.language)
    words = "|".join(re.escape(fold(word, text.language)) for word in table.conjunctions)
    joint = re.compile(rf"\s*(?:{words})?\s*" if words else r"\s*")
    chains: list[list[Mention]] = []
    for office in offices:
        if chains:
            last = chains[-1][-1].end
            # A country may stand before or after the conjunction: "conseiller d'État chinois et ministre ...".
            between = [p for p in places if last <= p.start and p.end <= office.start]
            cuts = [last, *(at for p in between for at in (p.start, p.end)), office.start]
            gaps = [text.folded[a:b] for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
            if len(between) <= 1 and joint.fullmatch(" ".join(gaps)):
                chains[-1].append(office)
                continue
        chains.append([office])
    return chains


def _holder(
    text: Segmented,
    chain: list[Mention],
    by_start: Mapping[int, Mention],
    by_end: Mapping[int, Mention],
    places: Sequence[Mention],
) -> Mention | None:
    """The person beside the offices: right behind, right in front, or set off by a comma or bracket."""
    start, end = chain[0].start, chain[-1].end
    sentence_end = text.sentences[chain[0].sentence].end
    behind = _behind(text, end, min(sentence_end, end + LONGEST_GAP), by_start, places)
    if behind is not None and behind[1] == "direct":
        return behind[0]
    before = _in_front(text, start, by_end, places)
    if before is not None:
        return before
    return behind[0] if behind is not None else None


def _behind(
    text: Segmented, end: int, limit: int, by_start: Mapping[int, Mention], places: Sequence[Mention]
) -> tuple[Mention, str] | None:
    """The person who follows the office, and whether directly or after a comma or bracket."""
    pack = names(text.language)
    table = offices_table(text.language)
    spaced = language_table(text.language).spaced
    position = end
    how = "direct"
    place_at = {p.start: p for p in places}
    links = sorted({fold(link, text.language) for link in table.country_after if link}, key=len, reverse=True)
    while position <= limit:
        if (person := by_start.get(position)) is not None:
            return person, how
        if (place := place_at.get(position)) is not None and place.end <= limit + LONGEST_GAP:
            position = place.end
            continue
        rest = text.folded[position : position + 24]
        if rest[:1] in (" ", "\u00a0"):
            position += 1
            continue
        if rest[:1] in (",", "，", "(", "（", "،") and how == "direct":
            how = "apart"
            position += 1
            continue
        if not spaced:
            return None
        honorific = re.match(r"([^\W\d_]+)\.?(?= )", rest)
        if honorific and honorific.group(1) in pack.honorifics:
            position += honorific.end()
            continue
        if (
            how == "direct"
            and position > end
            and (
                link := next(
                    (
                        w
                        for w in links
                        if (rest.startswith(w) and not rest[len(w) : len(w) + 1].isalpha())
                        or (w.endswith("'") and rest.startswith(w))
                    ),
                    None,
                )
            )
        ):
            # A link must lead to a country ("of China"), not to the name itself ("envoy of Biden").
            ahead = position + len(link)
            while text.folded[ahead : ahead + 1] == " ":
                ahead += 1
            if ahead in place_at:
                position = ahead
                continue
        return None
    return None


def _in_front(
    text: Segmented, start: int, by_end: Mapping[int, Mention], places: Sequence[Mention]
) -> Mention | None:
    """The person in front of the office: 秦刚外长, "Blinken, secrétaire d'État", "Qin Gang (foreign minister"."""
    if not language_table(text.language).spaced:
        for gap in ("", "（", "("):
            if text.folded.endswith(gap, 0, start) and (person := by_end.get(start - len(gap))) is not None:
                return person
        place = next((p for p in places if p.end == start), None)
        if place is not None:
            for gap in ("（", "(", "，"):
                if text.folded.endswith(gap, 0, place.start) and (
                    person := by_end.get(place.start - len(gap))
                ):
                    return person
        return None
    position = start
    place_by_end = {p.end: p for p in places}
    articles = {fold(a, text.language) for a in names(text.language).table.articles}
    seen_comma = False
    for _ in range(8):
        if (person := by_end.get(position)) is not None and seen_comma:
            return person
        before = text.folded[max(0, position - 24) : position]
        if before.endswith(" "):
            position -= 1
            continue
        if before.endswith((",", "،", "(", "—", " -")) and not seen_comma:
            seen_comma = True
            position -= 1
            continue
        if seen_comma:
            return None
        if (place := place_by_end.get(position)) is not None:
            position = place.start
            continue
        if before.endswith("'s") and position - 2 in place_by_end:
            position -= 2
            continue
        article = next((a for a in sorted(articles, key=len, reverse=True) if before.endswith(a)), None)
        if article and not before[: len(before) - len(article)][-1:].isalpha():
            position -= len(article)
            continue
        return None
    return None


# --- phrases ------------------------------------------------------------------------------------------------


def _phrases(
    text: Segmented, places: Sequence[Mention], persons: Sequence[Mention], offices: Sequence[Mention]
) -> list[Mention]:
    """Phrases such as "son homologue américain", "the two ministers", 双方."""
    found: list[Mention] = []
    place_at = {p.start: p for p in places}
    covered = [(p.start, p.end) for p in persons]
    for pattern, form, is_counterpart in _phrase_patterns(text.language):
        for match in pattern.finditer(text.folded):
            start, end = match.span()
            country: str | None = None
            slot = (
                match.start("slot")
                if "slot" in pattern.groupindex and match.group("slot") is not None
                else None
            )
            if is_counterpart:
                place = place_at.get(slot) if slot is not None else None
                if slot is not None and place is None:
                    continue
                country = (
                    place.value.country if place is not None and isinstance(place.value, PlaceValue) else None
                )
            if any(a < end and start < b for a, b in covered):
                continue
            covered.append((start, end))
            value = PersonValue(form=form, counterpart_of=country)
            found.append(text.mention(MentionKind.PERSON, start, end, value))
    return found


@cache
def _phrase_patterns(language: str) -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """Longest phrases first, each with and without its adjective."""
    spaced = language_table(language).spaced
    patterns: list[tuple[int, re.Pattern[str], str, bool]] = []
    for phrase in names(language).table.phrases:
        for item in phrase.text:
            folded = fold(item, language)
            body = (
                re.escape(folded)
                .replace(r"\*", r"(?P<slot>[^\s,.;]+(?:[- ][^\s,.;]+)??)")
                .replace(r"\ ", " ")
            )
            edges = rf"(?<![^\W_]){body}(?![^\W_])" if spaced else body
            patterns.append(
                (len(folded) + 50 * ("*" in folded), re.compile(edges), phrase.form, phrase.counterpart)
            )
    patterns.sort(key=lambda item: -item[0])
    return tuple((pattern, form, counterpart) for _, pattern, form, counterpart in patterns)
