"""DOCX for editors: the findings as a table with quotations and a column for decisions, and what was not checked."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from consistency.languages.loader import available, language_table
from consistency.report.ledger import counted, not_run
from consistency.report.location import Lines
from consistency.report.markup import xml_text
from consistency.report.result import CaseResult, MarkedFinding, Result
from consistency.types import FindingSpan

_COLOURS = {"error": "A3122A", "warning": "7A4A00", "note": "33507A"}
CONTEXT = 50
"""Code points of surroundings on each side of the quoted words."""


def write_docx(result: Result) -> bytes:
    """The file. The same report gives the same bytes: the archive carries no time of writing."""
    import docx
    from docx.enum.section import WD_ORIENT

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.core_properties.title = "Consistency report"
    document.core_properties.author = "readout-consistency"
    document.add_heading("Consistency report", 0)
    counts = ", ".join(f"{number} {name}{'' if number == 1 else 's'}" for name, number in result.counts().items())
    document.add_paragraph(counts + ".")
    if not result.is_complete:
        document.add_paragraph().add_run("Incomplete: not everything could be checked.").bold = True
    for notice in result.notices:
        document.add_paragraph(xml_text(notice))
    for case in result.cases:
        _case(document, case)
    written = io.BytesIO()
    document.save(written)
    return _without_times(written.getvalue())


def _without_times(data: bytes) -> bytes:
    """The archive with every entry dated to the format's first day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            plain = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            plain.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(plain, source.read(entry.filename))
    return out.getvalue()


def _case(document: Any, case: CaseResult) -> None:
    report = case.report
    if case.name:
        document.add_heading(xml_text(case.name), 1)
    for sentence in not_run(report):
        document.add_paragraph(sentence)
    for failure in report.failures:
        document.add_paragraph().add_run(xml_text(f"Failed: {failure.where}: {failure.reason}")).bold = True
    found = case.findings()
    if found:
        table = document.add_table(1, 4, style="Table Grid")
        for cell, title in zip(table.rows[0].cells, ("Finding", "What", "Words", "Decision"), strict=True):
            cell.paragraphs[0].add_run(title).bold = True
        lines = {analysed.id: Lines(analysed.document) for analysed in report.documents}
        for marked in found:
            _row(table.add_row().cells, marked, lines)
    elif report.documents:
        document.add_paragraph("No finding in what could be checked.")
    ledger = counted(report)
    if ledger:
        document.add_heading("Not checked", 2)
        table = document.add_table(1, 3, style="Table Grid")
        for cell, title in zip(table.rows[0].cells, ("Check or stage", "Places", "Reason"), strict=True):
            cell.paragraphs[0].add_run(title).bold = True
        for check, reason, number in ledger:
            for cell, text in zip(table.add_row().cells, (check, str(number), reason), strict=True):
                cell.paragraphs[0].add_run(xml_text(text))


def _row(cells: Any, marked: MarkedFinding, lines: dict[str, Lines]) -> None:
    from docx.shared import RGBColor

    finding = marked.finding
    level = cells[0].paragraphs[0].add_run(finding.severity.value)
    level.bold = True
    level.font.color.rgb = RGBColor.from_string(_COLOURS[finding.severity.value])
    cells[0].add_paragraph(f"{finding.check} {finding.slug}")
    cells[1].paragraphs[0].add_run(xml_text(finding.message))
    first = True
    for span in finding.spans:
        paragraph = cells[2].paragraphs[0] if first else cells[2].add_paragraph()
        first = False
        _quotation(paragraph, span, lines[span.document], finding.severity.value)
    if marked.mark is not None:
        cells[3].paragraphs[0].add_run(xml_text(f"{marked.mark.kind}: {marked.mark.reason}"))


def _quotation(paragraph: Any, span: FindingSpan, place: Lines, level: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    document = place.document
    is_rtl = document.language in available() and language_table(document.language).right_to_left
    paragraph.add_run(xml_text(f"{place.describe(span.start)} ")).italic = True
    before = document.text[max(0, span.start - CONTEXT) : span.start].rpartition("\n")[2]
    after = document.text[span.end : span.end + CONTEXT].partition("\n")[0]
    for text, is_quoted in ((before, False), (span.text, True), (after, False)):
        run = paragraph.add_run(xml_text(text))
        run.bold = is_quoted
        if is_quoted and span.role == "subject":
            run.font.color.rgb = RGBColor.from_string(_COLOURS[level])
        properties = run._element.get_or_add_rPr()
        # Word chooses fonts and direction by these, not by the characters alone.
        language = OxmlElement("w:lang")
        key = {"zh": "w:eastAsia", "ar": "w:bidi"}.get(document.language, "w:val")
        language.set(qn(key), document.language)
        properties.append(language)
        if is_rtl:
            properties.append(OxmlElement("w:rtl"))
    if is_rtl:
        paragraph._element.get_or_add_pPr().append(OxmlElement("w:bidi"))
