"""Settings of a run and of a project, checked: an unknown key is an error that names the nearest known one.

`Config` is what a `Checker` needs; `Project` is a whole ``consistency.toml``, with the cases that `consistency ci` runs
and what the project has accepted. Paths in the file are relative to the file.
"""

from __future__ import annotations

import difflib
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from consistency.errors import ConfigError
from consistency.types import Severity

FILE_NAME = "consistency.toml"

FailOn = Literal["error", "warning", "note", "never"]


class Config(BaseModel):
    """Settings of a run. The defaults are those of the command line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    select: tuple[str, ...] = ()
    """Check ids or id prefixes to run; empty: all that run by default."""
    ignore: tuple[str, ...] = ()
    severity: dict[str, Severity] = {}
    """Severity by check id, above what the check itself would say."""
    encoder: str = "embedded"
    nli: str | None = None
    align_mode: Literal["auto", "translation", "accounts"] = "auto"
    fail_on: FailOn = "error"
    reference: tuple[str, ...] = ()
    """Paths of TOML files with own people and offices, relative to the configuration file."""

    @field_validator("select", "ignore")
    @classmethod
    def _known_ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_known(identifier, exact=False) for identifier in value)

    @field_validator("severity")
    @classmethod
    def _known_severities(cls, value: dict[str, Severity]) -> dict[str, Severity]:
        return {_known(identifier, exact=True): severity for identifier, severity in value.items()}


class Accept(BaseModel):
    """One accepted finding: by its fingerprint, or by a check and the words it marks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str
    """Why it is right as it stands; never empty."""
    fingerprint: str | None = None
    check: str | None = None
    quote: str | None = None
    """Words that a subject span of the finding must contain."""
    case: str | None = None
    """Only in the case of this name."""
    expires: date | None = None
    """First day on which the entry no longer holds."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.reason.strip():
            raise ValueError("an [[accept]] entry needs a reason")
        if (self.fingerprint is None) == (self.check is None or self.quote is None):
            raise ValueError("an [[accept]] entry needs either 'fingerprint', or 'check' and 'quote'")
        return self

    @field_validator("check")
    @classmethod
    def _known_check(cls, value: str | None) -> str | None:
        return None if value is None else _known(value, exact=True)


class Case(BaseModel):
    """One event of a project: its accounts and the copies held against them, as paths or globs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    accounts: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    event_date: date | None = None
    """Stands in for documents that give none themselves."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.accounts and not self.copies:
            raise ValueError(f"case {self.name!r} names neither accounts nor copies")
        return self


class Project(Config):
    """A whole ``consistency.toml``."""

    baseline: str | None = None
    """Path of the file of known findings, relative to the configuration."""
    jobs: int = 0
    """Processes that run cases side by side; 0: one a processor."""
    case: tuple[Case, ...] = ()
    accept: tuple[Accept, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [case.name for case in self.case]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two cases are named {twice[0]!r}; names must differ")
        return self

    def run_config(self) -> Config:
        """The part that a `Checker` needs."""
        return Config(**{name: getattr(self, name) for name in Config.model_fields})


def load(path: str | Path) -> Project:
    """The project in a configuration file, paths of reference tables made to start from here. Raises `ConfigError`."""
    try:
        with Path(path).open("rb") as file:
            values = tomllib.load(file)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    project = parse(values, str(path))
    folder = Path(path).parent
    return project.model_copy(update={"reference": tuple(str(folder / name) for name in project.reference)})


def parse(values: dict[str, Any], name: str) -> Project:
    """The project in a table. Raises `ConfigError` that lists every fault, `name` before each."""
    try:
        return Project.model_validate(values)
    except ValidationError as error:
        raise ConfigError("\n".join(f"{name}: {_told(fault)}" for fault in error.errors())) from error


_TABLES: dict[str, type[BaseModel]] = {"case": Case, "accept": Accept}


def _told(fault: Any) -> str:
    """One fault in words: where it is, what is wrong, what was probably meant."""
    where = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        key = str(fault["loc"][-1])
        model = _TABLES.get(str(fault["loc"][0]), Project) if len(fault["loc"]) > 1 else Project
        nearest = difflib.get_close_matches(key, list(model.model_fields), n=1, cutoff=0.5)
        hint = f"did you mean {nearest[0]!r}?" if nearest else f"known keys: {', '.join(model.model_fields)}"
        return f"unknown key {where!r}; {hint}"
    message = str(fault["msg"]).removeprefix("Value error, ")
    return f"{where}: {message}" if where else message


def _known(identifier: str, *, exact: bool) -> str:
    """The id or prefix in capitals. Raises `ValueError` that names the nearest id where no check has it."""
    from consistency.checks import ALL_CHECKS

    ids = [check.id for check in ALL_CHECKS]
    wanted = identifier.strip().upper()
    if wanted and (wanted in ids or (not exact and any(known.startswith(wanted) for known in ids))):
        return wanted
    nearest = difflib.get_close_matches(wanted, ids, n=1, cutoff=0.4)
    hint = f"; did you mean {nearest[0]!r}?" if nearest else ""
    raise ValueError(f"no check {identifier!r}{hint} ('consistency explain' lists them)")
