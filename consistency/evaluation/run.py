"""Run many cases in parallel processes, one checker a process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from consistency.checker import Checker
from consistency.config import Config
from consistency.evaluation.cases import Case
from consistency.evaluation.score import CaseScore, score

_CHECKERS: dict[Config, Checker] = {}


def run_case(case: Case, config: Config) -> CaseScore:
    """One case checked and scored. The checker is made once a process."""
    if config not in _CHECKERS:
        _CHECKERS[config] = Checker(config)
    return score(case, _CHECKERS[config].run(case.documents))


def run_cases(cases: Iterable[Case], config: Config | None = None, *, workers: int = 1) -> Iterator[CaseScore]:
    """The scores of all cases, in their order, as they come. `workers` above 1 uses that many processes."""
    chosen = config or Config()
    if workers <= 1:
        for case in cases:
            yield run_case(case, chosen)
        return
    listed: Sequence[Case] = list(cases)
    # Forked workers share the parent's memory but not its threads; 'spawn' is the only start method that is safe
    # with the encoder's tokenizer threads, and costs one import a worker.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(run_case, listed, [chosen] * len(listed), chunksize=4)
