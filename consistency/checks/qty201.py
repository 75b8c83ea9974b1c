"""QTY201: an aligned quantity differs in value, unit or bound."""

from __future__ import annotations

from collections.abc import Iterable

from consistency.checks.base import Check, Example, ExampleDocument, Settings, finding, span_of
from consistency.checks.quantity_accounts import paired_quantities
from consistency.checks.quantity_likeness import is_magnitude_slip
from consistency.checks.quantity_pairs import Pair
from consistency.checks.quantity_values import Atom, show, unit_relation
from consistency.extract.negation import find_negations
from consistency.extract.quantities import bound_start
from consistency.languages.loader import fold
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Family,
    Result,
    Role,
    Severity,
    Unchecked,
)

_OPPOSITE = {
    ("more_than", "less_than"),
    ("at_least", "at_most"),
    ("more_than", "at_most"),
    ("at_least", "less_than"),
}


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right, paired in paired_quantities(analysis):
        for pair in paired.pairs:
            if pair.agreement is None:
                if not is_magnitude_slip(pair.left, pair.right):
                    yield _conflict(pair, left, right)
            elif _opposed(pair.left, pair.right):
                if _is_denied(pair.left, left) or _is_denied(pair.right, right):
                    yield Unchecked(
                        pair.right.mention.document,
                        pair.right.mention.start,
                        pair.right.mention.end,
                        "QTY201",
                        "a negation beside the number may turn its bound around (not in less than, at least)",
                    )
                    continue
                yield _bound_conflict(pair, left, right)
            else:
                yield Agreement("QTY201", (pair.left.mention.span, pair.right.mention.span))
        for _, atom, is_right in paired.left_over:
            if atom.is_small_word:
                continue
            other = left if is_right else right
            yield Unchecked(
                atom.mention.document,
                atom.mention.start,
                atom.mention.end,
                "QTY201",
                f"no number in the corresponding words of {other.document.label!r} could be paired with this one",
            )


def cross(kind: str, account: tuple[str, str], copy: tuple[str, str], note: str = "") -> tuple[Example, ...]:
    """An example of one account and one copy: (text, language) each."""
    return (
        Example(
            kind,
            (
                ExampleDocument(*account, label="account"),
                ExampleDocument(*copy, label="copy", role=Role.COPY),
            ),
            note,
        ),
    )


def severity_between(left: AnalysedDocument, right: AnalysedDocument) -> Severity:
    """An account may count differently; a copy may not."""
    copied = Role.COPY in (left.document.role, right.document.role)
    return Severity.ERROR if copied else Severity.WARNING


def spans_of(pair: Pair, left: AnalysedDocument, right: AnalysedDocument):  # type: ignore[no-untyped-def]
    """Both mentions as evidence: what the account says is the reference where the other is a copy."""
    role = "reference" if right.document.role is Role.COPY else "subject"
    further = (span_of(atom.mention, role) for atom in pair.also)
    return (span_of(pair.left.mention, role), *further, span_of(pair.right.mention))


def _conflict(pair: Pair, left: AnalysedDocument, right: AnalysedDocument) -> Result:
    one, other = describe(pair.left), describe(pair.right)
    why = f"{other} is not {one}"
    if pair.left.low == pair.right.low and unit_relation(pair.left.unit, pair.right.unit) == "other":
        why = f"the figure is the same, the unit is not: {other} is not {one}"
    return finding(
        CHECK,
        f'"{pair.right.mention.text}" stands where {left.document.label!r} has "{pair.left.mention.text}": {why}.',
        spans_of(pair, left, right),
        confidence=pair.confidence,
        severity=severity_between(left, right),
        values=(one, other),
    )


def _opposed(left: Atom, right: Atom) -> bool:
    pair = (left.bound, right.bound)
    return (
        (pair in _OPPOSITE or pair[::-1] in _OPPOSITE) and left.low == right.low and left.unit == right.unit
    )


def _is_denied(atom: Atom, document: AnalysedDocument) -> bool:
    """Whether the sentence of a number holds a negation besides the bound itself (不到): it may turn the bound around."""
    sentence = document.sentences[atom.mention.sentence]
    language = document.document.language
    folded = fold(document.text[sentence.start : sentence.end], language)
    number = atom.mention.start - sentence.start
    bound = bound_start(folded, number, language)
    return any(cue.end <= bound or cue.start >= number for cue in find_negations(folded, language))


def _bound_conflict(pair: Pair, left: AnalysedDocument, right: AnalysedDocument) -> Result:
    one, other = describe(pair.left), describe(pair.right)
    return finding(
        CHECK,
        f"{right.document.label!r} says {other} where {left.document.label!r} says {one}: the bounds exclude each other.",
        spans_of(pair, left, right),
        confidence=0.85,
        severity=severity_between(left, right),
        values=(one, other),
    )


def describe(atom: Atom) -> str:
    """The number as value, unit and bound: 'more than 2,800,000,000 GBP'."""
    if atom.is_date:
        return atom.mention.text
    figure = show(atom.low) if atom.low == atom.high else f"{show(atom.low)} to {show(atom.high)}"
    unit = "" if atom.unit in ("count", "score", "code", "pair") else f" {atom.unit.replace('_', ' ')}"
    bound = {"exact": "", "range": ""}.get(atom.bound, atom.bound.replace("_", " ") + " ")
    return f"{bound}{figure}{unit}"


EXAMPLES = (
    *cross(
        "bad",
        ("The delegation of 36 officials stayed in Nairobi for four days.", "en"),
        ("代表团⟦63⟧名官员在内罗毕停留了四天。", "zh"),
    ),
    *cross(
        "good",
        ("The delegation of 36 officials stayed in Nairobi for four days.", "en"),
        ("代表团三十六名官员在内罗毕停留了4天。", "zh"),
    ),
    *cross(
        "bad",
        ("The pipeline is 100 miles long and cost 40 percent more than planned.", "en"),
        ("Le gazoduc, long de ⟦190 km⟧, a coûté 40 % de plus que prévu.", "fr"),
    ),
    *cross(
        "good",
        ("The pipeline is 100 miles long and cost 40 percent more than planned.", "en"),
        ("Le gazoduc, long de 160 km, a coûté 40 % de plus que prévu.", "fr"),
        "100 miles are 160.9 km: a rounded conversion agrees.",
    ),
    *cross(
        "bad",
        ("Unemployment fell by 2 percentage points.", "en"),
        ("失业率下降了⟦2%⟧。", "zh"),
        "A percentage point is no per cent.",
    ),
    *cross(
        "good",
        ("Unemployment fell by 2 percentage points.", "en"),
        ("失业率下降了2个百分点。", "zh"),
    ),
    *cross(
        "bad",
        ("中方将向当地提供不到500吨粮食。", "zh"),
        ("China will provide more than ⟦500 tonnes⟧ of grain to the region.", "en"),
        "The bounds exclude each other.",
    ),
    *cross(
        "good",
        ("中方将向当地提供500多吨粮食。", "zh"),
        ("China will provide more than 500 tonnes of grain to the region.", "en"),
    ),
    *cross(
        "unknown",
        ("The two sides discussed grain exports.", "en"),
        ("双方讨论了350万吨粮食出口问题。", "zh"),
    ),
    *cross(
        "unknown",
        ("The two sides discussed grain exports.", "en"),
        ("Les deux parties ont discuté de l'exportation de 3,5 millions de tonnes de céréales.", "fr"),
    ),
)

CHECK = Check(
    id="QTY201",
    slug="different-quantity",
    family=Family.QUANTITY,
    severity=Severity.ERROR,
    scope="cross",
    summary="An aligned quantity differs: value, unit, percent against points, opposite bounds.",
    why="A wrong figure is the error that readers and desks quote on; it survives because the sentence around it is right.",
    limits="Only numbers of aligned sentences are compared. Small number words that stand on one side only are passed over: "
    "languages add and drop them freely. Between units the rounding that translators use is allowed for, so that a converted "
    "figure that is off by less than two per cent is not seen. Currencies are not converted.",
    run=run,
    examples=EXAMPLES,
)
