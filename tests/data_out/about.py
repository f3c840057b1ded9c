#!/usr/bin/python3
"""Whether files of one document say the same of themselves.

    about.py REPORT.json FILE...

What each says for people (that it is internal, or what is hidden, and that
its people are made up) and for programs ("round=... where=...") is taken
from where its format has it, and held against REPORT.json."""
import html
import json
import re
import subprocess
import sys
import zipfile
import xml.etree.ElementTree as ET

DC = "{http://purl.org/dc/elements/1.1/}"
CP = ("{http://schemas.openxmlformats.org/package/2006/metadata/"
      "core-properties}")


def of_office(path):
    with zipfile.ZipFile(path) as z:
        core = ET.fromstring(z.read("docProps/core.xml"))
    return core.findtext(DC + "description"), core.findtext(CP + "keywords")


def of_pdf(path):
    said = subprocess.run(["pdfinfo", path], capture_output=True, text=True,
                          check=True).stdout
    meta = subprocess.run(["pdfinfo", "-meta", path], capture_output=True,
                          text=True, check=True).stdout
    found = [re.search(rf"^{key}: +(.*)$", said, re.MULTILINE).group(1)
             for key in ("Subject", "Keywords")]
    for text in found:
        if text not in html.unescape(meta):
            sys.exit(f"{path}: XMP does not say {text}")
    return found


def of_html(path):
    with open(path, encoding="utf-8") as f:
        text = f.read()
    return [html.unescape(re.search(
        rf'<meta name="{name}" content="(.*?)">', text).group(1))
        for name in ("description", "brukerplan")]


def of_svg(path):
    text = ET.parse(path).findtext("{http://www.w3.org/2000/svg}metadata")
    people, _, programs = text.partition(" round=")
    return people, "round=" + programs


READ = {"pdf": of_pdf, "html": of_html, "svg": of_svg}


def main(report_file, *files):
    with open(report_file, encoding="utf-8") as f:
        r = json.load(f)
    notices = [r[k] for k in ("internal_notice", "protected_notice",
                              "synthetic_notice") if k in r]
    facts = [("round", r["round"]["id"]), ("report", r["report"]["id"]),
             ("instrument", r["instrument"]["id"]),
             ("version", r["instrument"]["version"]),
             ("sha256", r["instrument"]["sha256"]),
             ("index", r["instrument"]["index"]["version"]),
             ("internal", int(r["internal"])),
             ("synthetic", int(r["synthetic"])),
             ("protected_below", r.get("protected_below", 0)),
             ("rounded_to", r.get("rounded_to", 0)),
             ("where", r["report"]["where"])]
    want = " ".join(f"{k}={v}" for k, v in facts)
    bad = False
    if not notices:
        sys.exit(f"{report_file}: no notice")
    for path in files:
        people, programs = READ.get(path.rsplit(".", 1)[1], of_office)(path)
        for notice in notices:
            if notice not in people:
                print(f"{path}: “{people}” without “{notice}”")
                bad = True
        if programs != want:
            print(f"{path}: {programs}\nnot {want}")
            bad = True
    sys.exit(bad)


if __name__ == "__main__":
    main(*sys.argv[1:])
