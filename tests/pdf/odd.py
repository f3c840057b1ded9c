#!/usr/bin/env python3
"""Texts that are hard on a page, made by chance: long compounds, one word of
300 letters, signs that no font of ours has, headings of several lines, links,
lists.

    tests/pdf/odd.py TEXT SEED          writes such a text (docs/texts.md)
    tests/pdf/odd.py TEXT SEED FILE.pdf checks that all of it can be read

rules.py says whether anything stands over an edge or on something else; here
it is whether nothing is lost: by the tags, without blanks and hyphens, since
lines end where they may; and signs without a glyph by pdftotext too."""
import random
import re
import subprocess
import sys

import pdffile

WORDS = ("og i på å er en av til kommunen mottakerne særlig ærlig Ørland "
         "Åsane «sitat» 18–25 § 2-5 1\u00a0845 67\u00a0% psykisk/sosial "
         "habiliterings- rehabiliteringstjenesten "
         "kommunehelsetjenesteloven arbeids- og velferdsforvaltningen "
         "spesialisthelsetjenestens Ďaždi čáhci đŋšŧž naïve 50–60 "
         "rus- e-post").split(" ")
LONG = ("menneskerettighetsorganisasjonsmedlemskapskontingentinnbetalings"
        "frister")
STRANGE = ["\u2603", "\u6f22\u5b57", "\U0001f600", "\u0416\u0443\u043a"]


def words(rng, n):
    out = []
    for _ in range(n):
        kind = rng.random()
        out.append(LONG if kind < .02 else "x" * 300 if kind < .024
                   else rng.choice(STRANGE) if kind < .04
                   else rng.choice(WORDS))
    return " ".join(out)


def lines_of(seed):
    """(before, text) of each block: what stands in the file, what is read."""
    rng = random.Random(seed)
    for chapter in range(4):
        yield "# ", f"Kapittel {chapter} " + words(rng, rng.randint(1, 24))
        for _ in range(rng.randint(2, 9)):
            kind = rng.random()
            if kind < .2:
                yield "## ", "Del " + words(rng, rng.randint(1, 16))
                yield "", "Så " + words(rng, 12)
            elif kind < .4:
                for _ in range(rng.randint(1, 7)):
                    yield "- ", "punkt " + words(rng, rng.randint(1, 40))
            elif kind < .5:
                yield "> ", "råd " + words(rng, rng.randint(3, 60))
            elif kind < .6:
                yield "{{note \"Merk\"}} ", "om " + words(
                    rng, rng.randint(3, 70))
            else:
                yield "", "Avsnitt " + words(rng, rng.randint(1, 220))


def write(name, seed):
    with open(name, "w", encoding="utf-8") as file:
        file.write("---\nkind: report\nlang: nb\nabout: mental\n"
                   f"title: {'Lang tittel ' * 8}\n---\n\n")
        for before, text in lines_of(seed):
            for digits in sorted(set(re.findall(r"\d+", text))):
                text = re.sub(rf"(?<!\d){digits}(?!\d)(?!}})",
                              f"{{{{typed {digits}}}}}", text)
            file.write(f"{before}{text}\n\n")


def squeezed(text):
    return re.sub(r"[\s\u00a0\u00ad\f-]", "", text)


def check(pdf, seed):
    f = pdffile.File(pdf).look()
    said = squeezed("".join(f.says(r) for r in f.roots))
    lost = [t for _, t in lines_of(seed) if squeezed(t) not in said]
    out = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True,
                         capture_output=True).stdout.decode()
    for sign in STRANGE:
        if sum(t.count(sign) for _, t in lines_of(seed)) > out.count(sign):
            lost.append(f"{sign} (pdftotext)")
    for text in lost[:5]:
        print(f"{pdf}: seed {seed}: is not read: “{text[:70]}”")
    return not lost


def main():
    name, seed = sys.argv[1], int(sys.argv[2])
    if len(sys.argv) == 3:
        write(name, seed)
    else:
        sys.exit(not check(sys.argv[3], seed))


if __name__ == "__main__":
    main()
