"""The compiled form of the table: what ``table.json`` holds, how it is made and how it becomes a `Reference` again.

The TOML files are the source and are validated in full when the table is compiled. The compiled form is trusted: it
carries the records with every default filled in and the two name indexes with their keys, so that loading is little
more than reading JSON. Measured: validating and normalising 1,111 people at each start took 76 ms of processor time,
this form takes 26 ms for 1,216 and another 6 ms at the first question about an office (Python 3.11, 2 cores, machine
busy).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from consistency.reference.index import NameIndex, Reference, family_index, name_index
from consistency.reference.parse import CountryRules, ReferenceFile
from consistency.reference.records import PartialDate, ReferenceOffice, ReferencePerson


def to_json_value(files: Iterable[ReferenceFile], digest: str) -> dict[str, Any]:
    """The compiled form of parsed files, as plain JSON values; ``digest`` identifies the sources."""
    files = list(files)
    reference = Reference(person for file in files for person in file.persons)
    sources = sorted({office.source for person in reference.persons for office in person.offices})
    return {
        "digest": digest,
        "sources": sources,
        "rules": {
            file.country: {
                "titles": dict(file.rules.titles),
                "complete": {key: [day.isoformat() for day in days] for key, days in file.rules.complete.items()},
            }
            for file in files
            if file.rules.titles or file.rules.complete
        },
        "persons": [
            [
                person.id,
                dict(person.names),
                dict(person.attested),
                dict(person.family),
                [_office_row(office, sources) for office in person.offices],
            ]
            for person in reference.persons
        ],
        "names": name_index(reference.persons).rows,
        "surnames": family_index(reference.persons).rows,
    }


def from_json_value(raw: Mapping[str, Any]) -> Reference:
    """The `Reference` that `to_json_value` was given the files of."""
    sources: list[str] = raw["sources"]
    persons = tuple(
        ReferencePerson(
            identity,
            {language: tuple(forms) for language, forms in names.items()},
            {language: tuple(forms) for language, forms in attested.items()},
            {language: tuple(forms) for language, forms in family.items()},
            tuple(_office(row, sources) for row in offices),
        )
        for identity, names, attested, family, offices in raw["persons"]
    )
    rules = {
        country: CountryRules(
            entry["titles"], {key: (_day(days[0]), _day(days[1])) for key, days in entry["complete"].items()}
        )
        for country, entry in raw["rules"].items()
    }
    return Reference(
        persons,
        rules,
        names=NameIndex(raw["names"], persons),
        surnames=NameIndex(raw["surnames"], persons),
    )


def _office_row(office: ReferenceOffice, sources: list[str]) -> list[Any]:
    return [
        office.function,
        office.country,
        str(office.since),
        None if office.until is None else str(office.until),
        office.as_of.isoformat(),
        sources.index(office.source),
        office.host,
        office.body,
        int(office.is_acting),
        int(office.is_concurrent),
    ]


def _office(row: list[Any], sources: list[str]) -> ReferenceOffice:
    function, country, since, until, as_of, source, host, body, is_acting, is_concurrent = row
    return ReferenceOffice(
        function,
        country,
        _partial(since),
        None if until is None else _partial(until),
        _day(as_of),
        sources[source],
        host,
        body,
        bool(is_acting),
        bool(is_concurrent),
    )


# Many offices begin and end on the same days, with one government.
_partial = functools.cache(PartialDate.parse)
_day = functools.cache(date.fromisoformat)
