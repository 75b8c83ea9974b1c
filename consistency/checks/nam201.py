"""NAM201: another name than the accounts have."""

from __future__ import annotations

from collections.abc import Iterator

from consistency.checks.base import Check, Example, ExampleDocument, Settings
from consistency.checks.name_results import results
from consistency.checks.name_words import NameConflict
from consistency.types import Analysis, Family, Result, Role, Severity


def _message(conflict: NameConflict) -> str:
    return f"“{conflict.subject_text}” stands where the account names “{conflict.reference_text}”."


def run(analysis: Analysis, settings: Settings) -> Iterator[Result]:
    yield from results(CHECK, analysis, settings, _message, keeps_ledger=True)


CHECK = Check(
    id="NAM201",
    slug="different-name",
    family=Family.NAME,
    severity=Severity.ERROR,
    scope="cross",
    summary="Where an account names one person the copy names another.",
    why="The wrong minister in the right sentence is the mistake that gets a wire article withdrawn.",
    limits=(
        "Needs both ends: a name of the copy that stands nowhere in the accounts, and a name in the aligned sentences of the "
        "account that the copy lacks. Across scripts a name counts as another only where letters and sounds rule it out."
    ),
    run=run,
    examples=(
        Example(
            "bad",
            (
                ExampleDocument("美国国务卿布林肯会见了马克龙总统。", "zh", "prc"),
                ExampleDocument(
                    "Secretary of State ⟦Sullivan⟧ met President Macron.", "en", "wire", Role.COPY
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument("美国国务卿布林肯会见了马克龙总统。", "zh", "prc"),
                ExampleDocument("Secretary of State Blinken met President Macron.", "en", "wire", Role.COPY),
            ),
        ),
        Example(
            "bad",
            (
                ExampleDocument("Holly Willoughby met Peter Jones on Tuesday.", "en", "a"),
                ExampleDocument("Holly Willoughby a rencontré ⟦Peter Durand⟧ mardi.", "fr", "b", Role.COPY),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument("He met Peter Jones on Tuesday.", "en", "a"),
                ExampleDocument("Donald Trump a rencontré Peter Jones mardi.", "fr", "b", Role.COPY),
            ),
            "A translator may name whom the source calls “he”.",
        ),
        Example(
            "unknown",
            (
                ExampleDocument("Secretary of State Antony Blinken met Dan Zubrowski.", "en", "us"),
                ExampleDocument("国务卿安东尼·布林肯会见了扎布罗夫基。", "zh", "wire", Role.COPY),
            ),
            "扎布罗夫基 may or may not be meant for Zubrowski.",
        ),
    ),
)
