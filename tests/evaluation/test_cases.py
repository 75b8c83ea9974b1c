"""Gold folders read into cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consistency.errors import ConfigError
from consistency.evaluation.cases import GoldError, count_words, find_gold, read_cases
from consistency.types import Family, Role

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

ACCOUNT = "---\nlabel: us\nlanguage: en\nrole: account\n---\nQin Gang met Mr Blinken. Qin Gang spoke.\n"
OTHER = "---\nlabel: prc\nlanguage: zh\nrole: account\n---\n秦刚会见布林肯。\n"
COPY = "---\nlabel: wire\nlanguage: fr\nrole: copy\n---\nChen Gang a rencontré M. Blinken. Chen Gang a parlé.\n"
TWIN = "---\nlabel: wire\nlanguage: fr\nrole: copy\n---\nQin Gang a rencontré M. Blinken. Qin Gang a parlé.\n"


def folder(tmp_path: Path, gold: dict[str, Any], **more: str) -> Path:
    event = tmp_path / "set" / "event"
    event.mkdir(parents=True)
    for name, text in {"us.en.md": ACCOUNT, "prc.zh.md": OTHER, "wire.fr.md": COPY, "wire.clean.fr.md": TWIN, **more}.items():
        (event / name).write_text(text, encoding="utf-8")
    (event / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    return event


NAMED = {"accounts": ["prc.zh.md", "us.en.md"], "copies": ["wire.fr.md"], "clean": "wire.clean.fr.md"}


def test_planted_span_is_the_occurrence_that_the_gold_names(tmp_path: Path) -> None:
    entry = {"id": "N1", "family": "name", "document": "wire", "quote": "Chen", "occurrence": 2, "correct": "Qin"}
    marred, _ = read_cases(folder(tmp_path, {**NAMED, "planted": [entry]}))
    [planted] = marred.planted
    text = next(d.text for d in marred.documents if d.id == "wire")
    assert planted.span.start == text.index("Chen", text.index("Chen") + 1)
    assert text[planted.span.start : planted.span.end] == planted.quote == "Chen"
    assert planted.family is Family.NAME
    assert planted.correct == "Qin"


def test_the_twin_has_no_planted_errors_and_keeps_traps_at_their_own_offsets(tmp_path: Path) -> None:
    trap = {"document": "wire", "quote": "M. Blinken", "why": "introduced in the account"}
    marred, clean = read_cases(folder(tmp_path, {**NAMED, "must_not_flag": [trap]}))
    assert (clean.planted, clean.is_twin, marred.is_twin) == ((), True, False)
    for case in (marred, clean):
        text = next(d.text for d in case.documents if d.role is Role.COPY)
        [found] = case.traps
        assert text[found.span.start : found.span.end] == "M. Blinken"
    assert marred.traps[0].span != clean.traps[0].span


def test_alignments_count_from_one_in_the_file_and_from_zero_in_a_case(tmp_path: Path) -> None:
    gold = {**NAMED, "alignments": [[1, 1], {"left": "us", "right": "wire", "pairs": [[2, 2]]}]}
    marred, _ = read_cases(folder(tmp_path, gold))
    assert [(a.left, a.right, a.pairs) for a in marred.alignments] == [
        ("prc", "us", ((0, 0),)),
        ("us", "wire", ((1, 1),)),
    ]


def test_without_lists_the_front_matter_tells_accounts_from_copies(tmp_path: Path) -> None:
    marred, clean = read_cases(folder(tmp_path, {"planted": []}))
    assert marred.languages == "en+zh>fr"
    assert [d.label for d in marred.documents if d.role is Role.ACCOUNT] == ["prc", "us"]
    assert clean.name == "event (clean)"


def test_differences_keep_both_sides(tmp_path: Path) -> None:
    entry = {
        "family": "name",
        "kind": "term",
        "left": {"document": "prc", "quote": "秦刚"},
        "right": {"document": "us", "quote": "Qin Gang"},
        "note": "n",
    }
    marred, _ = read_cases(folder(tmp_path, {**NAMED, "between_readouts": [entry]}))
    [difference] = marred.differences
    assert difference.left.document == "prc"
    assert difference.right is not None
    assert difference.right.end - difference.right.start == len("Qin Gang")


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        ({"planted": [{"family": "name", "document": "wire", "quote": "Zhang"}]}, "does not stand in wire"),
        ({"planted": [{"family": "nose", "document": "wire", "quote": "Chen"}]}, "'nose' is none of"),
        ({"planted": [{"family": "name", "document": "paper", "quote": "Chen"}]}, "document 'paper' is none of"),
        ({"planted": [{"document": "wire", "quote": "Chen"}]}, "lacks a key"),
        ({"must_not_flag": ["Chen"]}, "lacks a key"),
        ({"alignments": [{"left": "us", "right": "paper", "pairs": []}]}, "document 'paper' is none of"),
    ],
)
def test_a_gold_that_does_not_fit_says_why(tmp_path: Path, gold: dict[str, Any], message: str) -> None:
    with pytest.raises(GoldError, match=message):
        read_cases(folder(tmp_path, {**NAMED, **gold}))


def test_a_gold_that_is_no_json_or_no_object(tmp_path: Path) -> None:
    event = folder(tmp_path, NAMED)
    (event / "gold.json").write_text("{", encoding="utf-8")
    with pytest.raises(GoldError, match="cannot be read as JSON"):
        read_cases(event)
    (event / "gold.json").write_text("[]", encoding="utf-8")
    with pytest.raises(GoldError, match="expected an object"):
        read_cases(event)


def test_two_documents_with_one_label(tmp_path: Path) -> None:
    event = folder(tmp_path, NAMED)
    (event / "prc.zh.md").write_text(OTHER.replace("label: prc", "label: us"), encoding="utf-8")
    with pytest.raises(GoldError, match="two documents have the label 'us'"):
        read_cases(event)


def test_gold_is_found_at_and_below_a_path(tmp_path: Path) -> None:
    event = folder(tmp_path, NAMED)
    assert list(find_gold([tmp_path])) == list(find_gold([event])) == list(find_gold([event / "gold.json"])) == [event]


def test_paths_without_gold_are_errors_of_usage(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        list(find_gold([tmp_path / "nowhere"]))
    with pytest.raises(ConfigError, match=r"no gold\.json"):
        list(find_gold([tmp_path]))


@pytest.mark.parametrize(("text", "words"), [("", 0), ("two words", 2), ("中美关系很重要。", 1 + round(7 / 1.6))])
def test_words_are_counted_by_space_and_by_han_characters(text: str, words: int) -> None:
    assert count_words(text) == words


def test_every_fixture_can_be_read() -> None:
    cases = [case for gold in sorted(FIXTURES.glob("*/gold.json")) for case in read_cases(gold.parent)]
    assert len(cases) == 24
    for case in cases:
        by_id = {d.id: d.text for d in case.documents}
        for planted in case.planted:
            assert by_id[planted.span.document][planted.span.start : planted.span.end] == planted.quote
