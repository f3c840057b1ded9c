#!/usr/bin/python3
"""Compares a published JSON report with what the release says it shows.

    publish_files.py TABLES.json REPORT.json

TABLES.json is what `published --tables` prints. Every table of the report
must be one of those, with the same numbers and the same ones hidden; it must
say by which threshold, and that it is not internal."""
import json
import sys


def flat(cells):
    return [n for c in cells for n in (c if isinstance(c, list) else [c])]


def main():
    released = [json.loads(line) for line in open(sys.argv[1],
                                                  encoding="utf-8")]
    report = json.load(open(sys.argv[2], encoding="utf-8"))
    assert report["protected_below"] == 5, "no threshold"
    assert not report.get("internal"), "says it is internal"
    mine = [t for t in released if t["document"] == report["report"]["id"]]
    assert len(mine) == len(report["tables"]), (len(mine),
                                                len(report["tables"]))
    hidden = 0
    for shown, told in zip(mine, report["tables"]):
        cells = flat(told["cells"])
        assert cells == shown["shown"]["cells"], told["table"]
        bases = told["base"] if isinstance(told["base"], list) \
            else [told["base"]]
        assert bases == shown["shown"]["base"], told["table"]
        hidden += cells.count(None)
    print(f"{len(mine)} tables of the file as released, {hidden} hidden")
    return 0


if __name__ == "__main__":
    sys.exit(main())
