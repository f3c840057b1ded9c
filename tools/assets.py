#!/usr/bin/env python3
"""Makes what the browser fetches: src/web/assets as files of the build.

    tools/assets.py OUTPUT_FOLDER FILE...

Style sheets become one, app.css, in the order given; those of
third_party/designsystemet each in the layer that the package's own index.css
puts it in. Anything else keeps its name. A "url(NAME)" in a style sheet that
names another FILE gets the file's address, which holds its hash: src/web/
asset.c makes it the same way. What compresses is there a second time as
NAME.gz, always the same bytes."""
import gzip
import hashlib
import pathlib
import re
import sys

VENDORED = "designsystemet"
BASE = {"base.css", "label.css", "validation-message.css"}
ALONE = {"report.css"}          # served by itself
PACKED = {".css", ".js", ".svg"}


def address(name, content):
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}"


def layered(path, text):
    if path.parent.name != VENDORED or path.name == "theme.css":
        return text
    layer = "ds.base" if path.name in BASE else "ds.components"
    return f"@layer {layer}{{{text}}}\n"


def without_comments(text):
    """A style sheet of ours, whose strings hold no comments."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"\n\s*", "\n", text)


def main():
    out = pathlib.Path(sys.argv[1])
    styles, files = [], {}
    for path in map(pathlib.Path, sys.argv[2:]):
        if path.suffix == ".css" and path.name not in ALONE:
            text = path.read_text(encoding="utf-8")
            if path.parent.name != VENDORED:
                text = without_comments(text)
            styles.append(layered(path, text))
        elif path.name in files:
            sys.exit(f"assets.py: {path.name} twice")
        else:
            files[path.name] = path.read_bytes()

    css = "".join(styles)
    for name in re.findall(r"url\(([\w.-]+)\)", css):
        if name not in files:
            sys.exit(f"assets.py: a style sheet names {name}")
        css = css.replace(f"url({name})",
                          f"url({address(name, files[name])})")
    files["app.css"] = css.encode()

    for name, content in files.items():
        (out / name).write_bytes(content)
        if pathlib.Path(name).suffix in PACKED:
            (out / (name + ".gz")).write_bytes(
                gzip.compress(content, 9, mtime=0))


main()
