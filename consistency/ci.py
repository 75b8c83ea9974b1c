"""All cases of a project, side by side in processes, each with a report of its own.

One case that cannot be read does not stop the others: it comes back as a report with a failure.
"""

from __future__ import annotations

import dataclasses
import glob
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from consistency.checker import Checker
from consistency.config import Case, Config
from consistency.errors import ConsistencyError
from consistency.ingest import read_documents
from consistency.report.result import CaseResult
from consistency.types import Document, Failure, Report, Role


@dataclass(frozen=True, slots=True)
class Task:
    """One case with the folder that its paths start from."""

    case: Case
    folder: str


_CHECKERS: dict[str, Checker] = {}
"""One checker a configuration for the life of a process: it holds the loaded encoder and reference table."""


def run_cases(tasks: Sequence[Task], config: Config, *, jobs: int) -> Iterator[CaseResult]:
    """The cases' results in their order, as they are ready. `jobs` processes; 0 stands for one a processor."""
    workers = min(jobs or os.cpu_count() or 1, len(tasks))
    if workers <= 1:
        for task in tasks:
            yield run_case(task, config)
        return
    # 'spawn', because a forked child would share the parent's threads' locks without the threads.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures: list[Future[CaseResult]] = [pool.submit(run_case, task, config) for task in tasks]
        for task, future in zip(tasks, futures, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:
                reason = "its process died, perhaps for want of memory; run again with --jobs 1"
                yield failed(task.case.name, task.case.name, reason)


def run_case(task: Task, config: Config) -> CaseResult:
    """One case checked. What cannot be read or loaded becomes a failure of the report."""
    key = config.model_dump_json()
    if key not in _CHECKERS:
        _CHECKERS[key] = Checker(config)
    case = task.case
    sources, missing = _sources(task)
    documents, failures = read_documents(sources)
    dated = [_dated(document, case) for document in documents]
    try:
        report = _CHECKERS[key].run(dated, failures=(*missing, *failures))
    except ConsistencyError as error:
        return failed(case.name, case.name, str(error))
    return CaseResult(report, case.name)


def failed(name: str, where: str, reason: str) -> CaseResult:
    """The result of a case that never ran."""
    return CaseResult(Report((), (), (), (), (), (), (), (Failure(where, reason),), ()), name)


def _sources(task: Task) -> tuple[list[tuple[str, Role | None]], list[Failure]]:
    """The case's files with their roles, patterns expanded and sorted, and a failure for each pattern without a file."""
    sources: dict[str, Role | None] = {}
    missing: list[Failure] = []
    for patterns, role in ((task.case.accounts, Role.ACCOUNT), (task.case.copies, Role.COPY)):
        for pattern in patterns:
            found = _expanded(pattern, task.folder)
            if not found:
                missing.append(Failure(pattern, f"no file matches it under {task.folder or '.'}"))
            for path in found:
                sources.setdefault(path, role)
    return list(sources.items()), missing


def _expanded(pattern: str, folder: str) -> list[str]:
    if pattern.startswith(("http://", "https://")):
        return [pattern]
    joined = os.path.join(folder, pattern)  # noqa: PTH118 - pathlib would swallow a leading './' and keep no globs
    if glob.has_magic(pattern):
        return sorted(
            path.replace(os.sep, "/")
            for path in glob.glob(joined, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute patterns
            if Path(path).is_file()
        )
    return [joined.replace(os.sep, "/")]


def _dated(document: Document, case: Case) -> Document:
    if case.event_date is None or document.event_date is not None:
        return document
    return dataclasses.replace(document, event_date=case.event_date)
