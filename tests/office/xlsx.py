#!/usr/bin/env python3
"""A workbook of a report read by openpyxl, against the same report's JSON.

    tests/office/xlsx.py WORKBOOK.xlsx REPORT.json

Every table has a sheet: its title, labels, counts, shares and bases are
those of the JSON, and what is null there is ":" and nothing else. Every
chart refers to cells that hold its numbers, its caches are those cells, its
areas have colour, edge and, but for the first, pattern, and it has an
alternative text. Contents link to every sheet; the codebook has every
variable with its codes."""
import json
import re
import sys
import zipfile
import xml.etree.ElementTree as ET

import openpyxl
from openpyxl.utils import range_boundaries

HEAD, FIRST = 6, 7              # rows of a table's sheet
DRAWING = ("{http://schemas.openxmlformats.org/drawingml/2006/"
           "spreadsheetDrawing}")
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
wrong = 0
counted = {"tables": 0, "cells": 0, "hidden": 0, "charts": 0, "points": 0}


def check(good, *what):
    global wrong
    if not good:
        wrong += 1
        if wrong < 25:
            print(*what)


def as_rows(table):
    cells = table["cells"]
    return [[c] if not isinstance(c, list) else c for c in cells]


def bases(table, rows):
    """What each cell is a share of; None where it has no share."""
    of = table.get("of")
    if of is not None:
        return [[c] if not isinstance(c, list) else c for c in of]
    return None


def check_table(sheet, table):
    counted["tables"] += 1
    rows = as_rows(table)
    width = len(rows[0]) if rows else 0
    check(sheet.cell(1, 1).value.endswith(table["title"]), sheet.title,
          sheet.cell(1, 1).value, table["title"])
    check(sheet.freeze_panes == f"A{FIRST}", sheet.title, "is not frozen")
    labels = table["rows"]["labels"]
    if "columns" in table and width > 1:
        for i, label in enumerate(table["columns"]["labels"]):
            check(sheet.cell(HEAD, 2 + i).value == label, sheet.title, label)
    share_at = None
    heads = [sheet.cell(HEAD, c).value for c in range(2 + width, 40)]
    groups = [sheet.cell(HEAD - 1, c).value for c in range(2 + width, 40)]
    for i, (head, group) in enumerate(zip(heads, groups)):
        if head == "Andel" or (group or "").startswith("Andel"):
            share_at = 2 + width + i
            break
    of = bases(table, rows)
    for r, row in enumerate(rows):
        check(sheet.cell(FIRST + r, 1).value == labels[r], sheet.title,
              labels[r])
        for c, n in enumerate(row):
            counted["cells"] += 1
            got = sheet.cell(FIRST + r, 2 + c).value
            if n is None:
                counted["hidden"] += 1
                check(got == ":", sheet.title, "hidden", got)
            else:
                check(got == n and isinstance(got, int), sheet.title, got, n)
            if share_at is None:
                continue
            share = sheet.cell(FIRST + r, share_at + c).value
            base = of[r][c] if of else base_of(table, rows, r, c)
            if n is None:
                check(share in (":", None), sheet.title, "share", share)
            elif base is not None and base > 0:
                check(share == ":" or (isinstance(share, (int, float))
                                       and abs(share - n / base) < 1e-9),
                      sheet.title, "share", share, n, base)


def base_of(table, rows, r, c):
    """The base where it can be told from the counts alone."""
    if table.get("sum") or table.get("multiple"):
        return None
    base = table.get("base")
    kind = table.get("share_of")
    if isinstance(base, list):
        return base[r] if kind in ("rows", "all") else None
    if kind == "all":
        return base
    if kind == "rows" and None not in rows[r]:
        return sum(rows[r])
    column = [row[c] for row in rows]
    if kind == "columns" and None not in column:
        return sum(column)
    return None


def cells_of(book, reference):
    name, area = re.fullmatch(r"'?(.+?)'?!(.+)", reference).groups()
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    sheet = book[name]
    return [sheet.cell(r, c).value for r in range(top, bottom + 1)
            for c in range(left, right + 1)]


def points(node):
    return {int(p.get("idx")): p.find(C + "v").text
            for p in node.iter(C + "pt")}


def check_series(book, series, name):
    values = series.find(f"{C}val/{C}numRef")
    cells = cells_of(book, values.find(C + "f").text)
    cache = points(values)
    for i, cell in enumerate(cells):
        counted["points"] += 1
        check(cell is None or isinstance(cell, (int, float)), name,
              "a point is", cell)
        if cell is not None:
            check(abs(float(cache.get(i, "nan")) - cell) < 1e-9, name,
                  "cache", cache.get(i), cell)
        check((i in cache) == (cell is not None), name, "cache of nothing")
    title = series.find(f"{C}tx/{C}strRef")
    check(cells_of(book, title.find(C + "f").text)
          == list(points(title).values()), name, "a series' name")
    look = series.find(C + "spPr")
    check(look.find(A + "ln") is not None, name, "no edge")
    check(look.find(A + "pattFill") is not None
          or look.find(A + "solidFill") is not None, name, "no fill")
    return look.find(A + "pattFill") is not None


def check_charts(book, archive):
    for part in archive.namelist():
        if not re.fullmatch(r"xl/charts/chart\d+\.xml", part):
            continue
        counted["charts"] += 1
        root = ET.fromstring(archive.read(part))
        series = list(root.iter(C + "ser"))
        check(series, part, "no series")
        patterns = [check_series(book, s, part) for s in series]
        check(patterns.count(False) <= 1, part, "areas without a pattern")
        check(root.find(f"{C}chart/{C}title") is not None, part, "no title")
    described = 0
    for part in archive.namelist():
        if re.fullmatch(r"xl/drawings/drawing\d+\.xml", part):
            for frame in ET.fromstring(archive.read(part)).iter(
                    DRAWING + "cNvPr"):
                described += 1
                check(len(frame.get("descr", "")) > 20, part,
                      "no alternative text")
    check(described == counted["charts"], described, "frames")


def check_codebook(sheet, tables):
    known = {}
    for variable, label, code, name in sheet.iter_rows(
            min_row=2, max_col=4, values_only=True):
        known.setdefault(variable, {})[code] = name
    for table in tables:
        for side in ("rows", "columns"):
            s = table.get(side, {})
            if s.get("variable"):
                check(known.get(s["variable"])
                      == dict(zip(s["keys"], s["labels"])),
                      "codebook", s["variable"])
            for variable in s.get("variables", []):
                check(variable in known, "codebook", variable)


def main():
    book = openpyxl.load_workbook(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as f:
        report = json.load(f)
    contents, *sheets, codebook, about = book.worksheets
    links = [c.hyperlink.location for row in contents.iter_rows()
             for c in row if c.hyperlink]
    check(links == [f"'{s.title}'!A1" for s in sheets], "links")
    tables = report["tables"] + report["data"]
    titles = [s.cell(1, 1).value.split(". ", 1)[-1] for s in sheets]
    check(len(set(s.title.lower() for s in book.worksheets))
          == len(book.worksheets), "names")
    used = set()
    for table in tables:
        at = next((i for i, title in enumerate(titles) if i not in used
                   and title == table["title"]), None)
        check(at is not None, "no sheet", table["title"])
        if at is not None:
            used.add(at)
            check_table(sheets[at], table)
    check(len(used) == len(sheets), "sheets", len(used), len(sheets))
    check_codebook(codebook, report["tables"])
    facts = dict(about.iter_rows(max_col=2, values_only=True))
    check(facts["Runde"].endswith(f"({report['round']['id']})"), "about")
    check(facts["Skjemaets SHA-256"] == report["instrument"]["sha256"],
          "about")
    check(facts.get("Vern") == report.get("internal_notice",
                                          report.get("protected_notice")),
          "about", facts.get("Vern"))
    with zipfile.ZipFile(sys.argv[1]) as archive:
        check(archive.testzip() is None, "damaged")
        check_charts(book, archive)
    print(counted, f"{wrong} wrong")
    return 1 if wrong or not counted["tables"] or not counted["charts"] \
        else 0


sys.exit(main())
