"""Places and organisations: names, adjectives and capitals that stand for governments, as ids that all languages share.

A place is found by its name alone; what it is ("Georgia") is told apart only where the text does so. Names that
persons have too are left out beside another word with a capital. Not handled: places that the gazetteer does not
know, and streets, buildings and rivers beyond the few that it lists.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import combining

from consistency.extract.place_names import PlaceLexicon, PlaceName, capitals, place_lexicon, territory_id
from consistency.languages.loader import has_table, language_table
from consistency.types import Mention, MentionKind, OrganisationValue, PlaceValue, Segmented, Unchecked

_CUE_REACH = 24
"""Characters before or behind a place in which the pack's words for a government are sought."""


def find_places(text: Segmented) -> tuple[tuple[Mention, ...], tuple[Unchecked, ...]]:
    """(mentions of places and of organisations in order of place, what could not be read)."""
    if not has_table(text.language, "places"):
        whole = Unchecked(
            text.document.id, 0, len(text.text), "PLC201", f"no places are known for {text.language!r}"
        )
        return (), (whole,)
    lexicon = place_lexicon(text.language)
    mentions: list[Mention] = []
    for start, end, found in _matches(text, lexicon):
        name = _by_capital(found, text.text, start)
        if not name.id or not _is_place(text, start, end, name, lexicon):
            continue
        start += name.lead
        if name.is_organisation:
            value = OrganisationValue(name.id, name.country)
            mentions.append(text.mention(MentionKind.ORGANISATION, start, end, value))
        else:
            place = PlaceValue(name.id, name.country, _sense(text, start, end, name, lexicon))
            mentions.append(text.mention(MentionKind.PLACE, start, end, place))
    mentions += _pairs(text, lexicon, mentions)
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end))), ()


def _by_capital(name: PlaceName, text: str, start: int) -> PlaceName:
    """What the letters name at this place: an adjective, maybe, where a name would have a capital."""
    return name.otherwise if name.otherwise is not None and not _has_capital(name, text, start) else name


def _has_capital(name: PlaceName, text: str, start: int) -> bool:
    return not any(text[start + offset].islower() for offset in name.capitals)


def _matches(text: Segmented, lexicon: PlaceLexicon) -> list[tuple[int, int, PlaceName]]:
    """The phrases found, left to right; in an unspaced language a longer one that begins inside another wins (对华|盛顿)."""
    found = []
    position = 0
    spaced = language_table(text.language).spaced
    for start, end, name in lexicon.matcher.find(text.folded):
        if start < position:
            continue
        if not spaced:
            for inner in range(start + 1, end):
                longer = lexicon.matcher.match_at(text.folded, inner, len(text.folded))
                wins = longer is not None and longer[0] - inner + (name.sense == "adjective") > end - start
                if longer is not None and wins:
                    start, end, name = inner, longer[0], longer[1]
                    break
        found.append((start, end, name))
        position = end
    return found


def _is_place(text: Segmented, start: int, end: int, name: PlaceName, lexicon: PlaceLexicon) -> bool:
    """Whether the match is the place and not a common word, or part of a person's name."""
    original = text.text
    if not _has_capital(name, original, start) or combining(original[end : end + 1] or " "):
        return False  # a vowel sign goes on with the word: المجرَّمة is no المجر
    if text.folded[start + name.lead : end] in lexicon.ambiguous and name.lead == 0:
        before = text.folded[max(0, start - 12) : start].rstrip()
        if not any(before.endswith(cue) and not before[: -len(cue)][-1:].isalpha() for cue in lexicon.cues):
            return False
    if name.sense == "place" and not name.id.startswith("country:") and _is_hyphened(original, start, end):
        return False
    if name.is_personal and _beside_a_name(text, start, end, lexicon):
        return False
    letters = lexicon.table.transliteration
    if letters and end - start == 2 and all(c in letters for c in text.folded[start:end]):
        before, after = text.folded[start - 1 : start], text.folded[end : end + 1]
        if (before and before in letters + "·") or (after and after in letters + "·"):
            return False
    return not (letters and "·" in (text.folded[start - 1 : start], text.folded[end : end + 1]))


def _is_hyphened(text: str, start: int, end: int) -> bool:
    """Whether a hyphen joins the name to another word: "Rhein-Neckar" is no river, US-China are two countries."""
    return (text[start - 1 : start] == "-" and text[max(0, start - 2) : start - 1].isalpha()) or (
        text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha()
    )


_WORD_BEFORE = re.compile(r"([^\W\d_][\w.'’-]*)[ \u00a0]$")
_WORD_AFTER = re.compile(r"[ \u00a0]([^\W\d_][\w'’-]*)")


def _beside_a_name(text: Segmented, start: int, end: int, lexicon: PlaceLexicon) -> bool:
    """Whether a word with a capital stands right before or behind, one that is not known to go with places."""
    before = _WORD_BEFORE.search(text.text, max(0, start - 30), start)
    if before is not None and before.group(1)[0].isupper():
        word = before.group(1)
        sentence = text.sentences[text.sentence_at(start)]
        begins = before.start(1) <= sentence.start
        if word not in lexicon.exceptions and not (begins and word.lower() in ("in", "the")):
            return True
    after = _WORD_AFTER.match(text.text, end)
    return after is not None and after.group(1)[0].isupper() and after.group(1) not in lexicon.exceptions


def _sense(text: Segmented, start: int, end: int, name: PlaceName, lexicon: PlaceLexicon) -> str:
    """'government' for a country or capital that acts; otherwise as the lexicon has it."""
    is_party = name.id in capitals() or name.id.startswith("country:")
    if not is_party:
        return name.sense
    before = text.folded[max(0, start - _CUE_REACH) : start].rstrip(" ,'")
    after = text.folded[end : end + _CUE_REACH].lstrip(" ,")
    if name.sense == "adjective":
        is_side = any(before.endswith(side) or after.startswith(side) for side in lexicon.sides)
        return "government" if is_side else "adjective"
    spaced = language_table(text.language).spaced
    if any(
        after.startswith(cue) and not (spaced and after[len(cue) :][:1].isalnum())
        for cue in lexicon.government_after
    ):
        return "government"
    if any(before.endswith(cue) for cue in lexicon.government_before):
        return "government"
    return name.sense


@cache
def _pair_pattern(language: str) -> re.Pattern[str] | None:
    pairs = place_lexicon(language).table.pairs
    if not pairs.letters:
        return None
    letters = "".join(pairs.letters)
    followers = "|".join(re.escape(word) for word in sorted(pairs.followers, key=len, reverse=True))
    return re.compile(f"[{letters}]{{2,4}}(?={followers})")


def _pairs(text: Segmented, lexicon: PlaceLexicon, found: list[Mention]) -> list[Mention]:
    """One mention for each letter of 中美关系, where no longer name covers it."""
    pattern = _pair_pattern(text.language)
    if pattern is None:
        return []
    mentions = []
    for match in pattern.finditer(text.folded):
        if any(m.start < match.end() and match.start() < m.end for m in found):
            continue
        for offset in range(match.start(), match.end()):
            code = lexicon.table.pairs.letters[text.folded[offset]]
            country = None if code.isdigit() else code
            value = PlaceValue(territory_id(code), country, "adjective")
            mentions.append(text.mention(MentionKind.PLACE, offset, offset + 1, value))
    return mentions


def weak_places(text: str, folded: str, language: str) -> tuple[tuple[int, int, str], ...]:
    """(start, end, place id) of all names of places anywhere in a text, those in names of persons, papers and
    teams included, one inside the other too. `folded` is the text after folding.

    For asking whether a place is surely *not* named: "Rapid Vienna" and "the Denver Nuggets" name no place of an
    event, and yet a translation that says 维也纳 has not made Vienna up.
    """
    lexicon = place_lexicon(language)
    found = []
    for position in range(len(folded)):
        matched = lexicon.matcher.match_at(folded, position, len(folded))
        while matched is not None and not matched[1].id:  # a phrase that is no place may begin with one
            matched = lexicon.matcher.match_at(folded, position, matched[0] - 1)
        if matched is not None:
            end, name = matched[0], _by_capital(matched[1], text, position)
            if not _has_capital(name, text, position):
                continue  # "us" is no country
            place = (
                name.id if not name.is_organisation else territory_id(name.country) if name.country else ""
            )
            found.append((position + name.lead, end, place))
    return tuple(found)
