"""Names across scripts and near-misses: this package beside nomenklatura's logic-v2, in one run.

    python tests/benchmarks/names.py [--data DIR] [--seed N] [--count N]

Pairs come from the reference table (the same person in two languages) and, where the project's data folder is given, from
the held-out lines of its names. Every true pair has two counterparts: a near-miss (one letter, or one Chinese character
of another sound, changed) and another person's name drawn at random. A system is right where it matches the true pair and
does not match the other two. Ours matches at likeness SAME; logic-v2 at a score of 0.7, its own threshold.
nomenklatura is a benchmark's dependency only; without it our column is printed alone.
"""

from __future__ import annotations

import argparse
import lzma
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from consistency.extract.names_table import names  # noqa: E402
from consistency.reference import load_reference  # noqa: E402
from consistency.resolve.likeness import Likeness, NameForm, compare  # noqa: E402
from consistency.resolve.romanise import readings  # noqa: E402

THRESHOLD = 0.7
LANGUAGES = ("zh", "ru", "ar", "fr", "es")
COMMON_CHARACTERS = "克尔斯特拉曼顿森雷诺维伟明华强军平国文建德"


@dataclass(frozen=True, slots=True)
class Pair:
    part: str
    kind: str
    left: NameForm
    right: NameForm


def form(language: str, text: str, family: str | None) -> NameForm:
    """A full name with its parts where the family name is known."""
    is_native = language == "zh" and "·" not in text
    given = text[len(family) :] if is_native and family and text.startswith(family) else None
    return NameForm(language, text, family, given, is_native or " " in text or "·" in text)


def changed(name: str, language: str, rng: random.Random) -> str:
    """The name with one slip behind the first letter of one of its words."""
    if language == "zh":
        places = [i for i, c in enumerate(name) if c.isalpha() and i > 0]
        at = rng.choice(places)
        options = [c for c in COMMON_CHARACTERS if readings(c)[:1] != readings(name[at])[:1]]
        return name[:at] + rng.choice(options) + name[at + 1 :]
    places = [i for i in range(1, len(name)) if name[i].isalpha() and name[i - 1].isalpha()]
    at = rng.choice(places)
    letters = sorted({c for c in name if c.isalpha() and c.islower() and c != name[at]} or {"a", "e"})
    return name[:at] + rng.choice(letters) + name[at + 1 :]


def pairs(seed: int, count: int, data: Path | None) -> Iterator[Pair]:
    """The pairs, in a fixed order for a seed."""
    rng = random.Random(seed)
    people = [p for p in load_reference().persons if p.names.get("en")]
    for language in LANGUAGES:
        known = [p for p in people if p.names.get(language)]
        chosen = rng.sample(known, min(count, len(known)))
        for person in chosen:
            english = form("en", person.names["en"][0], (person.family.get("en") or (None,))[0])
            own = form(language, person.names[language][0], (person.family.get(language) or (None,))[0])
            other = rng.choice([p for p in known if p.id != person.id])
            wrong = form(language, other.names[language][0], (other.family.get(language) or (None,))[0])
            near = changed(own.text, language, rng)
            part = f"en-{language}"
            yield Pair(part, "same", english, own)
            yield Pair(part, "near-miss", english, form(language, near, own.family))
            yield Pair(part, "different", english, wrong)
    for person in rng.sample(people, min(count, len(people))):
        english = form("en", person.names["en"][0], None)
        yield Pair("en-en", "same", english, form("en", person.forms("en")[-1], None))
        yield Pair("en-en", "near-miss", english, form("en", changed(english.text, "en", rng), None))
        yield Pair("en-en", "different", english, form("en", rng.choice(people).names["en"][0], None))
    if data is not None:
        yield from _single_names(data, rng, count)


def _single_names(data: Path, rng: random.Random, count: int) -> Iterator[Pair]:
    with lzma.open(data / "names" / "zh-en_transliteration.tsv.xz", "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    held_out = [(row[0], row[1].capitalize()) for row in rows if row[3] == "test" and len(row[0]) > 1]
    for chinese, latin in rng.sample(held_out, min(count, len(held_out))):
        left = NameForm("en", latin)
        yield Pair("en-zh, single", "same", left, NameForm("zh", chinese))
        yield Pair("en-zh, single", "near-miss", left, NameForm("zh", changed(chinese, "zh", rng)))
        yield Pair("en-zh, single", "different", left, NameForm("zh", rng.choice(held_out)[0]))


def ours(left: NameForm, right: NameForm) -> str:
    """'yes', 'no', or 'unknown' where we say that the letters do not tell."""
    found = compare(left, right)
    return "yes" if found is Likeness.SAME else "unknown" if found is Likeness.UNKNOWN else "no"


def peer() -> Callable[[NameForm, NameForm], str] | None:
    """logic-v2 as a function of two names, None where nomenklatura is not installed."""
    try:
        from followthemoney.proxy import EntityProxy
        from nomenklatura.matching import get_algorithm
    except ImportError:
        return None
    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()

    def person(text: str) -> EntityProxy:
        return EntityProxy.from_dict({"id": text, "schema": "Person", "properties": {"name": [text]}})

    def matches(left: NameForm, right: NameForm) -> str:
        return (
            "yes"
            if algorithm.compare(person(left.text), person(right.text), config).score >= THRESHOLD
            else "no"
        )

    return matches


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    assert names("zh")
    systems = {"ours": ours, "logic-v2": peer()}
    counts: dict[tuple[str, str, str], dict[str, int]] = {}
    for pair in pairs(options.seed, options.count, options.data):
        for name, system in systems.items():
            if system is not None:
                row = counts.setdefault((pair.part, pair.kind, name), {"yes": 0, "no": 0, "unknown": 0})
                row[system(pair.left, pair.right)] += 1
    print(f"{'part':<16}{'kind':<12}{'system':<10}{'right':>7}{'wrong':>7}{'open':>7}{'pairs':>7}")
    for (part, kind, name), row in counts.items():
        total = sum(row.values())
        right, wrong = (row["yes"], row["no"]) if kind == "same" else (row["no"], row["yes"])
        shares = (right / total, wrong / total, row["unknown"] / total)
        print(
            f"{part:<16}{kind:<12}{name:<10}" + "".join(f"{share:>7.3f}" for share in shares) + f"{total:>7}"
        )


if __name__ == "__main__":
    main()
