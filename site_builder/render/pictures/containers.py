"""Writing metadata into finished JPEG, WebP and AVIF files, byte by byte: no pixel is decoded or encoded again.

So a caption can change for the price of copying the file. The files are our own: what an encoder here made, without
any metadata (for AVIF: with a stand-in that reserves its place in the tables).
Standards: ITU-T T.81 B.1.1.4 and XMP Part 3 (JPEG), RFC 9649 (WebP), ISO/IEC 14496-12 8.11 (AVIF's boxes).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

AVIF_STAND_IN = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"
"""XMP that an AVIF file has to be encoded with, so that it has an item for it."""
_XMP_NAME = b"http://ns.adobe.com/xap/1.0/\0"
_SEGMENT = 65533
"""Bytes that a JPEG segment can hold."""


def embed(form: str, data: bytes, xmp: bytes, iim: bytes = b"") -> bytes:
    """*data*, a file of *form* (``jpg``, ``webp``, ``avif``), with an XMP packet; JPEG takes IPTC records too.

    Raises ``ValueError`` for a file that is not built as our encoders do.
    """
    if form == "jpg":
        return _into_jpeg(data, xmp, iim)
    return _into_webp(data, xmp) if form == "webp" else _into_avif(data, xmp)


def _into_jpeg(data: bytes, xmp: bytes, iim: bytes) -> bytes:
    if data[:4] != b"\xff\xd8\xff\xe0":
        raise ValueError("no JFIF file")
    after = 4 + int.from_bytes(data[4:6])  # JFIF's own segment has to come first
    segments = _segment(0xE1, _XMP_NAME + xmp)
    if iim:
        padded = iim + b"\0" * (len(iim) % 2)
        resource = b"8BIM\x04\x04\0\0" + len(iim).to_bytes(4) + padded
        segments += _segment(0xED, b"Photoshop 3.0\0" + resource)
    return data[:after] + segments + data[after:]


def _segment(marker: int, payload: bytes) -> bytes:
    if len(payload) > _SEGMENT:
        raise ValueError("too long for a segment")
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2) + payload


def _into_webp(data: bytes, xmp: bytes) -> bytes:
    if data[:4] + data[8:16] != b"RIFFWEBPVP8 " or data[23:26] != b"\x9d\x01\x2a":
        raise ValueError("no plain lossy WebP")
    width, height = (value & 0x3FFF for value in struct.unpack_from("<HH", data, 26))
    has_xmp = b"\x04\0\0\0"
    header = has_xmp + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + _chunk(b"VP8X", header) + data[12:] + _chunk(b"XMP ", xmp)
    return _chunk(b"RIFF", body)


def _chunk(name: bytes, payload: bytes) -> bytes:
    return name + len(payload).to_bytes(4, "little") + payload + b"\0" * (len(payload) % 2)


def _into_avif(data: bytes, xmp: bytes) -> bytes:
    """The packet goes behind the picture, and the table of items is told where it lies now."""
    meta = next((span for name, span in _boxes(data, 0, len(data)) if name == b"meta"), None)
    if meta is None:
        raise ValueError("no AVIF file")
    parts = dict(_boxes(data, meta[0] + 4, meta[1]))  # a full box: version and flags come first
    item = _metadata_item(data, *parts[b"iinf"])
    place = _extent(data, parts[b"iloc"][0], item)
    out = bytearray(data)
    struct.pack_into(">II", out, place, len(data) + 8, len(xmp))
    return bytes(out) + (len(xmp) + 8).to_bytes(4) + b"mdat" + xmp


def _boxes(data: bytes, start: int, stop: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """(type, (start, stop) of the content) of the boxes between two offsets."""
    while start + 8 <= stop:
        size = int.from_bytes(data[start : start + 4])
        if size < 8 or start + size > stop:
            raise ValueError("a box of another kind than libavif writes")
        yield data[start + 4 : start + 8], (start + 8, start + size)
        start += size


def _metadata_item(data: bytes, start: int, stop: int) -> int:
    """Number of the item that holds XMP (``mime``)."""
    for _, (entry, _) in _boxes(data, start + 6, stop):
        number, _, kind = struct.unpack_from(">HH4s", data, entry + 4)
        if kind == b"mime":
            return int(number)
    raise ValueError("no place for XMP")


def _extent(data: bytes, start: int, item: int) -> int:
    """Where offset and length of *item* stand (``iloc`` version 0, both of four bytes, one extent)."""
    if data[start] != 0 or data[start + 4 : start + 6] != b"\x44\0":
        raise ValueError("a table of another kind than libavif writes")
    (count,) = struct.unpack_from(">H", data, start + 6)
    for index in range(count):
        at = start + 8 + 14 * index
        number, _, extents = struct.unpack_from(">HHH", data, at)
        if extents != 1:
            raise ValueError("an item in several pieces")
        if number == item:
            return at + 6
    raise ValueError("an item that lies nowhere")
