#!/usr/bin/env python3
"""What a text and slides mark is what the tables do, in every file.

    texts.py TABLES.txt REPORT.txt SLIDES.txt FILE.pptx|FILE.docx...

The three are the same round in bokmål with the same --compare, all tables, the
text and the slides as text. Every mark of the chapter "Sammenligning" of the
tables (which R has found again, check.R) must be in the text and in its files where
the text shows the table; so of the slides, among the speaker's notes."""
import html
import re
import sys
import zipfile

SHOWN = {"Mottakere etter samlet funksjonsnivå",
         "Mottakere etter farge på hvert funksjonsområde: røde",
         "Mottakere med planer, ansvarsgruppe og koordinator"}
CHAPTER = SHOWN | {"Mottakere med omsorg for eller samvær med barn, og barna"}


def lines_of(name):
    text = open(name, encoding="utf-8").read().replace("\u00a0", " ")
    return text.split("\n")


def marks_of(lines):
    """Marks by the title of their table, in the last such chapter."""
    begin = len(lines) - lines[::-1].index("Sammenligning")
    found, title = {}, ""
    for before, line in zip([""] + lines[begin:], lines[begin:]):
        if before == "":
            title = line
        if line.startswith("- "):
            found.setdefault(title, []).append(line[2:])
    return found


def words_of(name):
    """All text of an Office file, without what stands between it."""
    parts = []
    with zipfile.ZipFile(name) as z:
        for part in z.namelist():
            if re.fullmatch(r"(ppt|word)/.*\.xml", part):
                xml = z.read(part).decode("utf-8")
                parts.append("".join(
                    re.findall(r"<(?:a|w):t(?: [^>]*)?>([^<]*)<", xml)))
    return html.unescape("\n".join(parts)).replace("\u00a0", " ")


def main():
    tables, report, slides = map(lines_of, sys.argv[1:4])
    marks = marks_of(tables)
    assert sum(map(len, marks.values())) >= 8, marks
    assert SHOWN & set(marks), (SHOWN, marks)
    beside = marks_of(report)
    marks = {t: m for t, m in marks.items() if t in CHAPTER}
    assert beside == marks, (beside, marks)
    want = sorted(m + "." for t in SHOWN for m in marks.get(t, []))
    noted = sorted(line.removeprefix("Forskjell: ") for line in slides
                   if line.startswith("Forskjell: "))
    assert noted == want, (noted, want)
    change = [m for m in sum(marks.values(), [])
              if m.startswith("Arbeid og aktivitet: ")]
    assert len(change) == 1, change
    now, then = re.findall(r"(\d+ %) i", change[0])
    up = "opp" if int(now[:-2]) > int(then[:-2]) else "ned"
    sentence = ("Andelen som er røde på arbeid og aktivitet, har gått "
                f"{up} fra {then} i 2012.")
    assert sentence in " ".join(report), sentence
    files = 0
    for name in sys.argv[4:]:
        words = words_of(name)
        said = want if name.endswith("x") and ".pptx" in name \
            else sum(marks.values(), []) + [sentence]
        for mark in said:
            assert mark in words, (name, mark)
            files += 1
    print(f"ok {sum(map(len, marks.values()))} marks, {len(want)} on slides, "
          f"{files} found again in files")


main()
