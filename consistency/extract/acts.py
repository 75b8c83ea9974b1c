"""Speech acts: the words that show them (per language) and the ladder of force (one for all languages)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from pydantic import TypeAdapter

from consistency.errors import LanguageError
from consistency.languages.loader import PACKS, PhraseMatcher, Table, fold, has_table, language_table, load
from consistency.types import Outcome


class ActsTable(Table):
    """Shape of `acts.toml`: act id -> the words that show it."""

    phrases: dict[str, tuple[str, ...]]


class Rung(Table):
    """An act's place: on which scale, from which step to which."""

    scale: str
    steps: tuple[int, int] | None = None
    gloss: str


OPPOSED_SCALES = {
    # "urged" into "agreed": what one side wants is not what both have settled.
    ("agreement", "request"),
    # "expressed concern" or "opposed" into "agreed".
    ("agreement", "rejection"),
    ("rejection", "support"),
    ("denial", "agreement"),
}
"""Pairs of scales, each in alphabetical order, whose acts cannot render one another whatever their steps."""

SETTLED_STEP = 3
"""From this step of the agreement scale on, something has been settled: below it a side only offers."""


@cache
def ladder() -> dict[str, Rung]:
    """Act id -> its rung, in the file's order. Raises `LanguageError` for a malformed file."""
    with (PACKS / "ladder.toml").open("rb") as file:
        return TypeAdapter(dict[str, Rung]).validate_python(tomllib.load(file))


class ActMatcher:
    """Finds the words that show acts: phrases, and phrases with a gap ("expressed _ concern": up to two words)."""

    def __init__(self, phrases: Iterable[tuple[str, str]], language: str) -> None:
        plain: list[tuple[str, str]] = []
        self._gapped: list[tuple[re.Pattern[str], str]] = []
        gap = r"\s+(?:[\w'-]+\s+){0,2}?" if language_table(language).spaced else r"\w{0,6}?"
        for phrase, act in phrases:
            if "_" in phrase:
                parts = [re.escape(fold(part.strip(), language)) for part in phrase.split("_")]
                self._gapped.append((re.compile(r"(?<!\w)" + gap.join(parts) + r"(?!\w)"), act))
            else:
                plain.append((phrase, act))
        self._plain = PhraseMatcher(plain, language)

    def find(self, folded: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """(start, end, act) inside ``folded[start:end]``, in order of place; longer ones win where two overlap."""
        found = list(self._plain.find(folded, start, end))
        for pattern, act in self._gapped:
            found.extend((match.start(), match.end(), act) for match in pattern.finditer(folded, start, end))
        taken = start
        for one in sorted(found, key=lambda item: (item[0], -item[1], item[2])):
            if one[0] >= taken:
                taken = one[1]
                yield one


@cache
def act_phrases(language: str) -> ActMatcher | None:
    """Matcher from folded words to act ids; None where the language has no such data.

    Raises `LanguageError` for an act that the ladder does not know.
    """
    if not has_table(language, "acts"):
        return None
    table = load(language, "acts", ActsTable)
    for act in table.phrases:
        if act not in ladder():
            raise LanguageError(f"languages/{language}/acts.toml: no act {act!r} in ladder.toml")
    return ActMatcher(
        ((phrase, act) for act, phrases in table.phrases.items() for phrase in phrases), language
    )


def force_of(act: str) -> int | None:
    """The act's highest step; None where it has no place on a ladder."""
    rung = ladder().get(act)
    return None if rung is None or rung.steps is None else rung.steps[1]


@dataclass(frozen=True, slots=True)
class ForceComparison:
    outcome: Outcome
    why: str
    """For CONFLICT and UNKNOWN: what differs, as a clause of a sentence."""


def compare_force(left: str, right: str) -> ForceComparison:
    """Whether two acts can render one another. Symmetric. Acts without a place on a scale give UNKNOWN."""
    rungs = ladder()
    if left == right:
        return ForceComparison(Outcome.AGREE, "")
    one, other = rungs.get(left), rungs.get(right)
    if one is None or other is None:
        return ForceComparison(Outcome.UNKNOWN, "an act is not on the ladder")
    scales = tuple(sorted((one.scale, other.scale)))
    if one.scale == other.scale:
        if one.scale == "statement":
            return ForceComparison(Outcome.AGREE, "")
        if one.steps is None or other.steps is None:
            return ForceComparison(Outcome.UNKNOWN, "an act has no step on its scale")
        if one.steps[1] < other.steps[0] or other.steps[1] < one.steps[0]:
            return ForceComparison(
                Outcome.CONFLICT, f"they are {_gap(one, other)} apart on the scale of {one.scale}"
            )
        return ForceComparison(Outcome.AGREE, "")
    for act, other_act in product((left, right), repeat=2):
        if act in ("discuss", "mention") and _is_settled(other_act):
            return ForceComparison(Outcome.CONFLICT, "one was only talked about, the other settled")
    if scales in OPPOSED_SCALES:
        if "agreement" in scales and not (_is_settled(left) or _is_settled(right)):
            return ForceComparison(Outcome.UNKNOWN, "an offer and an act of another kind")
        return ForceComparison(
            Outcome.CONFLICT, f"one is {_article(scales[0])} and the other {_article(scales[1])}"
        )
    return ForceComparison(Outcome.UNKNOWN, f"acts of different kinds: {one.scale} and {other.scale}")


def _is_settled(act: str) -> bool:
    rung = ladder()[act]
    return rung.scale == "agreement" and rung.steps is not None and rung.steps[1] >= SETTLED_STEP


def _gap(one: Rung, other: Rung) -> str:
    assert one.steps is not None and other.steps is not None
    steps = max(one.steps[0] - other.steps[1], other.steps[0] - one.steps[1])
    return "a step" if steps == 1 else f"{steps} steps"


def _article(scale: str) -> str:
    return f"an {scale}" if scale[0] in "aeiou" else f"a {scale}"


def gloss(act: str) -> str:
    """The act in words for messages: 'urges, 敦促'."""
    rung = ladder().get(act)
    return act if rung is None else rung.gloss.split(",")[0]
