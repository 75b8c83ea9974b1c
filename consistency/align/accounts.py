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

from consistency.align.anchors import AnchorTable
from consistency.align.scores import Matrix, Scale, above_background, excess
from consistency.align.speech import relations, voices
from consistency.align.words import word_scale, word_scores
from consistency.types import AnalysedDocument, Analysis, SentenceKind

# Weights of a logistic regression on the pairs of sentences of the fixtures' accounts and wires (tests/benchmarks/
# accounts.py --fit); the figures with each event left out in turn, and those on the real events, stand in
# docs/alignment.md. Log odds for one unit of each:
SENTENCES = 2.85
"""Normalised likeness of the whole sentences."""
CLAUSES = 2.26
"""Normalised likeness of their closest clauses."""
WORDS = 1.94
"""Normalised coverage of their words."""
ANCHORS = 0.38
"""Weight of the anchors, in nats, up to `ANCHOR_LIMIT`."""
ANCHOR_LIMIT = 8.0
TOPICS = 0.48
"""Rarity of the topics that both raise, in nats."""
OTHER_TOPICS = -1.42
"""Both have topics, and share none."""
OTHER_SPEAKER = -0.53
"""One party's statement against another's. Weak on purpose: a statement put in another's mouth must still be found."""
SHARED_SPEAKER = -0.34
"""One party's statement against what both say or the narrator tells."""
HEADLINES = 1.96
"""Both are headlines."""
HEADLINE = -1.0
"""One is a headline and the other is not."""
DATELINE = -3.1
"""One is a dateline."""
LEADS = 2.38
"""Both are the first sentences of their bodies."""
OFFSET = -4.3
"""The rest."""
KEEP = -0.75
"""Log odds from which a pair is kept: the limit with the best mean F1 on the fixtures."""
BEHIND = 0.0
"""A pair may lie this far behind the best pair of one of its sentences, in log odds."""
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


def likeness(left: Parts, right: Parts, scale: Scale) -> Matrix:
    """Sum of the weighted likenesses of sentences, clauses and words; shape (n, m). Neither side may be empty."""
    whole = excess(left.sentences, right.sentences, scale)
    pieces = excess(left.clauses, right.clauses, scale)
    best = _best_by_owner(pieces, left.owners, right.owners, whole.shape)
    words = above_background(word_scores(left.texts, right.texts), word_scale())
    return SENTENCES * whole + CLAUSES * best + WORDS * words


def _best_by_owner(scores: Matrix, rows: Sequence[int], columns: Sequence[int], shape: tuple[int, int]) -> Matrix:
    """The highest score between a clause of one sentence and a clause of the other."""
    by_row = np.full((shape[0], scores.shape[1]), -np.inf, dtype=np.float32)
    np.maximum.at(by_row, np.asarray(rows), scores)
    best = np.full((shape[1], shape[0]), -np.inf, dtype=np.float32)
    np.maximum.at(best, np.asarray(columns), by_row.T)
    return best.T


def anchor_odds(anchors: AnchorTable, shape: tuple[int, int]) -> Matrix:
    """What anchors add to each pair."""
    odds = np.zeros(shape, dtype=np.float32)
    for (i, j), found in anchors.by_pair.items():
        odds[i, j] = ANCHORS * min(sum(anchor.weight for anchor in found), ANCHOR_LIMIT)
    return odds


def typed_odds(left: AnalysedDocument, right: AnalysedDocument, analysis: Analysis | None) -> Matrix:
    """What topics, speakers and the sentences' places add to each pair."""
    different, mixed = relations(voices(left, analysis), voices(right, analysis))
    odds = OTHER_SPEAKER * different + SHARED_SPEAKER * mixed + _topic_odds(left, right)
    head = [_are(document, SentenceKind.HEADLINE) for document in (left, right)]
    date = [_are(document, SentenceKind.DATELINE) for document in (left, right)]
    odds += HEADLINES * np.logical_and.outer(*head) + HEADLINE * np.logical_xor.outer(*head)
    odds += DATELINE * np.logical_or.outer(*date)
    first = [_first_of_body(document) for document in (left, right)]
    if first[0] is not None and first[1] is not None:
        odds[first[0], first[1]] += LEADS
    return np.asarray(odds, dtype=np.float32)


def _are(document: AnalysedDocument, kind: SentenceKind) -> np.ndarray:
    return np.asarray([sentence.kind is kind for sentence in document.sentences], dtype=bool)


def _first_of_body(document: AnalysedDocument) -> int | None:
    return next((s.index for s in document.sentences if s.kind is SentenceKind.BODY), None)


def _topic_odds(left: AnalysedDocument, right: AnalysedDocument) -> Matrix:
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
    return np.asarray(TOPICS * shared + OTHER_TOPICS * (both & (shared == 0)), dtype=np.float32)


def _topics(document: AnalysedDocument) -> dict[str, list[int]]:
    """For each topic, the sentences with a claim about it."""
    found: dict[str, dict[int, None]] = {}
    for claim in document.claims:
        for topic in claim.topics:
            found.setdefault(topic, {})[claim.sentence] = None
    return {topic: sorted(rows) for topic, rows in found.items()}


def align_accounts(
    left: Parts, right: Parts, anchors: AnchorTable, scale: Scale, typed: Matrix | None = None
) -> list[Link]:
    """The pairs of sentences that report the same thing, in order; many pairs may share a sentence.

    `typed` is what `typed_odds` gives.
    """
    if not len(left.sentences) or not len(right.sentences):
        return []
    odds = likeness(left, right, scale) + OFFSET
    odds = odds + anchor_odds(anchors, odds.shape)
    if typed is not None:
        odds = odds + typed
    cosines = np.round(left.sentences @ right.sentences.T, 4)
    return select(np.round(odds, 3), cosines)


def select(odds: Matrix, cosines: Matrix) -> list[Link]:
    """Pairs above the limit that are the best, or nearly, of either of their sentences."""
    best_of_row = odds.max(axis=1, keepdims=True)
    best_of_column = odds.max(axis=0, keepdims=True)
    kept = (odds >= KEEP) & ((odds >= best_of_row - BEHIND) | (odds >= best_of_column - BEHIND))
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
