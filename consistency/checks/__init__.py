"""The catalogue of checks: an explicit tuple, in the order of docs/checks. Ids are unique and never reused."""

from __future__ import annotations

from consistency.checks.base import Check

ALL_CHECKS: tuple[Check, ...] = ()


def by_id(check_id: str) -> Check | None:
    """The check with this id, in any case of letters; None where there is none."""
    return next((check for check in ALL_CHECKS if check.id == check_id.upper()), None)
