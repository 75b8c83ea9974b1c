"""Readers' verdicts on alarms."""

from __future__ import annotations

from pathlib import Path

import pytest

from consistency.evaluation.cases import GoldError
from consistency.evaluation.score import Alarm
from consistency.evaluation.verdicts import judge, read_verdicts
from consistency.types import Family, Severity

FILE = """
dataset = "ntrex"

[[verdict]]
case = "doc.1"
languages = "en>fr"
line = 4
family = "name"
is_error = true
reason = "the translator dropped a letter"

[[verdict]]
case = "doc.1"
languages = "en>fr"
line = 4
family = "date"
is_error = false
reason = "the same day in another time zone"
"""


def alarm(line: int, family: Family, dataset: str = "ntrex") -> Alarm:
    return Alarm("doc.1", dataset, "en>fr", "X", family, Severity.ERROR, "copy", line, "q", "a", "m")


def test_a_verdict_settles_alarms_of_its_line_and_family_only(tmp_path: Path) -> None:
    path = tmp_path / "ntrex.toml"
    path.write_text(FILE, encoding="utf-8")
    verdicts = read_verdicts([path])
    judged = judge(
        [alarm(4, Family.NAME), alarm(4, Family.DATE), alarm(5, Family.NAME), alarm(4, Family.NAME, "other")], verdicts
    )
    assert [(a.verdict, a.reason) for a in judged] == [
        ("true", "the translator dropped a letter"),
        ("false", "the same day in another time zone"),
        ("unjudged", ""),
        ("unjudged", ""),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FILE + FILE.split("\n\n")[1], "two verdicts on"),
        ("dataset = 3", "not a file of verdicts"),
        (FILE.replace("line = 4", ""), "not a file of verdicts"),
        ("[[verdict", "not a file of verdicts"),
        (FILE.replace('family = "name"', 'family = "nose"'), "family 'nose' is none of"),
        (FILE.replace("is_error = true", 'is_error = "no"'), "is_error must be true or false"),
        (FILE.replace('reason = "the translator dropped a letter"', 'reason = " "'), "needs a reason"),
    ],
)
def test_files_that_cannot_be_used_say_why(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        read_verdicts([path])


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="not a file of verdicts"):
        read_verdicts([tmp_path / "none.toml"])


def test_the_verdicts_of_the_benchmarks_can_be_read() -> None:
    folder = Path(__file__).resolve().parents[1] / "benchmarks" / "verdicts"
    read_verdicts(sorted(folder.glob("*.toml")))
