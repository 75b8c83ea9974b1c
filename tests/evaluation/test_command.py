"""`consistency evaluate`: folders in, tables out, exit status 0, 2 or 3."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consistency.cli import app
from consistency.errors import ConfigError
from consistency.evaluation.command import chosen_format, evaluate

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ONE = FIXTURES / "2023-06-14-qin-blinken"

runner = CliRunner()


@pytest.mark.parametrize(
    ("name", "output", "expected"),
    [
        (None, None, "text"),
        ("json", None, "json"),
        (None, "a.md", "markdown"),
        (None, "a.JSON", "json"),
        ("text", "a.md", "text"),
    ],
)
def test_the_format_follows_the_option_and_then_the_ending(name: str | None, output: str | None, expected: str) -> None:
    assert chosen_format(name, output) == expected


@pytest.mark.parametrize(("name", "output"), [("xml", None), (None, "a.docx")])
def test_unknown_formats_are_errors_of_usage(name: str | None, output: str | None) -> None:
    with pytest.raises(ConfigError):
        chosen_format(name, output)


def test_one_event_gives_its_planted_errors_and_two_documents(tmp_path: Path) -> None:
    result = runner.invoke(app, ["evaluate", str(ONE), "--output", str(tmp_path / "scores.json")])
    written = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))
    [row] = written["tables"]["all"]
    assert (row["planted"], row["documents"]) == (11, 2)
    assert result.exit_code == (3 if written["failures"] else 0)


def test_a_folder_without_gold_is_an_error_of_usage(tmp_path: Path) -> None:
    result = runner.invoke(app, ["evaluate", str(tmp_path)])
    assert result.exit_code == 2
    assert "no gold.json" in result.stderr
    assert result.stdout == ""


def test_a_document_that_cannot_be_read_makes_the_evaluation_incomplete(tmp_path: Path) -> None:
    event = tmp_path / "event"
    shutil.copytree(ONE, event)
    (event / "us.en.md").write_text("", encoding="utf-8")
    result = evaluate([event])
    assert result.exit_status == 3
    assert result.evaluation.failures[0].startswith("event: ")


def test_two_workers_give_what_one_gives() -> None:
    alone = evaluate([ONE]).evaluation
    together = evaluate([ONE], workers=2).evaluation
    assert together == alone
