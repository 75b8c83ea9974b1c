"""Who is who, within a document and across documents and scripts."""

from __future__ import annotations

from consistency.extract import extract
from consistency.reference import load_reference
from consistency.resolve.persons import resolve_persons
from consistency.segment import segment
from consistency.types import AnalysedDocument, Document, Person, Role


def persons(*texts: tuple[str, str]) -> tuple[list[AnalysedDocument], tuple[Person, ...]]:
    documents = [
        extract(segment(Document(f"d{n}", f"d{n}", text, language, Role.ACCOUNT)), load_reference())
        for n, (language, text) in enumerate(texts)
    ]
    return documents, resolve_persons(documents, load_reference())


def forms(person: Person) -> dict[str, tuple[str, ...]]:
    return dict(person.names)


def test_one_person_across_scripts() -> None:
    _, found = persons(
        ("zh", "国务委员兼外交部长秦刚同美国国务卿布林肯通电话。"),
        ("en", "Secretary of State Antony J. Blinken spoke with Qin Gang."),
    )
    assert [forms(p) for p in found] == [
        {"zh": ("秦刚",), "en": ("Qin Gang",)},
        {"zh": ("布林肯",), "en": ("Antony J. Blinken",)},
    ]
    assert [p.reference for p in found] == ["cn-qin-gang", "us-antony-blinken"]


def test_a_surname_belongs_to_the_person_last_named() -> None:
    documents, found = persons(("en", "Jane Miller met Peter Jones. Jones said that Miller had agreed."))
    assert [forms(p)["en"] for p in found] == [("Jane Miller", "Miller"), ("Jones", "Peter Jones")]
    assert sum(len(p.mentions) for p in found) == 4
    assert len({m for p in found for m in p.mentions}) == 4
    assert documents[0].text == "Jane Miller met Peter Jones. Jones said that Miller had agreed."


def test_near_misses_are_one_person_and_other_names_are_not() -> None:
    _, found = persons(
        (
            "fr",
            "Antony Blinken a parlé. Le secrétaire d'État Anthony Blinken a souri. Chen Gang a parlé à Qin Gang.",
        )
    )
    assert [forms(p)["fr"] for p in found] == [
        ("Anthony Blinken", "Antony Blinken"),
        ("Chen Gang",),
        ("Qin Gang",),
    ]


def test_the_two_ministers_stay_unresolved() -> None:
    documents, found = persons(
        ("fr", "Qin Gang et Antony Blinken ont parlé. Les deux ministres ont discuté.")
    )
    resolved = {m for p in found for m in p.mentions}
    joint = [m for m in documents[0].mentions if m.text == "Les deux ministres"]
    assert len(joint) == 1
    assert joint[0].id not in resolved


def test_ids_are_stable() -> None:
    texts = (("en", "Jane Miller met Peter Jones."), ("fr", "Peter Jones a rencontré Jane Miller."))
    assert persons(*texts)[1] == persons(*texts)[1]
