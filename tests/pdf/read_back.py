#!/usr/bin/env python3
"""Whether a PDF says what the report says: numbers and words.

    tests/pdf/read_back.py FILE.pdf REPORT.json REPORT.tree

Every table of the JSON must stand in the PDF, in its order, as a Table with
the same rows and the same number in each cell, or as a list of key figures;
every text of the tree must be read, whole, in its order. By the tags, as a
screen reader has them; and once more by pdftotext: each number must be among
its words."""
import json
import re
import subprocess
import sys

import pdffile
import rules

TEXT = re.compile(r"^ *(?:paragraph|finding|item|callout): (.*)$")


def squeezed(text):
    """Without blanks and hyphens: lines may end in other places."""
    return re.sub(r"[\s\u00a0\u00ad-]", "", text)


def number(text):
    """What a cell counts: its first line. None where it is hidden."""
    if text.strip() == ":":
        return None
    m = re.match(r"\s*(−?\d[\d\u00a0,]*)(?=[ (]|$)", text)
    if not m:
        raise ValueError(f"no number: “{text}”")
    return int(re.sub(r"[\u00a0,]", "", m.group(1)).replace("−", "-"))


def rows_of(f, table):
    """Rows of the body: (label, cells)."""
    for body in table.tags():
        if rules.type_of(f, body) == "TBody":
            for tr in body.tags():
                cells = [f.says(c).strip() for c in tr.tags()]
                yield cells[0], cells[1:]


def caption_of(f, table):
    return squeezed("".join(f.says(k) for k in table.tags()
                            if rules.type_of(f, k) == "Caption"))


def things_of(f):
    """Tables and lists of the file in order: rows of (label, cells). A table
    in parts, one caption, is one."""
    out, last = [], None
    for tag in rules.all_tags(f):
        if rules.type_of(f, tag) == "Table":
            rows, caption = list(rows_of(f, tag)), caption_of(f, tag)
            if caption == last:
                out[-1] = [(a, x + y) for (a, x), (_, y)
                           in zip(out[-1], rows)]
            else:
                out.append(rows)
            last = caption
        elif rules.type_of(f, tag) == "L":
            rows = []
            for li in tag.tags():
                kids = [(rules.type_of(f, k), f.says(k).strip())
                        for k in li.tags()]
                rows.append((" ".join(t for k, t in kids if k == "Lbl"),
                             [t for k, t in kids if k == "LBody"]))
            out.append(rows)
            last = None
    return out


def cells_of(table, row):
    cells = table["cells"][row]
    return cells if isinstance(cells, list) else [cells]


def is_at(table, rows):
    labels = [squeezed(x) for x in table["rows"]["labels"]]
    return [squeezed(a) for a, _ in rows][:len(labels)] == labels


def compare(table, rows):
    for i, label in enumerate(table["rows"]["labels"]):
        want = cells_of(table, i)
        got = [number(x) for x in rows[i][1][:len(want)]]
        if got != want:
            return f"{table['table']}: {label}: {got}, not {want}"
    return None


def table_faults(f, report):
    things, at, cells = things_of(f), 0, 0
    for table in report["tables"]:
        while at < len(things) and not is_at(table, things[at]):
            at += 1
        if at == len(things):
            yield f"{table['table']} stands nowhere"
            return
        fault = compare(table, things[at])
        if fault:
            yield fault
        cells += sum(len(cells_of(table, i))
                     for i in range(len(table["cells"])))
        at += 1
    if cells < 10:
        yield "nothing was compared"


def text_faults(f, tree):
    said, at, count = squeezed("".join(f.says(r) for r in f.roots)), 0, 0
    for line in tree.splitlines():
        m = TEXT.match(line)
        if not m:
            continue
        found = said.find(squeezed(m.group(1)), at)
        if found < 0:
            yield f"is not read: “{m.group(1)[:60]}”" \
                if squeezed(m.group(1)) not in said \
                else f"is read too early: “{m.group(1)[:60]}”"
        else:
            at = found
        count += 1
    if count == 0:
        yield "no text was compared"


def word_faults(name, report):
    """By pdftotext, which knows nothing of our reading."""
    text = subprocess.run(["pdftotext", "-layout", name, "-"], check=True,
                          capture_output=True).stdout.decode()
    words = set()
    # It makes a no-break space a blank: every way to read "1 007 838".
    for m in re.finditer(r"(?<!\d)\d{1,3}(?:[\u00a0 ,]\d{3})*(?!\d)", text):
        parts = re.split(r"[\u00a0 ,]", m.group())
        words |= {int("".join(parts[a:b])) for a in range(len(parts))
                  for b in range(a + 1, len(parts) + 1)}
    for table in report["tables"]:
        for i in range(len(table["cells"])):
            for n in cells_of(table, i):
                if n is not None and n not in words:
                    yield f"pdftotext does not read {n} of {table['table']}"


def main():
    name = sys.argv[1]
    f = pdffile.File(name).look()
    with open(sys.argv[2], encoding="utf-8") as file:
        report = json.load(file)
    with open(sys.argv[3], encoding="utf-8") as file:
        tree = file.read()
    found = [*table_faults(f, report), *text_faults(f, tree),
             *word_faults(name, report)]
    for what in found[:20]:
        print(f"{name}: {what}")
    if not found:
        print(f"{name}: {len(report['tables'])} tables, "
              f"{sum(bool(TEXT.match(x)) for x in tree.splitlines())} texts")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
