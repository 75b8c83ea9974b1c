"""The installed command: its exit statuses, and what it says to bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from consistency.report.json_report import schema

ROOT = Path(__file__).parent.parent
FIXTURE = ROOT / "fixtures" / "2023-06-14-qin-blinken"
COMMAND = Path(sys.executable).parent / "consistency"

CLEAN = "---\nlanguage: en\n---\nThe two ministers spoke by telephone. They agreed to keep the lines open.\n"
SENTENCE = "The two ministers spoke by telephone for an hour about the state of their relations."
TWICE = f"---\nlanguage: en\n---\nMinisters speak by telephone\n\n{SENTENCE}\n\n{SENTENCE}\n"


def run(*arguments: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    """The command's result, its output as UTF-8."""
    assert COMMAND.is_file(), f"the command is not installed beside {sys.executable}: pip install -e '.[dev]'"
    return subprocess.run(
        [COMMAND, *map(str, arguments)], capture_output=True, encoding="utf-8", timeout=120, check=False, **more
    )  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return path


def test_status_0_without_findings(clean: Path) -> None:
    ended = run("check", clean)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Only one document" in ended.stdout
    assert "no cross-source check ran" in ended.stdout


def test_status_1_with_findings(tmp_path: Path) -> None:
    path = tmp_path / "twice.txt"
    path.write_text(TWICE, encoding="utf-8")
    ended = run("check", path, "--fail-on", "note", "--select", "STR101")
    assert ended.returncode == 1
    assert ended.stdout.startswith("note  STR101 ")
    assert f"{path}:8:1" in ended.stdout
    assert run("check", path, "--select", "STR101").returncode == 0
    assert run("check", path, "--select", "STR101", "--fail-on", "never").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "no file to check"),
        (("clean.txt", "--select", "NAM999"), "no check 'NAM999'; did you mean"),
        (("clean.txt", "--fail-on", "fatal"), "fail_on"),
        (("clean.txt", "--format", "yaml"), "unknown format 'yaml'"),
        (("clean.txt", "--output", "report.xyz"), "no format has this ending"),
        (("clean.txt", "--output", "none/report.json"), "no directory none"),
        (("clean.txt", "clean.txt"), "named twice"),
        (("clean.txt", "--config", "none.toml"), "cannot be read"),
        (("clean.txt", "--wrong"), "--wrong"),
    ],
)
def test_status_2_for_usage_errors(clean: Path, arguments: tuple[str, ...], said: str) -> None:
    ended = run("check", *arguments, cwd=clean.parent)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert ended.stdout == ""


BAD_INPUT = {
    "missing": (None, "no such file"),
    "empty": (b"", "empty"),
    "blank": (b"---\nlanguage: en\n---\n\n", "no text"),
    "binary": (bytes(range(256)) * 100, "binary"),
    "unknown language": (b"---\nlanguage: tlh\n---\nnuqneH. Qapla' batlh je.\n", "no language pack for 'tlh'"),
    "language not given and not known": ("Die Minister sprachen über den Krieg und die Lage der beiden Länder.".encode(), "'de'"),
    "broken front matter": (b"---\nlabel: [x\n---\nText.\n", "broken front matter"),
    "open front matter": (b"---\nlabel: x\nText.\n", "closes it"),
    "lone surrogate": (b"---\nlanguage: en\n---\nA \xed\xa0\x80 text.\n", "lone surrogate"),
    "five megabytes of one sentence": (b"the minister said that " * 220_000, "the limit is"),
    "one sentence of the longest text": (b"---\nlanguage: en\n---\n" + b"the minister said that " * 40_000, "the limit is"),
    "only punctuation": (b"---\nlanguage: en\n---\n# 12 ...\n", "no word"),
}


@pytest.mark.parametrize(("data", "said"), BAD_INPUT.values(), ids=BAD_INPUT)
def test_status_3_for_bad_input(tmp_path: Path, data: bytes | None, said: str) -> None:
    path = tmp_path / "input.txt"
    if data is not None:
        path.write_bytes(data)
    ended = run("check", path)
    assert ended.returncode == 3
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout
    assert "INCOMPLETE" in ended.stdout
    record = json.loads(run("check", path, "--format", "json").stdout)
    jsonschema.validate(record, schema())
    assert len(record["failures"]) == 1
    assert said in record["failures"][0]["reason"]


def test_a_directory(tmp_path: Path) -> None:
    ended = run("check", tmp_path)
    assert ended.returncode == 3
    assert "this is a directory" in ended.stderr


def test_incomplete_wins_over_findings(tmp_path: Path) -> None:
    path = tmp_path / "twice.txt"
    path.write_text(TWICE, encoding="utf-8")
    ended = run("check", path, "--copy", tmp_path / "none.txt", "--fail-on", "note", "--select", "STR101")
    assert ended.returncode == 3
    assert "STR101" in ended.stdout


def test_a_copy_without_an_account_is_told(tmp_path: Path) -> None:
    path = tmp_path / "copy.txt"
    path.write_text(CLEAN, encoding="utf-8")
    ended = run("check", "--copy", path)
    assert ended.returncode == 0
    assert "no account was given" in ended.stdout


def test_control_characters_never_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(TWICE.replace("telephone for", "telephone \x1b[31m for"), encoding="utf-8")
    ended = run("check", path, "--select", "STR101")
    assert "\x1b" not in ended.stdout
    assert "\\u001b[31m" in ended.stdout


def test_output_files_follow_their_endings(clean: Path) -> None:
    ended = run("check", clean, "-o", clean.parent / "r.json", "--output", clean.parent / "r.html")
    assert ended.returncode == 0
    jsonschema.validate(json.loads((clean.parent / "r.json").read_text(encoding="utf-8")), schema())
    assert (clean.parent / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert sorted(path.name for path in clean.parent.iterdir()) == ["clean.txt", "r.html", "r.json"]


def test_same_bytes_on_a_second_run_and_with_accounts_swapped(tmp_path: Path) -> None:
    files = [FIXTURE / "prc.zh.md", FIXTURE / "us.en.md"]
    copy = ("--copy", FIXTURE / "wire.fr.md", "--format", "json")
    first = run("check", *files, *copy)
    assert first.stdout != ""
    assert first.returncode == 1
    again = run("check", *files, *copy, env={**os.environ, "PYTHONHASHSEED": "4711"})
    assert again.stdout == first.stdout
    assert run("check", *reversed(files), *copy).stdout == first.stdout


def test_the_default_path_leaves_torch_alone() -> None:
    probe = (
        "import sys; from consistency.cli import app\n"
        "try: app(sys.argv[1:])\n"
        "except SystemExit as e: print(e.code, 'torch' in sys.modules, 'sentence_transformers' in sys.modules, file=sys.stderr)"
    )
    files = [FIXTURE / "prc.zh.md", FIXTURE / "us.en.md", "--copy", FIXTURE / "wire.fr.md"]
    ended = subprocess.run(
        [sys.executable, "-c", probe, "check", *map(str, files)], capture_output=True, encoding="utf-8", check=False
    )
    assert ended.stderr.strip().splitlines()[-1] == "1 False False"


def test_a_reader_that_goes_away_is_no_error(clean: Path) -> None:
    ended = subprocess.run(
        ["sh", "-c", f"'{COMMAND}' check '{clean}' --format json | head -c 1"], capture_output=True, encoding="utf-8", check=False
    )
    assert (ended.stdout, ended.stderr) == ("{", "")


@pytest.mark.parametrize("option", ["-v", "-q"])
def test_a_crash_outside_the_checker_is_status_3(clean: Path, option: str) -> None:
    probe = (
        "import sys; from consistency import cli\n"
        "def broken(*arguments, **options): raise ZeroDivisionError('by design')\n"
        "cli._write = broken\n"
        "sys.argv = ['consistency', 'check', *sys.argv[1:]]\n"
        "cli.main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", probe, clean, option], capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 3
    assert "crashed with ZeroDivisionError: by design" in ended.stderr
    assert ("Traceback" in ended.stderr) is (option == "-v")


def test_version_and_help() -> None:
    assert run("--version").stdout.startswith("readout-consistency ")
    assert "--copy" in run("check", "--help").stdout


def test_explain_and_languages() -> None:
    assert "NAM101" in run("explain").stdout
    told = run("explain", "nam101").stdout
    assert "Why it matters" in told
    assert "⟦" in told
    unknown = run("explain", "NAM100")
    assert unknown.returncode == 2
    assert "did you mean 'NAM10" in unknown.stderr
    assert "zh  Chinese (中文): " in run("languages").stdout
