"""What other tools run: the pre-commit hook, the action, the examples for GitLab and for a shell."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.test_ci import break_a_name, project
from tests.test_cli import COMMAND, ROOT

__all__ = ["project"]


def loaded(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PATH": f"{COMMAND.parent}:{os.environ['PATH']}", **more}


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("action.yml", "github-actions"),
        ("examples/github-workflow.yml", "github-workflows"),
        ("examples/gitlab-ci.yml", "gitlab-ci"),
    ],
)
def test_files_fit_their_published_schemas(name: str, schema: str) -> None:
    package = pytest.importorskip("check_jsonschema")
    path = Path(package.__file__).parent / "builtin_schemas" / "vendor" / f"{schema}.json"
    text = (ROOT / name).read_text(encoding="utf-8")
    # YAML 1.1 reads the key 'on' as true; as text it stays what it is.
    values = yaml.load(text, Loader=yaml.BaseLoader) if schema == "github-workflows" else yaml.safe_load(text)
    validator = jsonschema.validators.validator_for(json.loads(path.read_text(encoding="utf-8")))
    validator(json.loads(path.read_text(encoding="utf-8"))).validate(values)


def test_the_hook_runs_as_it_is_declared(project: Path) -> None:
    (hook,) = loaded(".pre-commit-hooks.yaml")
    assert hook["language"] == "python"
    ended = subprocess.run(shlex.split(hook["entry"]), cwd=project, env=environment(), capture_output=True, check=False)
    assert ended.returncode == 0
    break_a_name(project)
    ended = subprocess.run(shlex.split(hook["entry"]), cwd=project, env=environment(), capture_output=True, check=False)
    assert ended.returncode == 1
    assert b"wire.md:" in ended.stdout


def test_the_actions_check_step_runs(project: Path, tmp_path: Path) -> None:
    steps = loaded("action.yml")["runs"]["steps"]
    check = next(step for step in steps if step.get("id") == "check")
    assert not any("${{" in step.get("run", "") for step in steps), "inputs reach scripts as variables only"
    break_a_name(project)
    outputs = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    given = {"CONFIG": "consistency.toml", "FAIL_ON": "error", "SARIF": "c.sarif", "HTML": "c.html"}
    assert set(check["env"]) == set(given)
    ended = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", check["run"]],
        cwd=project,
        env=environment(RUNNER_TEMP=str(tmp_path), **outputs, **given),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "::error file=wire.md,line=" in ended.stdout
    assert Path(outputs["GITHUB_OUTPUT"]).read_text(encoding="utf-8") == "status=1\n"
    assert Path(outputs["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8").startswith("## Consistency report")
    assert json.loads((project / "c.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    result = next(step for step in steps if step.get("name") == "Result")
    ended_again = subprocess.run(["bash", "-c", result["run"]], env=environment(STATUS="1"), check=False)
    assert ended_again.returncode == 1


def test_the_gitlab_script_runs(project: Path) -> None:
    job = loaded("examples/gitlab-ci.yml")["consistency"]
    install, check = job["script"]
    assert "pip install" in install
    assert subprocess.run(["sh", "-c", check], cwd=project, env=environment(), check=False).returncode == 0
    for path in (job["artifacts"]["reports"]["junit"], *job["artifacts"]["paths"]):
        assert (project / path).is_file()


@pytest.mark.parametrize(("is_broken", "status", "said"), [(False, 0, "as far as"), (True, 1, "findings: see")])
def test_the_shell_example(project: Path, is_broken: bool, status: int, said: str) -> None:
    if is_broken:
        break_a_name(project)
    script = shutil.copy(ROOT / "examples" / "ci.sh", project / "ci.sh")
    ended = subprocess.run(
        [script], cwd=project, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == status
    assert said in ended.stdout
    assert sorted(p.name for p in (project / "reports").iterdir()) == [
        "consistency.html", "consistency.sarif", "consistency.xml",
    ]  # fmt: skip


def test_the_shell_example_calls_incomplete_no_pass(project: Path) -> None:
    (project / "wire.md").unlink()
    ended = subprocess.run(
        [ROOT / "examples" / "ci.sh"], cwd=project, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 3
    assert "this is no pass" in ended.stdout
