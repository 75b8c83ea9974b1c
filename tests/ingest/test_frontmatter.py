"""Front matter."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.errors import IngestError
from consistency.ingest.frontmatter import NO_METADATA, split
from consistency.types import Role


def test_all_keys() -> None:
    metadata, text, line = split(
        "---\nlabel: prc\nissuer: Ministry\nlanguage: zh-Hans\nrole: copy\npublished: 2023-06-14T20:31:00+08:00\n"
        "timezone: Asia/Shanghai\nevent_date: 2023-06-14\nsource: https://example.org/a\n---\n\nBody\n"
    )
    assert metadata.label == "prc"
    assert metadata.issuer == "Ministry"
    assert metadata.language == "zh"
    assert metadata.role is Role.COPY
    assert metadata.published == datetime(2023, 6, 14, 20, 31, tzinfo=timezone(timedelta(hours=8)))
    assert metadata.timezone == "Asia/Shanghai"
    assert metadata.event_date == date(2023, 6, 14)
    assert metadata.source == "https://example.org/a"
    assert (text, line) == ("\nBody\n", 11)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_offsets_begin_right_behind_the_closing_line(newline: str) -> None:
    metadata, text, line = split(newline.join(["---", "language: fr", "---", "Un", "deux"]))
    assert (metadata.language, text, line) == ("fr", f"Un{newline}deux", 4)


@pytest.mark.parametrize(
    "text", ["No front matter.\n---\nlabel: x\n---\n", "---\n\nA rule, then prose.\n", "", "--- label: x\n---\n", "---\nProse only\n---\nmore"]
)
def test_text_without_front_matter_comes_back_whole(text: str) -> None:
    assert split(text) == (NO_METADATA, text, 1)


def test_a_naive_time_gets_the_documents_zone() -> None:
    metadata, _, _ = split("---\npublished: 2023-06-14 09:00\ntimezone: America/New_York\n---\nx")
    assert metadata.published == datetime(2023, 6, 14, 9, 0, tzinfo=ZoneInfo("America/New_York"))


def test_norwegian_is_no_boolean() -> None:
    assert split("---\nlanguage: no\n---\nx")[0].language == "no"


def test_keys_of_other_tools_are_let_be() -> None:
    assert split("---\ntitle: A call\ntags: [a, b]\nlabel: x\n---\nx")[0].label == "x"


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("label: [a", "broken front matter on line 3"),
        ("label: a\n  issuer: b", "broken front matter"),
        ("langauge: fr", "did you mean 'language'"),
        ("language: fr!", "BCP 47"),
        ("role: translation", "'account' or 'copy'"),
        ("published: yesterday", "date and time"),
        ("event_date: 14 June", "event_date is '14 June'"),
        ("timezone: Asia/Shangai", "did you mean 'Asia/Shanghai'"),
        ("timezone: ../../etc/passwd", "expected a name such as"),
        ("label: two words", "without spaces"),
        ("label: [a, b]", "must be one value"),
        ('issuer: "\\uD800"', "front matter"),
    ],
)
def test_broken_front_matter_is_told(block: str, said: str) -> None:
    with pytest.raises(IngestError, match=said):
        split(f"---\n{block}\n---\nText.\n")


def test_front_matter_that_never_closes() -> None:
    with pytest.raises(IngestError, match="no second '---' closes it"):
        split("---\nlabel: prc\nlanguage: zh\n\nText without end.\n")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_the_text_behind_is_never_changed(body: str) -> None:
    assert split("---\nlabel: x\n---\n" + body)[1] == body
