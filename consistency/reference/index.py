"""The table as an index: who bears a name, who held an office on a day, whether a person held it.

Every answer about tenure is AGREE, CONFLICT or UNKNOWN. CONFLICT needs a positive reason: the person was certainly not
in office (their known tenures lie elsewhere) *and* something excludes an unlisted one: another person certainly held a
single-holder office, or the list of holders is declared complete, or the person certainly held an office of another
state that day. Whatever the table does not know is UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property

from consistency.reference.normalise import name_key
from consistency.reference.parse import CountryRules, refuse_duplicate_ids, vocabulary
from consistency.reference.records import Gap, HeldAnswer, ReferenceOffice, ReferencePerson
from consistency.types import Outcome

TRANSITION_DAYS = 10
"""Days around a handover on which the table does not contradict a text. Appointment, oath and handover of one change
are dated differently by different sources; of the table's own handovers known to the day, none that was looked up in
two sources differed by more than 8 days."""

GAP_DAYS = 31
"""Stretches without a known holder that are longer than this are reported as gaps."""


class Reference:
    """An immutable index over people. Lookups are normalised by `name_key`; country codes are read in either case."""

    def __init__(
        self, persons: Iterable[ReferencePerson], rules: Mapping[str, CountryRules] | None = None, origin: str = "reference"
    ) -> None:
        """Raises ReferenceTableError where two people share an id."""
        self.persons = tuple(sorted(persons, key=lambda person: person.id))
        refuse_duplicate_ids(self.persons, origin)
        self.rules: Mapping[str, CountryRules] = dict(rules or {})

    def with_persons(self, persons: Iterable[ReferencePerson], origin: str = "consistency.toml") -> Reference:
        """The table with a user's people added; a repeated id raises ReferenceTableError."""
        return Reference((*self.persons, *persons), self.rules, origin)

    def person(self, person_id: str) -> ReferencePerson | None:
        """The person with this id, if there is one."""
        return self._by_id.get(person_id)

    def by_name(self, form: str, language: str | None = None) -> tuple[ReferencePerson, ...]:
        """The people who bear this full name (canonical or attested), sorted by id.

        With a language only forms of that language count (English ones where a Latin-script language has none of its
        own); without, forms of any language do.
        """
        return self._find(self._names, form, language)

    def by_surname(self, form: str, language: str | None = None) -> tuple[ReferencePerson, ...]:
        """The people whose family name, alone, is written like this, sorted by id."""
        return self._find(self._surnames, form, language)

    def holders(self, function: str, country: str, on: date, *, host: str | None = None) -> tuple[ReferencePerson, ...]:
        """The people who certainly held the function on that day, sorted by id; acting and concurrent ones included.

        Nobody means that the table knows nobody, not that the office was vacant. ``function`` may be a title
        ("president"), read as the country's file says.
        """
        key = self._office_key(function, country, host)
        return tuple(person for person, office in self._offices.get(key, ()) if _covers(office, on, on))

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
        name, what = person.canonical(), self._office_text(key)
        days = on.isoformat() if on == last else f"{on.isoformat()} to {last.isoformat()}"
        own = [office for office in person.offices if _key_of(office) == key]
        for office in own:
            if _overlaps(office.certain_days(), on, last):
                acting = "acting " if office.is_acting else ""
                return HeldAnswer(Outcome.AGREE, f"{name} was {acting}{what} {office.span_text()}", office)
        slack = timedelta(days=TRANSITION_DAYS)
        for office in own:
            if _overlaps(_widen(office.possible_days(), slack), on, last):
                reason = f"{name} was {what} {office.span_text()}; {days} is too close to that to tell, or beyond what is known"
                return HeldAnswer(Outcome.UNKNOWN, reason, office)
        own_text = f"{name} was {what} " + " and ".join(office.span_text() for office in own) if own else ""
        return self._excluded(person, key, on, last, days, own, own_text or f"{name} is not known to have been {what}")

    def gaps(self) -> tuple[Gap, ...]:
        """Stretches of more than GAP_DAYS without a known holder between two tenures of a single-holder office."""
        found = []
        for (function, country, host), held in sorted(self._offices.items(), key=lambda item: tuple(map(str, item[0]))):
            if not vocabulary().single[function]:
                continue
            covered: date | None = None
            for office in sorted((office for _, office in held), key=lambda office: office.since.first):
                if covered is not None and (office.since.first - covered).days > GAP_DAYS + 1:
                    found.append(
                        Gap(function, country, host, covered + timedelta(days=1), office.since.first - timedelta(days=1))
                    )
                end = office.as_of if office.until is None else office.until.last
                covered = end if covered is None else max(covered, end)
        return tuple(found)

    def _excluded(
        self,
        person: ReferencePerson,
        key: tuple[str, str, str | None],
        on: date,
        last: date,
        days: str,
        own: list[ReferenceOffice],
        start: str,
    ) -> HeldAnswer:
        """CONFLICT where something excludes that the person held the office unrecorded, else UNKNOWN."""
        function, country, _ = key
        nearest = min(own, key=lambda office: _distance(office, on), default=None)
        others = tuple(
            other for other, office in self._offices.get(key, ()) if other.id != person.id and _covers(office, on, last)
        )
        if others and vocabulary().single[function]:
            who = ", ".join(other.canonical() for other in others)
            return HeldAnswer(Outcome.CONFLICT, f"{start}; on {days} it was {who}", nearest, others)
        complete = self.rules[country].complete.get(function) if country in self.rules else None
        if complete is not None and complete[0] <= on and last <= complete[1]:
            who = ", ".join(other.canonical() for other in others) or "nobody"
            return HeldAnswer(Outcome.CONFLICT, f"{start}; on {days} it was {who}", nearest, others)
        for office in person.offices:
            # Nobody serves two states at once; organisations may well be led by somebody who also serves a state.
            if office.country != country and _is_state(office.country) and _is_state(country) and _covers(office, on, last):
                reason = f"{start}; on {days} {person.canonical()} was {self._office_text(_key_of(office))}"
                return HeldAnswer(Outcome.CONFLICT, reason, office, others)
        return HeldAnswer(Outcome.UNKNOWN, f"{start}; who was on {days} is not known", nearest, others)

    def _office_key(self, function: str, country: str, host: str | None) -> tuple[str, str, str | None]:
        land = country.lower()
        local = self.rules[land].titles if land in self.rules else {}
        resolved = local.get(function, vocabulary().titles.get(function, function))
        # A country file may send one function to another: where the president governs, head_of_government is head_of_state.
        resolved = local.get(resolved, resolved)
        if resolved not in vocabulary().single:
            raise ValueError(f"expected a function or title of the reference vocabulary, found {function!r}")
        return resolved, land, None if host is None else host.lower()

    def _office_text(self, key: tuple[str, str, str | None]) -> str:
        function, country, host = key
        land = vocabulary().organisations.get(country, country.upper())
        return f"{vocabulary().labels[function]} of {land}" + (f" to {host.upper()}" if host else "")

    def _find(
        self, index: Mapping[str, tuple[tuple[str, ReferencePerson], ...]], form: str, language: str | None
    ) -> tuple[ReferencePerson, ...]:
        hits = index.get(name_key(form), ())
        found: dict[str, ReferencePerson] = {}
        for code, person in hits:
            falls_back = code == "en" and language is not None and bool(person.forms(language)) and language not in person.names
            if language is None or code == language or (falls_back and language not in person.attested):
                found[person.id] = person
        return tuple(found[key] for key in sorted(found))

    @cached_property
    def _by_id(self) -> dict[str, ReferencePerson]:
        return {person.id: person for person in self.persons}

    @cached_property
    def _names(self) -> dict[str, tuple[tuple[str, ReferencePerson], ...]]:
        return _index(
            (code, form, person)
            for person in self.persons
            for forms in (person.names, person.attested)
            for code, listed in forms.items()
            for form in listed
        )

    @cached_property
    def _surnames(self) -> dict[str, tuple[tuple[str, ReferencePerson], ...]]:
        return _index(
            (code, form, person) for person in self.persons for code, listed in person.family.items() for form in listed
        )

    @cached_property
    def _offices(self) -> dict[tuple[str, str, str | None], tuple[tuple[ReferencePerson, ReferenceOffice], ...]]:
        found: dict[tuple[str, str, str | None], list[tuple[ReferencePerson, ReferenceOffice]]] = {}
        for person in self.persons:
            for office in person.offices:
                found.setdefault(_key_of(office), []).append((person, office))
        return {key: tuple(value) for key, value in found.items()}


def _index(
    entries: Iterable[tuple[str, str, ReferencePerson]],
) -> dict[str, tuple[tuple[str, ReferencePerson], ...]]:
    found: dict[str, list[tuple[str, ReferencePerson]]] = {}
    for code, form, person in entries:
        found.setdefault(name_key(form), []).append((code, person))
    return {key: tuple(value) for key, value in found.items()}


def _key_of(office: ReferenceOffice) -> tuple[str, str, str | None]:
    return office.function, office.country, office.host


def _is_state(country: str) -> bool:
    return country not in vocabulary().organisations


def _covers(office: ReferenceOffice, first: date, last: date) -> bool:
    """Whether the office was certainly held on every day from first to last."""
    begin, end = office.certain_days()
    return begin <= first and last <= end


def _overlaps(days: tuple[date, date], first: date, last: date) -> bool:
    return days[0] <= days[1] and max(days[0], first) <= min(days[1], last)


def _widen(days: tuple[date, date], slack: timedelta) -> tuple[date, date]:
    end = days[1] if days[1] > date.max - slack else days[1] + slack
    return days[0] - slack, end


def _distance(office: ReferenceOffice, day: date) -> int:
    begin, end = office.possible_days()
    if begin <= day <= end:
        return 0
    return min(abs((begin - day).days), abs((end - day).days) if end != date.max else abs((begin - day).days))
