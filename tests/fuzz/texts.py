"""Strategies for texts that no editor would write: pieces of the fixtures, of calendars and of scripts, put together at random."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from consistency.ingest import read_document
from consistency.types import Document, Role

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")

LONG = os.environ.get("CONSISTENCY_FUZZ") == "long"
"""Set CONSISTENCY_FUZZ=long for twenty times the examples, drawn anew each time."""


def profile(examples: int) -> settings:
    """So many examples, the same in each run unless asked for a long one. No deadline: machines differ."""
    return settings(max_examples=examples * 20 if LONG else examples, derandomize=not LONG, deadline=None, database=None)


@cache
def sentences(language: str) -> tuple[str, ...]:
    """Lines of the fixtures in a language."""
    lines: set[str] = set()
    for path in sorted(FIXTURES.glob(f"*/*.{language}.md")):
        lines.update(line for line in read_document(str(path)).text.splitlines() if line.strip())
    return tuple(sorted(lines))


PIECES = (
    # What has broken readers of figures, dates and names before: bounds, separators, signs, impossible dates.
    *("0", "00", "1/0", "32 June 2023", "31/02/2023", "2023-02-30", "9999年99月99日", "29 février 2023", "0 мая", "三十二日"),
    *("1,000,000,000,000,000,000", "1.2.3.4", "-5 %", "½", "五十分之三", "百分之", "亿亿万万", "две тысячи", "مليون مليون"),
    *("$", "€", "%", "‰", "№", "°C", "24:61", "7h", "11:59 p.m.", "UTC+25", "from to", "entre et", "между и"),
    *("Mr.", "M.", "Г-н", "السيد", "先生", "Secretary of State", "ministre des Affaires étrangères", "外交部长", "وزير الخارجية"),
    *("“", "”", "«", "»", "「", "」", "'", '"', "(", ")", "（", "）", "…", "——", "·", "•", "#", ">", "*", "|", "\\"),
    *("\n", "\n\n", "\r\n", "\t", "\u2028", "\u00a0", "\u3000", "\ufeff", "\u200b", "\u200e", "\u202e", "\x00", "\x0b"),
    *("İ", "ß", "ﬁ", "ΐ", "e\u0301", "\u0301", "\u064b", "ـ", "𠮷", "😀", "\ud7ff", "１２３", "٣٫١٤", "Ⅻ", "㈠"),
    *("not", "ne", "pas", "не", "不", "没有", "لا", "said", "a déclaré", "表示", "заявил", "قال", "agreed", "双方"),
)


def texts(language: str, *, most: int = 12) -> st.SearchStrategy[str]:
    """Sentences of the language, whole and cut, mixed with troublesome pieces and random characters."""
    whole = st.sampled_from(sentences(language))
    cut = st.builds(lambda text, a, b: text[min(a, b) : max(a, b)], whole, st.integers(0, 60), st.integers(0, 60))
    random = st.text(st.characters(codec="utf-8"), max_size=12)
    piece = st.one_of(whole, cut, st.sampled_from(PIECES), random)
    joined = st.builds(lambda parts, space: space.join(parts), st.lists(piece, min_size=1, max_size=most), st.sampled_from(["", " ", "\n"]))
    return joined.filter(lambda text: any(character.isalpha() for character in text))


def documents(label: str = "a", role: Role = Role.ACCOUNT, *, most: int = 12) -> st.SearchStrategy[Document]:
    """Documents in any language, some with metadata."""

    def made(language: str, text: str, zone: str | None) -> Document:
        return Document(label, label, text, language, role, timezone=zone)

    zones = st.sampled_from([None, "Asia/Shanghai", "America/New_York"])
    return st.sampled_from(LANGUAGES).flatmap(
        lambda language: st.builds(made, st.just(language), texts(language, most=most), zones)
    )
