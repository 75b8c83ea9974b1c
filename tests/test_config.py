"""The configuration file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consistency.checks import ALL_CHECKS
from consistency.config import Config, load, parse
from consistency.errors import ConfigError
from consistency.types import Severity

CHECK = ALL_CHECKS[0].id


def test_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "consistency.toml"
    path.write_text(
        f"""
select = ["{CHECK[:3].lower()}"]
ignore = ["{CHECK}"]
fail_on = "warning"
reference = ["people.toml"]
jobs = 2
[severity]
{CHECK} = "note"
[[case]]
name = "call"
accounts = ["a/*.md"]
copies = ["wire.md"]
event_date = 2023-06-14
[[accept]]
check = "{CHECK}"
quote = "words"
reason = "as printed"
expires = 2030-01-01
""",
        encoding="utf-8",
    )
    project = load(path)
    assert project.select == (CHECK[:3],)
    assert project.severity == {CHECK: Severity.NOTE}
    assert project.reference == (str(tmp_path / "people.toml"),)
    assert project.case[0].event_date == date(2023, 6, 14)
    assert project.accept[0].expires == date(2030, 1, 1)
    config = project.run_config()
    assert type(config) is Config
    assert config.fail_on == "warning"


ACCEPT = {"reason": "x", "fingerprint": "0" * 16}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"fail-on": "error"}, "unknown key 'fail-on'; did you mean 'fail_on'?"),
        ({"selekt": []}, "unknown key 'selekt'; did you mean 'select'?"),
        ({"case": [{"name": "a", "acounts": ["x"]}]}, "unknown key 'case.1.acounts'; did you mean 'accounts'?"),
        ({"accept": [{**ACCEPT, "expire": date(2030, 1, 1)}]}, "did you mean 'expires'?"),
        ({"case": [{"name": "a"}]}, "names neither accounts nor copies"),
        ({"case": [{"name": "a", "accounts": ["x"]}] * 2}, "two cases are named 'a'"),
        ({"accept": [{"reason": "x"}]}, "either 'fingerprint', or 'check' and 'quote'"),
        ({"accept": [{**ACCEPT, "reason": " "}]}, "needs a reason"),
        ({"accept": [{**ACCEPT, "check": CHECK, "quote": "x"}]}, "either 'fingerprint', or 'check' and 'quote'"),
        ({"ignore": ["XYZ"]}, "no check 'XYZ'"),
        ({"severity": {CHECK[:3]: "note"}}, f"no check '{CHECK[:3]}'"),
        ({"severity": {CHECK: "fatal"}}, "severity"),
        ({"fail_on": "fatal"}, "fail_on: Input should be 'error', 'warning', 'note' or 'never'"),
        ({"jobs": "many"}, "jobs"),
    ],
)
def test_faults_are_told(values: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(values, "consistency.toml")
    assert str(caught.value).startswith("consistency.toml: ")
    assert said in str(caught.value)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        parse({"selekt": [], "fail_on": "fatal"}, "x")
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize("content", [b"select = [", b"\xff\xfe"])
def test_broken_toml(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "c.toml").write_bytes(content)
    with pytest.raises(ConfigError, match="not valid TOML"):
        load(tmp_path / "c.toml")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load(tmp_path / "none.toml")
