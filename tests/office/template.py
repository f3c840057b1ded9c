#!/usr/bin/python3
"""A municipality's template, made of one of our decks, and what is left of it
in slides made on it.

    tests/office/template.py make DECK.pptx TEMPLATE.pptx
    tests/office/template.py spoil TEMPLATE.pptx WHAT BAD.pptx
    tests/office/template.py check TEMPLATE.pptx SLIDES.pptx

The template is 4:3, in Georgia and green, has a picture in its master, a
slide of its own and a title that stands elsewhere. WHAT is how it is made one
that must be refused."""
import re
import struct
import sys
import zipfile
import zlib

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def picture():
    """A red square, as PNG."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(
            ">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"\xb0\x20\x20" * 16 for _ in range(16))
    return b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)) + chunk(
        b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PICTURE = ('<p:pic><p:nvPicPr><p:cNvPr id="77" name="Logo" descr="V&#229;pen"'
           '/><p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill>'
           '<a:blip r:embed="rId77"/><a:stretch><a:fillRect/></a:stretch>'
           '</p:blipFill><p:spPr><a:xfrm><a:off x="8200000" y="150000"/>'
           '<a:ext cx="600000" cy="600000"/></a:xfrm><a:prstGeom prst="rect">'
           '<a:avLst/></a:prstGeom></p:spPr></p:pic>')


def narrow(text):
    """Places of a slide of 16:9 on one of 4:3."""
    def scale(m):
        return f'{m[1]}{int(m[2]) * 3 // 4}{m[3]}'
    text = re.sub(r'(<a:off x=")(\d+)(" )', scale, text)
    return re.sub(r'(<a:ext cx=")(\d+)(" )', scale, text)


def change(name, data):
    if not name.endswith((".xml", ".rels")):
        return data
    text = data.decode("utf-8")
    if name == "ppt/presentation.xml":
        text = text.replace('cx="12192000"', 'cx="9144000"')
    if name.startswith(("ppt/slideMasters/", "ppt/slideLayouts/")):
        text = narrow(text)
    if name == "ppt/theme/theme1.xml":
        text = text.replace('"Inter"', '"Georgia"').replace("0B2A4A",
                                                            "14532D")
    if name == "ppt/slideMasters/slideMaster1.xml":
        text = text.replace("</p:spTree>", PICTURE + "</p:spTree>")
        text = text.replace('y="419100"', 'y="700000"')
    if name == "ppt/slideMasters/_rels/slideMaster1.xml.rels":
        text = text.replace("</Relationships>", f'<Relationship Id="rId77" '
                            f'Type="{REL}image" Target="../media/v.png"/>'
                            "</Relationships>")
    if name == "[Content_Types].xml":
        text = text.replace("<Override", '<Default Extension="png" '
                            'ContentType="image/png"/><Override', 1)
    return text.encode("utf-8")


def rewrite(source, target, edit, more=()):
    with zipfile.ZipFile(source) as old, \
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = edit(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
        for name, data in more:
            new.writestr(name, data)


def spoil(source, what, target):
    def edit(name, data):
        if what == "ole" and name.endswith("slideMaster1.xml.rels"):
            return data.replace(b"</Relationships>",
                                f'<Relationship Id="rId78" Type="{REL}'
                                'oleObject" Target="../media/v.png"/>'
                                "</Relationships>".encode())
        if what == "outside" and name.endswith("slideMaster1.xml.rels"):
            return data.replace(b'Target="../media/v.png"',
                                b'Target="http://example.no/v.png"'
                                b' TargetMode="External"')
        if what == "twice" and name.endswith("slideMaster1.xml.rels"):
            return re.sub(rb'(<Relationship Id="rId77"[^>]*/>)', rb"\1\1",
                          data)
        if what == "dtd" and name.endswith("slideMaster1.xml"):
            return data.replace(b"<p:sldMaster", b'<!DOCTYPE x [<!ENTITY y '
                                b'"z">]><p:sldMaster', 1)
        if what == "missing" and name == "ppt/theme/theme1.xml":
            return None
        if what == "titles" and "/slideLayout" in name:
            return re.sub(rb'type="(title|ctrTitle)"', b'type="body"', data)
        if what == "word" and name == "ppt/presentation.xml":
            return (b'<?xml version="1.0"?><w:document xmlns:w="http://'
                    b'schemas.openxmlformats.org/wordprocessingml/2006/main"'
                    b"/>")
        return data
    rewrite(source, target, edit)


def check(template, slides):
    with zipfile.ZipFile(template) as t, zipfile.ZipFile(slides) as s:
        parts = {n: s.read(n) for n in s.namelist()}
        text = b"".join(d for n, d in parts.items()
                        if n.startswith("ppt/template/"))
        faults = []
        for what in (b'typeface="Georgia"', b"14532D", b"V&#229;pen",
                     t.read("ppt/media/v.png")):
            if what not in text:
                faults.append(f"{what[:20]!r} was not taken")
        if b'cx="9144000" cy="6858000"' not in parts["ppt/presentation.xml"]:
            faults.append("size of slides")
        if any(b'"Inter"' in d for n, d in parts.items()
               if n.startswith("ppt/slides/")):
            faults.append("our font on a slide")
        if not any(b'val="72be96"' in d for n, d in parts.items()
                   if n.startswith("ppt/charts/")):
            faults.append("the grades' colours")
        if len(parts["ppt/presentation.xml"].split(b"<p:sldId ")) - 1 \
                != sum(n.startswith("ppt/slides/slide") for n in parts):
            faults.append("a slide of the template")
    for line in faults:
        print(f"{slides}: {line}")
    return 1 if faults else 0


def main(verb, *files):
    if verb == "make":
        rewrite(*files, change, [("ppt/media/v.png", picture())])
        return 0
    if verb == "spoil":
        return spoil(*files) or 0
    return check(*files)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
