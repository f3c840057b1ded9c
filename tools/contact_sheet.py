#!/usr/bin/env python3
"""Pictures side by side in one: a contact sheet.

    contact_sheet.py OUT.png COLUMNS FILE.ppm...

Reads binary PPM (P6, 8 bits), as pdftoppm writes it without -png, so that it
needs nothing beside Python. Pictures stand in rows of COLUMNS, each in a
place as large as the largest, with a grey edge around it."""
import struct
import sys
import zlib

EDGE = 6                                # pixels around each picture
GREY = 0xd0


def read_ppm(path):
    """Width, height and bytes of the picture PATH."""
    with open(path, "rb") as f:
        data = f.read()
    kind, width, height, most = data.split(None, 4)[:4]
    if kind != b"P6" or most != b"255":
        sys.exit(f"{path}: no PPM of 8 bits")
    width, height = int(width), int(height)
    return width, height, data[-width * height * 3:]


def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data
            + struct.pack(">I", zlib.crc32(kind + data)))


def write_png(path, width, height, lines):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + bytes(x) for x in lines), 6)
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
                + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def sheet(pictures, columns):
    """Width, height and lines of all PICTURES together."""
    wide = max(p[0] for p in pictures) + EDGE
    high = max(p[1] for p in pictures) + EDGE
    rows = (len(pictures) + columns - 1) // columns
    width, height = wide * columns + EDGE, high * rows + EDGE
    lines = [bytearray([GREY]) * (width * 3) for _ in range(height)]
    for i, (w, h, data) in enumerate(pictures):
        left = (EDGE + i % columns * wide) * 3
        top = EDGE + i // columns * high
        for y in range(h):
            lines[top + y][left:left + w * 3] = data[y * w * 3:
                                                     (y + 1) * w * 3]
    return width, height, lines


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__.split("\n\n")[1].strip())
    pictures = [read_ppm(path) for path in sys.argv[3:]]
    write_png(sys.argv[1], *sheet(pictures, int(sys.argv[2])))


if __name__ == "__main__":
    main()
