"""Run many cases in parallel processes, one checker a process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from multiprocessing import get_context

from consistency.checker import Checker
from consistency.config import Config
from consistency.errors import ConsistencyError
from consistency.evaluation.cases import Case
from consistency.evaluation.score import CaseScore, score

_CHECKERS: dict[str, Checker] = {}
"""One checker a configuration, kept for the life of a process: it holds the loaded encoder and reference table."""


def run_case(case: Case, config: Config) -> CaseScore:
    """One case checked and scored. The checker is made once a process."""
    key = config.model_dump_json()
    if key not in _CHECKERS:
        _CHECKERS[key] = Checker(config)
    return score(case, _CHECKERS[key].run(case.documents))


def run_cases(cases: Iterable[Case], config: Config | None = None, *, workers: int = 1) -> Iterator[CaseScore]:
    """The scores of all cases, in their order, as they come. `workers` above 1 uses that many processes.

    Raises `ConsistencyError` where a worker process dies, and `EncoderError`.
    """
    chosen = config or Config()
    if workers <= 1:
        for case in cases:
            yield run_case(case, chosen)
        return
    listed: Sequence[Case] = list(cases)
    # Forked workers share the parent's memory but not its threads; 'spawn' is the only start method that is safe
    # with the encoder's tokenizer threads, and costs one import a worker.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            yield from pool.map(run_case, listed, [chosen] * len(listed), chunksize=4)
        except BrokenExecutor as error:
            raise ConsistencyError(
                "a worker process died, perhaps for want of memory; run again with fewer workers (--workers 1)"
            ) from error
