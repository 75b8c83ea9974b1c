"""Lines and columns."""

from __future__ import annotations

import pytest

from consistency.report.location import Lines, Position, visible
from consistency.types import Document


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_positions_count_front_matter_and_code_points(newline: str) -> None:
    lines = Lines(Document("a", "a", newline.join(["秦刚😀 x", "", "third"]), "zh", path="a.md", text_line=5))
    assert lines.position(0) == Position(5, 1)
    assert lines.position(4) == Position(5, 5)
    assert lines.position(lines.document.text.index("third")) == Position(7, 1)
    assert lines.position(len(lines.document.text)) == Position(7, 6)
    assert lines.describe(2) == "a.md:5:3"


def test_extracted_text_has_no_lines_in_the_file() -> None:
    lines = Lines(Document("a", "a", "one\ntwo", "en", path="a.docx", text_line=0))
    assert not lines.are_in_file
    assert lines.describe(5) == "a.docx"


def test_visible() -> None:
    assert visible("a\n b\x1b[1m\u202ec") == "a b\\u001b[1m\\u202ec"
