"""Turn the TOML files of the table into ``table.json``, which loads several times faster.

Run ``python -m consistency.reference.compile`` after every change of a TOML file; a test compares the digest.
The TOML files are the source; the JSON file holds the same mappings and nothing of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TABLE = HERE / "table.json"


def source_files(folder: Path = HERE) -> tuple[Path, ...]:
    """The country files of the table, sorted by name."""
    return tuple(sorted((folder / "data").glob("*.toml")))


def compiled(files: tuple[Path, ...]) -> dict[str, Any]:
    """The content of ``table.json``: a digest of the files and their parsed mappings by file name."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return {
        "digest": digest.hexdigest(),
        "files": {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in files},
    }


def write(target: Path = TABLE) -> None:
    """Write the compiled table to a temporary file and rename it."""
    text = json.dumps(compiled(source_files()), ensure_ascii=False, separators=(",", ":")) + "\n"
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(name, 0o644)
    os.replace(name, target)


if __name__ == "__main__":
    write()
