"""PLACEHOLDER"""
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from consistency.types import Analysis, Finding, Support


def support(analysis: Analysis, findings: Sequence[Finding]) -> tuple[Support, ...]:
    return ()
