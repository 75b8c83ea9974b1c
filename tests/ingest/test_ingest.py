"""Documents read from files of each format."""

from __future__ import annotations

import hashlib
import http.server
import io
import sys
import threading
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import docx
import pytest

from consistency.errors import IngestError
from consistency.ingest import SIZE_LIMIT, TEXT_LIMIT, read_document, read_documents
from consistency.ingest.pdf import unwrap
from consistency.types import Role

SENTENCE = "The two ministers spoke by telephone on the state of the relations of their countries."


def test_text_file(tmp_path: Path) -> None:
    path = tmp_path / "us.en.md"
    path.write_bytes(f"---\nlanguage: en\n---\n{SENTENCE}\r\nMore.\n".encode())
    document = read_document(str(path))
    assert (document.id, document.label) == ("us.en", "us.en")
    assert document.text == f"{SENTENCE}\r\nMore.\n"
    assert (document.language, document.role, document.text_line) == ("en", Role.ACCOUNT, 4)
    assert document.path == str(path)
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_language_is_detected(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    assert read_document(str(path)).language == "en"


def test_the_command_line_role_stands_above_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"---\nrole: account\nlanguage: en\n---\n{SENTENCE}", encoding="utf-8")
    assert read_document(str(path), role=Role.COPY).role is Role.COPY


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(f"---\nlabel: wire\nlanguage: en\n---\n{SENTENCE}".encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    document = read_document("-")
    assert (document.label, document.text, document.path) == ("wire", SENTENCE, "-")


PAGE = f"""<!doctype html><html lang="en-GB"><head><title>Site | Call</title>
<meta property="article:published_time" content="2023-06-14T09:00:00+02:00"></head>
<body><nav><a href="/">Home</a><a href="/about">About</a></nav><article><h1>Ministers speak</h1>
<p>{SENTENCE}</p><p>{SENTENCE.replace("two", "three")}</p><p>{SENTENCE.replace("two", "four")} <script>alert(1)</script></p></article>
<footer>Cookies and imprint</footer></body></html>"""


def test_html(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    document = read_document(str(path))
    assert document.text.startswith("Ministers speak\n")
    assert SENTENCE in document.text
    assert "alert" not in document.text
    assert "Cookies" not in document.text
    assert (document.language, document.text_line) == ("en", 0)
    assert document.published == datetime(2023, 6, 14, 9, 0, tzinfo=timezone(timedelta(hours=2)))


def test_html_without_an_article(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body><script>1</script></body></html>", encoding="utf-8")
    with pytest.raises(IngestError, match="no article text"):
        read_document(str(path))


def test_docx(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_heading("Ministers speak", 1)
    file.add_paragraph(SENTENCE)
    table = file.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left cell", "Right cell"
    file.add_paragraph("The end of the readout.")
    path = tmp_path / "a.docx"
    file.save(str(path))
    document = read_document(str(path))
    assert document.text == f"Ministers speak\n\n{SENTENCE}\n\nLeft cell\n\nRight cell\n\nThe end of the readout."
    assert document.text_line == 0


def one_page_pdf(lines: list[str]) -> bytes:
    """A PDF with these lines of Helvetica, made by hand."""
    drawn = "BT /F1 12 Tf 14 TL 50 750 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(parts) + 1} /Root 1 0 R >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def test_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        one_page_pdf(["Ministers speak", "The two ministers spoke by telephone on the", "state of the relations of their countries."])
    )
    document = read_document(str(path))
    assert document.text == f"Ministers speak\n{SENTENCE}"


def test_pdf_without_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page_pdf([]))
    with pytest.raises(IngestError, match="text recognition"):
        read_document(str(path))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("A line that runs on to the inter-\nnational one.", "A line that runs on to the international one."),
        ("A long first line of a sentence\nthat ends here.\nA new one.", "A long first line of a sentence that ends here.\nA new one."),
        ("秦刚应约同美国国务卿布林\n肯通电话。\n双方", "秦刚应约同美国国务卿布林肯通电话。\n双方"),
        ("", ""),
    ],
)
def test_lines_broken_by_the_margin_are_joined(page: str, text: str) -> None:
    assert unwrap(page) == text


def archive(**files: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/"), content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"---\nlanguage: en\n---\n\n  \n", "no text"),
        ("a.pdf", b"%PDF-1.4 and nothing more", "broken PDF"),
        ("a.pdf", SENTENCE.encode(), "not of that format"),
        ("a.docx", b"PK\x03\x04 broken", "broken archive"),
        ("a.docx", archive(a="b"), "no .docx"),
        ("a.docx", archive(word__document="x") + b"", "no .docx"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(500), "old binary Office"),
        ("a.txt", b"x" * (SIZE_LIMIT + 1), "the limit is"),
        ("a.txt", b"x " * (TEXT_LIMIT // 2 + 1), "the limit is"),
        ("a.txt", b"12 345 67", "cannot tell the language"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(IngestError, match=said) as caught:
        read_document(str(path))
    assert str(caught.value).startswith(f"{path}: ")


def test_missing_file_and_directory(tmp_path: Path) -> None:
    documents, failures = read_documents([(str(tmp_path / "none.txt"), None), (str(tmp_path), None)])
    assert documents == []
    assert [failure.reason for failure in failures] == ["no such file", "this is a directory; name the files in it"]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path != "/news/call":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_address(server: str) -> None:
    document = read_document(f"{server}/news/call")
    assert document.label == "call"
    assert document.source == document.path == f"{server}/news/call"
    assert SENTENCE in document.text


def test_address_that_is_not_there(server: str) -> None:
    with pytest.raises(IngestError, match="404"):
        read_document(f"{server}/none")
