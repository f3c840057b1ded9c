#!/usr/bin/env python3
"""The publication of the demo round, timed beside what else makes such files.

    tests/bench/report.py BRUKERPLAN TESTS WORK PAIRS

First both sides are shown to say the same: the PDF that Chromium prints and
ours hold every count of the report; the workbook of libxlsxwriter alone and
ours hold the same tables. Then they are timed in turn, PAIRS times, and the
medians compared. Ours are whole commands: the program starts, counts 1,845
recipients of 3,986 registrations, protects the release where it publishes,
and writes. Theirs get the counted numbers for nothing, and R only draws: its
own starting is not counted."""
import json
import pathlib
import re
import statistics
import subprocess
import sys
import time

FORMATS = ["html", "json", "jsonstat", "csv", "xlsx", "pptx", "docx", "pdf"]
TEXTS = [("report", "docx"), ("report", "pdf"), ("report", "html"),
         ("slides", "pptx"), ("media", "pdf")]
ROUND = "bergen-2014"


def timed(words, **how):
    begin = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, **how)
    return time.perf_counter() - begin


class Bench:
    def __init__(self, exe, tests, work, pairs):
        self.exe, self.pairs = exe, pairs
        self.tests, self.work = pathlib.Path(tests), pathlib.Path(work)
        self.store = str(self.work / "store")
        timed([exe, "demo", self.store])

    def file(self, name):
        return str(self.work / name)

    def report(self, form, *more):
        return [self.exe, "report", self.store, ROUND, "--format", form,
                "-o", self.file("ours." + form), *more]

    def in_turn(self, ours, theirs):
        """The medians of both, timed one after the other."""
        both = [(ours(), theirs()) for _ in range(self.pairs)]
        return [statistics.median(t) for t in zip(*both)]

    # ---- each format by itself

    def publication(self):
        """Each format by itself, then all of them by one command, which
        counts and protects once."""
        for form in FORMATS:
            t = statistics.median(
                timed(self.report(form, "--publish", "--text", "tables"))
                for _ in range(self.pairs))
            print(f"{'tables ' + form:24} {t * 1000:7.0f} ms")
        for text, form in TEXTS:
            t = statistics.median(
                timed(self.report(form, "--publish", "--text", text))
                for _ in range(self.pairs))
            print(f"{text + ' ' + form:24} {t * 1000:7.0f} ms")
        times = []
        for i in range(self.pairs):
            folder = self.file(f"publication-{i}")
            times.append(timed([self.exe, "publish", self.store, ROUND,
                                "-o", folder]))
            files = [f for f in pathlib.Path(folder).rglob("*")
                     if f.is_file()]
            if len(files) < 15 or any(f.stat().st_size < 3000
                                      for f in files):
                raise SystemExit(f"{folder}: {len(files)} files")
        total = statistics.median(times)
        print(f"{'the whole publication':24} {total * 1000:7.0f} ms,"
              f" {len(files)} files")
        return total

    # ---- the PDF beside Chromium's

    def counts(self, file):
        text = subprocess.run(["pdftotext", "-layout", file, "-"],
                              check=True, capture_output=True,
                              text=True).stdout
        text = text.replace("\u00a0", " ")
        found = re.findall(r"\d{1,3}(?: \d{3})+|\d+", text)
        return {int(n.replace(" ", "")) for n in found}

    def pdf(self, report):
        html, print_to = self.file("ours.html"), self.file("theirs.pdf")
        timed(self.report("html"))
        ours = self.report("pdf", "--text", "tables")
        theirs = ["chromium", "--headless", "--no-sandbox", "--disable-gpu",
                  f"--user-data-dir={self.file('chromium')}",
                  f"--print-to-pdf={print_to}", "file://" + str(
                      pathlib.Path(html).resolve())]
        timed(ours)
        timed(theirs)
        wanted = {n for t in report["tables"] for row in t["cells"]
                  for n in (row if isinstance(row, list) else [row])}
        for file in (self.file("ours.pdf"), print_to):
            missing = wanted - self.counts(file)
            # A chart stands for some tables on Chromium's pages.
            if len(missing) > len(wanted) // 10:
                raise SystemExit(f"{file} lacks {sorted(missing)[:20]}")
        return self.in_turn(lambda: timed(ours), lambda: timed(theirs))

    # ---- charts beside R's

    def charts(self, report):
        """One stacked chart of the same table: ours as a whole command, R's
        drawing alone."""
        table = next(t for t in report["tables"] if t["table"] == "areas")
        data = self.file("areas.csv")
        with open(data, "w", encoding="utf-8") as out:
            out.write("area,grade,n\n")
            for i, row in enumerate(table["cells"]):
                for key, n in zip(table["columns"]["keys"], row):
                    out.write(f"{i},{key},{n}\n")
        script = f"""suppressMessages(library(ggplot2))
d <- read.csv("{data}")
for (i in 1:{self.pairs + 1}) {{
  t <- system.time({{
    p <- ggplot(d, aes(n, factor(area), fill = grade)) +
      geom_col(position = "fill", colour = "grey30") +
      scale_x_continuous(labels = scales::percent)
    svg("{self.file('theirs.svg')}", 8, 5); print(p); dev.off()
  }})[["elapsed"]]
  cat(t, "\\n")
}}
cat(sum(d$n), "\\n")"""
        said = subprocess.run(["Rscript", "-e", script], check=True,
                              capture_output=True, text=True).stdout
        numbers = [float(x) for x in re.findall(r"[\d.]+", said)
                   if x != "."]
        whole = sum(sum(row) for row in table["cells"])
        if int(numbers[-1]) != whole:
            raise SystemExit("R read other numbers")
        rows = ",".join(table["rows"]["variables"])
        ours = [self.exe, "table", self.store, ROUND, "--rows", rows,
                "--where", table["where"], "--format", "svg"]
        times = [timed(ours) for _ in range(self.pairs)]
        return statistics.median(times), statistics.median(
            numbers[-self.pairs - 1:-1])

    # ---- the workbook beside libxlsxwriter alone

    def workbook(self, report):
        tables = self.file("tables.txt")
        with open(tables, "w", encoding="utf-8") as out:
            for t in report["tables"]:
                rows = [r if isinstance(r, list) else [r]
                        for r in t["cells"]]
                out.write(f"{len(rows)} {len(rows[0])} {t['title']}\n")
                for label, row in zip(t["rows"]["labels"], rows):
                    out.write(" ".join(map(str, row)) + f" {label}\n")
        theirs = [str(self.tests / "xlsx_alone"), tables,
                  self.file("theirs.xlsx")]
        ours = self.report("xlsx")
        timed(ours)
        timed(theirs)
        check = subprocess.run(
            ["/usr/bin/python3", "-c", """
import openpyxl, sys
def numbers(file):
    book = openpyxl.load_workbook(file)
    return {c.value for s in book for r in s.iter_rows() for c in r
            if isinstance(c.value, int)}
print(len(numbers(sys.argv[2]) - numbers(sys.argv[1])))""",
             self.file("ours.xlsx"), self.file("theirs.xlsx")],
            check=True, capture_output=True, text=True).stdout
        if int(check) != 0:
            raise SystemExit(f"the workbook lacks {check} numbers")
        return self.in_turn(lambda: timed(ours), lambda: timed(theirs))


def main():
    exe, tests, work, pairs = sys.argv[1:]
    bench = Bench(exe, tests, work, int(pairs))
    timed(bench.report("json"))
    with open(bench.file("ours.json"), encoding="utf-8") as file:
        report = json.load(file)
    pdf = bench.pdf(report)
    charts = bench.charts(report)
    workbook = bench.workbook(report)
    total = bench.publication()
    for name, (ours, theirs) in (("pdf", pdf), ("chart", charts),
                                 ("workbook", workbook)):
        print(f"{name:24} {ours * 1000:7.1f} ms against "
              f"{theirs * 1000:7.1f} ms")
    lines = [
        ("pdf_beside_chromium", pdf[1] / pdf[0], 20, 40),
        ("publication_in_two_seconds", 2 / total, 1, 2),
        ("chart_beside_ggplot2", charts[1] / charts[0], 1, 5),
        ("workbook_beside_libxlsxwriter", workbook[1] / workbook[0], 0.1,
         0.5),
    ]
    for name, ratio, least, aim in lines:
        print(f"{name}\t{ratio:.2f}\t{least}\t{aim}")
    sys.exit(any(ratio < least for _, ratio, least, _ in lines))


if __name__ == "__main__":
    main()
