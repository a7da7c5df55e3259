"""Bytes of the index: numbers, front-coded terms, gzip. Everything here has an inverse."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from contextlib import suppress

_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""RFC 1952: deflate, no name, no time, no system named."""
_LEVEL = 6
"""Level 9 took twice the time for a thousandth fewer bytes (chunks of 6 000 stories)."""


def varint(number: int) -> bytes:
    """*number*, not negative, as unsigned LEB128."""
    if number < len(SMALL):
        return SMALL[number]
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


SMALL = (
    *(bytes((number,)) for number in range(0x80)),
    *(bytes((number & 0x7F | 0x80, number >> 7)) for number in range(0x80, 0x2000)),
)
"""The varints of small numbers: millions are written, and nearly all are small."""
SMALL_END = len(SMALL)


class Bytes:
    """Reads numbers and texts off bytes, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self) -> int:
        """The varint here. Raises ``IndexError`` at the end of the bytes."""
        number = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7

    def take(self, size: int) -> bytes:
        """The next *size* bytes."""
        self.at += size
        return self.data[self.at - size : self.at]

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self.at >= len(self.data)


def pack_terms(terms: Sequence[str]) -> bytes:
    """*terms*, sorted: their count, then for each the bytes shared with the one before, and the rest."""
    out = [varint(len(terms))]
    before = b""
    for data in map(str.encode, terms):
        # The first character is the same Han character: so it is with most terms.
        for shared in range(3 if data[:3] == before[:3] else 0, len(before)):
            if data[shared] != before[shared]:
                break
        else:
            shared = len(before)
        rest = data[shared:]
        size = len(rest)
        out.append(SMALL[shared] if shared < SMALL_END else varint(shared))  # a call for each would show
        out.append(SMALL[size] if size < SMALL_END else varint(size))
        out.append(rest)
        before = data
    return b"".join(out)


def unpack_terms(source: Bytes) -> list[str]:
    """The terms that ``pack_terms`` wrote."""
    terms = []
    before = b""
    for _ in range(source.number()):
        shared = source.number()
        before = before[:shared] + source.take(source.number())
        terms.append(before.decode())
    return terms


def pack_chunk(terms: Sequence[str], postings: Sequence[bytes]) -> bytes:
    """Terms with their postings."""
    return b"".join((pack_terms(terms), *map(varint, map(len, postings)), *postings))


def unpack_chunk(data: bytes) -> dict[str, bytes]:
    """The postings of each term of a chunk."""
    source = Bytes(data)
    terms = unpack_terms(source)
    sizes = [source.number() for _ in terms]
    return {term: source.take(size) for term, size in zip(terms, sizes, strict=True)}


def pack_steps(steps: Sequence[int]) -> bytes:
    """Postings by the distance of each from the story before it: ``(delta << 2) | class``."""
    with suppress(ValueError):  # a byte ends at 255
        data = bytes(steps)
        if data.isascii():
            return data
    return b"".join([SMALL[step] if step < SMALL_END else varint(step) for step in steps])


def unpack_postings(data: bytes) -> list[tuple[int, int]]:
    """The (story number, class) rows of a term."""
    source = Bytes(data)
    rows = []
    number = -1
    while not source.ended:
        value = source.number()
        number += value >> 2
        rows.append((number, value & 3))
    return rows


def compress(data: bytes) -> bytes:
    """*data* as gzip (RFC 1952) without time and name, so that equal bytes stay equal."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(data) + deflate.flush()
    return b"".join((_GZIP_HEAD, body, struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)))


def expand(data: bytes) -> bytes:
    """The bytes in *data*, which is gzip, or no longer where a server has unpacked it. Raises ``ValueError``."""
    if data[:2] != _GZIP_HEAD[:2]:
        return data
    try:
        return zlib.decompress(data, 16 + zlib.MAX_WBITS)
    except zlib.error as error:
        raise ValueError(str(error)) from error
