"""Scores added up: recall, precision and false alarms by dataset, family, severity, language pair and difficulty."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from consistency.evaluation.score import Alarm, AlignmentScore, CaseScore, DifferenceHit, Hit


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one group. Rates are None where there is nothing to divide by: never a made-up 1.0."""

    group: str
    planted: int
    found: int
    false_alarms: int
    unjudged: int
    true_alarms: int
    documents: int
    words: int

    @property
    def recall(self) -> float | None:
        return self.found / self.planted if self.planted else None

    @property
    def precision(self) -> float | None:
        """Found over found and false alarms; unjudged alarms count as false until a reader has judged them.

        None where nothing was planted: clean texts have alarms, and no precision.
        """
        raised = self.found + self.false_alarms + self.unjudged
        return self.found / raised if raised and self.planted else None

    @property
    def alarms_per_document(self) -> float | None:
        return (self.false_alarms + self.unjudged) / self.documents if self.documents else None

    @property
    def alarms_per_thousand_words(self) -> float | None:
        return 1000 * (self.false_alarms + self.unjudged) / self.words if self.words else None


@dataclass(frozen=True, slots=True)
class PairRow:
    """Sentence pairs of one language pair, held against gold alignments."""

    group: str
    gold: int
    given: int
    shared: int

    @property
    def recall(self) -> float | None:
        return self.shared / self.gold if self.gold else None

    @property
    def precision(self) -> float | None:
        return self.shared / self.given if self.given else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there is neither a gold nor a given pair."""
        return 2 * self.shared / (self.gold + self.given) if self.gold + self.given else None


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """Differences between accounts, of one family and kind: how many there are and how many a finding shows."""

    group: str
    known: int
    shown: int

    @property
    def recall(self) -> float | None:
        return self.shown / self.known if self.known else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that an evaluation says: tables by name, then every miss and every alarm."""

    tables: tuple[tuple[str, tuple[Row, ...]], ...]
    alignments: tuple[PairRow, ...]
    differences: tuple[DifferenceRow, ...]
    misses: tuple[tuple[CaseScore, Hit], ...]
    hidden: tuple[tuple[CaseScore, DifferenceHit], ...]
    """Differences between accounts that no finding shows."""
    alarms: tuple[Alarm, ...]
    trapped: tuple[tuple[str, Alarm], ...]
    """Errors and warnings on words that only look wrong, each with the reason why they are right."""
    failures: tuple[str, ...]


def without_repeats(scores: Sequence[CaseScore]) -> list[CaseScore]:
    """The scores with variants counted for what is new in them.

    A document with one planted error raises the alarms of the clean document again: they are left out, and so are its
    words, so that rates of alarms are those of clean documents and precision counts each alarm once.
    """
    seen = {
        (s.dataset, s.case, s.languages, a.check, a.line, a.quote, a.against)
        for s in scores
        if not s.is_variant
        for a in s.alarms
    }
    return [
        dataclasses.replace(
            s,
            documents=0,
            words=0,
            alarms=tuple(
                a
                for a in s.alarms
                if (s.dataset, s.case, s.languages, a.check, a.line, a.quote, a.against) not in seen
            ),
        )
        if s.is_variant
        else s
        for s in scores
    ]


def tabulate(scores: Sequence[CaseScore], alarms: Sequence[Alarm]) -> Evaluation:
    """The tables of these scores. `alarms` are those of the scores, judged (`verdicts.judge`)."""
    def by_family(score: CaseScore, hit: Hit) -> str:
        return hit.planted.family.value

    def in_set(score: CaseScore, group: str) -> bool:
        return group.startswith(f"{score.dataset} {score.languages} ")

    tables = [
        ("all", _rows(scores, alarms, lambda s, h: "all", lambda a: "all", whole=lambda s: "all")),
        ("dataset", _rows(scores, alarms, lambda s, h: s.dataset, lambda a: a.dataset, whole=lambda s: s.dataset)),
        ("family", _rows(scores, alarms, by_family, lambda a: a.family.value)),
        (
            "dataset, languages, family",
            _rows(
                scores,
                alarms,
                lambda s, h: f"{s.dataset} {s.languages} {h.planted.family.value}",
                lambda a: f"{a.dataset} {a.languages} {a.family.value}",
                within=in_set,
            ),
        ),
        ("languages", _rows(scores, alarms, lambda s, h: s.languages, lambda a: a.languages, whole=lambda s: s.languages)),
        ("severity", _rows(scores, alarms, lambda s, h: _severity(h), lambda a: a.severity.value)),
        ("difficulty", _rows(scores, (), lambda s, h: h.planted.difficulty or "not stated", lambda a: "")),
        ("kind", _rows(scores, (), lambda s, h: _kind(h), lambda a: "")),
    ]
    return Evaluation(
        tables=tuple(tables),
        alignments=_pair_rows([a for s in scores for a in s.alignments]),
        differences=_difference_rows([d for s in scores for d in s.differences]),
        misses=tuple((score, hit) for score in scores for hit in score.hits if hit.found is None),
        hidden=tuple((score, hit) for score in scores for hit in score.differences if hit.found is None),
        alarms=tuple(alarms),
        trapped=tuple(trapped for score in scores for trapped in score.trapped),
        failures=tuple(f"{score.case}: {failure}" for score in scores for failure in score.failures),
    )


def _pair_rows(found: Sequence[AlignmentScore]) -> tuple[PairRow, ...]:
    groups: dict[str, list[AlignmentScore]] = {"all": list(found)} if found else {}
    for one in found:
        groups.setdefault(one.languages, []).append(one)
    return tuple(
        PairRow(group, sum(a.gold for a in inside), sum(a.given for a in inside), sum(a.shared for a in inside))
        for group, inside in sorted(groups.items())
    )


def _difference_rows(found: Sequence[DifferenceHit]) -> tuple[DifferenceRow, ...]:
    groups: dict[str, list[DifferenceHit]] = {"all": list(found)} if found else {}
    for hit in found:
        groups.setdefault(f"{hit.difference.family.value}: {hit.difference.kind}", []).append(hit)
    return tuple(
        DifferenceRow(group, len(inside), sum(hit.found is not None for hit in inside))
        for group, inside in sorted(groups.items())
    )


def _severity(hit: Hit) -> str:
    return hit.found.severity.value if hit.found else "missed"


def _kind(hit: Hit) -> str:
    return f"{hit.planted.family.value}: {hit.planted.kind or 'not stated'}"


def _rows(
    scores: Sequence[CaseScore],
    alarms: Iterable[Alarm],
    of_hit: Callable[[CaseScore, Hit], str],
    of_alarm: Callable[[Alarm], str],
    *,
    whole: Callable[[CaseScore], str] | None = None,
    within: Callable[[CaseScore, str], bool] | None = None,
) -> tuple[Row, ...]:
    """One row a group. `whole` gives the group that a case belongs to as a whole, where there is one; otherwise every
    document counts in every group (an alarm of any family may rise in it) that `within` allows."""
    planted: dict[str, int] = {}
    found: dict[str, int] = {}
    verdicts: dict[tuple[str, str], int] = {}
    for score in scores:
        for hit in score.hits:
            group = of_hit(score, hit)
            planted[group] = planted.get(group, 0) + 1
            found[group] = found.get(group, 0) + (hit.found is not None)
    for alarm in alarms:
        key = (of_alarm(alarm), alarm.verdict)
        verdicts[key] = verdicts.get(key, 0) + 1
    groups = set(planted) | {group for group, _ in verdicts}
    if whole is not None:
        groups |= {whole(score) for score in scores}
    rows = []
    for group in sorted(groups):
        inside = [
            s
            for s in scores
            if (whole(s) == group if whole is not None else within(s, group) if within is not None else True)
        ]
        rows.append(
            Row(
                group=group,
                planted=planted.get(group, 0),
                found=found.get(group, 0),
                false_alarms=verdicts.get((group, "false"), 0),
                unjudged=verdicts.get((group, "unjudged"), 0),
                true_alarms=verdicts.get((group, "true"), 0),
                documents=sum(s.documents for s in inside),
                words=sum(s.words for s in inside),
            )
        )
    return tuple(rows)
