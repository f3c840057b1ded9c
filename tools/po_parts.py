#!/usr/bin/env python3
"""Merges po/parts/*.txt into po/nb.po, nn.po and en.po, sorted by key.

    tools/po_parts.py [--only]

A part has a line for each key: `key | English | bokmål | nynorsk`; empty
lines and lines that begin with # are passed over. A key in two parts, or
twice in one, is refused with both places. What a part says replaces what
the .po files say; other keys there stay, unless --only is said. Once the
parts are merged for good they are removed, and the .po files are the
source."""
import pathlib
import re
import sys

LANGS = {"en": 0, "nb": 1, "nn": 2}
NAMES = {"en": "English", "nb": "Norwegian Bokmål", "nn": "Norwegian Nynorsk"}
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+\Z")
ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADER = '''# {name}: the program's own texts. msgid is the key, {{1}} an argument.
# Sorted by key; KEY.hint says what was expected, or what to do.
msgid ""
msgstr ""
"Project-Id-Version: brukerplan\\n"
"Language: {lang}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
'''


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def unquote(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), text)


def read_po(path):
    """{key: text}; knows the form that write_po gives, and lines that are
    continued."""
    texts, key, field = {}, None, None
    if not path.exists():
        return texts
    for line in path.read_text(encoding="utf-8").splitlines():
        m = re.match(r'(?:(msgid|msgstr) )?"(.*)"\s*\Z', line)
        if not m:
            continue
        field = m[1] or field
        if m[1] == "msgid":
            key = unquote(m[2])
        elif field == "msgid":
            key += unquote(m[2])
        else:
            texts[key] = texts.get(key, "") + unquote(m[2])
    texts.pop("", None)
    return texts


def write_po(path, lang, texts):
    out = [HEADER.format(name=NAMES[lang], lang=lang)]
    for key in sorted(texts):
        out.append(f"\nmsgid {quote(key)}\nmsgstr {quote(texts[key])}\n")
    path.write_text("".join(out), encoding="utf-8")


def read_parts(faults):
    parts, place = {}, {}
    for path in sorted((ROOT / "po/parts").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            at = f"po/parts/{path.name}:{number}"
            if not line.strip() or line.startswith("#"):
                continue
            cells = [c.strip() for c in line.split(" | ")]
            if len(cells) != 4 or not KEY.match(cells[0]) or "" in cells:
                faults.append(f"{at}: not `key | English | bokmål | nynorsk`")
            elif cells[0] in parts:
                faults.append(f"{at}: {cells[0]} is in {place[cells[0]]} too")
            else:
                parts[cells[0]], place[cells[0]] = cells[1:], at
    return parts


def main():
    faults = []
    parts = read_parts(faults)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 1
    for lang, column in LANGS.items():
        path = ROOT / "po" / f"{lang}.po"
        texts = {} if "--only" in sys.argv[1:] else read_po(path)
        texts.update({key: cell[column] for key, cell in parts.items()})
        write_po(path, lang, texts)
    print(f"{len(parts)} keys from parts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
