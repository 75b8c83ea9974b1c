"""The shape of a pack's `dates.toml`, and its templates as regular expressions.

A template is a regular expression on folded text in which ``<name>`` stands for a placeholder: one of the lists of the
pack (``<month>``, ``<weekday>``, ``<part>``, ``<decade>``, ``<century>``, ``<half>``, ``<hijri>``), a number
(``<day>``, ``<year>``, ``<hour>``, ``<minute>``, ...) or one of the pack's own macros. A ``2`` behind the name
(``<day2>``) is the far end of a range; ``<~month>`` matches without being kept (the second name of حزيران/يونيو).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from consistency.languages.loader import PhraseMatcher, Table, fold, language_table, load


class PatternEntry(Table):
    """One template."""

    match: str
    before: str = ""
    """Words, parted by |, one of which stands right before the expression and is no part of it."""
    glued: bool = False
    """Whether the words of `before` are joined to the expression without a space."""
    direction: int | None = None
    """-1 for "last November", 1 for "next Friday", 0 for "this June"."""
    grain: str | None = None
    company: bool = False
    """Whether words that are ambiguous by themselves are dates here."""


class RelativeEntry(Table):
    """Phrases that name a time by its distance from the document's own."""

    phrases: tuple[str, ...]
    unit: str
    offset: int | None = None
    part: str | None = None
    role: str | None = None
    anaphoric: bool = False
    """Whether the distance is from a date named before ("the same day"), and so not resolved."""


class NotYear(Table):
    """What stands right before or behind a number of four digits that is no year."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class EventWords(Table):
    """Words for one kind of event: `names` tell that the text reports one, `again` come back to that very one."""

    names: tuple[str, ...]
    again: tuple[str, ...]


class EventLinks(Table):
    """Words that may stand between words for an event and its date ("the call *on* Tuesday")."""

    words: tuple[str, ...] = ()


class DatesTable(Table):
    """Shape of `dates.toml`. Keys of the lists are numbers: months 1-12, weekdays 0 (Monday) to 6, decades 1990."""

    capitalised: bool = False
    """Whether names of months and weekdays always have a capital."""
    lowercase: tuple[str, ...] = ()
    """Names that are dates only without a capital, save at the start of a sentence ("Mars" is the planet)."""
    ambiguous: tuple[str, ...] = ()
    """Names that are dates only in company: with a day, a year, or one of the words of `before`."""
    needs_number: tuple[str, ...] = ()
    """Names that are dates only with a day or a year ("sept" is seven, "Dec." a name)."""
    not_dates: tuple[str, ...] = ()
    """Phrases that hold words of dates and are none ("the Sunday Times")."""
    named: tuple[str, ...] = ()
    """Names that hold a date's word ("the Sunday Times"): kept, with the role 'name', since a translation may turn
    them into its own words; never the time of anything."""
    day_first: bool | None = None
    """Order of 04/06/2023; None where both orders are used."""
    prefix: str = ""
    """Regular expression of clitics that may be joined to the front of an expression (Arabic و, ب, ل)."""
    endings: tuple[str, ...] = ()
    """What a surface that ends in * may go on with ("июньск*")."""
    months: dict[int, tuple[str, ...]]
    hijri_months: dict[int, tuple[str, ...]] = Field(default_factory=dict)
    weekdays: dict[int, tuple[str, ...]]
    parts: dict[str, tuple[str, ...]]
    day_words: dict[int, tuple[str, ...]] = Field(default_factory=dict)
    hour_words: dict[int, tuple[str, ...]] = Field(default_factory=dict)
    decade_words: dict[int, tuple[str, ...]] = Field(default_factory=dict)
    century_words: dict[int, tuple[str, ...]] = Field(default_factory=dict)
    half_days: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    half_hour: tuple[str, ...] = ()
    """Words for thirty minutes behind an hour (半, "et demie")."""
    macros: dict[str, str] = Field(default_factory=dict)
    roles: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Words right before a date that tell what it is of."""
    roles_after: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    zones: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """IANA zone, or 'local', and the phrases that name it beside a date."""
    patterns: tuple[PatternEntry, ...]
    relative: tuple[RelativeEntry, ...] = ()
    not_year: NotYear = NotYear()
    events: dict[str, EventWords] = Field(default_factory=dict)
    event_links: EventLinks = EventLinks()


@dataclass(frozen=True, slots=True)
class CompiledPattern:
    """A template ready to run: the expression itself is the group `m`."""

    regex: re.Pattern[str]
    entry: PatternEntry


@dataclass(frozen=True, slots=True)
class DateLexicon:
    """A pack's `dates.toml`, compiled. Surfaces are folded."""

    table: DatesTable
    patterns: tuple[CompiledPattern, ...]
    relative: PhraseMatcher[RelativeEntry]
    surfaces: dict[str, dict[str, int | str]]
    """Placeholder -> folded surface -> value."""
    ambiguous: frozenset[str]
    lowercase: frozenset[str]
    needs_number: frozenset[str]
    not_dates: PhraseMatcher[bool]
    named: PhraseMatcher[bool]
    event_names: PhraseMatcher[str]
    event_again: PhraseMatcher[str]
    event_links: frozenset[str]
    zones: PhraseMatcher[str]
    roles: tuple[tuple[str, str], ...]
    """(folded words before, role), longest first."""
    roles_after: tuple[tuple[str, str], ...]
    not_year_before: tuple[str, ...]
    not_year_after: re.Pattern[str] | None


_NUMBERS = {
    "daynum": r"(?:3[01]|[12]\d|0?[1-9])(?!\d)",
    "year": r"[12]\d{3}(?!\d)",
    "oldyear": r"1[0-8]\d\d(?!\d)",
    "newyear": r"(?:19\d\d|20[0-4]\d)(?!\d)",
    "short": r"\d\d(?!\d)",
    "shortdecade": r"[1-9]0(?!\d)",
    "hour": r"(?:1\d|2[0-4]|0?\d)(?!\d)",
    "minute": r"[0-5]\d(?!\d)",
    "isoyear": r"(?:19|20)\d\d",
    "isomonth": r"(?:1[0-2]|0[1-9])",
    "isoday": r"(?:3[01]|[12]\d|0[1-9])(?!\d)",
    "first": r"\d{1,2}",
    "second": r"\d{1,2}",
}
_HAN_YEAR = "[一二][〇零○一二三四五六七八九]{3}"
_PLACEHOLDER = re.compile(r"<(~?)([a-z]+)(2?)>")


@cache
def date_lexicon(language: str) -> DateLexicon:
    """The compiled lexicon of a language. Raises `LanguageError` where the pack is missing or malformed."""
    table = load(language, "dates", DatesTable)
    surfaces: dict[str, dict[str, int | str]] = {}
    for name, lists in (
        ("month", table.months),
        ("hijri", table.hijri_months),
        ("weekday", table.weekdays),
        ("part", table.parts),
        ("dayword", table.day_words),
        ("hourword", table.hour_words),
        ("decade", table.decade_words),
        ("century", table.century_words),
        ("half", table.half_days),
        ("halfhour", {30: table.half_hour}),
    ):
        surfaces[name] = {
            fold(form, language): key
            for key, words in lists.items()
            for word in words
            for form in _forms(word, table.endings)
        }
    choices = {name: _alternation(found) for name, found in surfaces.items() if found}
    choices |= _NUMBERS
    choices["day"] = "|".join(filter(None, (_NUMBERS["daynum"], choices.get("dayword"))))
    choices["hour"] = "|".join(filter(None, (_NUMBERS["hour"], choices.get("hourword"))))
    spaced = language_table(language).spaced
    if not spaced:
        choices["year"] = f"{_NUMBERS['year']}|{_HAN_YEAR}"
    compiled = tuple(
        CompiledPattern(_compile(entry, table, choices, spaced, language), entry) for entry in table.patterns
    )
    after = [re.escape(fold(word, language)) for word in table.not_year.after]
    return DateLexicon(
        table=table,
        patterns=compiled,
        relative=PhraseMatcher(((p, entry) for entry in table.relative for p in entry.phrases), language),
        surfaces=surfaces,
        ambiguous=frozenset(fold(word, language) for word in table.ambiguous),
        lowercase=frozenset(fold(word, language) for word in table.lowercase),
        needs_number=frozenset(fold(word, language) for word in table.needs_number),
        not_dates=PhraseMatcher(((phrase, True) for phrase in table.not_dates), language),
        named=PhraseMatcher(((phrase, True) for phrase in table.named), language),
        event_names=PhraseMatcher(((p, kind) for kind, w in table.events.items() for p in w.names), language),
        event_links=frozenset(fold(word, language) for word in table.event_links.words),
        event_again=PhraseMatcher(((p, kind) for kind, w in table.events.items() for p in w.again), language),
        zones=PhraseMatcher(((p, zone) for zone, phrases in table.zones.items() for p in phrases), language),
        roles=_longest_first(table.roles, language),
        roles_after=_longest_first(table.roles_after, language),
        not_year_before=tuple(sorted(fold(word, language) for word in table.not_year.before)),
        not_year_after=re.compile(rf" ?(?:{'|'.join(after)})(?!\w)") if after else None,
    )


def _forms(word: str, endings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word[:-1] + ending for ending in endings) if word.endswith("*") else (word,)


def _alternation(surfaces: dict[str, int | str]) -> str:
    return "|".join(re.escape(word) for word in sorted(surfaces, key=lambda w: (-len(w), w)))


def _longest_first(lists: dict[str, tuple[str, ...]], language: str) -> tuple[tuple[str, str], ...]:
    found = [(fold(phrase, language), role) for role, phrases in lists.items() for phrase in phrases]
    return tuple(sorted(found, key=lambda item: (-len(item[0]), item[0])))


def _compile(
    entry: PatternEntry, table: DatesTable, choices: dict[str, str], spaced: bool, language: str
) -> re.Pattern[str]:
    template = _fold_words(entry.match, language)
    macros = {name: _fold_words(macro, language) for name, macro in table.macros.items()}
    for _ in range(3):  # macros may use macros
        template = re.sub(r"<([a-z]+)>", lambda m: macros.get(m.group(1), m.group()), template)

    def expand(match: re.Match[str]) -> str:
        quiet, name, second = match.groups()
        return f"(?:{choices[name]})" if quiet else f"(?P<{name}{second}>{choices[name]})"

    body = _PLACEHOLDER.sub(expand, template)
    # A number's parts ("3.14 May") and longer words are no dates.
    left = r"(?<!\w)(?<!\d[.,:/-])" if spaced else r"(?<![\d.])"
    right = r"(?!\w)(?![.,/]\d)" if spaced else r"(?!(?<=\d)\d)"
    if entry.before:
        joint = "" if entry.glued else r"\s"
        cue = _fold_words(entry.before, language)
        return re.compile(rf"(?<!\w){table.prefix}(?:{cue}){joint}(?P<m>{body}){right}")
    return re.compile(rf"{left}{table.prefix}(?P<m>{body}){right}")


def _fold_words(template: str, language: str) -> str:
    """A template with its words folded and its escapes (``\\W``) left alone."""
    return re.sub(r"\\.|[^\W\d_]+", lambda m: m[0] if m[0][0] == "\\" else fold(m[0], language), template)
