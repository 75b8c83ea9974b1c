"""What the comparison of names works with: its outcomes, the words of a name that tell, and what excuses a difference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from consistency.checks.name_texts import NamePlace, NameText
from consistency.extract.names_table import names
from consistency.extract.persons_cased import STRONG
from consistency.languages.loader import fold, language_table
from consistency.resolve import romanise
from consistency.resolve.likeness import NameForm, is_native_chinese, script_of
from consistency.types import Span


@dataclass(frozen=True, slots=True)
class NameConflict:
    """A name of the copy that cannot be the account's. `check` is the id of the check that reports it."""

    check: str
    subject: Span
    reference: tuple[Span, ...]
    subject_text: str
    reference_text: str
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class NameOutcome:
    """What the comparison of one name came to; `conflict` None and `unknown` None is an agreement."""

    place: NamePlace
    against: str
    """Id of the account."""
    conflict: NameConflict | None = None
    unknown: str | None = None
    check: str = "NAM201"
    """Id of the check whose ledger an unknown outcome belongs to."""


def glosses(text: NameText) -> dict[Span, NamePlace]:
    """Names with another form of themselves in brackets right behind, both ways: 艾琳·琼斯（Elin Jones）."""
    found: dict[Span, NamePlace] = {}
    for place, following in pairwise(text.places):
        gap = text.document.text[place.end : following.start]
        closes = text.document.text[following.end : following.end + 2].strip()[:1]
        is_bracketed = re.fullmatch(r"\s?[（(]\s?", gap) is not None and closes in (")", "）")
        scripts = {script_of(p.form.text, text.language) for p in (place, following)}
        if is_bracketed and len(scripts) == 2:
            found[place.span], found[following.span] = following, place
    return found


_ROMAJI = re.compile(r"(?:(?:[kstnhmrgzdbpjfwy]|ch|sh|ts|[knhmrgbp]y|[kstp]{2})?[aiueo]n?)+")


def may_be_read_otherwise(form: NameForm) -> bool:
    """Whether a Latin name may be a Japanese, Korean or Vietnamese one, which characters write by another reading."""
    pack = names("en")
    return all(_ROMAJI.fullmatch(w) for w in form.words) or any(w in pack.family_first for w in form.words)


ACRONYM = 4
"""Longest word in capitals that is taken for an abbreviation beside a name: HMP Long Lartin."""
RELATED = 4
"""Letters that a name shares with what is made from it: Napoli, Napolitains; Livingston, Livi."""


def are_related(a: NameForm, b: NameForm) -> bool:
    return any(x[:RELATED] == y[:RELATED] for x in a.words for y in b.words if min(len(x), len(y)) >= RELATED)


def spelling(part: str, other: str) -> str:
    return f"“{part}” differs from “{other}” by a letter or two"


def telling_words(place: NamePlace, text: NameText) -> list[str]:
    """The words of a name that tell who is meant, as written: no initials, particles, titles and everyday words."""
    pack = names(text.language)
    if is_native_chinese(place.form):
        return [place.form.text]
    words = []
    for start, end in place.words:
        word = fold(text.document.text[start:end], text.language)
        written = text.document.text[start:end]
        if written.isupper() and len(written) <= ACRONYM and len(place.words) > 1:
            continue
        if len(word) < 2 or word in pack.particles or word in pack.suffixes or word in pack.honorifics:
            continue
        is_common = language_table(text.language).spaced and word in pack.common and word not in pack.given
        if is_common and len(place.words) > 1 and place.strength < STRONG:
            continue
        words.append(text.document.text[start:end])
    return words


def looks_chinese(form: NameForm) -> bool:
    """Whether a Latin form has the shape of a pinyin name, so that another such name is certainly another one."""
    words = [romanise.plain(word).replace(" ", "") for word in form.words]
    if not words or not any(word in names("en").family_first for word in words):
        return False
    return all(romanise.cut_syllables(word) for word in words)
