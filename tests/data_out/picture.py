#!/usr/bin/env python3
"""That a PNG is a whole picture with something on it: its chunks are sound
(zlib checks them), it is as wide as it should be, and has colours."""
import struct
import sys
import zlib

data = open(sys.argv[1], "rb").read()
assert data[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG"
at, pixels, size = 8, b"", None
while at < len(data):
    n, kind = struct.unpack(">I4s", data[at:at + 8])
    body = data[at + 8:at + 8 + n]
    crc = struct.unpack(">I", data[at + 8 + n:at + 12 + n])[0]
    assert zlib.crc32(kind + body) == crc, kind
    if kind == b"IHDR":
        size = struct.unpack(">II", body[:8])
    if kind == b"IDAT":
        pixels += body
    at += 12 + n
raw = zlib.decompress(pixels)
assert size[0] == 1920 and size[1] > 200, size
assert len(set(raw)) > 100, "no picture"
print(size)
