#!/usr/bin/env python3
"""The rules of PDF/UA-1 (ISO 14289-1) and of good pages, one function each.

    tests/pdf/rules.py FILE...

Prints each fault as "FILE: RULE: what" and exits 1 if there is one. What a
rule finds is tried by spoil.py, which breaks a file in one place after the
other."""
import re
import sys

import pdffile
from pdffile import Stream, Tag

TYPES = set("Document Part Art Sect Div BlockQuote Caption TOC TOCI Index "
            "NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR "
            "TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code "
            "Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form"
            .split())
PARENTS = {                     # of which a type must be a child
    "LI": {"L"}, "Lbl": {"LI", "Note", "TOCI"}, "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"},
    "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
    "TOCI": {"TOC"},
}
HEADINGS = {"Title", "H1", "H2", "H3", "H4", "H5", "H6", "Caption"}
TOGETHER = 3                    # rows of a table alone on a page, least
CHILDREN = {                    # which alone a type may have
    "L": {"LI", "Caption", "L"}, "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}, "TR": {"TH", "TD"},
    "TOC": {"TOCI", "TOC", "Caption"},
}
NEVER_EMPTY = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "LBody", "Lbl", "TH",
               "Caption", "Note", "Link", "Figure", "LI", "L", "TOCI", "TOC",
               "Table", "TR", "Sect"}
EDGE = 8.                       # points of paper that a printer may not reach


def type_of(f, tag):
    """A tag's type, by the map of roles where it is of the file's own."""
    roles, t, steps = f.get(f.tree.get("RoleMap")) or {}, tag.type, 0
    while t not in TYPES and t in roles and steps < 9:
        t, steps = str(roles[t]), steps + 1
    return t


def all_tags(f):
    for r in f.roots:
        yield from r.walk()


# ---- of the whole file ----

def rule_header(f):
    with open(f.name, "rb") as file:
        head = file.read(16)
    if not re.match(rb"%PDF-1\.[4-7]\n%[\x80-\xff]{4}", head):
        yield "not the first lines of a PDF 1.7"
    if "Encrypt" in f.trailer:
        yield "encrypted"


def rule_catalog(f):
    c = f.catalog
    info = f.get(c.get("MarkInfo")) or {}
    view = f.get(c.get("ViewerPreferences")) or {}
    if info.get("Marked") is not True or info.get("Suspects") is True:
        yield "not said to be tagged"
    if not re.fullmatch(r"nb|nn|en", str(c.get("Lang", ""))):
        yield f"language {c.get('Lang')}"
    if view.get("DisplayDocTitle") is not True:
        yield "shows its file's name, not its title"
    for key in ("AcroForm", "OpenAction", "AA", "Names"):
        if key in c:
            yield f"has {key}"


def rule_metadata(f):
    m = f.get(f.catalog.get("Metadata"))
    if not isinstance(m, Stream):
        yield "none"
        return
    xmp = m.data.decode("utf-8")
    title = re.search(r"<dc:title>.*?<rdf:li[^>]*>([^<]+)</rdf:li>", xmp,
                      re.S)
    if not re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=\"1\"",
                     xmp):
        yield "does not say PDF/UA-1"
    if not title:
        yield "no title"
        return
    info = f.get(f.trailer.get("Info")) or {}
    said = re.sub(r"&#(\d+);", lambda d: chr(int(d.group(1))), title.group(1))
    if info.get("Title") != said:
        yield "two titles"


def rule_same_bytes(f):
    """No clock: the same report is the same file."""
    info = f.get(f.trailer.get("Info")) or {}
    for key in ("CreationDate", "ModDate"):
        if key in info:
            yield f"has {key}"
    m = f.get(f.catalog.get("Metadata"))
    if isinstance(m, Stream) and re.search(rb"(Create|Modify)Date", m.data):
        yield "a date in its metadata"
    ids = f.trailer.get("ID") or []
    if len(ids) != 2 or not all(ids):
        yield "no ID"


# ---- marks ----

def rule_content(f):
    for i, p in enumerate(f.pages, 1):
        for fault in p.faults:
            yield f"page {i}: {fault}"
        loose = sum(s.mark is None for s in p.shown)
        if loose:
            yield f"page {i}: {loose} texts are neither tagged nor artifact"
        if any(m is None for m, _, _ in p.painted):
            yield f"page {i}: a drawing is neither tagged nor artifact"
        if any(op in ("Do", "BI", "EI", "sh") for _, _, op in p.painted):
            yield f"page {i}: a picture of dots"


def rule_parents(f):
    """From each mark back to the tag that has it."""
    parents = f.numbers(f.tree.get("ParentTree"))
    used = {}
    for tag in all_tags(f):
        for k in tag.kids:
            if not isinstance(k, Tag) and k[0] == "mark":
                if (k[1], k[2]) in used:
                    yield f"a mark of two tags, {tag.type}"
                used[k[1], k[2]] = tag
            elif not isinstance(k, Tag) and k[0] == "nothing":
                yield f"{tag.type} has a child that is nothing"
    keys = [p.dict.get("StructParents") for p in f.pages]
    if len(set(keys)) != len(keys):
        yield "two pages with one number"
    for i, p in enumerate(f.pages, 1):
        rows = f.get(parents.get(p.dict.get("StructParents")))
        if not isinstance(rows, list) or len(rows) < len(p.mcids):
            yield f"page {i} has {len(p.mcids)} marks, the tree of parents " \
                  f"fewer"
            continue
        for mcid, mark in p.mcids.items():
            tag = used.pop((p.ref, mcid), None)
            if tag is None:
                yield f"page {i}: mark {mcid} is in no tag"
            elif rows[mcid] != tag.ref:
                yield f"page {i}: mark {mcid} leads to another tag"
            elif mark.tag != tag.type and mark.tag != "Span":
                yield f"page {i}: mark {mcid} is {mark.tag} in {tag.type}"
    if used:
        yield f"{len(used)} marks that no page has"
    if f.tree.get("ParentTreeNextKey", 0) <= max(parents, default=-1):
        yield "the next number is taken"


def rule_up(f):
    """Each tag says whose child it is."""
    root = f.catalog.get("StructTreeRoot")
    if f.cycles:
        yield "a tag stands twice"
    for tag in all_tags(f):
        above = tag.parent.ref if tag.parent is not None else root
        if tag.dict.get("P") != above:
            yield f"{tag.type} names another parent"


# ---- tags ----

def rule_types(f):
    if [r.type for r in f.roots] != ["Document"]:
        yield "not one Document"
    for tag in all_tags(f):
        if type_of(f, tag) not in TYPES:
            yield f"{tag.type} is no standard type and has no role"


def rule_nesting(f):
    for tag in all_tags(f):
        t = type_of(f, tag)
        above = type_of(f, tag.parent) if tag.parent is not None else ""
        if t in PARENTS and above not in PARENTS[t]:
            yield f"{t} in {above}"
        for k in tag.kids:
            if t not in CHILDREN:
                break
            kid = type_of(f, k) if isinstance(k, Tag) else "text"
            if kid not in CHILDREN[t]:
                yield f"{kid} in {t}"
        if t == "Caption" and above not in ("Table", "Figure", "L", "TOC") \
                and not figure_beside(f, tag):
            yield f"Caption in {above}, by no figure"
        if t in ("P", "H1", "H2", "H3") and any(
                type_of(f, k) in ("P", "H1", "H2", "H3", "L", "Table")
                for k in tag.tags()):
            yield f"a block in {t}"


def figure_beside(f, caption):
    kids = caption.parent.tags()
    i = kids.index(caption)
    return any(type_of(f, k) == "Figure"
               for k in kids[max(i - 1, 0):i] + kids[i + 1:i + 2])


def rule_empty(f):
    for tag in all_tags(f):
        t = type_of(f, tag)
        if t in NEVER_EMPTY and not tag.kids:
            yield f"an empty {t}"
        if t in ("P", "H1", "H2", "H3", "LBody", "Lbl", "Caption", "Note",
                 "Link") and tag.kids and not f.says(tag).strip():
            yield f"{t} says nothing"


def rule_headings(f):
    last = 0
    for tag in all_tags(f):
        m = re.fullmatch(r"H([1-6])", type_of(f, tag))
        if type_of(f, tag) == "H":
            yield "H among H1, H2"
        if not m:
            continue
        if int(m.group(1)) > last + 1:
            yield f"H{m.group(1)} after H{last}: {f.says(tag)[:40]}"
        last = int(m.group(1))
    if last == 0:
        yield "none"


def rule_figures(f):
    for tag in all_tags(f):
        if type_of(f, tag) != "Figure":
            continue
        alt = tag.dict.get("Alt") or ""
        box = tag.attribute("BBox")
        if len(alt.strip()) < 10:
            yield "a figure without a text that says it"
        if not isinstance(box, list) or len(box) != 4:
            yield "a figure without a place"
            continue
        for k in tag.kids:
            if isinstance(k, Tag) or k[0] != "mark":
                continue
            page = f.page_of(k[1])
            wide, high = page.dict["MediaBox"][2:]
            if box[0] < 0 or box[1] < 0 or box[2] > wide or box[3] > high \
                    or box[2] <= box[0] or box[3] <= box[1]:
                yield f"a figure's place is no place on its page: {box}"
            for s in page.shown:
                if s.mark is not None and s.mark.mcid == k[2] and not (
                        s.box[0] >= box[0] - 2 and s.box[2] <= box[2] + 2
                        and s.box[1] >= box[1] - 4 and s.box[3] <= box[3] + 4):
                    yield f"“{s.text[:30]}” stands outside its figure"


def grid_of(f, table):
    """The rows of a table as lists of (tag, column), spans counted."""
    rows, below = [], {}
    for tr in (t for t in table.walk() if type_of(f, t) == "TR"):
        row, at = [], 0
        for cell in tr.tags():
            while below.get(at, 0) > 0:
                below[at] -= 1
                at += 1
            wide = int(cell.attribute("ColSpan") or 1)
            for _ in range(wide):
                below[at] = int(cell.attribute("RowSpan") or 1) - 1
                row.append((cell, at))
                at += 1
        while below.get(at, 0) > 0:
            below[at] -= 1
            at += 1
        rows.append((row, at))
    return rows


def rule_tables(f):
    for table in all_tags(f):
        if type_of(f, table) != "Table":
            continue
        rows = grid_of(f, table)
        name = "; ".join(f.says(k)[:24] for k in table.tags()
                         if type_of(f, k) == "Caption")
        if len({wide for _, wide in rows}) != 1:
            yield f"{name}: rows of {sorted({w for _, w in rows})} cells"
        if not any(type_of(f, c) == "TH" for row, _ in rows for c, _ in row):
            yield f"{name}: no cell is a header"
        for row, _ in rows:
            for cell, _ in row:
                if type_of(f, cell) == "TH" and str(
                        cell.attribute("Scope")) not in (
                        "Row", "Column", "Both"):
                    yield f"{name}: a header without scope"
        yield from under_headers(f, name, rows)


def under_headers(f, name, rows):
    """Every cell with text has a header above it and one before it."""
    over = set()
    for row, _ in rows:
        before = False
        for cell, at in row:
            scope = str(cell.attribute("Scope"))
            if type_of(f, cell) == "TH":
                before |= scope in ("Row", "Both")
                if scope in ("Column", "Both"):
                    over.add(at)
            elif f.says(cell).strip() and (at not in over or not before):
                yield f"{name}: “{f.says(cell)[:20]}” has no header " \
                      f"{'above' if at not in over else 'before'} it"
                return


def rule_notes(f):
    """Each Note has an ID of its own (ISO 14289-1, 7.9)."""
    ids = [t.dict.get("ID") for t in all_tags(f) if type_of(f, t) == "Note"]
    if None in ids or "" in ids:
        yield f"{sum(not i for i in ids)} notes without ID"
    if len(set(map(str, ids))) != len(ids) and None not in ids:
        yield "two notes with one ID"


# ---- links ----

def rule_links(f):
    parents = f.numbers(f.tree.get("ParentTree"))
    held = {}
    for tag in all_tags(f):
        objects = [k for k in tag.kids
                   if not isinstance(k, Tag) and k[0] == "obj"]
        for k in objects:
            held[k[2]] = tag
        if type_of(f, tag) == "Link" and not objects:
            yield f"a Link without its area: {f.says(tag)[:30]}"
    for i, p in enumerate(f.pages, 1):
        annots = f.get(p.dict.get("Annots")) or []
        if p.dict.get("Tabs") != "S":
            yield f"page {i}: keys do not follow the tags"
        for ref in annots:
            yield from link_faults(f, parents, held, p, i, ref)
    for ref in set(held):
        if not any(ref in (f.get(p.dict.get("Annots")) or [])
                   for p in f.pages):
            yield "an area that no page has"


def link_faults(f, parents, held, page, i, ref):
    a = f.get(ref)
    if a.get("Subtype") != "Link":
        yield f"page {i}: {a.get('Subtype')}"
        return
    if not a.get("Contents"):
        yield f"page {i}: an area that does not say what it is"
    tag = held.get(ref)
    if tag is None or type_of(f, tag) != "Link":
        yield f"page {i}: an area in no Link"
    elif parents.get(a.get("StructParent")) != tag.ref:
        yield f"page {i}: an area leads to another tag"
    box, r = page.dict["MediaBox"], a["Rect"]
    if r[0] < 0 or r[1] < 0 or r[2] > box[2] or r[3] > box[3] \
            or r[2] - r[0] < 1 or r[3] - r[1] < 1:
        yield f"page {i}: an area of {r}"
    action = f.get(a.get("A")) or {}
    dest = f.get(a.get("Dest")) or f.get(action.get("D"))
    if isinstance(dest, list):
        if f.page_of(dest[0]) is None:
            yield f"page {i}: a link to no page"
    elif not re.match(r"(https?://|mailto:)", str(action.get("URI", ""))):
        yield f"page {i}: a link to nothing"


def rule_bookmarks(f):
    top = f.get(f.catalog.get("Outlines"))
    if top is None:
        if sum(type_of(f, t) == "H1" for t in all_tags(f)) > 2:
            yield "none"
        return
    count, ref, last = 0, top.get("First"), None
    while ref is not None and count < 10000:
        b = f.get(ref)
        if not b.get("Title") or f.page_of((b.get("Dest") or [0])[0]) is None:
            yield "one without title or place"
        if b.get("Prev") != last or b.get("Parent") != f.catalog["Outlines"]:
            yield "one does not know its neighbours"
        last, ref, count = ref, b.get("Next"), count + 1
    if top.get("Last") != last or abs(top.get("Count", 0)) < count:
        yield "wrongly counted"


# ---- patterns ----

def patterns_of(f):
    found = {}
    for p in f.pages:
        resources = f.get(p.dict.get("Resources")) or {}
        found.update(f.get(resources.get("Pattern")) or {})
    return found


def rule_patterns(f):
    """A tile draws its ink, not its ground: where tiles meet, grounds leave
    seams on screens, which look like another pattern."""
    for name, ref in patterns_of(f).items():
        tile, at = f.get(ref), []
        box = tile.dict["BBox"]
        for op, args in pdffile.operations(tile.data):
            if op == "re" and args[0] <= box[0] and args[1] <= box[1] \
                    and args[2] >= box[2] - box[0] \
                    and args[3] >= box[3] - box[1]:
                at.append(args)
        if at:
            yield f"{name} fills its whole tile"


# ---- fonts and text ----

def rule_fonts(f):
    for font in f.read_fonts.values():
        name, kid = font.dict.get("BaseFont"), font.child
        kind = str(kid.get("Subtype"))
        if font.dict.get("Subtype") != "Type0" \
                or font.dict.get("Encoding") != "Identity-H":
            yield f"{name}: not Identity-H"
            continue
        data = f.get(font.about.get("FontFile3" if kind == "CIDFontType0"
                                    else "FontFile2"))
        if not isinstance(data, Stream) or not data.data:
            yield f"{name}: not embedded"
        if kind == "CIDFontType2" and kid.get("CIDToGIDMap") is None:
            yield f"{name}: no CIDToGIDMap"
        if not font.text:
            yield f"{name}: no ToUnicode"
        if not re.match(r"[A-Z]{6}\+", str(name)) \
                or not str(name).startswith(str(font.about.get("FontName"))) \
                or font.about.get("FontName") != kid.get("BaseFont"):
            yield f"{name}: two names"
        for key in ("Flags", "ItalicAngle", "Ascent", "Descent", "CapHeight",
                    "StemV", "FontBBox"):
            if key not in font.about:
                yield f"{name}: no {key}"
        if [t for t in font.text.values()
                if t in ("", "\0", "\ufeff", "\ufffe")]:
            yield f"{name}: a glyph that is no character"


def rule_text(f):
    """Every glyph is a character, and is there to be seen."""
    for i, p in enumerate(f.pages, 1):
        for s in p.shown:
            if s.font is None:
                yield f"page {i}: text without a font"
            elif s.mark is not None and not s.mark.artifact:
                lost = [g for g in s.glyphs if g not in s.font.text]
                if lost:
                    yield f"page {i}: glyph {lost[0]} of “{s.text[:20]}” " \
                          f"says nothing"
            if s.font is not None and any(g not in s.font.width
                                          for g in s.glyphs):
                yield f"page {i}: a glyph of “{s.text[:20]}” has no width"
            if s.size < 5:
                yield f"page {i}: “{s.text[:20]}” at {s.size} points"


def rule_edges(f):
    for i, p in enumerate(f.pages, 1):
        wide, high = p.dict["MediaBox"][2:]
        for s in p.shown:
            a, b, c, d = s.box
            if a < EDGE or b < EDGE or c > wide - EDGE or d > high - EDGE:
                yield f"page {i}: “{s.text[:30]}” over the edge"
        for _, path, _ in p.painted:
            for x, y in path:
                if x < -.1 or y < -.1 or x > wide + .1 or y > high + .1:
                    yield f"page {i}: a drawing over the edge"
                    break


def rule_overlap(f):
    """No text stands on another."""
    for i, p in enumerate(f.pages, 1):
        shown = sorted((s for s in p.shown if s.text.strip()),
                       key=lambda s: s.box[1])
        for n, s in enumerate(shown):
            for o in shown[n + 1:]:
                if o.box[1] >= s.box[3] - .25 * s.size:
                    break
                deep = min(s.box[3], o.box[3]) - max(s.box[1], o.box[1])
                along = min(s.box[2], o.box[2]) - max(s.box[0], o.box[0])
                if along > .8 and deep > .3 * min(s.size, o.size):
                    yield f"page {i}: “{s.text[:24]}” and “{o.text[:24]}” " \
                          f"stand on each other"


def rule_edge_words(f):
    """Every page but a cover has its head and foot, as artifacts."""
    if len(f.pages) < 4:
        return
    for i, p in enumerate(f.pages[1:], 2):
        said = [s.text for s in p.shown
                if s.mark is not None and s.mark.artifact]
        if not any(t.strip() == str(i) for t in said):
            yield f"page {i} has no number"


def marks_of(tag):
    """(page, MCID) of all that TAG and those below it are of, as read."""
    for t in tag.walk():
        for k in t.kids:
            if isinstance(k, tuple) and k[0] == "mark":
                yield k[1], k[2]


def rule_ends(f):
    """No heading and no caption is the last on its page."""
    lowest = {}
    for t in all_tags(f):
        if any(isinstance(k, tuple) and k[0] == "mark" for k in t.kids):
            for where in marks_of(t):
                lowest[where] = t
    for i, p in enumerate(f.pages, 1):
        shown = [s for s in p.shown if s.text.strip() and s.mark is not None
                 and s.mark.mcid is not None]
        if i == 1 or not shown:
            continue
        last = min(shown, key=lambda s: s.box[1])
        tag = lowest.get((p.ref, last.mark.mcid))
        while tag is not None and type_of(f, tag) in ("Span", "Link"):
            tag = tag.parent
        if tag is not None and type_of(f, tag) in HEADINGS:
            yield f"page {i} ends with “{f.says(tag)[:30]}”"


def rule_split(f):
    """A table that goes on has a few of its rows on each page."""
    for table in all_tags(f):
        if type_of(f, table) != "Table":
            continue
        pages = []
        for t in table.walk():
            if type_of(f, t) == "TBody":
                pages += [next(marks_of(row), (None,))[0]
                          for row in t.tags()]
        counts = [pages.count(p) for p in dict.fromkeys(pages)]
        if len(counts) > 1 and min(counts) < TOGETHER:
            yield f"{f.says(table)[:30]}: {counts} rows on its pages"


RULES = {k[5:].replace("_", "-"): v for k, v in list(globals().items())
         if k.startswith("rule_")}


def faults(f):
    """(rule, what) of a file that was looked at."""
    for name, rule in RULES.items():
        for what in rule(f):
            yield name, what


def main():
    bad = False
    for name in sys.argv[1:]:
        f, found = pdffile.File(name).look(), {}
        for rule, what in faults(f):
            found.setdefault(rule, []).append(what)
        for rule, what in found.items():
            for one in what[:6]:
                print(f"{name}: {rule}: {one}")
            if len(what) > 6:
                print(f"{name}: {rule}: and {len(what) - 6} more")
        if not found:
            tags = sum(1 for _ in all_tags(f))
            print(f"{name}: {len(f.pages)} pages, {tags} tags, "
                  f"{len(RULES)} rules")
        bad |= bool(found)
    sys.exit(bad)


if __name__ == "__main__":
    main()
