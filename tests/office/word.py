#!/usr/bin/python3
"""Whether a text document says what the report says, read by others.

    tests/office/word.py numbers REPORT.json FILE.docx   every table's numbers
    tests/office/word.py text FILE.docx                  a document of any kind
    tests/office/word.py template T.docx                 makes a template
    tests/office/word.py spoil T.docx WHAT BAD.docx      one to be refused
    tests/office/word.py uses T.docx FILE.docx           FILE was made on T

Read with python-docx, workbooks of charts with openpyxl. REPORT.json is
`report --format json` of the same report."""
import collections
import copy
import io
import json
import re
import sys
import zipfile

import docx
import openpyxl
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

import template as slides          # the picture that it makes

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MARKS = "●▲■◆ \u00a0"
faults = []


def fault(*words):
    faults.append(" ".join(str(w) for w in words))


def plain(text):
    return text.strip(MARKS).replace("\u00a0", " ").strip()


def number(text):
    """The count at the beginning of a cell; None where it is hidden."""
    first = text.split("\n")[0].strip()
    if first == ":":
        return None
    digits = re.sub(r"[\s\u00a0,]", "", first)
    return int(digits) if re.fullmatch(r"\d+", digits) else first


# ---- tables ----

def caption_of(table):
    found = table._tbl.tblPr.find(qn("w:tblCaption"))
    return found.get(qn("w:val")) if found is not None else None


def grid_of(table):
    """(names of columns, {row name: texts}) of a table of numbers."""
    rows = [[c.text for c in row.cells] for row in table.rows]
    heads = sum(1 for r in table.rows if r._tr.trPr is not None
                and r._tr.trPr.find(qn("w:tblHeader")) is not None)
    return ([plain(c) for c in rows[heads - 1]][1:],
            [(plain(r[0]), r[1:]) for r in rows[heads:]])


def expected(t):
    """Of a table of the report: rows and columns by name, and cells."""
    rows = [plain(x) for x in t["rows"]["labels"]]
    columns = [plain(x) for x in t.get("columns", {}).get("labels", [])]
    cells = t["cells"] if columns else [[n] for n in t["cells"]]
    return rows, columns, cells


def compare(title, t, parts):
    rows, columns, cells = expected(t)
    read = collections.defaultdict(dict)
    for part in parts:
        heads, body = grid_of(part)
        if [n for n, _ in body[:len(rows)]] != rows:
            fault(title, "rows are", [n for n, _ in body], "not", rows)
            return
        for r, (_, texts) in enumerate(body[:len(rows)]):
            for head, text in zip(heads, texts):
                read[r].setdefault(head, text)
        if len(body) > len(rows) and not columns:
            total = number(body[-1][1][0])
            known = [n[0] for n in cells]
            if None not in known and total != sum(known):
                fault(title, "the sum is", total)
    for r in range(len(rows)):
        for c, want in enumerate(cells[r]):
            head = columns[c] if len(columns) > 1 else None
            text = read[r].get(head) if head else next(
                (read[r][h] for h in read[r]), None)
            if text is None or number(text) != want:
                fault(title, rows[r], head, "is", repr(text), "not", want)


def check_tables(document, report):
    by_title = collections.defaultdict(list)
    for table in document.tables:
        by_title[caption_of(table)].append(table)
    tiles = "\n".join(c.text for t in by_title[None]
                      for row in t.rows for c in row.cells)
    tiles = tiles.replace("\u00a0", " ")
    checked = 0
    for t in report["tables"]:
        title = t["title"]
        if title in by_title:
            compare(title, t, by_title[title])
            checked += 1
            continue
        rows, columns, cells = expected(t)
        if columns:
            fault(title, "is not in the document")
        for name, (n,) in zip(rows, cells):
            want = ":" if n is None else re.sub(
                r"(?<=\d)(?=(\d{3})+$)", r"[ ,]", str(n))
            if not re.search(rf"(^|\n){want}\n([^\n]*\n)?{re.escape(name)}"
                             r"(\n|$)", tiles):
                fault(title, name, n, "is not among the large numbers")
        checked += 1
    return checked


# ---- charts ----

def charts_of(document):
    """(alternative text, root of the chart, its workbook's sheet)."""
    for inline in document.element.body.iter(qn("wp:inline")):
        rid = next(inline.iter(C + "chart")).get(qn("r:id"))
        part = document.part.related_parts[rid]
        root = docx.oxml.parse_xml(part.blob)
        book = part.rels[root.find(C + "externalData").get(qn("r:id"))]
        sheet = openpyxl.load_workbook(io.BytesIO(book.target_part.blob))
        yield inline.find(qn("wp:docPr")), root, sheet["Data"]


def check_charts(document, report):
    tables = {t["title"]: t for t in report["tables"]} if report else {}
    count = 0
    for properties, root, sheet in charts_of(document):
        descr = properties.get("descr")
        if not descr or len(descr) < 20:
            fault(properties.get("name"), "has no alternative text")
        values = {c.value for row in sheet.iter_rows() for c in row
                  if isinstance(c.value, (int, float))}
        points = [float(v.text) for s in root.iter(C + "ser")
                  for val in s.findall(C + "val") for v in val.iter(C + "v")]
        if not points:
            fault(properties.get("name"), "has no points")
        for p in points:
            if not any(abs(p - v) < 1e-9 for v in values):
                fault(properties.get("name"), p, "is not in its workbook")
        count += 1
        title = next((t for t in tables if descr.startswith(t + ". ")), None)
        if title is None:
            continue
        cells = expected(tables[title])[2]
        known = {n for row in cells for n in row if n}
        counted = {v for v in values if v == int(v) and v > 1}
        base = tables[title]["base"]
        known |= set(base if isinstance(base, list) else [base]) - {None}
        of = tables[title].get("of") or []
        known |= {n for row in of for n in
                  (row if isinstance(row, list) else [row]) if n}
        known |= {sum(n or 0 for n in row) for row in cells}
        known |= {sum(n or 0 for n in c) for c in zip(*cells)}
        if counted - known:
            fault(title, "its chart has", sorted(counted - known))
    return count


# ---- what every document must have ----

def levels(document):
    for p in document.paragraphs:
        m = re.fullmatch(r"[Hh]eading (\d)", p.style.name)
        if m:
            yield int(m[1]), p


def check_headings(document):
    last = 0
    for level, p in levels(document):
        if level > last + 1:
            fault("heading", p.text, "is", level, "below", last)
        if not p.text.strip():
            fault("an empty heading")
        last = level
    if last == 0:
        fault("no heading")


def check_captions(document):
    """Numbers of captions, which are fields, rise by one from 1."""
    last = collections.Counter()
    for p in document.paragraphs:
        if p.style.name.lower() != "caption":
            continue
        codes = "".join(t.text for t in p._p.iter(qn("w:instrText")))
        m = re.match(r"(\w+) (\d+)\. ", p.text.replace("\u00a0", " "))
        if not codes and m is None:
            continue                    # the only table there is
        code = re.fullmatch(r" SEQ (\w+) \\\* ARABIC( \\r (\d+))? ", codes)
        if m is None or code is None or code[1] != m[1]:
            fault("caption", p.text, codes)
            continue
        if int(m[2]) != (int(code[3]) if code[3] else last[m[1]] + 1):
            fault("caption", p.text, "counts as", last[m[1]] + 1)
        last[m[1]] = int(m[2])
    return sum(last.values())


def check_contents(document):
    """Each entry leads to the heading with its words."""
    marks = {b.get(qn("w:name")): b.getparent()
             for b in document.element.body.iter(qn("w:bookmarkStart"))}
    if len(marks) != len({b.get(qn("w:id")) for b in
                          document.element.body.iter(qn("w:bookmarkStart"))}):
        fault("bookmarks are not unique")
    entries = 0
    for link in document.element.body.iter(qn("w:hyperlink")):
        anchor = link.get(qn("w:anchor"))
        if anchor is None:
            continue
        words = "".join(t.text for t in link.iter(qn("w:t")))
        heading = "".join(t.text for t in marks[anchor].iter(qn("w:t"))) \
            if anchor in marks else None
        if heading is None or re.sub(r"^\d+\u00a0", "", heading) != \
                re.sub(r"^\d+\u00a0", "", words):
            fault("contents:", words, "leads to", heading)
        entries += 1
    return entries


def check_whole(document):
    body = document.element.body
    styles = {s.style_id for s in document.styles}
    numbering = document.part.numbering_part.element
    nums = {n.get(qn("w:numId")) for n in numbering.iter(qn("w:num"))}
    for tag in ("w:pStyle", "w:rStyle", "w:tblStyle"):
        for e in body.iter(qn(tag)):
            if e.get(qn("w:val")) not in styles:
                fault("no style", e.get(qn("w:val")))
    for e in body.iter(qn("w:numId")):
        if e.get(qn("w:val")) not in nums | {"0"}:
            fault("no numbering", e.get(qn("w:val")))
    for table in body.iter(qn("w:tbl")):
        if table.getnext() is not None and table.getnext().tag == table.tag:
            fault("two tables without a paragraph between them")
        widths = [int(c.get(qn("w:w"))) for c in
                  table.iter(qn("w:gridCol"))]
        for row in table.iter(qn("w:tr")):
            spans = [int(c.tcPr.find(qn("w:gridSpan")).get(qn("w:val")))
                     if c.tcPr.find(qn("w:gridSpan")) is not None else 1
                     for c in row.iter(qn("w:tc"))]
            if sum(spans) != len(widths) or len(widths) > 63:
                fault("a row of", sum(spans), "columns in", len(widths))
        room = document.sections[-1]
        room = room.page_width - room.left_margin - room.right_margin
        if sum(widths) * 635 > room + 20 * 635:
            fault("a table is wider than the page:", sum(widths))
    for cell in body.iter(qn("w:tc")):
        if cell[-1].tag != qn("w:p"):
            fault("a cell without a paragraph at its end")
    if not document.core_properties.title:
        fault("no title")


def check_document(path, report):
    document = docx.Document(path)
    check_headings(document)
    captions = check_captions(document)
    entries = check_contents(document)
    check_whole(document)
    charts = check_charts(document, report)
    tables = check_tables(document, report) if report else 0
    if report and (tables < 5 or charts < 5 or captions < 10):
        fault("hardly anything was read:", tables, charts, captions)
    print(f"{path.rsplit('/', 1)[-1]}: {tables} tables compared, {charts} "
          f"charts, {captions} captions, {entries} entries of contents")


# ---- a municipality's template ----

GREEN = RGBColor(0x14, 0x53, 0x2D)


def make_template(path):
    """In Georgia and green, with a logo in its head, a foot without a page
    number, headings that count, narrow margins, and its own table style."""
    t = docx.Document()
    section = t.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(25)
    for name in ("Normal", "Heading 1", "Heading 2", "Caption", "Title"):
        style = t.styles[name]
        style.font.name = "Georgia"
        if name != "Normal":
            style.font.color.rgb = GREEN
    t.styles["Heading 1"].font.size = Pt(22)
    run = section.header.paragraphs[0].add_run()
    run.add_picture(io.BytesIO(slides.picture()), width=Mm(12))
    section.footer.paragraphs[0].text = "Eksempel kommune, vi skal fram"
    t.add_heading("Overskrift i malen", 1)
    t.add_paragraph("Tekst i malen", style="List Bullet")
    numbering = t.part.numbering_part.element
    first = numbering.find(qn("w:num")).get(qn("w:numId"))
    props = t.styles["Heading 1"].element.get_or_add_pPr()
    num = OxmlElement("w:numPr")
    ident = OxmlElement("w:numId")
    ident.set(qn("w:val"), first)
    num.append(ident)
    keep = [c for c in props if c.tag in (qn("w:keepNext"),
                                          qn("w:keepLines"))]
    props.insert(len(keep), num)
    table = t.styles.add_style("Kommunens tabell", WD_STYLE_TYPE.TABLE)
    usual = OxmlElement("w:defaultTableStyle")
    usual.set(qn("w:val"), table.style_id)
    settings = t.settings.element
    stop = settings.find(qn("w:defaultTabStop"))
    stop.addnext(usual)
    t.save(path)


def check_uses(theirs, ours):
    t, d = docx.Document(theirs), docx.Document(ours)
    want, have = t.sections[-1], d.sections[-1]
    for side in ("page_width", "left_margin", "right_margin", "top_margin"):
        if getattr(want, side) != getattr(have, side):
            fault(side, "is", getattr(have, side))
    if "Overskrift i malen" in d.element.xml or "Tekst i malen" \
            in d.element.xml:
        fault("the template's own text is in the document")
    foot = "\n".join(p.text for p in have.footer.paragraphs)
    if "vi skal fram" not in foot or "\n" not in foot:
        fault("foot:", foot)
    if " PAGE " not in have.footer._element.xml:
        fault("no page number")
    pictures = [r for r in have.header.part.rels.values()
                if r.reltype.endswith("/image")]
    if len(pictures) != 1 or \
            pictures[0].target_part.blob != slides.picture():
        fault("the picture in the head")
    for name in ("Normal", "Heading 1", "Caption", "Title"):
        if d.styles[name].element.xml != t.styles[name].element.xml:
            fault("style", name, "is not the template's")
    headings = [p for level, p in levels(d) if level == 1]
    if not headings or any(re.match(r"\d", p.text) for p in headings):
        fault("headings that count are numbered twice")
    tables = [x for x in d.tables if caption_of(x) is not None]
    if tables and any(x.style.name != "Kommunens tabell" for x in tables):
        fault("tables are not in the template's style")
    theme = [n for n in zipfile.ZipFile(ours).namelist() if "theme" in n]
    if zipfile.ZipFile(ours).read(theme[0]) != \
            zipfile.ZipFile(theirs).read("word/theme/theme1.xml"):
        fault("the theme is not the template's")


def spoil(source, what, target):
    def edit(name, data):
        text = data.decode("utf-8", "replace")
        if what == "dtd" and name == "word/styles.xml":
            return text.replace("<w:styles", '<!DOCTYPE x [<!ENTITY a "b">]>'
                                "<w:styles", 1).encode()
        if what == "outside" and name.endswith("header1.xml.rels"):
            return re.sub(r'Target="media/[^"]*"', 'Target="http://example.'
                          'org/a.png" TargetMode="External"', text).encode()
        if what == "field" and name == "word/footer1.xml":
            return text.replace("<w:p>", '<w:p><w:fldSimple w:instr=" include'
                                'picture x"/>', 1).encode()
        if what == "up" and name == "word/_rels/document.xml.rels":
            return text.replace("styles.xml", "../../styles.xml").encode()
        if what == "slides" and name == "[Content_Types].xml":
            return text.replace("wordprocessingml", "presentationml").encode()
        if what == "styles" and name == "word/styles.xml":
            return data[:len(data) // 2]
        return data
    slides.rewrite(source, target, edit)


def main(words):
    match words:
        case ["numbers", report, path]:
            check_document(path, json.load(open(report, encoding="utf-8")))
        case ["text", path]:
            check_document(path, None)
        case ["template", path]:
            make_template(path)
        case ["spoil", source, what, target]:
            spoil(source, what, target)
        case ["uses", theirs, ours]:
            check_document(ours, None)
            check_uses(theirs, ours)
        case _:
            sys.exit(__doc__)
    for f in faults[:40]:
        print(f)
    sys.exit(1 if faults else 0)


main(sys.argv[1:])
