"""Who held which office when, with names in each script and sources.

`load_reference` gives the table that ships with the package, with a user's own files added; `person_from_mapping` reads
one person of a user's ``consistency.toml``. Nothing is read before the first call.
"""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Sequence
from importlib import resources
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


def load_reference(extra: Sequence[Path] = ()) -> Reference:
    """The reference table, with the people of the user's TOML files added (format: docs/reference-table.md).

    The same files give the same object, read once. Raises ReferenceTableError for a file that cannot be read, an
    unknown key, a malformed value, or an id that is used twice.
    """
    return _load(tuple(Path(path) for path in extra))


@functools.cache
def _load(extra: tuple[Path, ...]) -> Reference:
    raw = json.loads((resources.files(__name__) / "table.json").read_text(encoding="utf-8"))
    own = [file_from_mapping(mapping, origin=name) for name, mapping in raw["files"].items()]
    if not extra:
        return _assembled(own)
    return _assembled([*own, *(_read(path) for path in extra)])


def _read(path: Path) -> ReferenceFile:
    try:
        mapping = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ReferenceTableError(f"{path}: expected a TOML file of people, {problem}") from problem
    return file_from_mapping(mapping, origin=path.name)


def _assembled(files: Sequence[ReferenceFile]) -> Reference:
    rules: dict[str, CountryRules] = {}
    for file in files:
        # A user's file may add to a country of ours: what it says of a title wins, what it leaves out stays.
        earlier = rules.get(file.country, CountryRules())
        rules[file.country] = CountryRules(
            {**earlier.titles, **file.rules.titles}, {**earlier.complete, **file.rules.complete}
        )
    return Reference((person for file in files for person in file.persons), rules)
