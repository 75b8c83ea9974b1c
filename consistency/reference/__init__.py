"""Who held which office when, with names in each script and sources.

`load_reference` gives the table that ships with the package, with a user's own files added; `person_from_mapping` reads
one person of a user's ``consistency.toml``. Nothing is read before the first call.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from pathlib import Path

from consistency.errors import ReferenceTableError
from consistency.reference.index import Reference
from consistency.reference.normalise import name_key
from consistency.reference.parse import (
    CountryRules,
    ReferenceFile,
    file_from_mapping,
    person_from_mapping,
)
from consistency.reference.records import Gap, HeldAnswer, PartialDate, ReferenceOffice, ReferencePerson
from consistency.reference.table import from_json_value

__all__ = [
    "Gap",
    "HeldAnswer",
    "PartialDate",
    "Reference",
    "ReferenceOffice",
    "ReferencePerson",
    "ReferenceTableError",
    "load_reference",
    "name_key",
    "person_from_mapping",
]


_TABLE = Path(__file__).with_name("table.json")


def load_reference(extra: Sequence[Path] = ()) -> Reference:
    """The reference table, with the people of the user's TOML files added (format: docs/reference-table.md).

    The same files give the same object, read once. Raises ReferenceTableError for a file that cannot be read, an
    unknown key, a malformed value, or an id that is used twice.
    """
    return _load(tuple(Path(path) for path in extra))


@functools.cache
def _load(extra: tuple[Path, ...]) -> Reference:
    if extra:
        return _extended(_load(()), [_read(path) for path in extra])
    return from_json_value(json.loads(_TABLE.read_text(encoding="utf-8")))


def _read(path: Path) -> ReferenceFile:
    import tomllib  # the compiled table needs none

    try:
        mapping = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ReferenceTableError(f"{path}: expected a TOML file of people, {problem}") from problem
    return file_from_mapping(mapping, origin=path.name)


def _extended(reference: Reference, files: Sequence[ReferenceFile]) -> Reference:
    rules = dict(reference.rules)
    for file in files:
        # A user's file may add to a country of ours: what it says of a title wins, what it leaves out stays.
        earlier = rules.get(file.country, CountryRules())
        rules[file.country] = CountryRules(
            {**earlier.titles, **file.rules.titles}, {**earlier.complete, **file.rules.complete}
        )
    persons = (*reference.persons, *(person for file in files for person in file.persons))
    return Reference(persons, rules, origin="the reference table with your files")
