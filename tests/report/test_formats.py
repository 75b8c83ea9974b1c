"""Every format: valid by its schema or reader, deterministic, and unharmed by hostile text."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import PurePosixPath
from xml.etree import ElementTree

import docx
import jsonschema
import pytest
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from sarif_pydantic import Sarif

from consistency.errors import ConfigError
from consistency.report.json_report import schema
from consistency.report.markdown import LENGTH_LIMIT
from consistency.report.markup import cell, markdown_text, xml_text
from consistency.report.result import CaseResult, Result, exit_status
from consistency.report.sarif import uri
from consistency.report.writers import FORMATS, format_of, render, save
from tests.report.sample import HOSTILE, sample, sample_cases, sample_report


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("hostile", ["", HOSTILE])
def test_same_report_same_bytes(name: str, hostile: str) -> None:
    assert render(sample(hostile), name) == render(sample(hostile), name)
    assert render(sample_cases(hostile), name) == render(sample_cases(hostile), name)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "docx"])
def test_what_was_not_checked_is_in_every_format(name: str) -> None:
    text = render(sample_cases(), name).decode()
    assert "no such file" in text
    if name != "rdjson":  # which has room for diagnostics only
        assert "DAT201" in text


# --- JSON -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hostile", ["", HOSTILE])
def test_json_is_valid_and_its_spans_are_exact(hostile: str) -> None:
    record = json.loads(render(sample(hostile), "json"))
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(record, schema())
    texts = {document["id"]: document["text"] for document in record["documents"]}
    for finding in record["findings"]:
        for span in finding["spans"]:
            assert texts[span["document"]][span["start"] : span["end"]] == span["text"]
    assert record["summary"] == {"error": 1, "warning": 1, "note": 1}
    assert record["persons"][0]["mentions"] == [{"document": "wire", "start": 27, "end": 36}]
    assert record["persons"][0]["offices"] == ["foreign_minister (CN)"]
    assert record["alignments"][0] == {
        "left": {"document": "prc", "sentences": ["prc:s2"]},
        "right": {"document": "wire", "sentences": ["wire:s2"]},
        "score": 0.71,
        "similarity": 0.6,
        "mode": "accounts",
    }
    assert record["support"][1] == {"document": "wire", "sentence": "wire:s2", "verdict": "conflict", "by": ["prc"]}
    assert record["claims"][0]["speaker"] == "p1"


def test_json_of_cases() -> None:
    record = json.loads(render(sample_cases(), "json"))
    assert record["schema"] == "consistency-cases/1"
    for case in record["cases"]:
        jsonschema.validate(case["report"], schema())
    assert record["complete"] is False
    assert record["cases"][0]["report"]["findings"][0]["mark"] == {"kind": "accepted", "reason": "as printed"}
    assert record["summary"] == {"error": 1, "warning": 2, "note": 2}


# --- SARIF ------------------------------------------------------------------------------------------------------


def test_sarif() -> None:
    log = json.loads(render(sample_cases(HOSTILE), "sarif"))
    Sarif.model_validate(log)
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"][0]["executionSuccessful"] is False
    first = run["results"][0]
    assert (first["ruleId"], first["level"]) == ("NAM101", "error")
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "NAM101"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "texts/wire.fr.md"}
    region = {"startLine": 7, "startColumn": 1, "endLine": 7, "endColumn": 10, "snippet": {"text": "Chen Gang"}}
    assert place["region"] == region
    related = first["relatedLocations"][0]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "texts/prc.zh.md"
    assert related["message"]["text"] == "reference: 秦刚"
    assert first["suppressions"][0]["kind"] == "external"
    assert re.fullmatch("[0-9a-f]{16}", first["partialFingerprints"]["consistencyFingerprint/v1"])
    told = [n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"]]
    assert any("not checked at 2 places: DAT201" in text for text in told)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b/é.md", "a%20b/%C3%A9.md"),
        ("/tmp/x.md", "file:///tmp/x.md"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("-", "stdin"),
    ],
)
def test_sarif_addresses(path: str, expected: str) -> None:
    assert uri(path) == expected


# --- JUnit ------------------------------------------------------------------------------------------------------


def test_junit() -> None:
    data = render(sample_cases(HOSTILE), "junit")
    ElementTree.fromstring(data)
    read = JUnitXml.fromstring(data)
    first, second = list(read)
    # The accepted error and the check that could tell nothing are skipped.
    assert (first.tests, first.failures, first.errors, first.skipped) == (4, 0, 0, 2)
    assert (second.tests, second.failures, second.errors, second.skipped) == (5, 1, 1, 1)
    case = next(iter(second))
    assert (case.name, case.classname) == ("NAM101 texts/wire.fr.md:7:1", "consistency.name")


def test_junit_fails_what_fails_the_run() -> None:
    report = sample_report()
    strict = JUnitXml.fromstring(render(Result((CaseResult(report),), fail_on="warning"), "junit"))
    never = JUnitXml.fromstring(render(Result((CaseResult(report),), fail_on="never"), "junit"))
    assert (strict.failures, never.failures) == (2, 0)


# --- GitHub, rdjson ----------------------------------------------------------------------------------------------


def test_github() -> None:
    lines = render(sample(HOSTILE), "github").decode().splitlines()
    assert lines[0].startswith(
        "::error file=texts/wire.fr.md,line=7,endLine=7,col=1,endColumn=10,title=NAM101 inconsistent-name::"
    )
    assert lines[1].startswith("::warning file=texts/wire.fr.md,line=7,endLine=7,col=45,endColumn=69,")
    assert all(re.match(r"::(error|warning|notice)( [^:]+)?::", line) for line in lines)
    assert lines[-1] == "::notice::3 places could not be checked (DAT201 2, persons 1)"


RDJSON = {
    # Written from the field list of reviewdog's Diagnostic message: paths, 1-based lines and byte columns.
    "type": "object",
    "required": ["diagnostics"],
    "properties": {
        "source": {"type": "object", "required": ["name"]},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location"],
                "additionalProperties": False,
                "properties": {
                    "message": {"type": "string"},
                    "location": {"$ref": "#/$defs/location"},
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {"type": "object", "properties": {"value": {"type": "string"}}},
                    "related_locations": {
                        "type": "array",
                        "items": {"type": "object", "required": ["location"], "properties": {"location": {"$ref": "#/$defs/location"}}},
                    },
                },
            },
        },
    },
    "$defs": {
        "location": {
            "type": "object",
            "required": ["path"],
            "properties": {
                "path": {"type": "string"},
                "range": {
                    "type": "object",
                    "required": ["start"],
                    "additionalProperties": False,
                    "properties": {"start": {"$ref": "#/$defs/position"}, "end": {"$ref": "#/$defs/position"}},
                },
            },
        },
        "position": {
            "type": "object",
            "required": ["line"],
            "additionalProperties": False,
            "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
        },
    },
}


def test_rdjson_counts_columns_in_bytes() -> None:
    record = json.loads(render(sample_cases(HOSTILE), "rdjson"))
    jsonschema.validate(record, RDJSON)
    warning = next(d for d in record["diagnostics"] if d["code"]["value"] == "TRM201")
    # The line before the words is 44 code points, one of them (é) two bytes.
    assert warning["location"]["range"]["start"] == {"line": 7, "column": 46}
    assert warning["severity"] == "WARNING"


# --- CSV ----------------------------------------------------------------------------------------------------------


def test_csv() -> None:
    text = render(sample_cases(HOSTILE), "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["severity"] for row in rows[:5]] == ["error", "warning", "note", "unchecked", "unchecked"]
    assert (rows[0]["words"], rows[0]["reference"]) == ("Chen Gang", "prc: 秦刚")
    assert (rows[0]["line"], rows[0]["column"], rows[0]["mark"][:9]) == ("7", "1", "accepted:")
    assert rows[-3]["severity"] == "failed"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "\t=1"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert cell(text).startswith("'")


def test_an_ordinary_cell_is_left_alone() -> None:
    assert cell("Qin Gang") == "Qin Gang"
    assert cell("") == ""


# --- Markdown -----------------------------------------------------------------------------------------------------


def test_markdown_keeps_hostile_text_plain() -> None:
    html = MarkdownIt("commonmark").enable("table").render(render(sample_cases(HOSTILE), "markdown").decode())
    assert "<script" not in html
    assert "<img" not in html
    assert "<a " not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "<strong>Chen Gang</strong>" in html


@pytest.mark.parametrize("text", ["**bold**", "[a](http://x.y)", "<b>", "| a |", "# h", "1. x", "- x", "`c`", "~~s~~", "@user", "www.x.y"])
def test_markdown_text_reads_as_written(text: str) -> None:
    html = MarkdownIt("commonmark").render(f"x {markdown_text(text)}")
    inner = html.removeprefix("<p>x ").removesuffix("</p>\n").replace("\u200b", "")
    assert inner == text.replace("<", "&lt;").replace(">", "&gt;")


def test_markdown_fits_a_comment() -> None:
    many = Result(tuple(CaseResult(sample_report("x" * 500), f"case {number}") for number in range(60)))
    text = render(many, "markdown").decode()
    assert len(text) < LENGTH_LIMIT + 500
    assert "further entries are left off here" in text
    assert text.count("<details>") == text.count("</details>")


# --- Word ---------------------------------------------------------------------------------------------------------


def test_docx_quotes_the_words() -> None:
    document = docx.Document(io.BytesIO(render(sample_cases(HOSTILE), "docx")))
    table = document.tables[0]
    assert [c.text for c in table.rows[0].cells] == ["Finding", "What", "Words", "Decision"]
    assert table.rows[1].cells[0].text == "error\nNAM101 inconsistent-name"
    bold = [run.text for p in table.rows[1].cells[2].paragraphs for run in p.runs if run.bold]
    assert bold == ["Chen Gang", "秦刚"]
    assert table.rows[1].cells[3].text.startswith("accepted: as printed")
    arabic = table.rows[3].cells[2].paragraphs[0]
    assert "<w:bidi/>" in arabic._element.xml
    assert any("Failed: x.md" in p.text for p in document.paragraphs)


def test_xml_text_holds_only_what_xml_can() -> None:
    assert xml_text("a\x00b\x1b[1m\ufffe\ud800") == "a\\u0000b\\u001b[1m\\ufffe\\ud800"
    assert xml_text("tab\tline\n秦刚 😀") == "tab\tline\n秦刚 😀"


# --- choosing and saving ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "name"),
    [("r.json", "json"), ("r.sarif.json", "sarif"), ("R.HTML", "html"), ("r.md", "markdown"), ("r.xml", "junit"), ("r.txt", "text")],
)
def test_format_by_ending(path: str, name: str) -> None:
    assert format_of(path) == name


def test_unknown_ending() -> None:
    with pytest.raises(ConfigError, match=re.escape(".docx")):
        format_of("r.odt")


def test_a_failed_write_leaves_nothing_behind(tmp_path: PurePosixPath) -> None:
    from pathlib import Path

    target = Path(tmp_path) / "none" / "r.json"
    with pytest.raises(ConfigError, match="cannot write"):
        save(str(target), b"x")
    assert list(Path(tmp_path).iterdir()) == []


@pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_exit_status(fail_on: str, status: int) -> None:
    assert exit_status(Result((CaseResult(sample_report()),), fail_on=fail_on)) == status


def test_incomplete_wins() -> None:
    assert exit_status(sample_cases()) == 3
