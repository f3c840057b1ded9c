#!/usr/bin/env python3
"""Whether an Office file is what ECMA-376 says: PowerPoint, Word and Excel
refuse what LibreOffice forgives.

    tests/office/rules.py FILE...      prints each fault; exit 1 if any

Looked at: the archive (names, no part twice, types first), a content type
for every part, every relation's target, no part that nothing refers to,
relation ids that the text uses, unique ids of shapes, the order of elements
and what they must have (order.py holds the tables), places where PowerPoint
asks to repair: labels of stacked bars outside them, a chart's formulas beside
its workbook's cells, notes without a master. Workbooks inside are looked at
too, cell by cell against the chart's own copy."""
import io
import posixpath
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

import order

NS = order.NS
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
RELS = PACKAGE + "relationships"
R = "{%s}" % NS["r"]
TYPES_NEEDED = {        # what a relation's kind leads to
    "slide": "slide+xml", "slideLayout": "slideLayout+xml",
    "slideMaster": "slideMaster+xml", "notesSlide": "notesSlide+xml",
    "notesMaster": "notesMaster+xml", "theme": "theme+xml",
    "chart": "chart+xml", "package": "spreadsheetml.sheet",
    "worksheet": "worksheet+xml", "styles": "styles+xml",
    "numbering": "numbering+xml", "settings": "settings+xml",
    "header": "header+xml", "footer": "footer+xml",
    "fontTable": "fontTable+xml", "image": "image/",
}


class Faults:
    def __init__(self, file):
        self.file, self.count = file, 0

    def __call__(self, part, text):
        self.count += 1
        if self.count <= 40:
            print(f"{self.file}: {part}: {text}")


class Package:
    def __init__(self, data, fault):
        self.fault = fault
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.zip.namelist()
        self.part = {n: self.zip.read(n) for n in self.names}
        self.tree = {}
        self.rels = {}
        self.types = {}

    def check(self):
        self.archive()
        for name, data in self.part.items():
            if name.endswith((".xml", ".rels")):
                self.parse(name, data)
        self.content_types()
        self.relations()
        for name, root in self.tree.items():
            if not name.endswith(".rels"):
                self.elements(name, root)

    # ---- the archive ----

    def archive(self):
        if self.names[:2] != ["[Content_Types].xml", "_rels/.rels"]:
            self.fault("", f"begins with {self.names[:2]}")
        if len({n.lower() for n in self.names}) != len(self.names):
            self.fault("", "a name is there twice")
        for info in self.zip.infolist():
            if info.date_time != (1980, 1, 1, 0, 0, 0):
                self.fault(info.filename, "has a date")
            if info.compress_type not in (0, 8) or info.flag_bits & ~0x800:
                self.fault(info.filename, "is packed in a strange way")
            if not re.fullmatch(r"[\w./\[\]-]+", info.filename, re.ASCII):
                self.fault(info.filename, "a name that needs escaping")

    def theirs(self, name):
        """Not written by us: of libxlsxwriter, or of a template."""
        on_template = any(n.startswith("word/brand") for n in self.names)
        return name == "xl/theme/theme1.xml" \
            or name.startswith(("ppt/template/", "word/brand")) \
            or on_template and name in (
                "word/styles.xml", "word/numbering.xml",
                "word/fontTable.xml", "word/theme/theme1.xml")

    def parse(self, name, data):
        if not data.startswith(b'<?xml version="1.0" encoding="UTF-8"'):
            if not self.theirs(name):
                self.fault(name, "does not say that it is UTF-8")
        if b"<!DOCTYPE" in data:
            self.fault(name, "has a DTD")
        try:
            data.decode("utf-8")
            self.tree[name] = ET.fromstring(data)
        except (UnicodeDecodeError, ET.ParseError) as error:
            self.fault(name, f"is no XML: {error}")

    def content_types(self):
        root = self.tree["[Content_Types].xml"]
        default = {}
        for e in root:
            tag = e.tag.split("}")[1]
            if tag == "Default":
                default[e.get("Extension").lower()] = e.get("ContentType")
                continue
            name = e.get("PartName")
            if not name.startswith("/") or name[1:] not in self.part:
                self.fault(name, "has a type but is not there")
            if name[1:] in self.types:
                self.fault(name, "has two types")
            self.types[name[1:]] = e.get("ContentType")
        for name in self.names[1:]:
            if name in self.types:
                continue
            end = name.rsplit(".", 1)[-1].lower()
            if end not in default:
                self.fault(name, "has no content type")
            elif end == "xml":
                self.fault(name, "has only the type of any XML")
            self.types[name] = default.get(end, "")

    # ---- relations ----

    def relations(self):
        reached = set()
        for name in self.names:
            if not name.endswith(".rels"):
                continue
            folder, file = posixpath.split(name)
            source = posixpath.join(posixpath.dirname(folder), file[:-5])
            if source and source not in self.part:
                self.fault(name, "belongs to no part")
            self.rels[source] = self.one_list(name, source, reached)
        for name in self.names[1:]:
            if not name.endswith(".rels") and name not in reached:
                self.fault(name, "nothing refers to it")
        for name, root in self.tree.items():
            if not name.endswith(".rels"):
                self.used_ids(name, root)

    def one_list(self, name, source, reached):
        found = {}
        for r in self.tree[name]:
            rid, kind = r.get("Id"), r.get("Type").rsplit("/", 1)[-1]
            if rid in found:
                self.fault(name, f"{rid} is there twice")
            found[rid] = (kind, r.get("Target"), r.get("TargetMode"))
            if r.get("TargetMode") == "External":
                if not re.match(r"(https?|mailto):", r.get("Target")):
                    self.fault(name, "leads to " + r.get("Target")[:20])
                continue
            target = posixpath.normpath(posixpath.join(
                posixpath.dirname(source), r.get("Target")))
            reached.add(target)
            if target not in self.part:
                self.fault(name, f"{rid} leads to {target}, not there")
            elif TYPES_NEEDED.get(kind, "") not in self.types[target]:
                self.fault(name, f"{rid} is a {kind} but leads to "
                           + self.types[target])
            found[rid] = (kind, target, None)
        return found

    def used_ids(self, name, root):
        """Every r:id and r:embed has a relation, and the other way round
        where the text must name it."""
        used = {v for e in root.iter() for k, v in e.attrib.items()
                if k.startswith(R)}
        have = self.rels.get(name, {})
        for rid in sorted(used - set(have)):
            self.fault(name, f"uses {rid}, which there is not")
        for rid, (kind, _, _) in have.items():
            if kind in ("chart", "slide", "slideMaster", "hyperlink",
                        "package", "worksheet", "header", "footer",
                        "notesMaster") and rid not in used \
                    and not name.startswith("ppt/notesSlides") \
                    and not (kind == "slideMaster" and "Layout" in name) \
                    and not name.startswith("ppt/template/"):
                self.fault(name, f"{rid} ({kind}) is not used")

    # ---- elements ----

    def elements(self, name, root):
        theirs = self.theirs(name)
        ids = {}
        for e in root.iter():
            tag = order.short(e.tag)
            if not theirs:
                for text in order.faults(e):
                    self.fault(name, text)
            if tag in ("p:cNvPr", "wp:docPr"):
                if e.get("id") in ids:
                    self.fault(name, f"{tag} id {e.get('id')} twice")
                ids[e.get("id")] = e
        if theirs:
            return
        special = {"c:chartSpace": self.chart, "p:presentation":
                   self.presentation, "p:sld": self.slide,
                   "p:notes": self.notes}.get(order.short(root.tag))
        if special:
            special(name, root)

    def kinds(self, name):
        return [kind for kind, _, _ in self.rels.get(name, {}).values()]

    def presentation(self, name, root):
        find = lambda path: root.findall(path, NS)
        ids = [int(e.get("id")) for e in find("p:sldIdLst/p:sldId")]
        if len(set(ids)) != len(ids) or any(i < 256 for i in ids):
            self.fault(name, "ids of slides")
        if self.kinds(name).count("slide") != len(ids):
            self.fault(name, "slides and their list differ")
        if not find("p:notesMasterIdLst/p:notesMasterId"):
            self.fault(name, "no master of notes")
        big = [int(e.get("id")) for e in find("p:sldMasterIdLst/p:sldMasterId")
               if e.get("id")]
        for n, r in self.tree.items():
            if order.short(r.tag) == "p:sldMaster":
                big += [int(e.get("id")) for e in
                        r.findall("p:sldLayoutIdLst/p:sldLayoutId", NS)]
        if len(set(big)) != len(big) or any(i < 2 ** 31 for i in big):
            self.fault(name, "ids of masters and layouts")

    def slide(self, name, root):
        kinds = self.kinds(name)
        if kinds.count("slideLayout") != 1 or kinds.count("notesSlide") != 1:
            self.fault(name, "needs one layout and one page of notes")
        titles = [e for e in root.iter("{%s}ph" % NS["p"])
                  if e.get("type") in ("title", "ctrTitle")]
        if len(titles) != 1:
            self.fault(name, f"{len(titles)} titles")
        for frame in root.iter("{%s}graphicFrame" % NS["p"]):
            props = frame.find("p:nvGraphicFramePr/p:cNvPr", NS)
            if not (props.get("descr") or "").strip():
                self.fault(name, "a chart or table without alternative text")
        for run in root.iter("{%s}r" % NS["a"]):
            props = run.find("a:rPr", NS)
            if props is None or not props.get("lang"):
                self.fault(name, "a run of text without a language")
        self.tables(name, root)
        self.inside(name, root)

    def tables(self, name, root):
        for table in root.iter("{%s}tbl" % NS["a"]):
            columns = len(table.findall("a:tblGrid/a:gridCol", NS))
            if table.find("a:tblPr", NS).get("firstRow") != "1":
                self.fault(name, "a table without a head")
            for row in table.findall("a:tr", NS):
                if len(row.findall("a:tc", NS)) != columns:
                    self.fault(name, "a row with too few or many cells")

    def inside(self, name, root):
        """No shape reaches out of the slide."""
        size = self.tree["ppt/presentation.xml"].find("p:sldSz", NS)
        for at in root.iter("{%s}xfrm" % NS["a"], ):
            self.one_inside(name, at, size)
        for at in root.iter("{%s}xfrm" % NS["p"]):
            self.one_inside(name, at, size)

    def one_inside(self, name, at, size):
        off, ext = at.find("a:off", NS), at.find("a:ext", NS)
        x, y = int(off.get("x")), int(off.get("y"))
        w, h = int(ext.get("cx")), int(ext.get("cy"))
        if x < 0 or y < 0 or w < 0 or h < 0 \
                or x + w > int(size.get("cx")) or y + h > int(size.get("cy")):
            self.fault(name, f"a shape out of the slide: {x} {y} {w} {h}")

    def notes(self, name, root):
        kinds = sorted(self.kinds(name))
        if kinds != ["notesMaster", "slide"]:
            self.fault(name, f"refers to {kinds}")

    # ---- charts ----

    def chart(self, name, root):
        if name.startswith("xl/"):      # its numbers are the sheets'
            return
        if root.find("c:externalData", NS) is None:
            self.fault(name, "has no workbook")
            return
        rid = root.find("c:externalData", NS).get(R + "id")
        data = self.part[self.rels[name][rid][1]]
        book = Package(data, lambda part, text:
                       self.fault(f"{name} workbook {part}", text))
        book.check()
        cells = book.cells()
        axes = {e.get("val") for e in root.iter("{%s}axId" % NS["c"])}
        if len(axes) != 2:
            self.fault(name, "axes")
        order_seen = []
        for ser in root.iter("{%s}ser" % NS["c"]):
            order_seen.append(ser.find("c:order", NS).get("val"))
            self.series(name, ser, cells)
        if order_seen != [str(i) for i in range(len(order_seen))]:
            self.fault(name, "order of series")
        for axis in root.iter("{%s}valAx" % NS["c"]):
            self.share_axis(name, root, axis)
        for bar in root.iter("{%s}barChart" % NS["c"]):
            stacked = "tacked" in bar.find("c:grouping", NS).get("val")
            overlap = bar.find("c:overlap", NS)
            if stacked and (overlap is None or overlap.get("val") != "100"):
                self.fault(name, "stacked bars that do not overlap")
            for at in bar.iter("{%s}dLblPos" % NS["c"]):
                if stacked and at.get("val") == "outEnd":
                    self.fault(name, "labels outside stacked bars")

    def share_axis(self, name, root, axis):
        """An axis of shares that is seen does not go on behind 100 %. Where
        it has no end, programs put it a tenth of its length behind the
        longest bar."""
        if axis.find("c:delete", NS).get("val") == "1" \
                or "%" not in axis.find("c:numFmt", NS).get("formatCode"):
            return
        end = axis.find("c:scaling/c:max", NS)
        longest = max((float(v.text) for v in root.iterfind(
            ".//c:numCache/c:pt/c:v", NS)), default=0)
        if (longest > .8 if end is None else float(end.get("val")) > 1):
            self.fault(name, "an axis behind 100 %")

    def series(self, name, ser, cells):
        """The copy in the chart is what the workbook has."""
        for ref in list(ser.iter("{%s}strRef" % NS["c"])) \
                + list(ser.iter("{%s}numRef" % NS["c"])):
            places = list(areas(ref.find("c:f", NS).text))
            count = int(next(ref.iter("{%s}ptCount" % NS["c"])).get("val"))
            if count != len(places):
                self.fault(name, f"{count} points of {len(places)} cells")
            points = {int(p.get("idx")): p.find("c:v", NS).text or ""
                      for p in ref.iter("{%s}pt" % NS["c"])}
            for i, place in enumerate(places):
                if points.get(i) != cells.get(place):
                    self.fault(name, f"{place}: {points.get(i)} in the chart,"
                               f" {cells.get(place)} in the workbook")

    def cells(self):
        """Text of each cell of a workbook by "A1" of its only sheet."""
        found = {}
        for name, root in self.tree.items():
            if order.short(root.tag) != "x:worksheet":
                continue
            for c in root.iter("{%s}c" % NS["x"]):
                v = c.find("x:v", NS)
                if v is None:
                    v = c.find("x:is/x:t", NS)
                found[c.get("r")] = (v.text or "") if v is not None else None
        return found


def areas(formula):
    """The cells of "Data!$B$2:$B$6"."""
    found = re.fullmatch(r"Data!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?",
                         formula)
    column, first, _, last = found.groups()
    for row in range(int(first), int(last or first) + 1):
        yield f"{column}{row}"


def check(file):
    fault = Faults(file)
    with open(file, "rb") as f:
        Package(f.read(), fault).check()
    if fault.count:
        print(f"{file}: {fault.count} faults")
    return fault.count == 0


if __name__ == "__main__":
    results = [check(file) for file in sys.argv[1:]]
    sys.exit(0 if results and all(results) else 1)
