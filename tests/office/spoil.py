#!/usr/bin/python3
"""Whether rules.py finds what is wrong: a deck is spoilt in one way after the
other, and each must be told.

    tests/office/spoil.py DECK.pptx SCRATCH.pptx"""
import contextlib
import io
import re
import sys
import zipfile

import rules

SLIDE, CHART = "ppt/slides/slide5.xml", "ppt/charts/chart4.xml"
COLUMNS = "ppt/charts/chart26.xml"
NOTES = "ppt/notesSlides/notesSlide5.xml"
WAYS = [        # part, how it is changed (None: it is gone), what is told
    ("ppt/theme/theme-notes.xml", None, "not there"),
    ("[Content_Types].xml", (rb"<Override PartName=\"/ppt/slides/slide5.xml\""
                             rb"[^>]*>", b""), "only the type of any XML"),
    (SLIDE, (rb' descr="[^"]*"', b""), "without alternative text"),
    (SLIDE, (rb'r:id="rId2"', b'r:id="rId99"'), "uses rId99"),
    (SLIDE, (rb'(<p:cNvPr id=)"3"', rb'\1"2"'), 'id 2 twice'),
    (SLIDE, (rb' type="title"', b' type="body"'), "0 titles"),
    (SLIDE, (rb'lang="nb-NO"', b""), "without a language"),
    (SLIDE, (rb'<a:off x="609600"', b'<a:off x="60960000"'),
     "out of the slide"),
    (SLIDE, (rb"<p:spPr>", b"<p:spPr><a:ln/>"), "comes too late"),
    (SLIDE, (rb"<a:t>", b"<a:t>\x01"), "no XML"),
    (CHART, (rb'<c:overlap val="100"/>', b""), "do not overlap"),
    (CHART, (rb'<c:dLblPos val="ctr"/>', b'<c:dLblPos val="outEnd"/>'),
     "outside stacked"),
    (CHART, (rb"<c:v>0\.6", b"<c:v>0.7"), "in the workbook"),
    (CHART, (rb"(<c:idx [^>]*>)(<c:order [^>]*>)", rb"\2\1"),
     "c:idx comes too late"),
    (CHART, (rb"<c:crossAx [^>]*>", b""), "needs c:crossAx"),
    (CHART, (rb"<c:externalData.*</c:externalData>", b""), "no workbook"),
    (COLUMNS, (rb'<c:max val="1"/>', b'<c:max val="1.2"/>'), "behind 100"),
    (COLUMNS, (rb'<c:max val="1"/>', b""), "behind 100"),
    (NOTES + ".rels", None, ""),
    ("ppt/presentation.xml", (rb"<p:notesMasterIdLst>.*</p:notesMasterIdLst>",
                              b""), "no master of notes"),
    ("ppt/presentation.xml", (rb'<p:sldId id="256"', b'<p:sldId id="257"'),
     "ids of slides"),
]


def spoilt(parts, part, way):
    found = dict(parts)
    if way is None:
        found.pop(part)
    else:
        data = re.sub(way[0], way[1], parts[part], flags=re.DOTALL)
        if data == parts[part]:
            raise SystemExit(f"{part}: nothing to spoil: {way[0]}")
        found[part] = data
    return found


def main(deck, scratch):
    with zipfile.ZipFile(deck) as z:
        parts = {n: z.read(n) for n in z.namelist()}
    missed = 0
    for part, way, told in WAYS:
        if part not in parts:
            folder, file = part.rsplit("/", 1)
            part = f"{folder}/_rels/{file}"
        with zipfile.ZipFile(scratch, "w") as z:
            for name, data in spoilt(parts, part, way).items():
                z.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            good = rules.check(scratch)
        if good or told not in out.getvalue():
            missed += 1
            print(f"not told: {part} {way}: {out.getvalue()[:300]}")
    print(f"{len(WAYS)} ways to spoil a deck, {missed} not told")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
