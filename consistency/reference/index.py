"""The table as an index: who bears a name, who held an office on a day, whether a person held it.

Every answer about tenure is AGREE, CONFLICT or UNKNOWN. CONFLICT needs a positive reason: the person was certainly not
in office (their known tenures lie elsewhere) *and* something excludes an unlisted one: another person certainly held a
single-holder office, or the list of holders is declared complete, or the person certainly held an office of another
state that day. Whatever the table does not know is UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from consistency.reference.normalise import name_key
from consistency.reference.parse import CountryRules, refuse_duplicate_ids, vocabulary
from consistency.reference.records import (
    NON_LATIN_LANGUAGES,
    Gap,
    HeldAnswer,
    ReferenceOffice,
    ReferencePerson,
)
from consistency.reference.tenure import covers, distance_days, overlaps, widened
from consistency.types import Outcome

TRANSITION_DAYS = 10
"""Days around a handover on which the table does not contradict a text, because sources date one change by the
appointment, the oath or the handover. Set by comparing the first days of the 59 foreign ministers in office on
1 August 2022 with those that Wikidata gives: 55 agree, two differ by one day, one by 10 days (and one by 30, a slip of
the month there)."""

GAP_DAYS = 31
"""Stretches without a known holder that are longer than this are reported as gaps."""


class OfficeKey(NamedTuple):
    """What identifies an office over time: function, country, and the post of an ambassador."""

    function: str
    country: str
    host: str | None


class NameIndex:
    """Normalised name forms to people: under each key, rows such as "en:12 fr:12", language and place in ``persons``.

    Rows are text because ten thousand short lists take longer to read from JSON than ten thousand strings.
    """

    __slots__ = ("_persons", "rows")

    def __init__(self, rows: Mapping[str, str], persons: Sequence[ReferencePerson]) -> None:
        self.rows = rows
        self._persons = persons

    def find(self, key: str) -> tuple[tuple[str, ReferencePerson], ...]:
        """The (language, person) pairs under a key."""
        pairs = (row.split(":") for row in self.rows.get(key, "").split())
        return tuple((language, self._persons[int(position)]) for language, position in pairs)


class Reference:
    """An immutable index over people. Lookups are normalised by `name_key`; country codes are read in either case."""

    def __init__(
        self,
        persons: Iterable[ReferencePerson],
        rules: Mapping[str, CountryRules] | None = None,
        *,
        names: NameIndex | None = None,
        surnames: NameIndex | None = None,
        origin: str = "reference",
    ) -> None:
        """Raises ReferenceTableError where two people share an id; ``names`` and ``surnames`` are built where absent."""
        self.persons = tuple(sorted(persons, key=lambda person: person.id))
        refuse_duplicate_ids(self.persons, origin)
        self.rules: Mapping[str, CountryRules] = dict(rules or {})
        self._given_names = names
        self._given_surnames = surnames

    def with_persons(self, persons: Iterable[ReferencePerson], origin: str = "consistency.toml") -> Reference:
        """The table with a user's people added; a repeated id raises ReferenceTableError."""
        return Reference((*self.persons, *persons), self.rules, origin=origin)

    def person(self, person_id: str) -> ReferencePerson | None:
        """The person with this id, if there is one."""
        return self._by_id.get(person_id)

    def by_name(self, form: str, language: str | None = None) -> tuple[ReferencePerson, ...]:
        """The people who bear this full name (canonical or attested), sorted by id.

        With a language only forms of that language count, and the English ones in a language of Latin script; without,
        forms of any language do.
        """
        return self._find(self._names, form, language)

    def by_surname(self, form: str, language: str | None = None) -> tuple[ReferencePerson, ...]:
        """The people whose family name, alone, is written like this, sorted by id."""
        return self._find(self._surnames, form, language)

    def holders(self, function: str, country: str, on: date, *, host: str | None = None) -> tuple[ReferencePerson, ...]:
        """The people who certainly held the function on that day, sorted by id; acting and concurrent ones included.

        Nobody means that the table knows nobody, not that the office was vacant. ``function`` may be a title
        ("president"), read as the country's file says. An ambassador's post is ``host``, without which nobody is found.
        """
        key = self._office_key(function, country, host)
        return tuple(person for person, office in self._offices.get(key, ()) if covers(office, on, on))

    def held(
        self,
        person: ReferencePerson,
        function: str,
        country: str,
        on: date,
        until: date | None = None,
        *,
        host: str | None = None,
    ) -> HeldAnswer:
        """Whether the person held the function on a day, or on any day from ``on`` to ``until`` (both included).

        AGREE: certainly, on one of the days at least. CONFLICT: certainly on none of them, nor within
        TRANSITION_DAYS of them. UNKNOWN: everything else.
        """
        last = on if until is None else until
        if last < on:
            raise ValueError(f"expected a last day on or after {on.isoformat()}, found {last.isoformat()}")
        key = self._office_key(function, country, host)
        if key.function not in vocabulary().single:
            return HeldAnswer(Outcome.UNKNOWN, f"the reference has no office {function!r}")
        name, what = person.canonical(), _office_text(key)
        own = [office for office in person.offices if _is_asked(key, _key_of(office))]
        for office in own:
            if overlaps(office.certain_days(), on, last):
                acting = "acting " if office.is_acting else ""
                return HeldAnswer(Outcome.AGREE, f"{name} was {acting}{what} {office.span_text()}", office)
        days = on.isoformat() if on == last else f"{on.isoformat()} to {last.isoformat()}"
        slack = timedelta(days=TRANSITION_DAYS)
        for office in own:
            if overlaps(widened(office.possible_days(), slack), on, last):
                reason = f"{name} was {what} {office.span_text()}; {days} is too close to that to tell, or beyond what is known"
                return HeldAnswer(Outcome.UNKNOWN, reason, office)
        for office in person.offices:
            if _is_confusable(key, _key_of(office)) and overlaps(widened(office.possible_days(), slack), on, last):
                reason = f"{name} was {_office_text(_key_of(office))} {office.span_text()}, for which some texts say {what}"
                return HeldAnswer(Outcome.UNKNOWN, reason, office)
        return self._held_by_nobody_known(person, key, own, on, last)

    def gaps(self) -> tuple[Gap, ...]:
        """Stretches of more than GAP_DAYS without a known holder between two tenures of a single-holder office."""
        found = []
        for key in sorted(self._offices, key=lambda key: tuple(map(str, key))):
            if not vocabulary().single[key.function]:
                continue
            covered: date | None = None
            for office in sorted((office for _, office in self._offices[key]), key=lambda office: office.since.first):
                if covered is not None and (office.since.first - covered).days > GAP_DAYS + 1:
                    first, last = covered + timedelta(days=1), office.since.first - timedelta(days=1)
                    found.append(Gap(key.function, key.country, key.host, first, last))
                end = office.as_of if office.until is None else office.until.last
                covered = end if covered is None else max(covered, end)
        return tuple(found)

    def _held_by_nobody_known(
        self, person: ReferencePerson, key: OfficeKey, own: Sequence[ReferenceOffice], on: date, last: date
    ) -> HeldAnswer:
        """CONFLICT where something excludes that the person held the office unrecorded, else UNKNOWN."""
        name, what = person.canonical(), _office_text(key)
        start = f"{name} is not known to have been {what}"
        if own:
            start = f"{name} was {what} " + " and ".join(office.span_text() for office in own)
        days = on.isoformat() if on == last else f"{on.isoformat()} to {last.isoformat()}"
        nearest = min(own, key=lambda office: distance_days(office, on), default=None)
        others = tuple(
            other for other, office in self._offices.get(key, ()) if other.id != person.id and covers(office, on, last)
        )
        rules = self.rules.get(key.country)
        complete = rules.complete.get(key.function) if rules else None
        is_complete = complete is not None and complete[0] <= on and last <= complete[1]
        if is_complete or (others and vocabulary().single[key.function]):
            who = ", ".join(other.canonical() for other in others) or "nobody"
            return HeldAnswer(Outcome.CONFLICT, f"{start}; on {days} it was {who}", nearest, others)
        for office in person.offices:
            if _excludes(office.country, key) and covers(office, on, last):
                reason = f"{start}; on {days} {name} was {_office_text(_key_of(office))}"
                return HeldAnswer(Outcome.CONFLICT, reason, office, others)
        return HeldAnswer(Outcome.UNKNOWN, f"{start}; who was on {days} is not known", nearest, others)

    def _office_key(self, function: str, country: str, host: str | None) -> OfficeKey:
        land = country.lower()
        local = self.rules[land].titles if land in self.rules else {}
        resolved = local.get(function, vocabulary().titles.get(function, function))
        # A country file may send one function to another: where the president governs, head_of_government is head_of_state.
        resolved = local.get(resolved, resolved)
        if resolved == "head_of_state" and land in vocabulary().organisations:
            resolved = "organisation_president"
        return _key(resolved, land, None if host is None else host.lower())

    def _find(self, index: NameIndex, form: str, language: str | None) -> tuple[ReferencePerson, ...]:
        found: dict[str, ReferencePerson] = {}
        for code, person in index.find(name_key(form)):
            takes_english = language is not None and language not in NON_LATIN_LANGUAGES
            if language is None or code == language or (code == "en" and takes_english):
                found[person.id] = person
        return tuple(found[key] for key in sorted(found))

    @cached_property
    def _by_id(self) -> dict[str, ReferencePerson]:
        return {person.id: person for person in self.persons}

    @cached_property
    def _names(self) -> NameIndex:
        return self._given_names or name_index(self.persons)

    @cached_property
    def _surnames(self) -> NameIndex:
        return self._given_surnames or family_index(self.persons)

    @cached_property
    def _offices(self) -> dict[OfficeKey, tuple[tuple[ReferencePerson, ReferenceOffice], ...]]:
        found: dict[OfficeKey, list[tuple[ReferencePerson, ReferenceOffice]]] = {}
        for person in self.persons:
            for office in person.offices:
                found.setdefault(_key_of(office), []).append((person, office))
        return {key: tuple(value) for key, value in found.items()}


def name_index(persons: Sequence[ReferencePerson]) -> NameIndex:
    """The index of all full names, canonical and attested."""
    return _index(
        [
            (form, language, position)
            for position, person in enumerate(persons)
            for forms in (person.names, person.attested)
            for language, listed in forms.items()
            for form in listed
        ],
        persons,
    )


def family_index(persons: Sequence[ReferencePerson]) -> NameIndex:
    """The index of all family names."""
    return _index(
        [
            (form, language, position)
            for position, person in enumerate(persons)
            for language, listed in person.family.items()
            for form in listed
        ],
        persons,
    )


def _index(entries: Iterable[tuple[str, str, int]], persons: Sequence[ReferencePerson]) -> NameIndex:
    # A dict in place of a list of rows: two forms of one person may well have one key.
    found: dict[str, dict[str, None]] = {}
    for form, language, position in entries:
        found.setdefault(name_key(form), {})[f"{language}:{position}"] = None
    return NameIndex({key: " ".join(found[key]) for key in sorted(found)}, persons)


def _key(function: str, country: str, host: str | None) -> OfficeKey:
    # Envoys to organisations are permanent representatives or ambassadors, as the sending state likes.
    if function == "ambassador" and host in vocabulary().organisations:
        function = "permanent_representative"
    return OfficeKey(function, country, host)


def _key_of(office: ReferenceOffice) -> OfficeKey:
    return _key(office.function, office.country, office.host)


def _office_text(key: OfficeKey) -> str:
    land = vocabulary().organisations.get(key.country, key.country.upper())
    return f"{vocabulary().labels[key.function]} of {land}" + (f" to {key.host.upper()}" if key.host else "")


def _is_asked(asked: OfficeKey, known: OfficeKey) -> bool:
    """Whether a known office is the one asked about; an ambassador without a post may be the ambassador anywhere."""
    return asked == known or (asked.host is None and asked == OfficeKey(known.function, known.country, None))


def _is_confusable(asked: OfficeKey, known: OfficeKey) -> bool:
    return asked.country == known.country and known.function in vocabulary().confusable.get(asked.function, ())


def _excludes(country: str, asked: OfficeKey) -> bool:
    """Whether an office under ``country`` excludes the office asked about, because it is another state's.

    A crown may be worn in several countries, and organisations may be led by somebody who also serves a state.
    """
    states = (country, asked.country)
    if asked.function == "head_of_state" or country == asked.country:
        return False
    if any(state in vocabulary().organisations for state in states):
        return False
    return not any(all(state in codes for state in states) for codes in vocabulary().related)
