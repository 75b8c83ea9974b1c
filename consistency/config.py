"""Settings of a run, checked: an unknown key is an error that names the nearest known one."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Config(BaseModel):
    """Settings of a run. The defaults are those of the command line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    select: tuple[str, ...] = ()
    """Check ids or id prefixes to run; empty: all that run by default."""
    ignore: tuple[str, ...] = ()
    encoder: str = "embedded"
    nli: str | None = None
    align_mode: str = "auto"
