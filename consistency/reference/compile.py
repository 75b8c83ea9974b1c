"""Turn the TOML files of the table into ``table.json``, which loads several times faster.

Run ``python -m consistency.reference.compile`` after every change of a TOML file; a test compares the two.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from consistency.reference.parse import ReferenceFile, file_from_mapping
from consistency.reference.table import to_json_value

HERE = Path(__file__).parent
TABLE = HERE / "table.json"


def source_files(folder: Path = HERE) -> tuple[Path, ...]:
    """The country files of the table, sorted by name."""
    return tuple(sorted((folder / "data").glob("*.toml")))


def parsed(files: tuple[Path, ...]) -> list[ReferenceFile]:
    """The files, validated in full."""
    return [file_from_mapping(tomllib.loads(path.read_text(encoding="utf-8")), origin=path.name) for path in files]


def compiled(files: tuple[Path, ...]) -> dict[str, Any]:
    """The content of ``table.json``, with a digest over the names and bytes of the files."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return to_json_value(parsed(files), digest.hexdigest())


def as_text(table: dict[str, Any]) -> str:
    """The table as it is written to disk: one line a person, so that a change of one shows as one."""
    heads = {key: value for key, value in table.items() if key != "persons"}
    rows = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in table["persons"])
    return json.dumps(heads, ensure_ascii=False, separators=(",", ":"))[:-1] + ',"persons":[\n' + rows + "\n]}\n"


def write(target: Path = TABLE) -> None:
    """Write the compiled table to a temporary file and rename it."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(as_text(compiled(source_files())))
    Path(name).chmod(0o644)
    Path(name).replace(target)


if __name__ == "__main__":
    write()
