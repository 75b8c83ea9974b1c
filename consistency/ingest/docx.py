"""The text of a Word document: paragraphs and table cells in their order, one paragraph a line."""

from __future__ import annotations

import io
import zipfile

from consistency.errors import IngestError
from consistency.ingest import Content

UNPACKED_LIMIT = 200_000_000
"""Largest sum of unpacked parts in bytes: a small file can unpack to far more than a machine holds."""


def read_docx(data: bytes) -> Content:
    """Body text without headers, footers, comments and deleted text. Raises `IngestError` for what is no .docx."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise IngestError(f"a broken archive: {error}") from error
    if "word/document.xml" not in names:
        raise IngestError("an archive, but no .docx; expected .txt, .md, .html, .docx or .pdf")
    if size > UNPACKED_LIMIT:
        raise IngestError(f"it unpacks to {size:,} bytes; the limit is {UNPACKED_LIMIT:,}")

    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table
    from lxml.etree import LxmlError

    lines: list[str] = []
    try:
        document = docx.Document(io.BytesIO(data))
        for item in document.iter_inner_content():
            if isinstance(item, Table):
                # A merged cell stands in several columns and is one cell: each element once.
                cells = {id(cell._tc): cell.text for row in item.rows for cell in row.cells}
                lines.extend(cells.values())
            else:
                lines.append(item.text)
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise IngestError(f"a broken .docx: {error}") from error
    return Content("\n\n".join(line for line in lines if line.strip()), text_line=0)
