"""The documentation: its commands run, its links hold, its generated pages are fresh."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from consistency.checks import ALL_CHECKS
from consistency.config import Project, parse
from consistency.ingest.frontmatter import KEYS
from consistency.report.json_report import schema
from consistency.report.writers import ENDINGS, FORMATS
from tests.test_cli import COMMAND, ROOT

PAGES = sorted(path for path in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"] if "checks" not in path.parts)


def commands(page: Path) -> list[str]:
    """The lines behind '$ ' in the page's console blocks, continued lines joined."""
    blocks = re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    joined = re.sub(r"\\\n\s*", "", "\n".join(blocks))
    return re.findall(r"^\$ (.+)$", joined, re.MULTILINE)


WITH_COMMANDS = [page for page in PAGES if commands(page)]


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_runs(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")
    environment = {**os.environ, "PATH": f"{COMMAND.parent}:{os.environ['PATH']}"}
    for command in commands(page):
        assert command.startswith("consistency ")
        ended = subprocess.run(
            ["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        # 1 is a finding: the fixtures are wrong on purpose. 2 and 3 would be faults of the page or of the tool.
        assert ended.returncode in (0, 1), f"{command}: {ended.stderr}"


def test_the_tutorial_shows_both_outcomes(tmp_path: Path) -> None:
    wrong, clean = commands(ROOT / "docs" / "tutorial.md")[1:3]
    environment = {**os.environ, "PATH": f"{COMMAND.parent}:{os.environ['PATH']}"}
    statuses = [subprocess.run(["sh", "-c", c], cwd=ROOT, env=environment, capture_output=True, check=False).returncode for c in (wrong, clean)]
    assert statuses == [1, 0]


def test_generated_pages_are_fresh() -> None:
    ended = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert ended.stderr == ""
    assert ended.returncode == 0


def test_every_check_has_its_page() -> None:
    written = {path.stem for path in (ROOT / "docs" / "checks").glob("*.md")}
    assert written == {check.id.lower() for check in ALL_CHECKS} | {"index"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    missing = [t for t in targets if "://" not in t and not (page.parent / t).exists()]
    assert missing == []


def rows(page: str) -> str:
    return (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")


def test_the_reference_names_every_key() -> None:
    configuration = rows("configuration.md")
    assert [key for key in Project.model_fields if f"`{key}`" not in configuration and f"[{key}]" not in configuration] == []
    assert [key for key in KEYS if f"| `{key}` |" not in rows("input.md")] == []
    assert [key for key in schema()["properties"] if key != "schema" and f"`{key}`" not in rows("report.md")] == []
    assert [name for name in FORMATS if f"| `{name}` |" not in rows("formats.md")] == []
    assert [ending for ending in ENDINGS if ending not in (".htm", ".sarif.json") and f"`{ending}`" not in rows("formats.md")] == []


def test_the_configurations_in_the_pages_are_valid() -> None:
    for page in PAGES:
        for block in re.findall(r"^```toml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            if page.name in ("configuration.md", "suppressions.md", "own-people.md", "README.md"):
                parse(tomllib.loads(block), page.name)


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    page = rows("dependencies.md").lower()
    assert [name for name in (re.split("[<>=~!\\[;]", n)[0].lower() for n in named) if name not in page] == []


def test_the_python_of_the_tutorial_runs() -> None:
    for page in (ROOT / "docs" / "tutorial.md", ROOT / "README.md"):
        for block in re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            ended = subprocess.run([sys.executable, "-c", block], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
            assert ended.returncode == 0, ended.stderr
            assert "NAM101" in ended.stdout
