#!/usr/bin/env python3
"""The published figures as SPSS syntax and as R, and what PSPP found.

    figures.py PUBLISHED.json DIR             writes DIR/figures.sps, figures.R
                                              and about.sps
    figures.py --compare CSV PUBLISHED.json DIR

Each expression of our filter language is translated by itself; codes become
the numbers that stand for them, which are taken from the data package."""
import csv
import json
import pathlib
import re
import sys
import zipfile

TOKEN = re.compile(r"\s*([A-Za-z0-9_+-]+|[={},()])")
QUOTED = re.compile(r'"([A-Za-z0-9_+-]+)"')


def numbers(folder):
    """{variable: {code: number}}: places from 1, or the number itself."""
    with zipfile.ZipFile(folder / "data.package") as z:
        package = json.loads(z.read("datapackage.json"))
    found = {}
    for field in package["resources"][0]["schema"]["fields"]:
        codes = field.get("constraints", {}).get("enum")
        if field["type"] == "string" and codes:
            found[field["name"]] = {c: i + 1 for i, c in enumerate(codes)}
    return found


def translate(text, codes, spss):
    """(variable tests joined by and, or) as the other language."""
    text = QUOTED.sub(r"\1", text)
    words, at = TOKEN.findall(text), 0
    if "".join(words) != text.replace(" ", ""):
        sys.exit(f"can't read {text!r}")

    def number(name, word):
        return codes[name][word] if name in codes else int(word)

    def test():
        nonlocal at
        name, sign = words[at], words[at + 1]
        at += 2
        if sign == "=":
            values = [number(name, words[at])]
            at += 1
        elif sign == "in" and words[at] == "{":
            end = words.index("}", at)
            values = [number(name, w) for w in words[at + 1:end] if w != ","]
            at = end + 1
        else:
            sys.exit(f"{sign} in {text!r}")
        listed = ",".join(map(str, values))
        return (f"ANY({name},{listed})" if spss
                else f"(d${name} %in% c({listed}))")

    def factor():
        nonlocal at
        if words[at] != "(":
            return test()
        at += 1
        inner = either()
        at += 1
        return f"({inner})"

    def both():
        nonlocal at
        parts = [factor()]
        while at < len(words) and words[at] == "and":
            at += 1
            parts.append(factor())
        return (" AND " if spss else " & ").join(parts)

    def either():
        nonlocal at
        parts = [both()]
        while at < len(words) and words[at] == "or":
            at += 1
            parts.append(both())
        return (" OR " if spss else " | ").join(parts)

    if not words:
        return "1 = 1" if spss else "rep(TRUE, nrow(d))"
    result = either()
    if at != len(words):
        sys.exit(f"left of {text!r}: {words[at:]}")
    return result


def questions(published):
    """What must be counted: (expression, variable to add)."""
    wanted = []
    for figure in published["figures"]:
        for key in ("where", "base"):
            if key in figure:
                wanted.append((figure[key], figure.get("sum")))
    return list(dict.fromkeys(wanted))


def write(published, folder):
    codes = numbers(folder)
    asked = questions(published)
    spss = ["GET FILE='data.sav'.", "SELECT IF counts = 1."]
    r = ["figures <- function(d) c("]
    for i, (where, add) in enumerate(asked):
        spss += [f"COMPUTE f{i} = 0.",
                 f"IF ({translate(where, codes, True)}) f{i} = "
                 f"{add or 1}.", f"RECODE f{i} (MISSING=0)."]
        inner = translate(where, codes, False)
        r.append(f"sum(d${add}[{inner}], na.rm = TRUE)," if add
                 else f"sum({inner}),")
    names = " ".join(f"/s{i} = SUM(f{i})" for i in range(len(asked)))
    spss += ["COMPUTE everybody = 1.",
             f"AGGREGATE OUTFILE=* /BREAK=everybody {names}.",
             "SAVE TRANSLATE /OUTFILE='pspp.csv' /TYPE=CSV /REPLACE"
             " /FIELDNAMES."]
    r[-1] = r[-1].rstrip(",") + ")"
    (folder / "figures.sps").write_text("\n".join(spss) + "\n")
    (folder / "figures.R").write_text("\n".join(r) + "\n")
    (folder / "about.sps").write_text(
        "GET FILE='data.sav'.\nDISPLAY DOCUMENTS.\n"
        "DISPLAY DICTIONARY.\n")


def compare(found, published):
    asked = questions(published)
    if len(found) != len(asked):
        sys.exit(f"{len(found)} numbers for {len(asked)} questions")
    count = dict(zip(asked, found))
    wrong = 0
    for figure in published["figures"]:
        add = figure.get("sum")
        n = count[figure["where"], add]
        good = "n" not in figure or n == figure["n"]
        if "pct" in figure:
            base = count[figure["base"], add]
            good = good and (2 * n * 100 + base) // (2 * base) == \
                figure["pct"]
        if "pct_below" in figure:
            good = good and n * 100 < figure["pct_below"] * \
                count[figure["base"], add]
        if not good:
            wrong += 1
            print(f"{figure['id']}: {n}")
    print(f"{len(published['figures'])} figures, {wrong} wrong")
    return 1 if wrong else 0


def main():
    if sys.argv[1] != "--compare":
        published = json.loads(pathlib.Path(sys.argv[1]).read_text())
        write(published, pathlib.Path(sys.argv[2]))
        return 0
    with open(sys.argv[2], newline="", encoding="utf-8") as f:
        rows = list(csv.reader(f))
    published = json.loads(pathlib.Path(sys.argv[3]).read_text())
    found = dict(zip(rows[0], rows[1]))
    found.pop("everybody", None)
    return compare([int(float(n)) for n in found.values()], published)


sys.exit(main())
