#!/usr/bin/env python3
"""rounded_text.py BASE FILE.html...

No text of a rounded publication has a count that is no multiple of BASE:
every number before a word for people or children, or before "av" and
another number."""
import html
import re
import sys

base = int(sys.argv[1])
number = r"(?<![\d,.–-])(\d{1,3}(?: \d{3})+|\d+)"
words = (r"(?:mottaker\w*|person\w*|barn|registrering\w*|kvinner|menn|"
         r"av (?=\d))")
found = 0
for name in sys.argv[2:]:
    text = re.sub(r"<(style|script)\b.*?</\1>", "", open(name).read(),
                  flags=re.S)
    text = html.unescape(re.sub(r"<[^>]+>", " ", text))
    text = text.replace("\u00a0", " ")
    for m in re.finditer(number + " " + words, text):
        found += 1
        if int(m[1].replace(" ", "")) % base:
            print(name, re.sub(r"\s+", " ", text[max(0, m.start() - 60):
                                                 m.end() + 30]))
            sys.exit(1)
if found < 200:
    print("too little to read:", found)
    sys.exit(1)
print(found, "counts in texts")
