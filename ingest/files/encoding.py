"""Decides in which encoding a text file is written: UTF-8, UTF-16, GB18030 or Western.

The whole file is looked at, because a table may be plain ASCII for a megabyte before its first
Chinese street name.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

BLOCK_BYTES = 1024 * 1024
EVIDENCE_BYTES = 256 * 1024
ASCII = bytes(range(128))
ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
# GB2312 text keeps both bytes of a character at 0xA1 and above; Western text seldom has two such
# bytes in a row, so the share of them tells the two apart.
GB_PAIR_SHARE = 0.85
# More bad bytes than this share of the non-ASCII ones means: not UTF-8 at all.
UTF8_DAMAGE_SHARE = 0.05


def detect_encoding(stream: BinaryIO) -> str:
    """Tell the encoding of a stream from its bytes.

    Args:
        stream: Positioned at the start; read to its end.

    Returns:
        A Python codec name: utf-8-sig, utf-16, utf-16-le, utf-16-be, gb18030, cp1252 or latin-1.
        UTF-8 is also the answer when a few bytes of an otherwise good UTF-8 file are damaged.
    """
    head = stream.read(BLOCK_BYTES)
    unicode_name = _by_mark(head) or _by_nul_columns(head)
    if unicode_name:
        return unicode_name
    scan = _Utf8Scan()
    block = head
    while block:
        scan.feed(block)
        block = stream.read(BLOCK_BYTES)
    scan.feed(b"", last=True)
    if scan.bad <= UTF8_DAMAGE_SHARE * scan.non_ascii:
        return "utf-8-sig"
    return _legacy_encoding(bytes(scan.evidence))


def _by_mark(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return None


def _by_nul_columns(head: bytes) -> str | None:
    """UTF-16 without a mark shows as NUL at every second byte of its ASCII part."""
    sample = head[: 4096 & ~1]
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    nul_even, nul_odd = sample[0::2].count(0), sample[1::2].count(0)
    if nul_odd > 0.2 * pairs and nul_even == 0:
        return "utf-16-le"
    if nul_even > 0.2 * pairs and nul_odd == 0:
        return "utf-16-be"
    return None


class _Utf8Scan:
    """Counts the bytes that are not UTF-8 and keeps the lines that hold non-ASCII ones."""

    def __init__(self) -> None:
        self.bad = 0
        self.non_ascii = 0
        self.evidence = bytearray()
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")

    def feed(self, block: bytes, *, last: bool = False) -> None:
        text = self._decoder.decode(block, last)
        if block.isascii() and text.isascii():
            return
        self.non_ascii += len(block.translate(None, ASCII))
        self.bad += len(ESCAPED_BYTE.findall(text))
        for line in block.splitlines():
            if len(self.evidence) >= EVIDENCE_BYTES:
                return
            if not line.isascii():
                self.evidence += line[:EVIDENCE_BYTES] + b"\n"


def _legacy_encoding(evidence: bytes) -> str:
    """GB18030 where non-ASCII bytes come in high pairs, otherwise a Western single-byte set."""
    pairs = singles = at = 0
    while at < len(evidence):
        if evidence[at] < 0x80:
            at += 1
        elif at + 1 < len(evidence) and evidence[at] >= 0xA1 and evidence[at + 1] >= 0xA1:
            pairs += 2
            at += 2
        else:
            singles += 1
            at += 1
    if pairs and pairs / (pairs + singles) >= GB_PAIR_SHARE:
        return "gb18030"
    try:
        evidence.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"
