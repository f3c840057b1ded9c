#!/usr/bin/python3
"""Whether the numbers of a deck are those of the report.

    tests/office/pptx.py REPORT.json DECK.pptx READ.json

REPORT.json is `report --format json`; READ.json what another program read
of the deck (pptx.mjs). Of every table the numbers are looked up by the names
of rows and columns: in the charts as that program read them, in the
workbooks inside (python3-openpyxl), in tables and in large figures. Each
slide has a title, notes with the filter, and alternative text."""
import io
import json
import re
import sys
import zipfile
import xml.etree.ElementTree as ET

import openpyxl

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
HIDDEN = r" \((delvis |partly )?(skjult|hidden)\)$"
faults = []


def fault(*words):
    faults.append(" ".join(str(w) for w in words))


# ---- the report ----

class Table:
    """Numbers of a table of the report by the names of row and column."""

    def __init__(self, t):
        self.title, self.where = t["title"], t["where"]
        rows = t["rows"]["labels"]
        columns = t.get("columns", {}).get("labels")
        self.share_of = t.get("share_of")
        self.cell, self.of, self.found = {}, {}, set()
        self.also = {}          # of rows with the same name
        for r, row in enumerate(rows):
            for c, column in enumerate(columns or [""]):
                value = t["cells"][r][c] if columns else t["cells"][r]
                if (row, column) in self.cell:
                    self.also.setdefault((row, column), []).append(value)
                    continue
                self.cell[row, column] = value
                self.of[row, column] = self.base(t, r, c, columns)

    def base(self, t, r, c, columns):
        """What the share of a cell is of, from the report's own words."""
        if t.get("of") is not None:
            return t["of"][r][c] if columns and isinstance(t["of"][r], list) \
                else t["of"][r]
        told = t.get("sums")    # of a protected table
        if t.get("sum") is not None:
            return None if columns else (
                told["all"] if told else sum(t["cells"]))
        if t.get("share_of") == "columns":
            return told["columns"][c] if told else sum(row[c] for row in t["cells"])
        if isinstance(t["base"], list):
            return t["base"][r]
        if t.get("share_of") == "rows" and columns:
            return told["rows"][r] if told else sum(t["cells"][r])
        return t["base"]

    def key(self, one, other):
        """The cell with these two names, whichever way round."""
        one = re.sub(r" \([\d\s\u00a0,]+\)$", "", one)
        for key in ((one, other), (other, one), (one, ""), (other, "")):
            if key in self.cell:
                return key
        columns = {c for _, c in self.cell}
        if len(columns) == 1 and (one, next(iter(columns))) in self.cell:
            return one, next(iter(columns))
        return None


# ---- the deck ----

class Deck:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        names = [n for n in self.zip.namelist()
                 if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]
        self.slides = [f"ppt/slides/slide{i + 1}.xml"
                       for i in range(len(names))]

    def xml(self, name):
        return ET.fromstring(self.zip.read(name))

    def target(self, part, rid):
        folder, file = part.rsplit("/", 1)
        for r in self.xml(f"{folder}/_rels/{file}.rels"):
            if r.get("Id") == rid:
                path = f"{folder}/{r.get('Target')}".split("/")
                while ".." in path:
                    i = path.index("..")
                    del path[i - 1:i + 1]
                return "/".join(path)
        raise KeyError(rid)

    def frames(self, slide):
        """(alternative text, chart part or None) of each chart and table."""
        for frame in self.xml(slide).iter(P + "graphicFrame"):
            descr = next(frame.iter(P + "cNvPr")).get("descr")
            chart = next(frame.iter(C + "chart"), None)
            yield descr, (None if chart is None else
                          self.target(slide, chart.get(R + "id")))

    def book(self, chart):
        rid = next(self.xml(chart).iter(C + "externalData")).get(R + "id")
        data = self.zip.read(self.target(chart, rid))
        return openpyxl.load_workbook(io.BytesIO(data))["Data"]


# ---- looking up ----

def blanks(text):
    return text.replace("\u00a0", " ")


def near(share, n, of):
    return of and abs(share - n / of) < 2e-12


def check_value(where, table, key, value, share):
    """VALUE is a count, or the SHARE that belongs to the cell KEY."""
    n, of = table.cell[key], table.of[key]
    if n is None:
        fault(where, table.title, key, "is hidden, but is", value)
    elif not (near(value, n, of) if share else value == n):
        fault(where, table.title, key, f"is {n} of {of}, but is", value)
    table.found.add(key)


def check_book(where, table, sheet):
    """The workbook of a chart: shares, and behind them the counts."""
    head = [c.value for c in sheet[1]]
    count = next((h.split(": ")[0] for h in head
                  if h and h.startswith(("Antall: ", "Number: "))), None)
    rest = "skjult" in head or "hidden" in head
    for row in sheet.iter_rows(min_row=2):
        name = re.sub(HIDDEN, "", row[0].value or "")
        whole = [c.value for h, c in zip(head[1:], row[1:]) if h
                 and not h.startswith(str(count) + ": ")]
        if rest and whole[-1] is not None \
                and abs(sum(v or 0 for v in whole) - 1) > 1e-11:
            fault(where, table.title, name, "does not add up:", whole)
        for column, cell in enumerate(row[1:], 1):
            if cell.value is None or not head[column] \
                    or head[column] in ("skjult", "hidden"):
                continue
            label = head[column]
            counted = count is not None and label.startswith(count + ": ")
            key = table.key(name, label[len(count) + 2:] if counted
                            else label)
            if key is None:
                fault(where, table.title, "has no", name, label)
                continue
            check_value(where, table, key, cell.value,
                        count is not None and not counted)


def check_chart(where, table, chart):
    """What the other program read, point by point."""
    for series in chart["series"]:
        if not isinstance(series["name"], str) \
                or series["name"] in ("skjult", "hidden"):
            continue        # the number beside a bar again; hidden ones
        for at, value in series["values"]:
            name = series["labels"][int(at)] if series["labels"] else ""
            name = re.sub(HIDDEN, "", name)
            key = table.key(name, series["name"])
            if key is None:
                fault(where, table.title, "has no", name, series["name"])
            elif value is not None:
                check_value(where, table, key, value, value != int(value)
                            or table.cell[key] != value)


def number(text):
    digits = re.match(r"\d{1,3}(?:[ \u00a0,]\d{3})+(?!\d)|\d+", text)
    return int(re.sub(r"\D", "", digits.group())) if digits else None


def check_rows(where, table, rows):
    head = rows[0]
    for row in rows[1:]:
        for column, text in zip(head[1:], row[1:]):
            key = table.key(row[0], column)
            if key is None or (key[1] == "" and column not in
                               ("Antall", "Tal", "Number")):
                continue
            if table.cell[key] is None and text != ":":
                fault(where, table.title, key, "is hidden, but is", text)
            elif table.cell[key] is not None \
                    and number(text) not in [table.cell[key]] \
                    + table.also.get(key, []):
                fault(where, table.title, key, f"is {table.cell[key]}, but"
                      " is", text)
            table.found.add(key)


def check_figures(where, table, texts):
    for text in texts:
        label, _, rest = text.partition("\n")
        key = table.key(label, "")
        if rest in ("skjult", "hidden") and table.cell.get(key, 0) is None:
            continue
        if rest and key in table.cell:
            check_value(where, table, key, number(rest), False)


def title_of(tables, descr):
    """The table that an alternative text is of: the longest title."""
    found = [t for t in tables.values() if descr.startswith(t.title + ".")]
    return max(found, key=lambda t: len(t.title), default=None)


def check_filter(where, table, note, filters):
    """The notes say whom the table is of: in words, and not without; the
    same words for the same filter and other words for another."""
    said = re.search(r"^Filter: (.+)$", note, re.MULTILINE)
    words = said.group(1) if said else ""
    if (words != "") != (table.where != ""):
        fault(where, "the filter is not in the notes:", table.where)
    elif " = " in words or " in {" in words:
        fault(where, "the filter is not in words:", words)
    elif filters.setdefault(table.where, words) != words \
            or list(filters.values()).count(words) > 1:
        fault(where, "another filter's words:", words)


def main(report_file, deck_file, read_file):
    with open(report_file, encoding="utf-8") as f:
        report = json.load(f)
    with open(read_file, encoding="utf-8") as f:
        read = json.load(f)["slides"]
    tables = {t["table"]: Table(t) for t in report["tables"]}
    deck, drawn, filters = Deck(deck_file), 0, {}
    if len(read) != len(deck.slides):
        fault("slides:", len(read), "read of", len(deck.slides))
    for slide, seen in zip(deck.slides, read):
        where = slide.rsplit("/", 1)[1]
        if len(seen["titles"]) < 1 or not seen["titles"][0]:
            fault(where, "has no title")
        charts, grids = iter(seen["charts"]), iter(seen["tables"])
        for descr, part in deck.frames(slide):
            table = title_of(tables, descr)
            chart = next(charts) if part else None
            grid = None if part else next(grids)
            if table is None:
                continue                # of the program's own: the data
            if part:
                drawn += 1
                check_book(where, table, deck.book(part))
                check_chart(where, table, chart)
                if blanks(descr) not in blanks(seen["note"]):
                    fault(where, "alternative text is not in the notes")
            else:
                check_rows(where, table, grid)
            check_filter(where, table, seen["note"], filters)
        for table in tables.values():
            if seen["titles"] == [table.title] and not seen["charts"] \
                    and not seen["tables"]:
                check_figures(where, table, seen["texts"])
    left = 0
    for table in tables.values():
        for key, n in table.cell.items():
            if key not in table.found and n:
                left += 1
                fault(table.title, key, f"({n}) is on no slide")
    for line in faults[:40]:
        print(line)
    cells = sum(len(t.found) for t in tables.values())
    print(f"{len(deck.slides)} slides, {drawn} charts, {cells} numbers of "
          f"{len(tables)} tables, {len(faults)} faults")
    return 1 if faults or drawn == 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
