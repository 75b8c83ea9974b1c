"""Cases from the public sets: how DEMETR's planted words are found, how NTREX documents are put together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consistency.evaluation.datasets import changed_span, demetr_cases, ntrex_cases
from consistency.types import Family, Role


@pytest.mark.parametrize(
    ("before", "after", "quote"),
    [
        ("He met 12 men today.", "He met 15 men today.", "15"),
        ("He met Mr Li today.", "He met Ms Wu today.", "Ms Wu"),
        ("He spoke.", "He spoke. She sang.", "She sang."),
        ("He did not go.", "He did go.", "did go."),
        ("Xi met Li.", "met Li.", "met"),
        ("all of it", "nothing else", "nothing else"),
    ],
)
def test_the_changed_words(before: str, after: str, quote: str) -> None:
    start, end = changed_span(before, after)
    assert after[start:end] == quote


def test_demetr_items_give_a_clean_and_a_marred_case(tmp_path: Path) -> None:
    (tmp_path / "demetr").mkdir()
    kind = "critical_id10_numbers_replaced"
    item = {
        "id": 7,
        "lang_tag": "french",
        "src_sent": "Il a vu 12 hommes.",
        "mt_sent": "He saw 12 men.",
        "pert_sent": "He saw 15 men.",
        "pert_check": True,
    }
    lines = [item, {**item, "lang_tag": "hindi"}, {**item, "pert_check": False}]
    (tmp_path / "demetr" / f"{kind}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    clean, marred = demetr_cases(tmp_path, kind)
    assert (clean.planted, clean.languages, clean.is_variant, clean.name) == ((), "fr>en", False, "7:fr")
    assert (marred.is_variant, marred.name) == (True, "7:fr")
    [planted] = marred.planted
    assert (planted.family, planted.quote, planted.span.document) == (Family.QUANTITY, "15", "copy")


def test_ntrex_documents_stand_a_sentence_a_paragraph(tmp_path: Path) -> None:
    (tmp_path / "ntrex").mkdir()
    (tmp_path / "ntrex" / "en.tsv").write_text("d1\tOne.\nd1\tTwo.\nd2\tThree.\n", encoding="utf-8")
    (tmp_path / "ntrex" / "fr.tsv").write_text("d1\tUn.\nd1\tDeux.\nd2\tTrois.\n", encoding="utf-8")
    cases = list(ntrex_cases(tmp_path, "fr"))
    assert [case.name for case in cases] == ["d1", "d2"]
    source, copy = cases[0].documents
    assert (source.text, source.role, copy.text, copy.role) == ("One.\n\nTwo.", Role.ACCOUNT, "Un.\n\nDeux.", Role.COPY)
