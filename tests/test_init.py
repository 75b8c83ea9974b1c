"""A first configuration from the files that are there."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from consistency.config import parse
from consistency.errors import ConfigError
from consistency.init import FILES_READ, configuration, look_around
from tests.test_cli import FIXTURE, run

ENGLISH = "The two ministers spoke by telephone on the state of the relations of their countries with the region.\n"


def test_roles_languages_and_reasons(tmp_path: Path) -> None:
    shutil.copytree(FIXTURE, tmp_path / "call")
    (tmp_path / "call" / "translation_2.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "call" / "picture.txt").write_bytes(bytes(range(256)))
    (tmp_path / "README.md").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "a.txt").write_text(ENGLISH, encoding="utf-8")
    text = configuration(look_around(tmp_path))
    project = parse(tomllib.loads(text), "x")
    (case,) = project.case
    assert case.name == "call"
    assert case.accounts == ("call/prc.zh.md", "call/us.en.md")
    assert case.copies == ("call/translation_2.txt", "call/wire.clean.fr.md", "call/wire.fr.md")
    assert '"call/translation_2.txt",  # en; its name says \'translation\'' in text
    assert '"call/wire.fr.md",  # fr; its front matter says so' in text
    assert "# call/picture.txt left out: this is binary data" in text


def test_names_of_files_cannot_break_out(tmp_path: Path) -> None:
    name = 'a"\\ [[case]] é.txt'
    (tmp_path / name).write_text(ENGLISH, encoding="utf-8")
    (case,) = parse(tomllib.loads(configuration(look_around(tmp_path))), "x").case
    assert case.accounts == (name,)


def test_too_many_files(tmp_path: Path) -> None:
    for number in range(FILES_READ + 1):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(ConfigError, match="more than 300"):
        look_around(tmp_path)


def test_the_command_writes_once(tmp_path: Path) -> None:
    shutil.copy(FIXTURE / "us.en.md", tmp_path / "us.en.md")
    first = run("init", cwd=tmp_path)
    assert first.returncode == 0
    assert "1 accounts, 0 copies" in first.stderr
    again = run("init", cwd=tmp_path)
    assert again.returncode == 2
    assert "--force overwrites it" in again.stderr
    assert run("init", "--force", cwd=tmp_path).returncode == 0
    assert run("ci", cwd=tmp_path).returncode == 0
