#!/usr/bin/env python3
"""Our tags beside Typst's, of the same text with the same numbers.

    tests/pdf/tags.py OURS.pdf TYPST.pdf

Both are read as rows "tag attributes text" from the first chapter on, and
must be the same. Where they may differ: Typst (of this version) makes no
header of a row's name, and has no notes; its words for captions and for what
stands over columns are others; a share beside a number is ours alone."""
import difflib
import re
import sys

import pdffile
import rules
from read_back import squeezed

SEEN = set("H1 H2 H3 P L LI Lbl LBody Table THead TBody TR TH TD Caption "
           "Figure Link".split())
SAYS = {"H1", "H2", "H3", "P", "LBody", "TH", "TD", "Link"}
LABEL = re.compile(r"[•‣◦]")


def text_of(f, tag, kind):
    text = f.says(tag)
    if kind == "TH" and int(tag.attribute("ColSpan") or 1) > 1:
        return ""
    if kind in ("TH", "TD"):
        text = re.sub(r"^(\d[\d\u00a0]*) +[<\d].*$", r"\1", text.strip())
    if kind in ("H1", "H2"):
        text = re.sub(r"^\d+ ", "", text)
    text = squeezed(text)
    return "" if text in ("Rader", "Arbeidogaktivitet", "Aldersgruppe") \
        else text


def rows_of(f):
    out, begun = [], False
    head = set()
    for tag in below(f, f.roots[0]):
        kind = rules.type_of(f, tag)
        if kind == "THead":
            head |= {id(t) for t in tag.walk()}
        if kind == "TH" and id(tag) not in head:
            kind = "TD"
        if kind == "TD" and id(tag) in head:
            kind = "TH"
        begun |= kind == "H1" and "kartleggingen" in f.says(tag)
        if not begun or kind not in SEEN:
            continue
        row = kind
        for name in ("ColSpan", "RowSpan"):
            row += f" {name}={tag.attribute(name)}" \
                if int(tag.attribute(name) or 1) > 1 else ""
        if kind == "L":
            row += " numbered" if tag.attribute("ListNumbering") == \
                "Decimal" else ""
        if kind in SAYS:
            row += " " + text_of(f, tag, kind)
        out.append(row.strip())
    return out


def below(f, tag):
    yield tag
    for k in tag.tags():
        if rules.type_of(f, k) != "Note":
            yield from below(f, k)


def main():
    ours, typst = (rows_of(pdffile.File(n).look()) for n in sys.argv[1:3])
    for line in difflib.unified_diff(ours, typst, "ours", "Typst",
                                     lineterm="", n=2):
        print(line)
    cells = sum(r.startswith("TD") for r in ours)
    if ours == typst and cells > 20:
        print(f"{len(ours)} tags, {cells} of them cells: as Typst has them")
    sys.exit(ours != typst or cells <= 20)


if __name__ == "__main__":
    main()
