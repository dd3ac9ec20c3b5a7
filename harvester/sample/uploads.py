"""Tiny stand-ins for the documents, pictures and films that the sample pages link to."""

from __future__ import annotations

import base64
from pathlib import PurePosixPath

from harvester.sample.answer import Answer

#: One empty A4 page; readers mend the missing cross-reference table.
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
#: A transparent picture of one pixel.
_GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
#: An MP4 that holds its file type box and no film.
_MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
#: A zip archive without members, which is what an empty presentation is made of.
_ZIP = b"PK\x05\x06" + bytes(18)

_KINDS = {
    ".pdf": ("application/pdf", _PDF),
    ".pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _ZIP,
    ),
    ".gif": ("image/gif", _GIF),
    ".mp4": ("video/mp4", _MP4),
}


def upload_answer(path: str) -> Answer:
    """The stand-in for an upload. Raises KeyError for an ending the sample does not use."""
    media_type, body = _KINDS[PurePosixPath(path).suffix]
    return Answer(200, media_type, body)
