"""A reader's verdicts on alarms, kept as data: human translations err too, so an alarm on one is not false by itself.

A verdict names the case, the number of the line and the family, never the words, so that the texts stay where
they came from. An alarm that nobody has judged is counted apart.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consistency.evaluation.cases import GoldError
from consistency.evaluation.score import Alarm
from consistency.types import Family


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement. `is_error` says that the alarm is right: the text errs, or the two texts really differ."""

    dataset: str
    case: str
    languages: str
    line: int
    family: str
    is_error: bool
    reason: str


def read_verdicts(paths: Iterable[Path]) -> tuple[Verdict, ...]:
    """The verdicts in these TOML files: `dataset`, then [[verdict]] entries. Raises `GoldError`."""
    verdicts: dict[tuple[str, str, str, int, str], Verdict] = {}
    for path in paths:
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
            entries = [_verdict(str(content["dataset"]), entry, path) for entry in content["verdict"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path}: not a file of verdicts (docs/benchmarks.md): {error!r}") from error
        for verdict in entries:
            key = (verdict.dataset, verdict.case, verdict.languages, verdict.line, verdict.family)
            if key in verdicts:
                raise GoldError(f"{path}: two verdicts on {key}")
            verdicts[key] = verdict
    return tuple(verdicts.values())


def _verdict(dataset: str, entry: dict[str, Any], path: Path) -> Verdict:
    if entry["family"] not in tuple(Family):
        raise GoldError(f"{path}: family {entry['family']!r} is none of {', '.join(Family)}")
    if not isinstance(entry["is_error"], bool):
        raise GoldError(f"{path}: is_error must be true or false, not {entry['is_error']!r}")
    if not str(entry["reason"]).strip():
        raise GoldError(f"{path}: the verdict on line {entry['line']} of {entry['case']} needs a reason")
    return Verdict(
        dataset=dataset,
        case=str(entry["case"]),
        languages=str(entry["languages"]),
        line=int(entry["line"]),
        family=str(entry["family"]),
        is_error=entry["is_error"],
        reason=str(entry["reason"]),
    )


def judge(alarms: Iterable[Alarm], verdicts: Iterable[Verdict]) -> tuple[Alarm, ...]:
    """The alarms with the verdicts that exist on them."""
    known = {(v.dataset, v.case, v.languages, v.line, v.family): v for v in verdicts}
    judged = []
    for alarm in alarms:
        verdict = known.get((alarm.dataset, alarm.case, alarm.languages, alarm.line, alarm.family.value))
        if verdict is not None:
            alarm = dataclasses.replace(
                alarm, verdict="true" if verdict.is_error else "false", reason=verdict.reason
            )
        judged.append(alarm)
    return tuple(judged)
