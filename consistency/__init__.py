"""Tell where accounts of the same event disagree, across languages, and where one text contradicts itself.

    from consistency import Checker, Document
    report = Checker().run([Document(id="prc", label="prc", language="zh", text=...), ...])

The names are loaded at first use, so that ``import consistency`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from consistency.checker import Checker
    from consistency.types import Document, Finding, Report

__version__ = "0.1.0"

__all__ = ["Checker", "Document", "Finding", "Report", "__version__"]

_HOMES = {
    "Checker": "consistency.checker",
    "Document": "consistency.types",
    "Finding": "consistency.types",
    "Report": "consistency.types",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
