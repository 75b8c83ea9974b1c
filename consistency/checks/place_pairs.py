"""Places of aligned passages brought together: which are the same, and which are left over on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from consistency.extract.place_names import gazetteer
from consistency.types import Mention, OrganisationValue, PlaceValue


def place_id(mention: Mention) -> str:
    """The id of the place a mention names; for an organisation its country's, or '' where it has none."""
    if isinstance(mention.value, PlaceValue):
        return mention.value.id
    assert isinstance(mention.value, OrganisationValue)
    return f"country:{mention.value.country}" if mention.value.country else ""


def place_country(mention: Mention) -> str | None:
    assert isinstance(mention.value, PlaceValue | OrganisationValue)
    return mention.value.country


def kind_of(place: str) -> str:
    """'country', 'city', 'region', 'sea' or 'venue'."""
    return place.partition(":")[0]


@cache
def _same_pairs() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in gazetteer("regions")["same"]["pairs"])


@cache
def _continents() -> dict[str, frozenset[str]]:
    """Region id of a continent or part of one -> the countries in it."""
    from babel.core import get_global

    # Babel's type names the other tables alone; it has had this one since 2.4.
    containment: Mapping[str, tuple[str, ...]] = get_global("territory_containment")  # type: ignore[arg-type]
    found: dict[str, set[str]] = {}
    for code, parents in containment.items():
        for parent in parents:
            found.setdefault(parent, set()).add(code)

    def countries(code: str, depth: int = 0) -> set[str]:
        inside: set[str] = set()
        for child in found.get(code, ()):
            inside |= countries(child, depth + 1) if child in found and depth < 6 else {child}
        return inside

    return {f"region:{code}": frozenset(countries(code)) for code in found if code.isdigit()}


def identical(left: Mention, right: Mention) -> bool:
    """Whether two mentions are of one place by its id."""
    return place_id(left) == place_id(right) != ""


def alike(left: Mention, right: Mention) -> bool:
    """Whether two regions of several countries may be cut differently: West Africa and Africa, Asia and Asia-Pacific."""
    one, other = place_id(left), place_id(right)
    if not (_is_wide(left) and _is_wide(right)):
        return False
    continents = _continents()
    if one in continents and other in continents:
        return bool(continents[one] & continents[other])
    return kind_of(one) == kind_of(other) == "region" or frozenset((one, other)) in _same_pairs()


def _is_wide(mention: Mention) -> bool:
    return place_country(mention) is None and kind_of(place_id(mention)) in ("region", "sea")


def compatible(left: Mention, right: Mention) -> bool:
    """Whether two mentions can be of one place: identical, one inside the other, or two readings of one word."""
    one, other = place_id(left), place_id(right)
    if not one or not other:
        return False
    if one == other or frozenset((one, other)) in _same_pairs():
        return True
    for outer, inner in ((left, right), (right, left)):
        outer_id, country = place_id(outer), place_country(inner)
        if country is not None and (
            outer_id == f"country:{country}" or country in _continents().get(outer_id, frozenset())
        ):
            return True
    return alike(left, right)


@dataclass(frozen=True, slots=True)
class PlacePairing:
    """What a block's places come to."""

    agreeing: tuple[tuple[Mention, Mention], ...]
    left_over: tuple[Mention, ...]
    """Left places that nothing on the right can be."""
    right_over: tuple[Mention, ...]
    surplus: tuple[Mention, ...] = ()
    """Left places named more often than on the right."""


def pair_places(left: Sequence[Mention], right: Sequence[Mention]) -> PlacePairing:
    """The places of a block, by id: how often one is named does not count, save for `surplus`.

    A city agrees with its country only where the country stands for it: where both sides name China, it explains no
    Shanghai.
    """
    agreeing = []
    free_left = [m for m in left if not names(m, right)]
    free_right = [m for m in right if not names(m, left)]
    for mention in right:
        twin = next((m for m in left if identical(m, mention)), None) or next(
            (m for m in free_left if compatible(m, mention)), None
        )
        if twin is not None:
            agreeing.append((twin, mention))
    right_over = tuple(m for m in free_right if is_place(m) and not _is_met(m, left, free_left))
    left_over = tuple(m for m in free_left if is_place(m) and not _is_met(m, right, free_right))
    counts: dict[str, int] = {}
    for mention in right:
        counts[place_id(mention)] = counts.get(place_id(mention), 0) + 1
    surplus = []
    for mention in left:
        counts[place_id(mention)] = counts.get(place_id(mention), 0) - 1
        if is_place(mention) and counts[place_id(mention)] < 0 and mention not in left_over:
            surplus.append(mention)
    return PlacePairing(tuple(agreeing), left_over, right_over, tuple(surplus))


def _is_met(mention: Mention, others: Sequence[Mention], free: Sequence[Mention]) -> bool:
    return any(alike(mention, o) for o in others) or any(compatible(mention, o) for o in free)


def is_place(mention: Mention) -> bool:
    return isinstance(mention.value, PlaceValue)


def names(mention: Mention, others: Iterable[Mention]) -> bool:
    """Whether one of the others is of the mention's own place."""
    return any(identical(mention, other) for other in others)
