"""The formats by name, and which one a file's ending asks for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from consistency.errors import ConfigError
from consistency.report.result import Result

FORMATS: dict[str, str] = {
    "text": "consistency.report.text:write_text",
    "json": "consistency.report.json_report:write_json",
    "html": "consistency.report.html_report:write_html",
    "markdown": "consistency.report.markdown:write_markdown",
    "sarif": "consistency.report.sarif:write_sarif",
    "junit": "consistency.report.junit:write_junit",
    "github": "consistency.report.github:write_github",
    "rdjson": "consistency.report.rdjson:write_rdjson",
    "csv": "consistency.report.table:write_csv",
    "docx": "consistency.report.docx_report:write_docx",
}
"""Format to 'module:function'; a writer's module is imported when its format is asked for."""

ENDINGS = {
    ".txt": "text",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".sarif": "sarif",
    ".sarif.json": "sarif",
    ".xml": "junit",
    ".rdjson": "rdjson",
    ".csv": "csv",
    ".docx": "docx",
}


def format_of(path: str) -> str:
    """The format that a file's ending asks for. Raises `ConfigError` for an ending that none has."""
    name = path.lower()
    for ending in sorted(ENDINGS, key=len, reverse=True):
        if name.endswith(ending):
            return ENDINGS[ending]
    raise ConfigError(f"--output {path}: no format has this ending; expected one of {', '.join(sorted(ENDINGS))}")


def render(result: Result, name: str) -> bytes:
    """The report in a format, as the bytes of a file. Raises `ConfigError` for an unknown format."""
    if name not in FORMATS:
        raise ConfigError(f"unknown format {name!r}; expected one of {', '.join(FORMATS)}")
    module, function = FORMATS[name].split(":")
    writer: Callable[[Result], str | bytes] = getattr(import_module(module), function)
    written = writer(result)
    return written if isinstance(written, bytes) else written.encode("utf-8", "backslashreplace")


def save(path: str, data: bytes) -> None:
    """The bytes in a file, all or nothing: written beside it and renamed. Raises `ConfigError` where it cannot be."""
    target = Path(path)
    try:
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            # mkstemp makes files that only their owner reads; give what a plain open() would have given.
            mask = os.umask(0)
            os.umask(mask)
            Path(temporary).chmod(0o666 & ~mask)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ConfigError(f"cannot write {path}: {error.strerror or error}") from error
