#!/usr/bin/env python3
"""Every text key of the C sources and of the web's templates is in po in
every language (po/LANG.po, po/web/AREA.LANG.po), and every key there is used.

    tools/keys.py       prints what is wrong; exit 1 if anything is

A key is a string literal of lower-case words divided by full stops
("import.done") in src/. One that is put together ("report.%s_one", or two
literals side by side) is found as a pattern: %s and %d stand for anything.
In src/web/templates/ it is what a tag names: {{t.import.done}}.
KEY.hint and KEY.more belong to KEY. Also checked: the languages take the
same arguments, none is blank, and a text that an err_set call names takes
no more arguments than the call gives."""
import pathlib
import re
import sys

LANGS = ("en", "nb", "nn")
ROOT = pathlib.Path(__file__).resolve().parent.parent
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
PATTERN = re.compile(r"[a-z%][a-z0-9_%]*(\.[a-z0-9_%]+)+")
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
CALL = re.compile(r'(?:err_set|refuse)\w*\(([^;"]*?)"([a-z0-9_.]+)"\s*,'
                  r'\s*"([^"]*)"', re.S)
# A text in a template.
TAG = re.compile(r"\{\{\s*t\.([^\s{}]+)\s*\}\}")
# Where a literal is a key whatever it begins with.
KEY_CALL = re.compile(r"(?:err_set|refuse|msg_text|msg_put|msg_has|phrase_say"
                      r"|view_say|SAY)\([^;{}]*\Z")
# Full stops for another reason: names of files and the like.
NOT_KEYS = re.compile(
    r".*\.(h|c|md|sql|db|wal|shm|key|keys|tmp|csv|tsv|yaml|css|html|js|svg|json"
    r"|mo|po|local|db-wal|db-shm|tag)\Z")


def unquote(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), text)


def read_po(path):
    """{key: text} of a .po file; lines may be continued."""
    texts, key, field = {}, None, None
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


def read_lang(lang, faults):
    """{key: text} of all files of LANG; a key in two of them is a fault."""
    texts, where = {}, {}
    for path in [ROOT / "po" / f"{lang}.po",
                 *sorted((ROOT / "po/web").glob(f"*.{lang}.po"))]:
        name = path.relative_to(ROOT)
        for key, text in read_po(path).items():
            if key in texts:
                faults.append(f"{name}: {key} is in {where[key]} too")
            texts[key], where[key] = text, name
    return texts


def without_comments(text):
    """C text with its comments blanked; literals stay."""
    return re.sub(r'"(?:[^"\\\n]|\\.)*"|/\*.*?\*/|//[^\n]*',
                  lambda m: m[0] if m[0][0] == '"'
                  else re.sub(r"[^\n]", " ", m[0]), text, flags=re.S)


def sources():
    for path in sorted((ROOT / "src").rglob("*.[ch]")):
        yield path.relative_to(ROOT), without_comments(
            path.read_text(encoding="utf-8"))


def templates(texts, faults):
    """The keys that templates name, each in every language."""
    used = set()
    for path in sorted((ROOT / "src/web/templates").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        # A comment may show a tag as an example.
        text = re.sub(r"\{\{\s*!.*?\}\}",
                      lambda m: "\n" * m[0].count("\n"), text, flags=re.S)
        for m in TAG.finditer(text):
            used.add(m[1])
            at = f"{path.relative_to(ROOT)}:" \
                 f"{text.count(chr(10), 0, m.start()) + 1}"
            faults += [f"{at}: {m[1]} is not in po in {lang}"
                       for lang in LANGS if m[1] not in texts[lang]]
    return used


def main():
    faults, patterns = [], []
    texts = {lang: read_lang(lang, faults) for lang in LANGS}
    keys = set().union(*texts.values())
    prefixes = {key.split(".")[0] for key in keys}
    used = templates(texts, faults)

    for path, text in sources():
        for m in LITERAL.finditer(text):
            at = f"{path}:{text.count(chr(10), 0, m.start()) + 1}"
            word = m[1]
            if "%" in word and PATTERN.fullmatch(word):
                patterns.append(re.compile(re.escape(word)
                                .replace("%s", r"[a-z0-9_.]+")
                                .replace("%d", r"[0-9]+")))
            elif KEY.fullmatch(word) and (word in keys
                                          or not NOT_KEYS.match(word)):
                used.add(word)
                for lang in LANGS:
                    if word not in texts[lang] and (
                            word.split(".")[0] in prefixes):
                        faults.append(f"{at}: {word} is not in po in "
                                      f"{lang}")
                if word.split(".")[0] not in prefixes and KEY_CALL.search(
                        text[max(0, m.start() - 120):m.start()]):
                    faults.append(f"{at}: {word} is in no po file")
        for m in CALL.finditer(text):
            need = max([int(n) for n in re.findall(
                r"\{(\d)\}", texts["en"].get(m[2], "")
                + texts["en"].get(m[2] + ".hint", ""))] or [0])
            if need > len(m[3].split()):
                at = f"{path}:{text.count(chr(10), 0, m.start()) + 1}"
                faults.append(f"{at}: {m[2]} wants argument {{{need}}}")

    for key in sorted(keys):
        base = re.sub(r"\.(hint|more)\Z", "", key)
        arguments = set()
        for lang in LANGS:
            text = texts[lang].get(key)
            if text is None:
                faults.append(f"po: {key} is missing in {lang}")
            elif not text.strip():
                faults.append(f"po: {key} is blank in {lang}")
            else:
                arguments.add(tuple(sorted(set(
                    re.findall(r"\{\d\}", text)))))
        if len(arguments) > 1:
            faults.append(f"po: {key} takes other arguments in one language")
        if base not in used and key not in used and not any(
                p.fullmatch(key) for p in patterns):
            faults.append(f"po: {key} is used nowhere")

    for fault in faults:
        print(fault)
    print(f"{len(keys)} keys, {len(faults)} faults")
    return 1 if faults else 0


sys.exit(main())
