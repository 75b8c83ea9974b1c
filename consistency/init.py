"""A first ``consistency.toml`` from the files that are there: one case a folder, each file as account or copy."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from consistency.errors import ConfigError, IngestError
from consistency.ingest import read_document
from consistency.types import Document, Role

ENDINGS = (".md", ".txt", ".html", ".htm", ".docx", ".pdf")
FILES_READ = 300
"""Most files that are looked at: a folder with more holds something else than readouts."""

_COPY_WORDS = re.compile(r"(?:^|[^a-z])(?:wire|copy|copie|article|story|translation|trad|traduction|draft)(?:[^a-z]|$)", re.I)
_OTHER = re.compile(r"^(?:readme|license|licence|changelog|contributing|requirements|constraints)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A file with what it looks like, and why."""

    path: str
    document: Document | None
    role: Role
    why: str


def look_around(folder: Path) -> list[Found]:
    """The texts under a folder, hidden folders and project files aside. Raises `ConfigError` where there are too many."""
    paths = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in ENDINGS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and not _OTHER.match(path.name)
    )
    if len(paths) > FILES_READ:
        raise ConfigError(f"{folder}: {len(paths)} texts under it, more than {FILES_READ}; run init in the folder of the cases")
    return [_found(path, folder) for path in paths]


def _found(path: Path, folder: Path) -> Found:
    name = path.relative_to(folder).as_posix()
    try:
        document = read_document(str(path))
    except IngestError as error:
        return Found(name, None, Role.ACCOUNT, str(error).removeprefix(f"{path}: "))
    # The reader's default role is account: only a stated copy shows in the document.
    if document.role is Role.COPY:
        return Found(name, document, Role.COPY, "its front matter says so")
    word = _COPY_WORDS.search(path.stem)
    if word is not None and document.issuer is None:
        return Found(name, document, Role.COPY, f"its name says {word.group().strip('._- ')!r}")
    why = f"issued by {document.issuer}" if document.issuer else "nothing marks it as a copy"
    return Found(name, document, Role.ACCOUNT, why)


def configuration(found: Sequence[Found]) -> str:
    """The commented file. Paths are written as TOML strings, whatever characters they hold."""
    lines = [
        "# Settings of readout-consistency; 'consistency ci' checks every case below.",
        "# Paths are relative to this file and may be patterns such as \"accounts/*.md\".",
        "",
        '# Least severity that fails the run: "error", "warning", "note" or "never".',
        'fail_on = "error"',
        "",
        "# Checks to run or leave out, by id or prefix ('consistency explain' lists them).",
        "# select = [\"NAM\", \"OFF\"]",
        "# ignore = [\"COV101\"]",
        "",
        "# Your own people and offices.",
        "# reference = [\"people.toml\"]",
        "",
        "# [severity]",
        "# MOD201 = \"error\"",
        "",
    ]
    for folder, group in groupby(found, key=lambda f: str(Path(f.path).parent)):
        lines += _case(folder, list(group))
    lines += [
        "# A finding that is right as it stands:",
        "# [[accept]]",
        '# check = "TRM201"',
        '# quote = "the words that it marks"',
        '# reason = "house style, agreed with the desk"',
        "# expires = 2030-01-01",
    ]
    return "\n".join(lines) + "\n"


def _case(folder: str, files: list[Found]) -> list[str]:
    readable = [f for f in files if f.document is not None]
    lines = [f"# {_comment(f.path)} left out: {_comment(f.why)}" for f in files if f.document is None]
    if not readable:
        return [*lines, ""] if lines else []
    lines += ["[[case]]", f"name = {_string('texts' if folder == '.' else folder)}"]
    dates = sorted({f.document.event_date for f in readable if f.document is not None and f.document.event_date})
    if len(dates) == 1:
        lines.append(f"event_date = {dates[0].isoformat()}")
    for role, key in ((Role.ACCOUNT, "accounts"), (Role.COPY, "copies")):
        chosen = [f for f in readable if f.role is role]
        if not chosen:
            continue
        lines.append(f"{key} = [")
        for f in chosen:
            assert f.document is not None
            lines.append(f"    {_string(f.path)},  # {_comment(f.document.language)}; {_comment(f.why)}")
        lines.append("]")
    return [*lines, ""]


def _string(text: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    """Text that stays on its comment's line."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text)
