"""Where a span stands in the file, for people and for tools that annotate lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from consistency.types import Document

_NEWLINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file: line and column from 1, columns in code points."""

    line: int
    column: int


class Lines:
    """The lines of a document's text, numbered as in its file (front matter counted)."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _NEWLINE.finditer(self.document.text))]

    @property
    def are_in_file(self) -> bool:
        """Whether lines and columns mean places of the file; not so for HTML, Word and PDF."""
        return self.document.text_line > 0 and self.document.path is not None

    def position(self, offset: int) -> Position:
        """Line and column of a code point offset; of the extracted text where the file has no lines of its own."""
        index = bisect_right(self._starts, offset) - 1
        return Position(max(self.document.text_line, 1) + index, offset - self._starts[index] + 1)

    def describe(self, offset: int) -> str:
        """'path:line:column', or the path alone where the file has no lines."""
        name = self.document.path or self.document.label
        if self.document.path is not None and not self.are_in_file:
            return name
        position = self.position(offset)
        return f"{name}:{position.line}:{position.column}"


def visible(text: str) -> str:
    """The text on one line with control and bidirectional override characters made visible, safe for a terminal."""
    return _UNSAFE.sub(lambda m: f"\\u{ord(m.group()):04x}", _SPACE.sub(" ", text))


_SPACE = re.compile(r"[\t\n\r\v\f\u2028\u2029 ]+")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
