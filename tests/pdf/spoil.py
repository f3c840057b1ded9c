#!/usr/bin/env python3
"""Whether rules.py finds anything: a good file, broken in one place after
the other. Each must be found by the rule it breaks.

    tests/pdf/spoil.py FILE

FILE must be without faults, and have a cover, contents, a table, a chart, a
list and a note."""
import pickle
import re
import sys

import pdffile
import rules
from pdffile import Name, Ref

SPOILS = []


def spoil(rule):
    def add(function):
        SPOILS.append((rule, function))
        return function
    return add


def tag_of(f, kind, n=0):
    """The objects of the Nth tag of a type, for a change."""
    return [t for t in rules.all_tags(f) if t.type == kind][n].dict


def page(f, n=-1):
    return f.pages[n]


def content(f, n, change):
    p = page(f, n)
    stream = f.get(p.dict["Contents"])
    before = stream.data
    stream.data = change(before)
    assert stream.data != before


def catalog(f):
    return f.objects[str(f.trailer["Root"])]


def attributes(entries):
    return entries["A"] if isinstance(entries["A"], dict) else entries["A"][0]


# ---- the file ----

@spoil("catalog")
def no_language(f):
    del catalog(f)["Lang"]


@spoil("catalog")
def not_marked(f):
    catalog(f)["MarkInfo"] = {"Marked": False}


@spoil("catalog")
def no_title_shown(f):
    catalog(f)["ViewerPreferences"] = {}


@spoil("metadata")
def no_ua(f):
    m = f.get(catalog(f)["Metadata"])
    m.data = m.data.replace(b"pdfuaid:part", b"pdfuaid:other")


@spoil("metadata")
def another_title(f):
    f.get(f.trailer["Info"])["Title"] = "Noe annet"


@spoil("same-bytes")
def a_date(f):
    f.get(f.trailer["Info"])["ModDate"] = "D:20260101"


@spoil("bookmarks")
def a_bookmark_lost(f):
    top = f.get(catalog(f)["Outlines"])
    f.get(top["First"])["Next"] = f.get(f.get(top["First"])["Next"])["Next"]


@spoil("header")
def encrypted(f):
    f.trailer["Encrypt"] = {}


# ---- marks ----

@spoil("content")
def text_without_mark(f):
    content(f, -1, lambda d: d + b"\nBT /F0 9 Tf 90 90 Td <0001> Tj ET\n")


@spoil("content")
def drawing_without_mark(f):
    content(f, -1, lambda d: d + b"\n0 0 9 9 re f\n")


@spoil("content")
def mark_not_closed(f):
    content(f, -1, lambda d: d[:d.rindex(b"EMC")])


@spoil("content")
def artifact_in_tag(f):
    content(f, -1, lambda d: re.sub(rb"(/P ?<<[^>]*>> ?BDC)(.*?)(EMC)",
                                    rb"\1 /Artifact BMC \2 EMC \3", d, 1,
                                    re.S))


@spoil("parents")
def mark_of_another(f):
    content(f, -1, lambda d: d.replace(b"/MCID 0>>", b"/MCID 9999>>", 1))


@spoil("parents")
def parents_mixed(f):
    key = page(f).dict["StructParents"]
    rows = f.get(f.numbers(f.tree["ParentTree"])[key])
    rows[0], rows[-1] = rows[-1], rows[0]


@spoil("parents")
def page_number_twice(f):
    f.get(page(f).ref)["StructParents"] = page(f, 0).dict["StructParents"]


@spoil("up")
def wrong_parent(f):
    tag_of(f, "TR")["P"] = f.catalog["StructTreeRoot"]


@spoil("up")
def a_tag_twice(f):
    sect = tag_of(f, "Sect")
    sect["K"] = sect["K"] + [sect["K"][0]]


# ---- tags ----

@spoil("types")
def unknown_type(f):
    tag_of(f, "P", -1)["S"] = Name("Paragraph")


@spoil("nesting")
def cell_in_table(f):
    tag_of(f, "TR")["S"] = Name("TD")


@spoil("nesting")
def text_in_list(f):
    tag_of(f, "LI")["S"] = Name("P")


@spoil("empty")
def empty_paragraph(f):
    tag_of(f, "P", -1)["K"] = []


@spoil("headings")
def heading_skipped(f):
    tag_of(f, "H2")["S"] = Name("H3")


@spoil("headings")
def no_first_heading(f):
    for t in rules.all_tags(f):
        if t.type == "H1":
            t.dict["S"] = Name("P")


@spoil("figures")
def no_alt(f):
    del tag_of(f, "Figure")["Alt"]


@spoil("figures")
def no_box(f):
    del attributes(tag_of(f, "Figure"))["BBox"]


@spoil("figures")
def box_elsewhere(f):
    attributes(tag_of(f, "Figure", -1))["BBox"] = [0, 0, 20, 20]


@spoil("tables")
def no_scope(f):
    del attributes(tag_of(f, "TH", -1))["Scope"]


@spoil("tables")
def a_cell_lost(f):
    row = tag_of(f, "TR", -1)
    row["K"] = row["K"][:-1]


@spoil("tables")
def span_wrong(f):
    attributes(tag_of(f, "TH"))["ColSpan"] = 3


@spoil("tables")
def no_header_before(f):
    for t in rules.all_tags(f):
        if t.type == "TH" and t.attribute("Scope") == "Row":
            t.dict["S"] = Name("TD")


@spoil("notes")
def note_without_id(f):
    tag_of(f, "Note").pop("ID", None)


@spoil("patterns")
def a_ground_in_a_tile(f):
    tile = f.get(next(iter(rules.patterns_of(f).values())))
    tile.data = b"0 0 99 99 re f " + tile.data


# ---- links, fonts, place ----

@spoil("links")
def no_tab_order(f):
    del f.get(page(f).ref)["Tabs"]


def first_link(f):
    return next(f.get(a) for p in f.pages
                for a in f.get(p.dict.get("Annots")) or [])


@spoil("links")
def link_says_nothing(f):
    del first_link(f)["Contents"]


@spoil("links")
def link_to_nowhere(f):
    first_link(f)["Dest"][0] = Ref("1 0 R")


@spoil("links")
def link_of_no_tag(f):
    tag = tag_of(f, "Link")
    tag["K"] = [k for k in tag["K"]
                if (f.get(k) or {}).get("Type") != "OBJR"]


def a_font(f):
    return next(iter(f.read_fonts.values()))


@spoil("fonts")
def no_unicode(f):
    del a_font(f).dict["ToUnicode"]


@spoil("fonts")
def not_embedded(f):
    a_font(f).about.pop("FontFile3", None)
    a_font(f).about.pop("FontFile2", None)


@spoil("text")
def a_glyph_without_text(f):
    for font in f.read_fonts.values():
        m = f.get(font.dict["ToUnicode"])
        m.data = re.sub(rb"<\w+>\s*<0065>", b"", m.data)


@spoil("text")
def a_glyph_without_width(f):
    for font in f.read_fonts.values():
        font.child["W"] = font.child["W"][:4]


@spoil("edges")
def over_the_edge(f):
    content(f, -1, lambda d: re.sub(rb"[\d.]+ ([\d.]+) Td", rb"560 \1 Td",
                                    d))


@spoil("overlap")
def on_each_other(f):
    content(f, -1, lambda d: re.sub(rb"([\d.]+) [\d.]+ Td", rb"\1 300 Td",
                                    d))


@spoil("edge-words")
def page_without_number(f):
    content(f, -1, lambda d: re.sub(rb"/Artifact BMC.*?EMC", b"", d,
                                    flags=re.S))


@spoil("ends")
def heading_at_the_foot(f):
    """The lowest paragraph of a page becomes a heading."""
    for t in rules.all_tags(f):
        marks = {(k[1], k[2]) for k in t.kids
                 if isinstance(k, tuple) and k[0] == "mark"}
        for p in f.pages[1:]:
            low = min((s for s in p.shown if s.mark is not None
                       and s.mark.mcid is not None and s.text.strip()),
                      key=lambda s: s.box[1], default=None)
            if low is not None and t.type == "P" \
                    and (p.ref, low.mark.mcid) in marks:
                t.dict["S"] = Name("H2")
                return
    raise ValueError("no page ends with a paragraph")


@spoil("split")
def row_on_another_page(f):
    """The last row of a table goes to the page before."""
    row = [t for t in rules.all_tags(f) if t.type == "TR"][-1]
    for cell in row.walk():
        for k in [cell.dict, *map(f.get, f.kids_of(cell.dict))]:
            if isinstance(k, dict) and "Pg" in k:
                k["Pg"] = f.pages[0].ref


def main():
    f = pdffile.File(sys.argv[1]).look()
    bad = [f"{r}: {w}" for r, w in rules.faults(f)]
    if bad:
        sys.exit(f"{f.name} has faults itself: {bad[0]}")
    kept = pickle.dumps((f.objects, f.trailer))
    missed = []
    for rule, change in SPOILS:
        f.objects, f.trailer = pickle.loads(kept)
        change(f.look())
        try:
            found = {r for r, _ in rules.faults(f.look())}
        except (ValueError, KeyError, TypeError, IndexError) as e:
            missed.append(f"{change.__name__}: {e!r}")
            continue
        if rule not in found:
            missed.append(f"{change.__name__} is not found by {rule}: "
                          f"{sorted(found)}")
    untried = sorted(set(rules.RULES) - {r for r, _ in SPOILS})
    for what in missed:
        print(what)
    if untried:
        print(f"no spoil tries {', '.join(untried)}")
    print(f"{len(SPOILS) - len(missed)} of {len(SPOILS)} are found")
    sys.exit(bool(missed or untried))


if __name__ == "__main__":
    main()
