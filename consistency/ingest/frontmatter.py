"""YAML front matter: what a file says about itself before its text."""

from __future__ import annotations

import difflib
import re
import zoneinfo
from dataclasses import dataclass
from datetime import date, datetime

from consistency.errors import IngestError
from consistency.types import Role

_OPENING = re.compile(r"---[ \t]*(\r\n|\n|\r)")
_CLOSING = re.compile(r"(?:(?<=\n)|(?<=\r))(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_KEY_LINE = re.compile(r"[A-Za-z_][\w-]*[ \t]*:")
_NEWLINE = re.compile(r"\r\n|\n|\r")

KEYS = ("label", "issuer", "language", "role", "published", "timezone", "event_date", "source")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document besides its text; None where nothing is."""

    label: str | None = None
    issuer: str | None = None
    language: str | None = None
    role: Role | None = None
    published: datetime | None = None
    timezone: str | None = None
    event_date: date | None = None
    source: str | None = None


NO_METADATA = Metadata()


def split(text: str) -> tuple[Metadata, str, int]:
    """(metadata, text behind the front matter, line of the file on which that text begins, from 1).

    Text without front matter comes back whole. Raises `IngestError` for front matter that is not closed, is not
    valid YAML, or has a value that cannot be meant.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return NO_METADATA, text, 1
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        if _KEY_LINE.match(text, opening.end()):
            raise IngestError("broken front matter: the line '---' on line 1 opens it, and no second '---' closes it")
        return NO_METADATA, text, 1
    block = text[opening.end() : closing.start()]
    if not _KEY_LINE.search(block) and block.strip():
        return NO_METADATA, text, 1  # two rules across the page, with prose between them
    line = len(_NEWLINE.findall(text, 0, closing.end())) + 1
    return parse(block), text[closing.end() :], line


def parse(block: str) -> Metadata:
    """The metadata in a block of YAML. Keys of other tools (title, tags) are let be; near misses of ours are errors."""
    import yaml

    try:
        # Every value as text: YAML's own guesses make 'no' (Norwegian) False and 12:30 a number.
        values = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" on line {mark.line + 2}" if mark is not None else ""
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise IngestError(f"broken front matter{where}: {problem}") from error
    if values is None or values == "":
        return NO_METADATA
    if not isinstance(values, dict):
        raise IngestError("broken front matter: expected lines of 'key: value'")
    for key in values:
        nearest = difflib.get_close_matches(str(key), KEYS, n=1, cutoff=0.75)
        if key not in KEYS and nearest:
            raise IngestError(f"front matter: unknown key {key!r}; did you mean {nearest[0]!r}?")
    known: dict[str, str] = {}
    for key in KEYS:
        value = values.get(key)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise IngestError(f"front matter: {key} must be one value, not a list or a table")
        if any(0xD800 <= ord(character) < 0xE000 for character in value):
            raise IngestError(f"front matter: {key} contains a lone surrogate")
        known[key] = value.strip()
    return _checked(known)


def _checked(known: dict[str, str]) -> Metadata:
    zone = known.get("timezone")
    if zone is not None:
        zone = _zone(zone)
    published = known.get("published")
    return Metadata(
        label=_label(known.get("label")),
        issuer=known.get("issuer"),
        language=primary_language(known["language"]) if "language" in known else None,
        role=_role(known.get("role")),
        published=None if published is None else _moment(published, zone),
        timezone=zone,
        event_date=None if "event_date" not in known else _day(known["event_date"]),
        source=known.get("source"),
    )


def _label(label: str | None) -> str | None:
    if label is not None and (len(label) > 60 or re.search(r"[\s:]", label)):
        raise IngestError(f"front matter: label is {label!r}; expected a short id without spaces and colons")
    return label


def primary_language(tag: str) -> str:
    """The language of a BCP 47 tag: 'zh' of 'zh-Hant-TW'. Raises `IngestError` for what is no tag."""
    if not re.fullmatch(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*", tag):
        raise IngestError(f"front matter: language is {tag!r}; expected a BCP 47 code such as zh, en or fr")
    return re.split("[-_]", tag)[0].lower()


def _role(role: str | None) -> Role | None:
    if role is None:
        return None
    try:
        return Role(role)
    except ValueError:
        raise IngestError(f"front matter: role is {role!r}; expected 'account' or 'copy'") from None


def _zone(zone: str) -> str:
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        near = difflib.get_close_matches(zone, sorted(zoneinfo.available_timezones()), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise IngestError(
            f"front matter: timezone is {zone!r}; expected a name such as 'Asia/Shanghai'{hint}"
        ) from None
    return zone


def _moment(value: str, zone: str | None) -> datetime:
    """A date and time, aware where it has an offset or the document a zone. A bare date is its midnight."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise IngestError(
            f"front matter: published is {value!r}; expected a date and time such as 2023-06-14T20:31:00+08:00"
        ) from None
    if moment.tzinfo is None and zone is not None:
        moment = moment.replace(tzinfo=zoneinfo.ZoneInfo(zone))
    return moment


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise IngestError(f"front matter: event_date is {value!r}; expected a date such as 2023-06-14") from None
