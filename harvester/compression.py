"""Deflate, by ISA-L where there is a build of it, else by zlib: the same formats in a third to a half of the time."""

from __future__ import annotations

import zlib
from typing import Any

_isal: Any
try:
    from isal import isal_zlib as _isal
except ImportError:  # no build for this processor
    _isal = None

_GZIP = 31  # zlib's number for a gzip member around the stream
_ISAL_LEVEL = 2  # as small as zlib's level 3
#: A gzip header without further fields. ISA-L is laxer than zlib about the others.
_PLAIN_HEADER = b"\x1f\x8b\x08\x00"


def packed(data: bytes) -> bytes:
    """The data as a zlib stream, made quickly rather than small."""
    return zlib.compress(data, 1) if _isal is None else bytes(_isal.compress(data, _ISAL_LEVEL))


def unpacked(data: bytes) -> bytes:
    """What `packed` packed. Raises ValueError for anything else."""
    library = zlib if _isal is None else _isal
    try:
        return bytes(library.decompress(data))
    except library.error as error:
        raise ValueError(f"no whole zlib stream: {error}") from error


def gzip_member(data: bytes, level: int) -> bytes:
    """One gzip member without a time in it, at a level of zlib's.

    At levels 1 to 3 ISA-L makes it, where there is a build: in a third of the time, and as small to a hundredth.
    """
    if 1 <= level <= 3 and _isal is not None:
        return bytes(_isal.compress(data, _ISAL_LEVEL, _GZIP))
    return zlib.compress(data, level, _GZIP)


def gzip_content(member: bytes, limit: int) -> tuple[bytes, bool]:
    """What a gzip member holds, ``limit`` bytes at most, and whether that is all of it.

    Raises ValueError for bytes that are no gzip member, in zlib's words: those name the fault.
    """
    if _isal is not None and member.startswith(_PLAIN_HEADER):
        quick: Any = _isal.decompressobj(wbits=_GZIP)
        try:
            return bytes(quick.decompress(member, limit)), quick.eof
        except _isal.error:
            pass
    decoder = zlib.decompressobj(wbits=_GZIP)
    try:
        return decoder.decompress(member, limit), decoder.eof
    except zlib.error as error:
        raise ValueError(str(error)) from error
