"""Writes the pages that come from the program itself: docs/checks and docs/reference/commands.md.

Run `python docs/generate.py` after changing a check or a command; `--check` only tells whether the pages are fresh, as CI
does.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import typer.main

from consistency.checks import ALL_CHECKS
from consistency.cli import app
from consistency.report.explain import SCOPES, page
from consistency.report.markup import markdown_text as md

DOCS = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py; do not edit. -->"


def pages() -> dict[Path, str]:
    """Path to content of every generated page."""
    made = {DOCS / "checks" / f"{check.id.lower()}.md": f"{NOTE}\n\n{page(check)}" for check in ALL_CHECKS}
    made[DOCS / "checks" / "index.md"] = _index()
    made[DOCS / "reference" / "commands.md"] = _commands()
    return made


def _index() -> str:
    lines = [NOTE, "", "# Checks", "", "| id | what it flags | compares | severity |", "|---|---|---|---|"]
    for check in ALL_CHECKS:
        default = check.severity.value if check.default else f"{check.severity.value}, off by default"
        scope = SCOPES.get(check.scope, check.scope)
        lines.append(f"| [{check.id}]({check.id.lower()}.md) | {md(check.summary)} | {scope} | {default} |")
    return "\n".join(lines) + "\n"


def _commands() -> str:
    group = typer.main.get_command(app)
    lines = [NOTE, "", "# Commands", "", *_help(group, "consistency", None)]
    for name in sorted(getattr(group, "commands", {})):
        lines += ["", f"## consistency {name}", "", *_help(group.commands[name], f"consistency {name}", group)]
    return "\n".join(lines) + "\n"


def _help(command: object, path: str, parent: object) -> list[str]:
    """The command's help at a fixed width, so that the page does not depend on the terminal."""
    context_class = command.context_class  # type: ignore[attr-defined]
    above = None if parent is None else context_class(parent, info_name="consistency")
    context = context_class(command, info_name=path.split()[-1], parent=above, max_content_width=96, terminal_width=96)
    text = command.get_help(context)  # type: ignore[attr-defined]
    return ["```text", *(line.rstrip() for line in text.splitlines()), "```"]


def main() -> int:
    """0 where all pages are fresh or were written, 1 where --check found a stale one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where a page is stale")
    arguments = parser.parse_args()
    wanted = pages()
    present = {*(DOCS / "checks").glob("*.md"), DOCS / "reference" / "commands.md"}
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    left_over = sorted(present - set(wanted))
    if arguments.check:
        for path in [*stale, *left_over]:
            print(f"stale: {path.relative_to(DOCS.parent)}; run python docs/generate.py", file=sys.stderr)
        return int(bool(stale or left_over))
    for path in left_over:
        path.unlink(missing_ok=True)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
