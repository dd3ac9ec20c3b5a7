"""Content encodings: the decoded body of an answer, and the refusal of what cannot be decoded.

Decoding is bounded: a body that grows beyond the limit is refused instead of filling the memory.
"""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any, Protocol

from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

from harvester.errors import PageError

#: Largest decoded body that is accepted, in bytes.
MAX_BODY = 64 * 1024 * 1024

#: Codings that Python's own library undoes.
LASTING_ENCODINGS = frozenset({"gzip", "x-gzip", "deflate"})

_GZIP_MAGIC = b"\x1f\x8b"


class EncodingError(PageError):
    """A body cannot be decoded: the answer is left out and named by `code`.

    ``not_encoded``: the header promises an encoding and the body does not begin like it;
    ``damaged_body``: it begins like it and breaks off; ``unsupported_encoding``: nothing here
    decodes it; ``body_too_large``: it grows beyond the limit.
    """


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def content_encodings(value: str | None) -> tuple[str, ...]:
    """The codings of a Content-Encoding header in the order they were applied, without identity."""
    names = (part.strip().lower() for part in (value or "").split(","))
    return tuple(name for name in names if name not in ("", "identity", "none"))


def decoded_body(body: bytes, encoding: str | None, *, limit: int = MAX_BODY) -> bytes:
    """The body with the codings of a Content-Encoding header undone. Raises EncodingError."""
    if len(body) > limit:
        raise EncodingError("body_too_large", f"the body has more than {limit} bytes")
    for name in reversed(content_encodings(encoding)):
        if not body:
            break
        body = _decoded_once(body, name, limit)
    return body


def dechunked(body: bytes) -> bytes | None:
    """The body with chunked transfer coding undone; None where it is not chunked, or cut short."""
    reader = ChunkedDataReader(BytesIO(body), raise_exceptions=True)
    try:
        plain: bytes = reader.read()
    except ChunkedDataException:
        return None
    return plain if reader.all_chunks_read else None


def _decoded_once(body: bytes, name: str, limit: int) -> bytes:
    if name in ("gzip", "x-gzip"):
        if not body.startswith(_GZIP_MAGIC):
            raise EncodingError("not_encoded", "the body is said to be gzip and is not")
        return _inflated_members(body, limit)
    if name == "deflate":
        return _inflated(body, limit)
    factory = _OPTIONAL.get(name, _unsupported)
    return _run(factory(name), body, limit, name)


def _inflated_members(body: bytes, limit: int) -> bytes:
    """All gzip members of the body; bytes after the last one are ignored, as browsers do."""
    parts: list[bytes] = []
    size = offset = 0
    while body.startswith(_GZIP_MAGIC, offset):
        part, offset = _inflated_member(body, offset, limit - size)
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _inflated_member(body: bytes, offset: int, limit: int) -> tuple[bytes, int]:
    """One member and where it ends. Pieces grow, so that many tiny members stay cheap."""
    decoder = zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    size, step = 0, 512
    while not decoder.eof:
        piece = body[offset : offset + step]
        if not piece:
            raise EncodingError("damaged_body", "the gzip body breaks off")
        try:
            part = decoder.decompress(piece, limit - size + 1)
        except zlib.error as error:
            raise EncodingError("damaged_body", f"the gzip body is damaged: {error}") from error
        size += len(part)
        if size > limit:
            raise EncodingError("body_too_large", f"the decoded body has more than {limit} bytes")
        parts.append(part)
        offset += len(piece) - len(decoder.unused_data) - len(decoder.unconsumed_tail)
        step = min(2 * step, 1024 * 1024)
    return b"".join(parts), offset


def _inflated(body: bytes, limit: int) -> bytes:
    """Deflate with its zlib wrapper as the standard says, or raw as some servers send it."""
    try:
        return _run(zlib.decompressobj(), body, limit, "deflate")
    except EncodingError as error:
        if error.code == "body_too_large":
            raise
    return _run(zlib.decompressobj(wbits=-15), body, limit, "deflate")


def _run(decoder: _Decompressor, body: bytes, limit: int, name: str) -> bytes:
    try:
        plain = decoder.decompress(body, limit + 1)
    except Exception as error:  # zlib, brotli and zstd each have an error class of their own
        code = "not_encoded" if _looks_plain(body) else "damaged_body"
        raise EncodingError(code, f"the body is said to be {name}: {error}") from error
    if len(plain) > limit:
        raise EncodingError("body_too_large", f"the decoded body has more than {limit} bytes")
    if not decoder.eof:
        raise EncodingError("damaged_body", f"the {name} body breaks off")
    return plain


def _looks_plain(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{", b"[")


class _BrotliDecoder:
    """Brotli's decoder behind the interface of the others, its output bounded."""

    def __init__(self, decoder: Any) -> None:
        self._decoder = decoder

    @property
    def eof(self) -> bool:
        return bool(self._decoder.is_finished())

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        parts = [self._decoder.process(data, output_buffer_limit=max_length)]
        size = len(parts[0])
        while size < max_length and not self.eof and not self._decoder.can_accept_more_data():
            parts.append(self._decoder.process(b"", output_buffer_limit=max_length - size))
            size += len(parts[-1])
        return b"".join(parts)


def _brotli(name: str) -> _Decompressor:
    """Brotli, where the optional library stands (1.2 or later: older ones cannot bound a bomb)."""
    try:
        decoder = importlib.import_module("brotli").Decompressor()
    except ImportError:
        return _unsupported(name)
    return (
        _BrotliDecoder(decoder) if hasattr(decoder, "can_accept_more_data") else _unsupported(name)
    )


def _zstd(name: str) -> _Decompressor:
    """Zstandard, where Python (3.14 and later) or its backport has it."""
    for module in ("compression.zstd", "backports.zstd"):
        try:
            decoder: _Decompressor = importlib.import_module(module).ZstdDecompressor()
        except ImportError:
            continue
        return decoder
    return _unsupported(name)


def _unsupported(name: str) -> _Decompressor:
    raise EncodingError("unsupported_encoding", f"nothing here decodes {name!r}")


_OPTIONAL: dict[str, Callable[[str], _Decompressor]] = {"br": _brotli, "zstd": _zstd}
