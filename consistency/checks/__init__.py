"""The catalogue of checks: an explicit tuple, in the order of docs/checks. Ids are unique and never reused."""

from __future__ import annotations

from consistency.checks import (
    att201,
    att202,
    att203,
    cov101,
    cov102,
    cov201,
    dat101,
    dat102,
    dat201,
    hed101,
    mod201,
    nam101,
    nam102,
    nam103,
    nam201,
    nam202,
    nli201,
    off101,
    off201,
    off301,
    plc201,
    pol201,
    qty101,
    qty201,
    qty202,
    quo201,
    str101,
    str102,
    trm201,
)
from consistency.checks.base import Check

ALL_CHECKS: tuple[Check, ...] = (
    nam101.CHECK,
    nam102.CHECK,
    nam103.CHECK,
    nam201.CHECK,
    nam202.CHECK,
    off101.CHECK,
    off201.CHECK,
    off301.CHECK,
    dat101.CHECK,
    dat102.CHECK,
    dat201.CHECK,
    qty101.CHECK,
    qty201.CHECK,
    qty202.CHECK,
    plc201.CHECK,
    att201.CHECK,
    att202.CHECK,
    att203.CHECK,
    pol201.CHECK,
    mod201.CHECK,
    trm201.CHECK,
    quo201.CHECK,
    cov101.CHECK,
    cov102.CHECK,
    cov201.CHECK,
    hed101.CHECK,
    str101.CHECK,
    str102.CHECK,
    nli201.CHECK,
)


def by_id(check_id: str) -> Check | None:
    """The check with this id, in any case of letters; None where there is none."""
    return next((check for check in ALL_CHECKS if check.id == check_id.upper()), None)
