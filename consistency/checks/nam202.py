"""NAM202: a Latin form that the Chinese name cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from consistency.checks.base import Check, Example, ExampleDocument, Settings
from consistency.checks.name_results import results
from consistency.checks.name_words import NameConflict
from consistency.types import Analysis, Family, Result, Role, Severity


def _message(conflict: NameConflict) -> str:
    return f"“{conflict.subject_text}” cannot be {conflict.reference_text}: {conflict.reason}."


def run(analysis: Analysis, settings: Settings) -> Iterator[Result]:
    yield from results(CHECK, analysis, settings, _message)


CHECK = Check(
    id="NAM202",
    slug="impossible-romanisation",
    family=Family.NAME,
    severity=Severity.ERROR,
    scope="cross",
    summary="A Latin form cannot be a romanisation of the Chinese name that stands in its place.",
    why="秦刚 is Qin Gang in every system; Chen Gang is another man.",
    limits=(
        "Knows pinyin, Wade-Giles, family names in Cantonese, Korean and Vietnamese spelling, and established forms. "
        "Given names in those other spellings, and Japanese readings, are left unknown."
    ),
    run=run,
    examples=(
        Example(
            "bad",
            (
                ExampleDocument("外交部长秦刚会见了美国国务卿布林肯。", "zh", "prc"),
                ExampleDocument(
                    "Le ministre des Affaires étrangères ⟦Chen Gang⟧ a rencontré Antony Blinken.",
                    "fr",
                    "wire",
                    Role.COPY,
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument("外交部长秦刚会见了美国国务卿布林肯。", "zh", "prc"),
                ExampleDocument(
                    "Le ministre des Affaires étrangères Qin Gang a rencontré Antony Blinken.",
                    "fr",
                    "wire",
                    Role.COPY,
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument("外交部长秦刚会见了美国国务卿布林肯。", "zh", "prc"),
                ExampleDocument(
                    "Foreign Minister Qin Gang met Secretary of State Antony Blinken.",
                    "en",
                    "wire",
                    Role.COPY,
                ),
            ),
        ),
        Example(
            "unknown",
            (
                ExampleDocument("陈光明表示，他昨天抵达东京。", "zh", "prc"),
                ExampleDocument(
                    "Taro Tanaka said that he arrived in Tokyo yesterday.", "en", "wire", Role.COPY
                ),
            ),
            "Characters may be read in Japanese.",
        ),
    ),
)
