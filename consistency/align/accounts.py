"""The aligner for accounts: sentences that report the same thing, in any order, with most left unmatched.

Each pair of sentences gets log odds from the likeness of the whole sentences, of their clauses and of their words, and
from typed facts: anchors, topics, who speaks, where in the document the sentences stand. A pair is kept where the odds
pass a calibrated limit and it is the best pair of one of its sentences. What passes nowhere stays unmatched: that is an
answer, not a failure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consistency.align.anchors import AnchorTable
from consistency.align.scores import Matrix, Scale, above_background, excess
from consistency.align.speech import relations, voices
from consistency.align.words import word_scale, word_scores
from consistency.types import AnalysedDocument, Analysis, Role, SentenceKind

# Log odds for one unit of each feature (see `features`): a logistic regression on the pairs of sentences of the fixtures'
# accounts and wires (tests/benchmarks/accounts.py --fit). Figures with each event left out in turn, and those on the real
# events, stand in docs/alignment.md.
WEIGHTS = {
    "sentences": 1.43,
    "clauses": 2.29,
    "parts": 3.87,
    "words": 2.58,
    "anchors": 0.22,
    "topics": 0.33,
    "other topics": -1.13,
    "other speaker": -2.21,
    "shared speaker": -1.32,
    "other speaker in copy": -1.51,
    "shared speaker in copy": -0.7,
    "headlines": 2.3,
    "headline": -1.87,
    "dateline": -4.4,
    "leads": 3.34,
}
OFFSET = -1.87
ANCHOR_LIMIT = 8.0
"""Anchors beyond this total weight add nothing."""
ALIKE = 0.4
"""Normalised likeness from which two headlines, or two first sentences, gain all that their place gives."""
KEEP_MUTUAL = -1.75
"""Log odds from which a pair is kept that is the best of both of its sentences."""
KEEP = -0.75
"""Log odds from which a pair is kept that is the best of one of its sentences. With one limit for both kinds of pair, the
fixtures' mean F1 with each event left out is 0.78, with two 0.82."""
SHORTEST_CLAUSE = 8
"""Clauses of fewer characters than this (twice as many in alphabetic scripts) are joined to the next."""

_CLAUSE_END = re.compile(r"[，；：。！？،؛؟;:]+|,\s|\s[–—]\s|\.\s")
_WIDE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Link:
    """Left sentence `left` and right sentence `right` report the same thing, with these log odds."""

    left: int
    right: int
    log_odds: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Parts:
    """A document's sentences as vectors (n, d) and texts, the vectors of their clauses (k, d), whose each is (k,)."""

    texts: Sequence[str]
    sentences: Matrix
    clauses: Matrix
    owners: Sequence[int]


def clauses(text: str) -> list[str]:
    """A sentence cut at commas, semicolons, colons and dashes, short pieces joined to what follows."""
    shortest = SHORTEST_CLAUSE if _WIDE.search(text) else 2 * SHORTEST_CLAUSE
    pieces: list[str] = []
    begin = 0
    for match in _CLAUSE_END.finditer(text):
        if match.end() - begin >= shortest and len(text) - match.end() >= shortest:
            pieces.append(text[begin : match.end()].strip())
            begin = match.end()
    pieces.append(text[begin:].strip())
    return [piece for piece in pieces if piece]


def _best_by_owner(scores: Matrix, rows: Sequence[int], columns: Sequence[int], shape: tuple[int, int]) -> Matrix:
    """The highest score between a clause of one sentence and a clause of the other."""
    by_row = np.full((shape[0], scores.shape[1]), -np.inf, dtype=np.float32)
    np.maximum.at(by_row, np.asarray(rows), scores)
    best = np.full((shape[1], shape[0]), -np.inf, dtype=np.float32)
    np.maximum.at(best, np.asarray(columns), by_row.T)
    return best.T


@dataclass(frozen=True, slots=True)
class Account:
    """A document with the vectors of its parts."""

    document: AnalysedDocument
    parts: Parts


def features(
    left: Account, right: Account, anchors: AnchorTable, scale: Scale, analysis: Analysis | None
) -> dict[str, Matrix]:
    """What speaks for and against each pair of sentences, by the names of `WEIGHTS`; each of shape (n, m).

    Neither side may be empty. The four likenesses are 0 for unrelated and 1 for translated sentences; anchors and topics
    are sums of rarities in nats; the rest is 0 or 1, but for headlines and leads, which count by the sentences' likeness.
    """
    sentences = excess(left.parts.sentences, right.parts.sentences, scale)
    shape = sentences.shape
    pieces = excess(left.parts.clauses, right.parts.clauses, scale)
    words = above_background(word_scores(left.parts.texts, right.parts.texts), word_scale())
    topics, other_topics = _topics_of_pairs(left.document, right.document)
    different, mixed = relations(voices(left.document, analysis), voices(right.document, analysis))
    copy = float(Role.COPY in (left.document.document.role, right.document.document.role))
    head = [_are(account.document, SentenceKind.HEADLINE) for account in (left, right)]
    date = [_are(account.document, SentenceKind.DATELINE) for account in (left, right)]
    alike = np.clip(sentences / ALIKE, 0.0, 1.0)
    leads = np.zeros(shape, dtype=np.float32)
    first = [_first_of_body(account.document) for account in (left, right)]
    if first[0] is not None and first[1] is not None:
        leads[first[0], first[1]] = alike[first[0], first[1]]
    return {
        "sentences": sentences,
        "clauses": _best_by_owner(pieces, left.parts.owners, right.parts.owners, shape),
        "parts": _parts_in_whole(left.parts, right.parts, scale),
        "words": words,
        "anchors": _anchors_of_pairs(anchors, shape),
        "topics": topics,
        "other topics": other_topics,
        "other speaker": different * (1 - copy),
        "shared speaker": mixed * (1 - copy),
        "other speaker in copy": different * copy,
        "shared speaker in copy": mixed * copy,
        "headlines": np.logical_and.outer(*head) * alike,
        "headline": np.logical_xor.outer(*head).astype(np.float32),
        "dateline": np.logical_or.outer(*date).astype(np.float32),
        "leads": leads,
    }


def _parts_in_whole(left: Parts, right: Parts, scale: Scale) -> Matrix:
    """The likeness of the closest clause of either sentence to the other sentence as a whole."""
    shape = (len(left.texts), len(right.texts))
    ours = np.full(shape, -np.inf, dtype=np.float32)
    np.maximum.at(ours, np.asarray(left.owners), excess(left.clauses, right.sentences, scale))
    theirs = np.full(shape[::-1], -np.inf, dtype=np.float32)
    np.maximum.at(theirs, np.asarray(right.owners), excess(right.clauses, left.sentences, scale))
    return np.maximum(ours, theirs.T)


def _anchors_of_pairs(anchors: AnchorTable, shape: tuple[int, int]) -> Matrix:
    weights = np.zeros(shape, dtype=np.float32)
    for (i, j), found in anchors.by_pair.items():
        weights[i, j] = min(sum(anchor.weight for anchor in found), ANCHOR_LIMIT)
    return weights


def _are(document: AnalysedDocument, kind: SentenceKind) -> np.ndarray:
    return np.asarray([sentence.kind is kind for sentence in document.sentences], dtype=bool)


def _first_of_body(document: AnalysedDocument) -> int | None:
    return next((s.index for s in document.sentences if s.kind is SentenceKind.BODY), None)


def _topics_of_pairs(left: AnalysedDocument, right: AnalysedDocument) -> tuple[Matrix, Matrix]:
    """Rarity of the topics that both raise; and 1 where both have topics and share none."""
    sides = _topics(left), _topics(right)
    total = len(left.sentences) + len(right.sentences)
    shared = np.zeros((len(left.sentences), len(right.sentences)), dtype=np.float32)
    for topic in sorted(sides[0].keys() & sides[1].keys()):
        rows, columns = sides[0][topic], sides[1][topic]
        shared[np.ix_(rows, columns)] += math.log((total + 1) / (len(rows) + len(columns)))
    have = [np.zeros(len(document.sentences), dtype=bool) for document in (left, right)]
    for flags, side in zip(have, sides, strict=True):
        for rows in side.values():
            flags[rows] = True
    both = np.logical_and.outer(*have)
    return shared, (both & (shared == 0)).astype(np.float32)


def _topics(document: AnalysedDocument) -> dict[str, list[int]]:
    """For each topic, the sentences with a claim about it."""
    found: dict[str, dict[int, None]] = {}
    for claim in document.claims:
        for topic in claim.topics:
            found.setdefault(topic, {})[claim.sentence] = None
    return {topic: sorted(rows) for topic, rows in found.items()}


def align_accounts(
    left: Account, right: Account, anchors: AnchorTable, scale: Scale, analysis: Analysis | None = None
) -> list[Link]:
    """The pairs of sentences that report the same thing, in order; many pairs may share a sentence."""
    if not left.document.sentences or not right.document.sentences:
        return []
    found = features(left, right, anchors, scale, analysis)
    odds = OFFSET + prior_odds(found)
    for name, weight in WEIGHTS.items():
        odds += weight * found[name]
    cosines = np.round(left.parts.sentences @ right.parts.sentences.T, 4)
    return select(np.round(odds, 3).astype(np.float32), cosines)


def prior_odds(found: dict[str, Matrix]) -> NDArray[np.float64]:
    """Log odds of each pair before it is looked at: one right partner among the sentences that the speakers allow.

    The larger number of candidates of the two sentences counts, at least two.
    """
    names = ("other speaker", "shared speaker", "other speaker in copy", "shared speaker in copy")
    allowed = 1 - np.clip(sum(found[name] for name in names), 0.0, 1.0)
    rows = allowed.sum(axis=1, keepdims=True)
    columns = allowed.sum(axis=0, keepdims=True)
    return np.asarray(-np.log(np.maximum(np.maximum(rows, columns), 2.0)), dtype=np.float64)


def select(odds: Matrix, cosines: Matrix, *, mutual: float = KEEP_MUTUAL, single: float = KEEP) -> list[Link]:
    """Pairs that are the best of both of their sentences from `mutual` log odds, and of one of them from `single`."""
    of_row = odds >= odds.max(axis=1, keepdims=True)
    of_column = odds >= odds.max(axis=0, keepdims=True)
    kept = (of_row & of_column & (odds >= mutual)) | ((of_row | of_column) & (odds >= single))
    return [Link(int(i), int(j), float(odds[i, j]), float(cosines[i, j])) for i, j in np.argwhere(kept)]


def group(links: Sequence[Link]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Links as groups (left sentences, right sentences): a sentence with all that meet only it; other links one by one."""
    of_left: dict[int, list[int]] = {}
    of_right: dict[int, list[int]] = {}
    for link in links:
        of_left.setdefault(link.left, []).append(link.right)
        of_right.setdefault(link.right, []).append(link.left)
    groups: dict[tuple[tuple[int, ...], tuple[int, ...]], None] = {}
    for link in links:
        alone_right = [j for j in of_left[link.left] if len(of_right[j]) == 1]
        alone_left = [i for i in of_right[link.right] if len(of_left[i]) == 1]
        if link.right in alone_right:
            groups[(link.left,), tuple(sorted(alone_right))] = None
        elif link.left in alone_left:
            groups[tuple(sorted(alone_left)), (link.right,)] = None
        else:
            groups[(link.left,), (link.right,)] = None
    return sorted(groups)
