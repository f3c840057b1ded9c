#!/usr/bin/env python3
"""Workbook, codebook and data package against the CSV of registrations.

    read_back.py all|some DATA.csv XLSX DDI PACKAGE

What follows from the rules is worked out here anew: which registrations
count, what is not asked, services gone through, age. SOME: those that count,
of mental, with nav_arna among the units serving, without pseudonyms."""
import csv
import datetime
import hashlib
import io
import json
import sys
import xml.etree.ElementTree as ET
import zipfile

import openpyxl

SUBSTANCE = {"substance", "dual"}
ASKED = {
    "crisis": lambda r: r["target_group"] == "mental",
    "ip_declined": lambda r: r["ip"] == "0",
}
for name in ("nav", "social", "specialist", "health", "other"):
    ASKED[f"group_{name}"] = lambda r: r["group"] == "1"
for name in ("substance", "injecting", "use_alcohol", "use_cannabis",
             "use_opioids", "use_stimulants", "use_medicines", "use_other"):
    ASKED[name] = lambda r: r["target_group"] in SUBSTANCE
OFF = {"subunit", "professional", "case_code"}
DDI = "{ddi:codebook:2_5}"
wrong = 0


def check(good, *what):
    global wrong
    if not good:
        wrong += 1
        if wrong < 20:
            print(*what)


def effective(raw, name):
    """What counts of a cell of the CSV."""
    value = raw[name]
    if name.startswith("svc_"):
        if raw["services_done"] != "1":
            return ""
        return "1" if value == "1" else "0"
    if name in ASKED and not ASKED[name](raw):
        return "unasked"
    return value


def expected(raw, units, without):
    """A row of the package, as far as it can be told from the CSV."""
    row = {}
    for name in raw:
        if name in OFF or name in ("status", "registration",
                                   "superseded_by"):
            continue
        if name == "units_serving":
            for unit in units if not without else ():
                given = raw[name]
                row[f"units_serving_{unit}"] = \
                    given if given in ("", "unknown") else \
                    "1" if unit in given.split("|") else "0"
        elif name != "pseudonym" or not without:
            row[name] = effective(raw, name)
    row["status"] = raw["status"]
    row["counts"] = "1" if raw["status"] == "complete" \
        and raw["superseded_by"] == "" else "0"
    if not without:
        row["registration"] = raw["registration"]
        row["superseded_by"] = raw["superseded_by"]
    year = raw["birth_year"]
    row["age"] = str(2014 - int(year)) if year.isdigit() else ""
    return row


def read_package(path):
    with zipfile.ZipFile(path) as z:
        check(z.testzip() is None, path, "is damaged")
        check(z.namelist() == ["data.csv", "datapackage.json",
                               "codebook.xml"], z.namelist())
        data = z.read("data.csv")
        package = json.loads(z.read("datapackage.json"))
        codebook = z.read("codebook.xml")
    return data, package, codebook


def check_schema(fields, rows):
    """Every cell by Table Schema: its type, its codes, its missing values."""
    missing = {"", "unknown", "unasked"}
    types = {
        "integer": lambda v: str(int(v)) == v,
        "number": lambda v: float(v) >= 0,
        "boolean": lambda v: v in ("0", "1"),
        "date": lambda v: datetime.date.fromisoformat(v) is not None,
        "string": lambda v: True,
    }
    for field in fields:
        codes = field.get("constraints", {}).get("enum")
        labels = [c["value"] for c in field.get("categories", [])]
        check(not codes or codes == labels, field["name"], "categories")
        for row in rows:
            value = row[field["name"]]
            if value in missing:
                continue
            check(types[field["type"]](value), field["name"], value)
            check(not codes or value in map(str, codes), field["name"],
                  value)


def check_ddi(text, fields, rows):
    root = ET.fromstring(text)
    check(root.tag == DDI + "codeBook", root.tag)
    variables = root.findall(f".//{DDI}var")
    check([v.get("name") for v in variables] == [f["name"] for f in fields],
          "DDI's variables")
    check(root.find(f".//{DDI}caseQnty").text == str(len(rows)), "caseQnty")
    for v, field in zip(variables, fields):
        values = [r[field["name"]] for r in rows]
        valid = sum(x not in ("", "unknown", "unasked") for x in values)
        check(v.find(f"{DDI}labl").text == field["title"], field["name"])
        check(v.find(f"{DDI}sumStat[@type='vald']").text == str(valid),
              field["name"], "valid")
        for c in v.findall(f"{DDI}catgry"):
            code = c.find(f"{DDI}catValu").text
            check(c.find(f"{DDI}catStat").text
                  == str(values.count(code)), field["name"], code)
        codes = [c.find(f"{DDI}catValu").text
                 for c in v.findall(f"{DDI}catgry") if not c.get("missing")]
        want = [str(c) for c in field.get("constraints", {})
                .get("enum", [])] or \
            (["0", "1"] if field["type"] == "boolean" else [])
        check(codes == want, field["name"], codes, want)


def check_book(path, fields, rows, english):
    book = openpyxl.load_workbook(path)
    names = ["Data", "Codebook", "Values", "About"] if english else \
        ["Data", "Kodebok", "Verdier", "Om filen"]
    check(book.sheetnames == names, book.sheetnames)
    data, codebook, values, about = book.worksheets
    for sheet in book.worksheets:
        check(sheet.freeze_panes == "A2", sheet.title, "is not frozen")
    labels = {}
    for name, code, number, label, count in values.iter_rows(
            min_row=2, values_only=True):
        check(label not in labels.get(name, {}), name, label, "twice")
        labels.setdefault(name, {})[label] = str(code)
    unknown = "Don't know" if english else "Vet ikke"
    unasked = "Not asked" if english else "Ikke spurt"
    read = data.iter_rows(values_only=True)
    head = next(read)
    check(list(head) == [f["name"] for f in fields], "columns")
    count = 0
    for got, row in zip(read, rows):
        count += 1
        for field, cell in zip(fields, got):
            name, want = field["name"], row[field["name"]]
            if cell is None:
                cell = ""
            elif isinstance(cell, datetime.datetime):
                cell = cell.date().isoformat()
            elif cell == unknown:
                cell = "unknown"
            elif cell == unasked:
                cell = "unasked"
            elif name in labels:
                cell = labels[name].get(cell, f"?{cell}")
            elif field["type"] == "number":
                cell = f"{cell:.3f}"
            check(str(cell) == want, path, name, cell, want)
    check(count == len(rows) == data.max_row - 1, "rows")
    check([r[0] for r in codebook.iter_rows(min_row=2, values_only=True)]
          == [f["name"] for f in fields], "codebook")
    facts = dict(about.iter_rows(min_row=2, values_only=True))
    for label in (("Round", "Filter", "Exported", "Exported by",
                   "Protection") if english else
                  ("Runde", "Filter", "Hentet ut", "Hentet ut av", "Vern")):
        check(facts.get(label), "no fact", label)


def main():
    mode, data, xlsx, ddi, package_path = sys.argv[1:]
    some = mode == "some"
    with open(data, newline="", encoding="utf-8") as f:
        raw = list(csv.DictReader(f, delimiter=";"))
    if some:
        raw = [r for r in raw if r["status"] == "complete"
               and not r["superseded_by"] and r["target_group"] == "mental"
               and "nav_arna" in r["units_serving"].split("|")]
    text, package, inner = read_package(package_path)
    resource = package["resources"][0]
    fields = resource["schema"]["fields"]
    check(resource["bytes"] == len(text), "bytes")
    check(resource["hash"] == "sha256:" + hashlib.sha256(text).hexdigest(),
          "hash")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8"))))
    units = next(f for f in fields
                 if f["name"] == "unit")["constraints"]["enum"]
    check(len(rows) == len(raw) and len(raw) > 10, len(rows), len(raw))
    for got, r in zip(rows, raw):
        for name, want in expected(r, units, some).items():
            check(got.get(name) == want, r["registration"], name,
                  got.get(name), want)
    for name in ("pseudonym", "registration", "superseded_by",
                 "units_serving_nav_arna"):
        check((name in rows[0]) != some, name)
    check_schema(fields, rows)
    check_ddi(inner, fields, rows)
    with open(ddi, "rb") as f:
        check(f.read() == inner, "the DDI codebook in the package differs")
    check_book(xlsx, fields, rows, some)
    print(f"{len(rows)} rows of {len(fields)} columns, {wrong} wrong")
    return 1 if wrong else 0


sys.exit(main())
