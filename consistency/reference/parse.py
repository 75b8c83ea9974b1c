"""From mappings (TOML tables) to reference records, refusing whatever is not understood.

A file of the table, ours or a user's:

    country = "cn"                     # default country of the offices in the file
    as_of = "2025-06-30"               # last day for which open tenures are known
    name_order = "family-first"        # how names in the file are written where no family name is given
    [sources]                          # key = title or https address
    [titles]                           # what a bare title means here: president = "head_of_government"
    [complete]                         # function = [first day, last day]: all holders in that time are listed
    [[person]]                         # see person_from_mapping
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from consistency.errors import ReferenceTableError
from consistency.reference.records import PartialDate, ReferenceOffice, ReferencePerson

NAME_ORDERS = ("given-first", "family-first")
_FILE_KEYS = ("country", "as_of", "name_order", "sources", "titles", "complete", "person")
_PERSON_KEYS = ("id", "names", "attested", "family", "name_order", "office")
_OFFICE_KEYS = ("function", "country", "since", "until", "as_of", "source", "host", "body", "status")
_STATUSES = ("acting", "concurrent")
_ID_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE_FORM = re.compile(r"[a-z]{2,3}")
_COUNTRY_FORM = re.compile(r"[a-z]{2}")
_MIDDLE_DOTS = re.compile("[·・•‧]")

# Chinese family names of two characters; every other Chinese (or Korean, or Vietnamese) name in characters is taken
# to have a family name of one. Japanese names state theirs.
_COMPOUND_FAMILY_NAMES = ("欧阳", "司马", "诸葛", "上官", "东方", "皇甫", "慕容", "司徒", "南宫", "夏侯", "令狐")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The functions, default titles, overlapping titles and organisations of ``functions.toml``."""

    single: Mapping[str, bool]
    labels: Mapping[str, str]
    titles: Mapping[str, str]
    confusable: Mapping[str, Sequence[str]]
    related: Sequence[Sequence[str]]
    organisations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CountryRules:
    """What one country's file says beside its people: titles, and spans of days with complete lists of holders."""

    titles: Mapping[str, str] = field(default_factory=dict)
    complete: Mapping[str, tuple[date, date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """One parsed file."""

    country: str
    rules: CountryRules
    persons: tuple[ReferencePerson, ...]


@functools.cache
def vocabulary() -> Vocabulary:
    """The controlled vocabulary that ships with the package."""
    import tomllib  # loading the compiled table needs neither it nor, mostly, the vocabulary

    raw = tomllib.loads(Path(__file__).with_name("functions.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        single={name: bool(entry["single"]) for name, entry in raw["function"].items()},
        labels={name: str(entry["label"]) for name, entry in raw["function"].items()},
        titles=raw["titles"],
        confusable=raw["confusable"],
        related=raw["related"]["codes"],
        organisations=raw["organisations"],
    )


def file_from_mapping(raw: Mapping[str, Any], *, origin: str) -> ReferenceFile:
    """Read a whole file's mapping; ``origin`` names it in errors.

    Raises ReferenceTableError for an unknown key, a malformed value or an id used twice in the file.
    """
    _refuse_unknown(raw, _FILE_KEYS, origin)
    country = _country(_text(raw, "country", origin), origin)
    as_of = _day(_text(raw, "as_of", origin), origin)
    sources = {key: str(value) for key, value in raw.get("sources", {}).items()}
    persons = tuple(
        person_from_mapping(
            entry,
            origin=origin,
            country=country,
            as_of=as_of,
            name_order=raw.get("name_order", NAME_ORDERS[0]),
            sources=sources,
        )
        for entry in raw.get("person", ())
    )
    refuse_duplicate_ids(persons, origin)
    return ReferenceFile(country, _rules(raw, origin), persons)


def person_from_mapping(
    raw: Mapping[str, Any],
    *,
    origin: str,
    country: str | None = None,
    as_of: date | None = None,
    name_order: str = NAME_ORDERS[0],
    sources: Mapping[str, str] | None = None,
) -> ReferencePerson:
    """Read one ``[[person]]``, as in our own files or in a user's ``consistency.toml``.

    Keys: ``id``; ``names`` and, where needed, ``attested`` and ``family``, each language code = form or list of forms;
    ``name_order``; ``office``, a list of tables with ``function``, ``since`` and ``source``, and where they apply
    ``until``, ``as_of``, ``country``, ``host``, ``body`` and ``status`` ("acting" or "concurrent").
    With ``sources`` every office's source must be one of its keys, without it the source is free text.
    Without an ``as_of`` an open tenure is known for its first day only.
    """
    identity = raw.get("id")
    if not isinstance(identity, str) or not _ID_FORM.fullmatch(identity):
        raise ReferenceTableError(f"{origin}: a person needs an id of a-z, 0-9 and hyphens, found {identity!r}")
    where = f"{origin}: person {identity}"
    _refuse_unknown(raw, _PERSON_KEYS, where)
    names = _forms_by_language(raw.get("names"), f"{where}: names")
    if not names:
        raise ReferenceTableError(f"{where}: expected at least one name")
    attested = _forms_by_language(raw.get("attested"), f"{where}: attested")
    order = raw.get("name_order", name_order)
    if order not in NAME_ORDERS:
        raise ReferenceTableError(f"{where}: name_order is {order!r}, expected one of {', '.join(NAME_ORDERS)}")
    stated = _forms_by_language(raw.get("family"), f"{where}: family")
    offices = raw.get("office", ())
    if not isinstance(offices, Sequence) or isinstance(offices, str) or not offices:
        raise ReferenceTableError(f"{where}: expected at least one office")
    return ReferencePerson(
        id=identity,
        names=names,
        attested=attested,
        family={
            language: stated.get(language)
            or _derived_family(names.get(language, ()) + attested.get(language, ()), language, order)
            for language in dict.fromkeys((*names, *attested, *stated))
        },
        offices=tuple(_office(entry, where, country, as_of, sources) for entry in offices),
    )


def refuse_duplicate_ids(persons: Iterable[ReferencePerson], origin: str) -> None:
    """Raise ReferenceTableError where two people share an id."""
    seen: set[str] = set()
    for person in persons:
        if person.id in seen:
            raise ReferenceTableError(f"{origin}: the id {person.id} is used twice; every person needs an id of their own")
        seen.add(person.id)


def _rules(raw: Mapping[str, Any], origin: str) -> CountryRules:
    known = vocabulary().single
    titles = {str(key): str(value) for key, value in raw.get("titles", {}).items()}
    for title, function in titles.items():
        if function not in known:
            raise ReferenceTableError(f"{origin}: the title {title} leads to {_unknown(function, known)}")
    complete: dict[str, tuple[date, date]] = {}
    for function, days in raw.get("complete", {}).items():
        if function not in known:
            raise ReferenceTableError(f"{origin}: complete names {_unknown(function, known)}")
        if not isinstance(days, list) or len(days) != 2:
            raise ReferenceTableError(f"{origin}: complete.{function} is {days!r}, expected [first day, last day]")
        complete[function] = (_day(days[0], origin), _day(days[1], origin))
    return CountryRules(titles, complete)


def _office(
    raw: Mapping[str, Any],
    where: str,
    country: str | None,
    as_of: date | None,
    sources: Mapping[str, str] | None,
) -> ReferenceOffice:
    _refuse_unknown(raw, _OFFICE_KEYS, f"{where}: office")
    function = _text(raw, "function", where)
    if function not in vocabulary().single:
        raise ReferenceTableError(f"{where}: {_unknown(function, vocabulary().single)}")
    since = _partial(_text(raw, "since", where), where)
    until = _partial(_text(raw, "until", where), where) if "until" in raw else None
    if until is not None and until.last < since.first:
        raise ReferenceTableError(f"{where}: {function} ends ({until}) before it begins ({since})")
    source = _text(raw, "source", where)
    if sources is not None:
        if source not in sources:
            raise ReferenceTableError(f"{where}: source {_unknown(source, sources)} in the file's [sources]")
        source = sources[source]
    status = raw.get("status")
    if status is not None and status not in _STATUSES:
        raise ReferenceTableError(f"{where}: status is {status!r}, expected one of {', '.join(_STATUSES)}")
    of_country = raw.get("country", country)
    if not isinstance(of_country, str):
        raise ReferenceTableError(f"{where}: {function} has no country")
    host = raw.get("host")
    if (host is None) == (function in ("ambassador", "permanent_representative")):
        raise ReferenceTableError(f"{where}: {function}: host is for ambassadors and representatives, who need one")
    known_until = _day(raw["as_of"], where) if "as_of" in raw else as_of
    return ReferenceOffice(
        function=function,
        country=_country(of_country, where),
        since=since,
        until=until,
        as_of=max(since.last, known_until or since.last),
        source=source,
        host=None if host is None else _country(host, where),
        body=raw.get("body"),
        is_acting=status == "acting",
        is_concurrent=status == "concurrent",
    )


def _derived_family(forms: tuple[str, ...], language: str, order: str) -> tuple[str, ...]:
    """The family names that the forms show: by middle dot, by position, or by the first character."""
    return tuple(dict.fromkeys(_family_of(form, language, order) for form in forms))


def _family_of(form: str, language: str, order: str) -> str:
    if language in ("zh", "ja"):
        if order == "given-first" or _MIDDLE_DOTS.search(form):
            return _MIDDLE_DOTS.split(form)[-1]
        return form[:2] if form.startswith(_COMPOUND_FAMILY_NAMES) and len(form) > 2 else form[:1]
    tokens = form.split()
    return tokens[0] if order == "family-first" else tokens[-1]


def _forms_by_language(raw: object, where: str) -> dict[str, tuple[str, ...]]:
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise ReferenceTableError(f"{where}: expected language code = form or list of forms, found {raw!r}")
    result: dict[str, tuple[str, ...]] = {}
    for language, value in raw.items():
        if not _LANGUAGE_FORM.fullmatch(language):
            raise ReferenceTableError(f"{where}: {language!r} is no language code")
        forms = [value] if isinstance(value, str) else value
        if not isinstance(forms, list) or not all(isinstance(form, str) and form.strip() == form != "" for form in forms):
            raise ReferenceTableError(f"{where}.{language}: expected a name or a list of names, found {value!r}")
        if len(set(forms)) != len(forms) or not forms:
            raise ReferenceTableError(f"{where}.{language}: the same form stands twice, or none does: {value!r}")
        result[language] = tuple(forms)
    return result


def _refuse_unknown(raw: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in raw:
        if key not in known:
            raise ReferenceTableError(f"{where}: {_unknown(key, known)}")


def _unknown(found: str, known: Iterable[str]) -> str:
    import difflib  # only where something is wrong

    near = difflib.get_close_matches(found, list(known), n=1)
    return f"unknown {found!r}" + (f", did you mean {near[0]!r}?" if near else "")


def _text(raw: Mapping[str, Any], key: str, where: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ReferenceTableError(f"{where}: expected text for {key}, found {value!r}")
    return value


def _country(code: str, where: str) -> str:
    if not _COUNTRY_FORM.fullmatch(code) and code not in vocabulary().organisations:
        raise ReferenceTableError(f"{where}: {code!r} is neither an ISO 3166-1 alpha-2 code in lower case nor an organisation")
    return code


def _partial(text: str, where: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError as problem:
        raise ReferenceTableError(f"{where}: {problem}") from problem


def _day(text: object, where: str) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError as problem:
        raise ReferenceTableError(f"{where}: expected a day as YYYY-MM-DD, found {text!r}") from problem
