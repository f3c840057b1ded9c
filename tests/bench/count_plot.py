#!/usr/bin/env python3
"""Time over the number of registrations, as a picture.

    tests/bench/count_plot.py BRUKERPLAN COUNT NODE WORK FILE.svg [MOST]

The 65 tables in one thread from 3,556 registrations, a town's, to 100
million, by the best kernel that runs here; beside it DuckDB, as far as
DUCK_MOST, and the time to read the file of columns once at the speed that
memory has in the same run. Files are made of MOST (10 million) registrations
at most; more are counted by counting that file several times. Every cell is
compared where DuckDB is asked."""
import math
import pathlib
import statistics
import sys

import count

SIZES = [3556, 10000, 30000, 100000, 300000, 1000000, 3000000, 10000000,
         30000000, 100000000]
DUCK_MOST, PAIRS, TRIES = 1000000, 3, 9
APART = 16                      # names, at least
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 480, 90, 30, 600, 420
LINES = (("DuckDB", "#a22f27"), ("the program", "#1f4e79"),
         ("reading the file once", "#777777"))


def in_parts(n, most):
    """The largest file not above MOST of which N is a multiple, nearly."""
    if n <= most:
        return n, 1
    file = max(s for s in SIZES if s <= most)
    return file, round(n / file)


class Point(count.Bench):
    """One size without DuckDB, where that would take too long."""

    def __init__(self, words, n):
        exe, program, node, work = words
        self.duck = None
        if n <= DUCK_MOST:
            super().__init__(exe, program, node, work, n)
            return
        self.work = pathlib.Path(work) / str(n)
        self.work.mkdir(parents=True)
        self.report = count.read_list("tables.tsv")
        columns = self.work / "columns"
        count.seconds([program, "make", str(n), columns])
        self.program = count.Program([program, "serve", str(n), columns,
                                      count.HERE / "tables.tsv"])
        self.kernels = self.program.ask("kernels")

    def ours(self, times):
        """Seconds for the tables of TIMES files, the median of TRIES."""
        last = len(self.report) - 1
        line = f"time {self.kernels[0]} 1 0 {last}"
        return statistics.median(
            sum(float(self.program.ask(line)[0].split("\t")[0])
                for _ in range(times)) for _ in range(TRIES))

    def theirs(self):
        if self.duck is None:
            return None
        self.duck.threads(1)
        return statistics.median(
            self.duck.ask("time", self.sql[:len(self.report)])["seconds"]
            for _ in range(PAIRS))

    def reading(self):
        size = self.program.ask("size")[0].split("\t")[1]
        line = self.program.ask(f"bandwidth {size}")[0]
        return int(size), float(line.split("\t")[0])

    def close(self):
        if self.duck is not None:
            super().close()
            return
        self.program.close()
        count.subprocess.run(["rm", "-rf", self.work], check=True)


def measure(words, most):
    """[(n, DuckDB's seconds or None, ours, reading)]"""
    found, point, made = [], None, 0
    for n in SIZES:
        file, times = in_parts(n, most)
        if file != made:
            if point is not None:
                point.close()
            point, made = Point(words, file), file
            if point.duck is not None:
                point.check()
        size, reading = point.reading()
        duck = point.theirs() if times == 1 else None
        found.append((n, duck, point.ours(times), reading * times))
        print(f"{n}\t{duck or 0:.4f}\t{found[-1][2]:.6f}\t"
              f"{found[-1][3]:.6f}\t{size / reading / 1e9:.1f} GB/s"
              f"\tfile of {file}, {times} time(s)", flush=True)
    point.close()
    return found


def picture(found):
    lowest = math.floor(math.log10(min(p[3] for p in found)))
    highest = math.ceil(math.log10(max(p[1] or p[2] for p in found)))
    first, last = math.log10(SIZES[0]), math.log10(SIZES[-1])

    def x(n):
        return LEFT + (math.log10(n) - first) / (last - first) * (RIGHT
                                                                 - LEFT)

    def y(seconds):
        return BOTTOM - (math.log10(seconds) - lowest) / (
            highest - lowest) * (BOTTOM - TOP)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
           f'height="{HEIGHT}" font-family="sans-serif" font-size="13">',
           '<rect width="100%" height="100%" fill="white"/>']
    for e in range(lowest, highest + 1):
        unit = {0: "s", -3: "ms", -6: "µs"}[3 * math.floor(e / 3)
                                            if e < 0 else 0]
        value = 10 ** (e - (3 * math.floor(e / 3) if e < 0 else 0))
        out.append(f'<path d="M{LEFT} {y(10 ** e):.1f}H{RIGHT}" '
                   f'stroke="#ddd"/><text x="{LEFT - 8}" '
                   f'y="{y(10 ** e) + 4:.1f}" text-anchor="end">{value} '
                   f'{unit}</text>')
    for n in SIZES[:1] + [10 ** e for e in range(4, 9)]:
        if n != 10000:          # it would stand on the first
            out.append(f'<text x="{x(n):.1f}" y="{BOTTOM + 20}" '
                       f'text-anchor="middle">{n:,}</text>')
    out.append(f'<text x="{(LEFT + RIGHT) / 2}" y="{BOTTOM + 44}" '
               f'text-anchor="middle">registrations</text>')
    out.append(f'<text x="{LEFT}" y="18">65 tables, one thread</text>')
    named = []                  # where names stand
    for i, (name, colour) in enumerate(LINES, 1):
        points = [(x(p[0]), y(p[i])) for p in found if p[i] is not None]
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        out.append(f'<polyline points="{path}" fill="none" '
                   f'stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>'
                for a, b in points]
        a, b = points[-1]
        for other in named:
            if abs(b - other) < APART:
                b = other + (APART if b > other else -APART)
        named.append(b)
        out.append(f'<text x="{a + 8:.1f}" y="{b + 4:.1f}" '
                   f'fill="{colour}">{name}</text>')
    return "\n".join(out + ["</svg>", ""])


def main():
    most = int(sys.argv[6]) if len(sys.argv) > 6 else 10000000
    count.machine()
    found = measure(sys.argv[1:5], most)
    pathlib.Path(sys.argv[5]).write_text(picture(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
