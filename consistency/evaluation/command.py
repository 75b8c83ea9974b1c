"""What `consistency evaluate` does: gold folders read, checked in parallel and scored, the tables returned as text."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from consistency.errors import ConfigError, IngestError
from consistency.evaluation.writers import FORMATS

if TYPE_CHECKING:
    from consistency.config import Config
    from consistency.evaluation.cases import Case
    from consistency.evaluation.score import CaseScore
    from consistency.evaluation.tables import Evaluation


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The evaluation, and whether it is whole."""

    evaluation: Evaluation

    @property
    def exit_status(self) -> int:
        """0, or 3 where a case could not be read or a stage or check failed: what was not measured is never a score."""
        return 3 if self.evaluation.failures else 0


def evaluate(
    paths: Sequence[str | Path],
    *,
    config: Config | None = None,
    workers: int = 1,
    verdicts: Iterable[str | Path] = (),
    show_progress: bool = False,
) -> Evaluated:
    """The scores of all gold folders at or under `paths`.

    `verdicts` are TOML files of judged alarms. Raises `GoldError` where there is no gold or it does not fit its
    documents, `EncoderError` where the encoder cannot be loaded. A document that cannot be read is a failure of its case.
    """
    from consistency.evaluation.cases import find_gold, read_cases
    from consistency.evaluation.run import run_cases
    from consistency.evaluation.tables import tabulate
    from consistency.evaluation.verdicts import judge, read_verdicts

    judged = read_verdicts(Path(path) for path in verdicts)
    cases: list[Case] = []
    failures: list[str] = []
    for folder in dict.fromkeys(find_gold(Path(path) for path in paths)):
        try:
            cases.extend(read_cases(folder))
        except IngestError as error:
            failures.append(f"{folder.name}: {error}")
    scores: list[CaseScore] = []
    with progress(len(cases), show_progress) as advance:
        for one in run_cases(cases, config, workers=workers):
            scores.append(one)
            advance()
    evaluation = tabulate(scores, judge([alarm for one in scores for alarm in one.alarms], judged))
    return Evaluated(dataclasses.replace(evaluation, failures=(*failures, *evaluation.failures)))


@contextmanager
def progress(total: int, show: bool) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error while the cases run; none where that is not a terminal."""
    if not show or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("cases"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("cases", total=total)
        yield lambda: progress.advance(task)


def chosen_format(name: str | None, output: str | None) -> str:
    """The format asked for, or that of the output's ending, or text. Raises `ConfigError`."""
    if name is not None:
        if name not in FORMATS:
            raise ConfigError(f"unknown format {name!r}; expected one of {', '.join(FORMATS)}")
        return name
    endings = {".txt": "text", ".json": "json", ".md": "markdown"}
    if output is None:
        return "text"
    form = endings.get(Path(output).suffix.lower())
    if form is None:
        raise ConfigError(f"--output {output}: no format has this ending; expected one of {', '.join(endings)}, or --format")
    return form
