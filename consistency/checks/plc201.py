"""PLC201: the place of the event, or of a fact in aligned passages, differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from consistency.checks.base import Check, Example, ExampleDocument, Settings, finding, span_of
from consistency.checks.pairs import AlignedMentions, is_rendering
from consistency.checks.place_pairs import (
    PlacePairing,
    compatible,
    identical,
    is_place,
    kind_of,
    names,
    pair_places,
    place_country,
    place_id,
)
from consistency.extract.place_names import gazetteer
from consistency.extract.places import weak_places
from consistency.languages.loader import fold
from consistency.types import (
    Agreement,
    Alignment,
    AnalysedDocument,
    Analysis,
    Family,
    Mention,
    MentionKind,
    PlaceValue,
    Result,
    Role,
    SentenceKind,
    Severity,
    Unchecked,
)

NEIGHBOURS = 1
"""Sentences around a block in which a place counts as named beside it."""

ACCOUNT_SCORE = 0.6
"""Belief in an alignment of freely written texts under which their places are not held against each other."""


COPY_SCORE = 0.2
"""The same for a copy of one account: what it was aligned with is its source, however freely it renders it. On the NTREX
documents that the aligner reads as free texts (ru, ar) this finds 3 of 4 planted places more, without an alarm."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A place on the right that the left text does not have, and the left one it may have taken the place of."""

    right: Mention
    left: Mention
    is_surplus: bool


def run(analysis: Analysis, settings: Settings) -> Iterator[Result]:
    for left, right in analysis.pairs():
        is_copy = right.document.role is Role.COPY
        flagged: set[str] = set()
        # What a copy of one account was aligned with is its source: its own places need no reading of the whole text.
        rendering = is_copy and len(analysis.accounts) == 1
        if not rendering:
            yield from _event(analysis, left, right, is_copy=is_copy, flagged=flagged)
        for alignment in analysis.aligned(left.id, right.id):
            block = AlignedMentions(
                alignment, _places(left, alignment.left_sentences), _places(right, alignment.right_sentences)
            )
            yield from _block(analysis, left, right, block, is_copy=is_copy, flagged=flagged)
        if is_copy and not rendering:
            yield from _exchanged(analysis, left, right, flagged)


def _places(document: AnalysedDocument, sentences: Sequence[int] | None = None) -> tuple[Mention, ...]:
    """Places, and organisations, whose country counts as named; in these sentences or in the whole document."""
    kinds = (MentionKind.PLACE, MentionKind.ORGANISATION)
    return tuple(
        m for m in document.mentions if m.kind in kinds and (sentences is None or m.sentence in sentences)
    )


# --- the event's place ------------------------------------------------------------------------------------


def _event(
    analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument, *, is_copy: bool, flagged: set[str]
) -> Iterator[Result]:
    one, other = _event_place(analysis, left), _event_place(analysis, right)
    if one is None or other is None:
        return
    if compatible(one, other):
        yield Agreement("PLC201", (other.span, one.span))
        return
    named_in = [account for account in analysis.accounts if account.id != right.id] if is_copy else [left]
    if any(names(other, _places(account)) for account in named_in):
        return
    if not is_copy and names(one, _places(right)):
        return
    if kind_of(place_id(one)) != kind_of(place_id(other)):
        reason = (
            f'"{other.text}" and "{one.text}" are places of different kinds, and may be one inside the other'
        )
        yield Unchecked(right.id, other.start, other.end, "PLC201", reason)
        return
    flagged.add(other.id)
    message = f"The event took place in {_named(other)} by {right.id}, in {_named(one)} by {left.id}."
    spans = [span_of(other), span_of(one, "reference" if is_copy else "subject")]
    yield finding(CHECK, message, spans, confidence=0.85, values=[place_id(one), place_id(other)])


def _event_place(analysis: Analysis, document: AnalysedDocument) -> Mention | None:
    ids = [e for e in document.event.evidence if ":place:" in e]
    return analysis.mention(ids[0]) if ids else None


# --- facts of aligned passages ----------------------------------------------------------------------------


def _block(
    analysis: Analysis,
    left: AnalysedDocument,
    right: AnalysedDocument,
    block: AlignedMentions,
    *,
    is_copy: bool,
    flagged: set[str],
) -> Iterator[Result]:
    pairing = pair_places(block.left, block.right)
    for one, other in pairing.agreeing:
        if is_place(other):
            yield Agreement("PLC201", (one.span, other.span))
    for mention in pairing.right_over:
        if mention.id in flagged:
            continue
        case = _case(analysis, left, right, block, pairing, mention, is_copy=is_copy)
        if case is None:
            reason = "the aligned passage names no place to hold this one against"
            yield Unchecked(right.id, mention.start, mention.end, "PLC201", reason)
            continue
        flagged.add(mention.id)
        message = f"{_named(mention)} in the copy, {_named(case.left)} in the account."
        if case.is_surplus:
            message = f"{_named(mention)} in the copy, where the account speaks of {_named(case.left)} alone."
        if not is_copy:
            message = f"{_named(mention)} here, {_named(case.left)} in the other account."
        yield finding(
            CHECK,
            message,
            [span_of(mention), span_of(case.left, "reference" if is_copy else "subject")],
            confidence=0.75 if case.is_surplus else 0.85,
            severity=Severity.ERROR if is_copy and not case.is_surplus else Severity.WARNING,
            values=[place_id(case.left), place_id(mention)],
        )


def _case(
    analysis: Analysis,
    left: AnalysedDocument,
    right: AnalysedDocument,
    block: AlignedMentions,
    pairing: PlacePairing,
    mention: Mention,
    *,
    is_copy: bool,
) -> _Case | None:
    """The left place that this one stands in for; None where it may be backed, or where there is none."""
    alignment = block.alignment
    translation = is_rendering(analysis, alignment)
    if place_id(mention) in _weak_ids(left, alignment.left_sentences):
        return None
    others = [account for account in analysis.accounts if account.id not in (left.id, right.id)]
    if is_copy and any(names(mention, _places(account)) for account in others):
        return None
    whole = _places(left)
    left_beside, right_beside = (
        _beside(left, alignment.left_sentences),
        _beside(right, alignment.right_sentences),
    )
    if _count(mention, left_beside) > _count(mention, right_beside):
        return None  # it moved here from a neighbouring sentence
    kind = kind_of(place_id(mention))
    gone = [m for m in pairing.left_over if _count(m, right_beside) <= _count(m, left_beside)]
    same_kind = [m for m in gone if kind_of(place_id(m)) == kind]
    if not translation:
        is_only = is_copy and len(analysis.accounts) == 1
        if names(mention, left_beside if is_only else whole) or _speaks(mention):
            return None
        if alignment.score < (COPY_SCORE if is_only else ACCOUNT_SCORE) or len(same_kind) != 1:
            return None
        if not is_copy and not len(pairing.right_over) == len(pairing.left_over) == 1:
            return None
        # Two accounts may name a town and the city it lies beside: Woodside, San Francisco.
        country = place_country(mention)
        near = not is_copy and country is not None and country == place_country(same_kind[0])
        return None if near else _Case(mention, same_kind[0], False)
    if names(mention, left_beside):
        return _Case(mention, _nearest(mention, same_kind, block), False) if same_kind else None
    candidates = same_kind or [m for m in gone if not _is_adjective(m) and not _is_adjective(mention)]
    if candidates:
        return _Case(mention, _nearest(mention, candidates, block), False)
    surplus = [m for m in pairing.surplus if kind_of(place_id(m)) == kind]
    if surplus:
        return _Case(mention, _nearest(mention, surplus, block), False)
    hidden = _hidden(left, right, alignment, kind)
    if hidden is not None and not _speaks(mention):
        return _Case(mention, hidden, False)
    named = [m for m in block.left if is_place(m) and kind_of(place_id(m)) == kind]
    if named and not _is_adjective(mention) and not names(mention, whole):
        return _Case(mention, _nearest(mention, named, block), True)
    return None


def _is_adjective(mention: Mention) -> bool:
    return isinstance(mention.value, PlaceValue) and mention.value.sense == "adjective"


def _count(mention: Mention, others: Sequence[Mention]) -> int:
    return sum(identical(mention, other) for other in others)


def _hidden(
    left: AnalysedDocument, right: AnalysedDocument, alignment: Alignment, kind: str
) -> Mention | None:
    """A place of the left block that stands in the name of a person, paper or team, and that the right block lacks."""
    start = left.sentences[min(alignment.left_sentences)].start
    end = left.sentences[max(alignment.left_sentences)].end
    there = _weak_ids(right, alignment.right_sentences)
    known = _places(left, alignment.left_sentences)
    for first, last, place in _weak(left):
        if (
            start <= first
            and last <= end
            and kind_of(place) == kind
            and place not in there
            and not any(m.start < last and first < m.end for m in known)
        ):
            sentence = next(s.index for s in left.sentences if s.start <= first < s.end)
            value = PlaceValue(place)
            return Mention(MentionKind.PLACE, left.id, first, last, left.text[first:last], sentence, value)
    return None


EXCHANGED = ("city", "sea", "region", "venue")
"""Kinds of place of which one only in the copy and one only in the accounts are taken for each other. Not countries: a
wire tells its readers of more of them than any account."""


def _exchanged(
    analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument, flagged: set[str]
) -> Iterator[Result]:
    """The one place of a kind that only the copy names, where this account names one that no other text does.

    This needs no alignment: it finds the city changed in a sentence too short or too free to be aligned.
    """
    texts = [(account, {place for _, _, place in _weak(account)}) for account in analysis.accounts]
    for kind in EXCHANGED:
        new = [
            m
            for m in _narrated(right, kind)
            if not any(place_id(m) in weak or names(m, _places(account)) for account, weak in texts)
        ]
        weak = {place for _, _, place in _weak(right)}
        gone = [
            (account, m)
            for account in analysis.accounts
            for m in _narrated(account, kind)
            if place_id(m) not in weak and not names(m, _places(right))
        ]
        if len({place_id(m) for m in new}) != 1 or len({place_id(m) for _, m in gone}) != 1:
            continue
        account, lost = gone[0]
        if account.id != left.id or new[0].id in flagged:
            continue
        flagged.add(new[0].id)
        message = f"{_named(new[0])} stands in the copy alone, and {_named(lost)} in the account alone."
        yield finding(
            CHECK,
            message,
            [span_of(new[0]), span_of(lost, "reference")],
            confidence=0.7,
            values=[place_id(lost), place_id(new[0])],
        )


def _narrated(document: AnalysedDocument, kind: str) -> list[Mention]:
    """Places of a kind that the text itself speaks of, as places: not the dateline's."""
    return [
        m
        for m in _places(document)
        if is_place(m)
        and kind_of(place_id(m)) == kind
        and not _speaks(m)
        and document.sentences[m.sentence].kind is not SentenceKind.DATELINE
    ]


def _speaks(mention: Mention) -> bool:
    return isinstance(mention.value, PlaceValue) and mention.value.sense != "place"


def _beside(document: AnalysedDocument, sentences: tuple[int, ...]) -> tuple[Mention, ...]:
    low, high = min(sentences) - NEIGHBOURS, max(sentences) + NEIGHBOURS
    return tuple(m for m in _places(document) if low <= m.sentence <= high and m.sentence not in sentences)


def _nearest(mention: Mention, candidates: Sequence[Mention], block: AlignedMentions) -> Mention:
    """The candidate whose place in the order of its side is nearest to the mention's."""
    share = block.right.index(mention) / len(block.right)

    def distance(other: Mention) -> tuple[float, int]:
        return abs(block.left.index(other) / len(block.left) - share), other.start

    return min(candidates, key=distance)


def _weak_ids(document: AnalysedDocument, sentences: tuple[int, ...]) -> frozenset[str]:
    start, end = document.sentences[min(sentences)].start, document.sentences[max(sentences)].end
    return frozenset(place for first, last, place in _weak(document) if start <= first and last <= end)


@lru_cache(maxsize=64)
def _weak(document: AnalysedDocument) -> tuple[tuple[int, int, str], ...]:
    language = document.document.language
    return weak_places(document.text, fold(document.text, language), language)


def _named(mention: Mention) -> str:
    """The words, with the place's English name where they are not it: "广州" (Guangzhou)."""
    name = english_name(place_id(mention))
    country = place_country(mention)
    if not name or name.lower() in mention.text.lower() or (country is None and not name):
        return f'"{mention.text}"'
    return f'"{mention.text}" ({name})'


def english_name(place: str) -> str:
    """The English name of a place id; '' where none is known."""
    kind, _, code = place.partition(":")
    if kind == "country" or code.isdigit():
        from babel import Locale

        return str(Locale("en").territories.get(code, ""))
    rows = gazetteer("cities")["cities"] if kind == "city" else {}
    if kind in ("region", "sea", "venue"):
        rows = gazetteer("regions")[f"{kind}s"] | gazetteer("regions")["loose"]
    row = rows.get(code)
    return str(row[1]).split("/")[0] if row else code.replace("_", " ").title() if kind == "city" else ""


CHECK = Check(
    id="PLC201",
    slug="place-differs",
    family=Family.PLACE,
    severity=Severity.ERROR,
    scope="cross",
    summary="The place of the event, or of a fact in aligned passages, differs.",
    why="A city or country that took another's place changes who is meant, and where; names and adjectives are one place.",
    limits=(
        "Only places that the gazetteer and CLDR know are compared. A place inside the other (Beijing, China) agrees, "
        "and so do names that may stand for several places (Georgia). What one text alone names is no conflict."
    ),
    run=run,
    examples=(
        Example(
            "bad",
            (
                ExampleDocument("两国元首在广州举行非正式会晤。", "zh", "source"),
                ExampleDocument(
                    "The two heads of state met informally in ⟦Shanghai⟧.", "en", "wire", Role.COPY
                ),
            ),
        ),
        Example(
            "bad",
            (
                ExampleDocument("The delegations will meet again in Geneva next month.", "en", "source"),
                ExampleDocument(
                    "Les délégations se retrouveront à ⟦Vienne⟧ le mois prochain.", "fr", "wire", Role.COPY
                ),
            ),
        ),
        Example(
            "bad",
            (
                ExampleDocument("The Japanese minister criticised the new tariffs.", "en", "source"),
                ExampleDocument("⟦韩国⟧部长批评了新的关税。", "zh", "wire", Role.COPY),
            ),
            "an adjective and a name",
        ),
        Example(
            "good",
            (
                ExampleDocument("两国元首在广州举行非正式会晤。", "zh", "source"),
                ExampleDocument(
                    "The two heads of state met informally in Guangzhou.", "en", "wire", Role.COPY
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "The Chinese side hopes that Beijing and Washington will talk.", "en", "source"
                ),
                ExampleDocument(
                    "La Chine espère que les États-Unis et la Chine parleront.", "fr", "wire", Role.COPY
                ),
            ),
            "adjective, capital and country are one",
        ),
        Example(
            "good",
            (
                ExampleDocument("The Japanese minister criticised the new tariffs.", "en", "source"),
                ExampleDocument("日本部长批评了新的关税。", "zh", "wire", Role.COPY),
            ),
        ),
        Example(
            "unknown",
            (
                ExampleDocument("The ministers will meet again next month.", "en", "source"),
                ExampleDocument(
                    "Les ministres se retrouveront à Genève le mois prochain.", "fr", "wire", Role.COPY
                ),
            ),
            "the account names no place",
        ),
        Example(
            "unknown",
            (
                ExampleDocument("两位部长将于下月再次会面。", "zh", "source"),
                ExampleDocument(
                    "The two ministers will meet again in Geneva next month.", "en", "wire", Role.COPY
                ),
            ),
        ),
    ),
)
