#!/usr/bin/env python3
"""No small number in what is set beside others when it is published.

    published.py REPORT.json THRESHOLD"""
import json
import sys

report = json.load(open(sys.argv[1], encoding="utf-8"))
threshold, seen, hidden = int(sys.argv[2]), 0, 0
for t in report["tables"]:
    if not (t["table"] or "").startswith("compare_"):
        continue
    for row in t["cells"]:
        for n in row:
            seen += 1
            hidden += n is None
            if n is not None and 0 < n < threshold:
                sys.exit(f"{t['table']}: a small number is shown")
if seen < 50 or hidden == 0:
    sys.exit(f"{seen} cells, {hidden} hidden: this tests nothing")
print(f"{seen} cells, {hidden} hidden")
