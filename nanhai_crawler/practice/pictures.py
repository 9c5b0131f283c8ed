"""Small real pictures, each unlike the others: PNG and JPEG written by hand, as no library is needed."""

import struct
import zlib

_WIDTH, _HEIGHT = 96, 64

#: Huffman tables: 0 for category 0 and 10 for category 6 (DC); 0 for "no more" (AC). ITU-T T.81, B.2.4.2.
_DC_TABLE = bytes((0x00, 1, 1, *([0] * 14), 0, 6))
_AC_TABLE = bytes((0x10, 1, *([0] * 15), 0))


def png(name: str) -> bytes:
    """A gradient whose colours follow from the name (RFC 2083)."""
    seed = zlib.crc32(name.encode())
    rows = b"".join(b"\0" + _pixel(seed, line) * _WIDTH for line in range(_HEIGHT))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"tEXt", b"Title\0" + name.encode()),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def jpeg(name: str) -> bytes:
    """An even grey that follows from the name, with the name as its comment (ITU-T T.81, baseline)."""
    frame_header = struct.pack(">BHHBBBB", 8, _HEIGHT, _WIDTH, 1, 1, 0x11, 0)
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xFE, name.encode()),
            _segment(0xDB, b"\0" + bytes([8] * 64)),
            _segment(0xC0, frame_header),
            _segment(0xC4, _DC_TABLE),
            _segment(0xC4, _AC_TABLE),
            _segment(0xDA, bytes((1, 1, 0, 0, 63, 0))),
            _scan(32 + zlib.crc32(name.encode()) % 32),
            b"\xff\xd9",
        )
    )


def _pixel(seed: int, line: int) -> bytes:
    return bytes((seed * (channel + 3) + line * channel) % 256 for channel in range(3))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def _scan(level: int) -> bytes:
    """The first block sets the level (six bits after its code), the others differ by nothing."""
    blocks = (_WIDTH // 8) * (_HEIGHT // 8)
    bits = f"10{level:06b}0" + "00" * (blocks - 1)
    bits += "1" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\x00")
