"""Pages fetched from http and https addresses that the user names. Nothing in a document is ever fetched."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from consistency import __version__
from consistency.errors import IngestError

TIMEOUT_SECONDS = 30
_ENDINGS = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf"}


def fetch(address: str, *, limit: int) -> tuple[bytes, str]:
    """(bytes, file name) of what the address answers; at most `limit` bytes and one more. Raises `IngestError`."""
    request = urllib.request.Request(address, headers={"User-Agent": f"readout-consistency/{__version__}"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            data: bytes = answer.read(limit + 1)
            kind = answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        raise IngestError(f"the server answered {error.code} {error.reason}") from error
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise IngestError(f"cannot be fetched: {reason}. Save the page and check the file") from error
    name = PurePosixPath(urlsplit(address).path).name or "page"
    return data, name if kind not in _ENDINGS else PurePosixPath(name).stem + _ENDINGS[kind]
