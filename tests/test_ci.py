"""A project's cases by the installed command: a fixture repository whose commits break and mend a name."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from consistency.report.sarif import FINGERPRINT_KEY
from tests.test_cli import FIXTURE, run

CONFIG = """
select = ["NAM"]

[[case]]
name = "call"
accounts = ["accounts/*.md"]
copies = ["wire.md"]

[[case]]
name = "again"
accounts = ["accounts/prc.zh.md"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A clean project: both accounts and the clean copy."""
    (tmp_path / "accounts").mkdir()
    for name in ("prc.zh.md", "us.en.md"):
        shutil.copy(FIXTURE / name, tmp_path / "accounts" / name)
    shutil.copy(FIXTURE / "wire.clean.fr.md", tmp_path / "wire.md")
    (tmp_path / "consistency.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def break_a_name(project: Path) -> tuple[int, int]:
    """Writes Chen Gang for the last Qin Gang of the wire, and gives the place's line and column."""
    path = project / "wire.md"
    text = path.read_text(encoding="utf-8")
    start = text.rindex("Qin Gang")
    path.write_text(text[:start] + "Chen Gang" + text[start + 8 :], encoding="utf-8")
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def test_a_commit_that_breaks_a_name_fails_at_the_right_place(project: Path) -> None:
    assert run("ci", cwd=project).returncode == 0
    line, column = break_a_name(project)
    ended = run("ci", "--format", "github", "--output", "r.sarif", "--output", "r.xml", cwd=project)
    assert ended.returncode == 1
    place = f"::error file=wire.md,line={line},endLine={line},col={column},endColumn={column + 9},title=NAM"
    assert any(row.startswith(place) for row in ended.stdout.splitlines()), ended.stdout
    results = json.loads((project / "r.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in results if r["level"] == "error"]
    assert (line, column) in [(region["startLine"], region["startColumn"]) for region in regions]
    shutil.copy(FIXTURE / "wire.clean.fr.md", project / "wire.md")
    assert run("ci", cwd=project).returncode == 0


def test_a_baselined_finding_does_not_fail_and_a_gone_one_is_told(project: Path) -> None:
    break_a_name(project)
    written = run("ci", "--write-baseline", cwd=project)
    assert (written.returncode, written.stdout) == (0, "")
    ended = run("ci", cwd=project)
    assert ended.returncode == 0
    assert "(baseline: known since the baseline was written)" in ended.stdout
    shutil.copy(FIXTURE / "wire.clean.fr.md", project / "wire.md")
    assert "stale baseline entry" in run("ci", cwd=project).stdout


def test_an_accepted_finding_does_not_fail(project: Path) -> None:
    break_a_name(project)
    found = json.loads(run("ci", "--format", "sarif", cwd=project).stdout)["runs"][0]["results"]
    entries = [
        f'[[accept]]\nfingerprint = "{result["partialFingerprints"][FINGERPRINT_KEY]}"\nreason = "as printed"\n'
        for result in found
        if result["level"] == "error"
    ]
    (project / "consistency.toml").write_text(CONFIG + "".join(entries), encoding="utf-8")
    ended = run("ci", cwd=project)
    assert ended.returncode == 0
    assert "(accepted: as printed)" in ended.stdout


def test_one_unreadable_case_does_not_stop_the_rest(project: Path) -> None:
    (project / "consistency.toml").write_text(
        '[[case]]\nname = "broken"\naccounts = ["none/*.md", "gone.md"]\n' + CONFIG.replace('select = ["NAM"]', ""),
        encoding="utf-8",
    )
    ended = run("ci", "--format", "json", cwd=project)
    assert ended.returncode == 3
    record = json.loads(ended.stdout)
    assert [case["name"] for case in record["cases"]] == ["broken", "call", "again"]
    assert [f["where"] for f in record["cases"][0]["report"]["failures"]] == ["none/*.md", "gone.md"]
    assert len(record["cases"][1]["report"]["documents"]) == 3
    assert "no file matches it" in ended.stderr
    baseline = run("ci", "--write-baseline", cwd=project)
    assert baseline.returncode == 3
    assert not (project / "consistency-baseline.json").exists()


def test_jobs_do_not_change_a_byte(project: Path) -> None:
    one = run("ci", "--jobs", "1", "--format", "json", cwd=project)
    two = run("ci", "--jobs", "2", "--format", "json", cwd=project)
    assert one.stdout == two.stdout != ""


def test_paths_are_relative_to_the_configuration(project: Path) -> None:
    (project.parent / "elsewhere").mkdir(exist_ok=True)
    ended = run("ci", "--config", project / "consistency.toml", "--format", "json", cwd=project.parent / "elsewhere")
    assert ended.returncode == 0
    paths = [d["path"] for d in json.loads(ended.stdout)["cases"][0]["report"]["documents"]]
    assert paths[0] == f"{project.as_posix()}/accounts/prc.zh.md"


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        ("", (), "it has no [[case]]"),
        ("selct = []", (), "did you mean 'select'"),
        (CONFIG, ("--case", "other"), "no case 'other'; there are 'call', 'again'"),
        (CONFIG, ("--case", "call", "--write-baseline"), "leave --case out"),
        ('baseline = "none.json"' + CONFIG, (), "Write it with --write-baseline"),
        ('reference = ["none.toml"]' + CONFIG, (), "none.toml"),
    ],
)
def test_status_2_for_a_wrong_configuration(project: Path, content: str, arguments: tuple[str, ...], said: str) -> None:
    (project / "consistency.toml").write_text(content, encoding="utf-8")
    ended = run("ci", *arguments, cwd=project)
    assert ended.returncode == 2
    assert said in ended.stderr


def test_severity_of_the_configuration(project: Path) -> None:
    break_a_name(project)
    found = json.loads(run("ci", "--format", "sarif", cwd=project).stdout)["runs"][0]["results"]
    ids = sorted({result["ruleId"] for result in found if result["level"] == "error"})
    lowered = "[severity]\n" + "".join(f'{check} = "note"\n' for check in ids)
    (project / "consistency.toml").write_text(CONFIG + lowered, encoding="utf-8")
    ended = run("ci", cwd=project)
    assert ended.returncode == 0
    assert re.search(rf"^note  {ids[0]} ", ended.stdout, re.MULTILINE)
