"""Run many cases in parallel processes, one checker a process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context

from consistency.checker import Checker
from consistency.config import Config
from consistency.errors import ConsistencyError
from consistency.evaluation.cases import Case
from consistency.evaluation.score import CaseScore, score
from consistency.types import AnalysedDocument, Document

REMEMBERED = 8
"""Documents kept read in a process: cases that stand in a row often share their accounts."""

CHUNK = 12
"""Cases given to a worker at once: about as many as one document with an error of each family planted makes."""


class _Rereader(Checker):
    """A checker that reads the same document once. Reading depends on nothing but the document."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self._read = lru_cache(maxsize=REMEMBERED)(super().read)

    def read(self, document: Document) -> AnalysedDocument:
        return self._read(document)


_CHECKERS: dict[str, Checker] = {}
"""One checker a configuration, kept for the life of a process: it holds the loaded encoder and reference table."""


def run_case(case: Case, config: Config) -> CaseScore:
    """One case checked and scored. The checker is made once a process."""
    key = config.model_dump_json()
    if key not in _CHECKERS:
        _CHECKERS[key] = _Rereader(config)
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
            yield from pool.map(run_case, listed, [chosen] * len(listed), chunksize=CHUNK)
        except BrokenExecutor as error:
            raise ConsistencyError(
                "a worker process died, perhaps for want of memory; run again with fewer workers (--workers 1)"
            ) from error
