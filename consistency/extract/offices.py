"""Offices as structured values: function, country, status.

The phrases are data (``offices.toml`` of each pack); the function ids are those of ``reference/functions.toml``. A
mention covers the words of the office without its country, except an adjective inside it ("ministre chinois des
Affaires étrangères"). Who holds the office is settled by the extractor of persons.

Not handled: plurals ("the presidents"), offices described in a relative clause.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from consistency.errors import LanguageError
from consistency.languages.loader import Table, fold, has_table, language_table, load
from consistency.types import Mention, MentionKind, OfficeValue, PlaceValue, Segmented, Unchecked

STEM_ENDING = 3
"""Longest case ending behind a stem that a phrase marks with `~`: -ом, -ами, -ого."""
INDEX_PREFIX = 3


class OfficesTable(Table):
    """Shape of `offices.toml`. Phrases: `*` is room for an adjective of place, `~` ends a stem, `@XX` a default country."""

    offices: dict[str, tuple[str, ...]]
    """Function id (or title of the reference vocabulary) -> phrases."""
    former: tuple[str, ...] = ()
    acting: tuple[str, ...] = ()
    deputy: tuple[str, ...] = ()
    designate: tuple[str, ...] = ()
    status_after: bool = False
    """Whether status words may also stand behind the office ("президент в отставке", "presidente electo")."""
    country_before: tuple[str, ...] = ()
    """What may stand between a country in front and the office: "" ("Chinese [] Minister"), "'s", 的."""
    country_after: tuple[str, ...] = ()
    """What may stand between the office and a country behind it: "of the", "de la", ""."""
    conjunctions: tuple[str, ...] = ()
    """Words that join two offices of one person: "and", "et", 兼."""
    clitics: tuple[str, ...] = ()
    """Letters written together with the next word: و, ال."""
    attached_only: tuple[str, ...] = ()
    """Functions whose phrases are everyday words, kept only next to a name ("general", "judge")."""


@dataclass(frozen=True, slots=True)
class OfficePhrase:
    words: tuple[str, ...]
    function: str
    country: str | None


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


@cache
def known_functions() -> frozenset[str]:
    """Function ids and titles of the shared vocabulary."""
    raw = tomllib.loads((resources.files("consistency.reference") / "functions.toml").read_text("utf-8"))
    return frozenset(raw["function"]) | frozenset(raw["titles"])


@cache
def offices_table(language: str) -> OfficesTable:
    """The pack's offices. Raises `LanguageError` for a function outside the shared vocabulary."""
    table = load(language, "offices", OfficesTable)
    for function in table.offices:
        if function not in known_functions():
            raise LanguageError(
                f"languages/{language}/offices.toml: {function!r} is no function or title of reference/functions.toml"
            )
    return table


@cache
def _phrases(language: str) -> dict[str, tuple[OfficePhrase, ...]]:
    """Phrases by the first characters of their first word, longest first."""
    spaced = language_table(language).spaced
    index: dict[str, list[OfficePhrase]] = {}
    seen: dict[tuple[str, ...], str] = {}
    for function, phrases in offices_table(language).offices.items():
        for phrase in phrases:
            body, _, country = phrase.partition("@")
            words = (
                tuple(re.findall(r"\*|[^\W_]+~?", fold(body, language)))
                if spaced
                else (fold(body, language),)
            )
            if not words or words[0] == "*":
                raise LanguageError(
                    f"languages/{language}/offices.toml: {phrase!r} has no word to begin with"
                )
            if seen.setdefault(words, function) != function:
                raise LanguageError(
                    f"languages/{language}/offices.toml: {phrase!r} stands twice: {seen[words]!r} and {function!r}"
                )
            index.setdefault(words[0].rstrip("~")[:INDEX_PREFIX], []).append(
                OfficePhrase(words, function, country or None)
            )
    return {
        key: tuple(
            sorted(
                found, key=lambda p: (-len([w for w in p.words if w != "*"]), -len("".join(p.words)), p.words)
            )
        )
        for key, found in index.items()
    }


def find_offices(
    text: Segmented, places: Sequence[Mention]
) -> tuple[tuple[Mention, ...], tuple[Unchecked, ...]]:
    """Mentions of offices in text order, none overlapping, without holders. A pack without offices gives none."""
    if not has_table(text.language, "offices"):
        return (), ()
    table = offices_table(text.language)
    matches = list(
        _matches_spaced(text, places) if language_table(text.language).spaced else _matches_han(text)
    )
    starts = {place.start: place for place in reversed(places)}
    ends = {place.end: place for place in places}
    found: list[tuple[int, int, OfficeValue]] = []
    for start, end, phrase, inner in matches:
        place = _place_before(text, start, ends, table) or _place_after(text, end, starts, table)
        country = inner or (_country(place) if place is not None else None)
        status, start = _status(text, start, end, table)
        body = _region(place) if inner is None and place is not None else None
        found.append(
            (start, end, OfficeValue(phrase.function, country or phrase.country, body, status=status))
        )
    found = _share_countries(text, found, table, places)
    return tuple(text.mention(MentionKind.OFFICE, start, end, value) for start, end, value in found), ()


def _matches_spaced(
    text: Segmented, places: Sequence[Mention]
) -> Iterator[tuple[int, int, OfficePhrase, str | None]]:
    tokens = [_Token(m.group(), m.start(), m.end()) for m in re.finditer(r"[^\W_]+", text.folded)]
    place_at = {place.start: place for place in places if isinstance(place.value, PlaceValue)}
    phrases = _phrases(text.language)
    clitics = offices_table(text.language).clitics
    position = 0
    while position < len(tokens):
        best: tuple[int, int, OfficePhrase, str | None] | None = None
        for form, offset in _without_clitics(tokens[position].text, clitics):
            for phrase in phrases.get(form[:INDEX_PREFIX], ()):
                found = _match(phrase, tokens, position, form, place_at, text.folded, clitics)
                if found is not None:
                    best = (tokens[position].start + offset, found[0], phrase, found[1])
                    break
            if best:
                break
        if best is None:
            position += 1
            continue
        yield best
        while position < len(tokens) and tokens[position].start < best[1]:
            position += 1


def _match(
    phrase: OfficePhrase,
    tokens: list[_Token],
    position: int,
    first: str,
    place_at: dict[int, Mention],
    folded: str,
    clitics: tuple[str, ...],
) -> tuple[int, str | None] | None:
    """(end, country of the inner adjective) where the phrase stands at `position`."""
    if not _fits(phrase.words[0], first):
        return None
    country: str | None = None
    at, end = position + 1, tokens[position].end
    for word in phrase.words[1:]:
        if word == "*":
            place = place_at.get(tokens[at].start) if at < len(tokens) else None
            if place is not None and isinstance(place.value, PlaceValue):
                country = place.value.country
                while at < len(tokens) and tokens[at].start < place.end:
                    at += 1
                end = place.end
            continue
        if at >= len(tokens) or not re.fullmatch(r"[ '\-./]{0,2}", folded[end : tokens[at].start]):
            return None
        if not any(_fits(word, form) for form, _ in _without_clitics(tokens[at].text, clitics)):
            return None
        end = tokens[at].end
        at += 1
    return end, country


def _fits(word: str, token: str) -> bool:
    if word.endswith("~"):
        return token.startswith(word[:-1]) and len(token) - len(word) + 1 <= STEM_ENDING
    return word == token


def _without_clitics(token: str, clitics: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """The token and what remains without the letters written together with it, with how many were dropped."""
    yield token, 0
    for clitic in clitics:
        if token.startswith(clitic) and len(token) - len(clitic) >= 3:
            yield token[len(clitic) :], len(clitic)


def _matches_han(text: Segmented) -> Iterator[tuple[int, int, OfficePhrase, str | None]]:
    matcher = _han_matcher(text.language)
    position = 0
    folded = text.folded
    while position < len(folded):
        found = next(
            (
                p
                for size in matcher[0]
                if (p := matcher[1].get(folded[position : position + size])) is not None
            ),
            None,
        )
        if found is None:
            position += 1
            continue
        end = position + len(found.words[0])
        yield position, end, found, None
        position = end


@cache
def _han_matcher(language: str) -> tuple[tuple[int, ...], dict[str, OfficePhrase]]:
    by_text = {p.words[0]: p for group in _phrases(language).values() for p in group}
    return tuple(sorted({len(words) for words in by_text}, reverse=True)), by_text


def _place_before(
    text: Segmented, start: int, ends: dict[int, Mention], table: OfficesTable
) -> Mention | None:
    for gap in _gaps(table.country_before, text.language, leading=True):
        if text.folded.endswith(gap, max(0, start - len(gap)), start) and (
            place := ends.get(start - len(gap))
        ):
            return place
    return None


def _place_after(
    text: Segmented, end: int, starts: dict[int, Mention], table: OfficesTable
) -> Mention | None:
    for gap in _gaps(table.country_after, text.language, leading=False):
        if text.folded.startswith(gap, end) and (place := starts.get(end + len(gap))):
            return place
    return None


@cache
def _gaps(links: tuple[str, ...], language: str, leading: bool) -> tuple[str, ...]:
    """The links with the spaces around them."""
    if not language_table(language).spaced:
        return tuple(fold(link, language) for link in links)
    gaps: list[str] = []
    for link in links:
        folded = fold(link, language)
        if not folded:
            gaps.append(" ")
        elif folded.startswith("'") and leading:
            gaps.append(f"{folded} ")
        elif folded.endswith("'"):
            gaps.append(f" {folded}")
        else:
            gaps.append(f" {folded} ")
    return tuple(gaps)


def _region(place: Mention) -> str | None:
    """The part of a country whose office it is: a state's attorney general, a city's mayor."""
    value = place.value
    return value.id if isinstance(value, PlaceValue) and value.id.startswith(("region:", "city:")) else None


def _country(place: Mention) -> str | None:
    return place.value.country if isinstance(place.value, PlaceValue) else None


def _status(text: Segmented, start: int, end: int, table: OfficesTable) -> tuple[str, int]:
    """The status that a word beside the office gives it, and the office's start with that word included."""
    spaced = language_table(text.language).spaced
    for status, words in (
        ("former", table.former),
        ("acting", table.acting),
        ("deputy", table.deputy),
        ("designate", table.designate),
    ):
        for word in words:
            folded = fold(word, text.language)
            # A country may stand between: "former US President", 美国前总统 has the word behind it.
            window = text.folded[max(0, start - len(folded) - 24) : start]
            pattern = _status_pattern(folded, spaced)
            found = pattern.search(window)
            if found:
                near = found.end("word") >= len(window) - 1
                return status, start - len(window) + found.start("word") if near else start
            if table.status_after and re.match(
                rf"[ -]{re.escape(folded)}(?![^\W_])", text.folded[end : end + 40]
            ):
                return status, start
    return "incumbent", start


@cache
def _status_pattern(word: str, spaced: bool) -> re.Pattern[str]:
    between = r"[\s-]+(?:[^\W\d_]+[ ]){0,2}\Z" if spaced else r"[\u4e00-\u9fff]{0,3}\Z"
    edge = r"(?<![^\W_])" if spaced else ""
    return re.compile(f"{edge}(?P<word>{re.escape(word)}){between}")


def _share_countries(
    text: Segmented, found: list[tuple[int, int, OfficeValue]], table: OfficesTable, places: Sequence[Mention]
) -> list[tuple[int, int, OfficeValue]]:
    """Offices joined by a conjunction have one country: "State Councilor and Foreign Minister of the PRC"."""
    words = "|".join(re.escape(fold(word, text.language)) for word in table.conjunctions)
    joint = re.compile(rf"\s*(?:{words}|,|、)\s*" if words else r"\s*[,、]\s*")
    for index in range(len(found) - 1):
        (start, end, value), (next_start, next_end, following) = found[index], found[index + 1]
        gap = text.folded[end:next_start]
        for place in places:
            if end <= place.start and place.end <= next_start:
                gap = gap.replace(text.folded[place.start : place.end], " ", 1)
        if not joint.fullmatch(gap):
            continue
        if value.country is None and following.country is not None:
            value = OfficeValue(value.function, following.country, value.body, value.status)
            found[index] = (start, end, value)
        elif following.country is None and value.country is not None:
            following = OfficeValue(following.function, value.country, following.body, following.status)
            found[index + 1] = (next_start, next_end, following)
    return found
