"""The records of the reference table: people, the offices they held, and the answer to "did they hold it then?".

Standard library only. Dates are calendar days in the country of the office; a date known only to the month or the year
stands for all of its days, so that a question about one of them is answered UNKNOWN and not guessed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from consistency.types import Outcome

_DATE_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or the year: every day from ``first`` to ``last``, both included."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; a ValueError says what else was found."""
        match = _DATE_FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"expected a date as YYYY, YYYY-MM or YYYY-MM-DD, found {text!r}")
        year = int(match[1])
        if match[2] is None:
            return cls(date(year, 1, 1), date(year, 12, 31))
        month = int(match[2])
        if match[3] is None:
            first = date(year, month, 1)
            return cls(first, first.replace(day=calendar.monthrange(year, month)[1]))
        day = date(year, month, int(match[3]))
        return cls(day, day)

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        if self.first.month == self.last.month:
            return self.first.isoformat()[:7]
        return self.first.isoformat()[:4]


@dataclass(frozen=True, slots=True)
class ReferenceOffice:
    """One tenure: a function of a country or organisation, from ``since`` to ``until``.

    ``until`` is None where the table knows no end; then ``as_of`` is the last day for which the tenure is known, and
    every later day is unknown. ``host`` is where an ambassador or representative is posted. ``is_acting`` marks a
    caretaker. ``is_concurrent`` marks a tenure that is meant to overlap another person's.
    """

    function: str
    country: str
    since: PartialDate
    until: PartialDate | None
    as_of: date
    source: str
    host: str | None = None
    body: str | None = None
    is_acting: bool = False
    is_concurrent: bool = False

    def certain_days(self) -> tuple[date, date]:
        """First and last day on which the office was certainly held (first > last where no day is certain)."""
        return self.since.last, self.as_of if self.until is None else self.until.first

    def possible_days(self) -> tuple[date, date]:
        """First and last day on which the office may have been held."""
        return self.since.first, date.max if self.until is None else self.until.last

    def span_text(self) -> str:
        """The tenure in words for a message, such as "2022-12-30 to 2023-07-25"."""
        if self.until is None:
            return f"since {self.since} (known until {self.as_of.isoformat()})"
        return f"{self.since} to {self.until}"


@dataclass(frozen=True, slots=True)
class ReferencePerson:
    """A person with names by language code, attested spelling variants, family names and offices.

    The first form of ``names[language]`` is the canonical one. ``attested`` holds variants that occur in edited text
    and must not be flagged. ``family`` holds the forms by which a surname-only mention is found.
    """

    id: str
    names: Mapping[str, tuple[str, ...]] = field(hash=False)
    attested: Mapping[str, tuple[str, ...]] = field(hash=False)
    family: Mapping[str, tuple[str, ...]] = field(hash=False)
    offices: tuple[ReferenceOffice, ...] = field(hash=False)

    def forms(self, language: str) -> tuple[str, ...]:
        """All accepted full forms in a language: the canonical names, then the attested variants.

        A language written in Latin script also takes the English ones: texts often keep them, and it is no misspelling.
        """
        own = self.names.get(language, ()) + self.attested.get(language, ())
        if language == "en" or language in NON_LATIN_LANGUAGES:
            return own
        return tuple(dict.fromkeys((*own, *self.names.get("en", ()), *self.attested.get("en", ()))))

    def canonical(self, language: str = "en") -> str:
        """The canonical name in a language, else in English, else in the first language there is."""
        for code in (language, "en", *self.names):
            if self.names.get(code):
                return self.names[code][0]
        return self.id


# Languages in the table whose script is not Latin: an English form is no form of theirs.
NON_LATIN_LANGUAGES = frozenset({"zh", "ru", "ar", "ja", "ko", "uk", "he", "fa", "ur", "hi", "th", "el", "ka", "hy"})


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """Whether a person held an office on the days asked about.

    ``reason`` is a sentence for a message; ``office`` is the tenure that decided, where one did; ``holders`` are the
    other people who certainly held the office all that time.
    """

    outcome: Outcome
    reason: str
    office: ReferenceOffice | None = None
    holders: tuple[ReferencePerson, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which the table knows no holder of a single-holder office between two known tenures (days inclusive)."""

    function: str
    country: str
    host: str | None
    first: date
    last: date

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.last - self.first).days + 1
