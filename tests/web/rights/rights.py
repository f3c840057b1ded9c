#!/usr/bin/env python3
"""Every page and API call, tried by everybody.

    tests/web/rights/rights.py BRUKERPLAN LIST_PAGES
    tests/web/rights/rights.py --open LIST_PAGES    prints who may open what

LIST_PAGES prints the program's table of pages. Each row is asked for by
nobody, and by an account for every duty, in every round, with the account's
own objects, another unit's, another round's and such as do not exist. What
must come of it follows from two tables beside this, which were written a
second time and are not made from the program's: duties.tsv, pages.tsv. What
belongs to somebody else must be refused with the very bytes of what does not
exist. A form without the session's token, or from another site, is refused.

Prints what failed and "N passed, N failed"; exit 1 if anything did."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import uuid

import world

HERE = pathlib.Path(__file__).parent
STATUS = {world.CLOSED: "closed"}           # the others are open
TRAINS_FOR = {world.TRAINING: world.CLOSED}
UNKNOWN_ID = str(uuid.UUID(int=0x5eed5eed5eed45eda5ed5eed5eed5eed))
# A registration each: account, round, place, birth year.
REGISTERED = [("mapper", world.WORK, "alpha.1"),
              ("mapper3", world.WORK, "alpha.1"),
              ("mapper2", world.WORK, "beta.1"),
              ("mapper", world.TRAINING, world.DEMO_UNIT + ".1"),
              ("mapper2", world.TRAINING, world.DEMO_OTHER + ".2")]
# Rows whose handler asks for more than the row. A new round is made by those
# of all rounds only; printed cases are for training; what is handed over
# stands in the form.
ALL_ROUNDS = {"/rounds", "/rounds/new"}
TRAINING_ONLY = {"/rounds/{round}/cases"}
IN_FORM = {"/rounds/{round}/handover/ask", "/rounds/{round}/handover/cancel",
           "/rounds/{round}/handover/move"}
# Who has a duty that is not within reach is reset by others: whoever gets the
# slip could use it.
RESET = "/rounds/{round}/mappers/{account}/reset"
# What a parameter may be where it is of no unit.
VALUES = {"tab": ["background", "function"], "format": ["csv"],
          "account": ["mapper"], "text": ["report.nb"], "version": ["1"],
          "todo": ["checks"], "file": ["report.nb.html"]}
passed = failed = 0


def check(ok, *words):
    global passed, failed
    if ok:
        passed += 1
        return
    failed += 1
    if failed <= 60:
        print("FAILED", *words)


# ---- the tables ----
def read_tsv(name):
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            yield line.split("\t")


def read_duties():
    rows = list(read_tsv("duties.tsv"))
    return {row[0]: dict(zip(rows[0][1:], row[1:])) for row in rows[1:]}


DUTIES = read_duties()
PAGES = list(read_tsv("pages.tsv"))
REACHES = ["-", "own", "today", "unit", "all"]


class Row:
    def __init__(self, line):
        self.method, self.path, self.right, flags, _, _ = line.split("\t")
        self.flags = set(flags.split(",")) - {""}
        self.params = re.findall(r"\{(\w+)\}", self.path)
        self.needs = next((right for pattern, right in PAGES if
                           re.fullmatch(pattern,
                                        f"{self.method} {self.path}")), None)

    def __str__(self):
        return f"{self.method} {self.path}"

    def fill(self, **values):
        return re.sub(r"\{(\w+)\}", lambda m: values[m[1]], self.path)


def grants(account, round_id):
    """Those that are of a round (None: any)."""
    return [g for g in world.GRANTS if g[0] == account
            and (round_id is None or g[2] in
                 ("", round_id, TRAINS_FOR.get(round_id)))]


def power(account, right, round_id):
    """Reach, and the units it is limited to (None: all)."""
    best, units = "-", []
    for _, duty, _, unit in grants(account, round_id):
        reach = DUTIES[right][duty]
        # No unit has a day slot in the open rounds; a training round needs
        # none.
        if reach == "today" and round_id not in (None, *TRAINS_FOR):
            reach = "-"
        if reach == "-":
            continue
        if REACHES.index(reach) > REACHES.index(best):
            best = reach
        units.append(unit)
    return best, None if "" in units else units


def door(row, account, round_id):
    """The status that refuses, or 0."""
    if row.needs == "public":
        return 0
    if account is None:
        return 303 if row.method == "GET" and "api" not in row.flags else 401
    if "round" in row.params:
        if round_id not in world.ROUNDS or not grants(account, round_id):
            return 404
    if row.needs != "signed_in":
        if power(account, row.needs, round_id)[0] == "-":
            return 403
    if round_id is None:
        if row.path in ALL_ROUNDS and not any(
                g[2] == "" and DUTIES[row.needs][g[1]] != "-"
                for g in grants(account, None)):
            return 403
        return 0
    training = round_id in TRAINS_FOR
    if ("real" in row.flags and training
            or row.path in TRAINING_ONLY and not training):
        return 404
    status = STATUS.get(round_id, "open")
    if ("open" in row.flags and status != "open"
            or "closed" in row.flags and status != "closed"):
        return 409
    return 0


# ---- what is asked for ----
def objects(row, name, account, round_id, made):
    """Pairs of value and kind for a parameter: own, foreign, unknown."""
    if name == "id":
        own = [(i, "own") for (a, r), i in made.items()
               if (a, r) == (account, round_id)]
        foreign = [(i, "foreign") for (a, r), i in made.items()
                   if (a, r) != (account, round_id)]
        return own + foreign + [(UNKNOWN_ID, "unknown"), ("x", "unknown")]
    limited = (power(account, row.needs, round_id)[1]
               if account and row.needs in DUTIES else None)
    if name == "unit":
        units = [world.ALPHA, world.BETA] if round_id in (
            world.WORK, world.ELSEWHERE) else [world.DEMO_UNIT,
                                               world.DEMO_OTHER]
        return [(u, "own" if limited is None or u in limited else "foreign")
                for u in units] + [("no_such_unit", "unknown")]
    if name == "account" and round_id is not None:
        mappers = [g for g in grants_in(round_id) if g[1] == "mapper"]
        return [(g[0], "own" if limited is None or g[3] in limited
                 else "foreign") for g in mappers] + [
                     ("no.such.account", "unknown")]
    return [(v, "own") for v in VALUES.get(name, [])] + [
        ("no-such-thing", "unknown")]


def grants_in(round_id):
    return [g for g in world.GRANTS if g[2] == round_id]


def targets(row, account, made):
    """Every path of a row: path, round, kind."""
    rounds = [None]
    if "round" in row.params:
        rounds = world.ROUNDS + ["no-such-round"]
    for round_id in rounds:
        found = [({"round": round_id}, "own")]
        for name in row.params:
            if name == "round":
                continue
            found = [({**values, name: value}, worse(kind, own))
                     for values, kind in found
                     for value, own in objects(row, name, account, round_id,
                                               made)]
        for values, kind in found:
            yield row.fill(**values), round_id, kind


def worse(a, b):
    kinds = ["own", "foreign", "unknown"]
    return max(a, b, key=kinds.index)


def plain(answer, path):
    """The body without what is of the request alone."""
    body = re.sub(r'name="csrf" value="[^"]*"', "csrf", answer.body)
    body = re.sub(r'name="back" value="[^"]*"', "back", body)
    body = re.sub(r'"request": ?"[^"]*"', "request", body)
    body = re.sub(r"\b[0-9a-f]{16}\b", "request", body)
    return body.replace(path, "PATH")


GOOD = {"GET": {200, 303, 400, 422}, "POST": {200, 303, 400, 409, 422},
        "PATCH": {200, 400, 409, 422}}


class Trial:
    """One account over its own copy of the store."""

    def __init__(self, server, account, made):
        self.server, self.account, self.made = server, account, made
        self.browser = server.browser(account)
        self.token = self.browser.token() if account else ""
        self.missing = {}       # how what does not exist is refused

    def ask(self, row, path, token=None, **headers):
        if row.method == "GET":
            return self.browser.get(path, **headers)
        if "api" in row.flags:
            headers["Content-Type"] = "application/json"
            if token:
                headers["X-CSRF-Token"] = token
            body = "{}"
            if row.method == "PATCH":
                body = '{"answers": {"economy": "3"}}'
            return self.browser.ask(row.method, path, body=body,
                                    headers=headers)
        form = {"csrf": token} if token is not None else {}
        return self.browser.ask(row.method, path, form, headers)

    def still_in(self):
        """Some forms log out: in again."""
        if self.account and self.browser.get("/").location.startswith(
                "/login"):
            self.browser.log_in(self.account)
        self.token = self.browser.token() if self.account else ""

    def beyond(self, path, round_id):
        """Whether the path's mapper has a duty that the reader may not
        reset."""
        _, units = power(self.account, "reset", round_id)
        mapper = path.split("/")[-2]
        return units is not None and any(
            g[1] != "mapper" or g[3] not in units
            or g not in grants(mapper, round_id)
            for g in grants(mapper, None))

    def one(self, row, path, round_id, kind):
        want = door(row, self.account, round_id)
        if want == 0 and row.path == RESET and kind == "own" and self.beyond(
                path, round_id):
            want = 403
        who = self.account or "nobody"
        answer = self.ask(row, path, self.token)
        if want == 0 and kind != "own":
            want = 404
        if want != 0:
            check(answer.status == want, who, row.method, path, kind,
                  f"{answer.status}, not {want}")
        else:
            good = GOOD[row.method] | ({404} if row.path in IN_FORM
                                       else set())
            check(answer.status in good
                  and not answer.location.startswith("/login?"), who,
                  row.method, path, kind, answer.status, answer.location)
        if want == 404 and answer.status == 404:
            body = plain(answer, path)
            known = round_id if grants(self.account, round_id) else None
            first = self.missing.setdefault((str(row), known), body)
            check(body == first, who, row.method, path, kind,
                  "is refused otherwise than what does not exist")
        return answer

    def reads(self, rows):
        for row in rows:
            if row.method != "GET":
                continue
            for path, round_id, kind in targets(row, self.account,
                                                self.made):
                answer = self.one(row, path, round_id, kind)
                head = self.browser.ask("HEAD", path)
                check(head.status == answer.status and not head.bytes,
                      "HEAD", path, head.status, "GET:", answer.status)

    def other_unit(self, rows):
        """A question about another unit is answered as one about a unit that
        does not exist, wherever the account has some units only."""
        for row in rows:
            if (row.method != "GET" or row.params != ["round"]
                    or row.needs not in DUTIES or row.needs == "log"):
                continue
            for round_id in world.ROUNDS:
                _, units = power(self.account, row.needs, round_id)
                if not units or door(row, self.account, round_id):
                    continue
                other = {world.CLOSED: world.DEMO_OTHER,
                         world.WORK: world.BETA}.get(round_id, "nav_fana")
                if other in units:
                    continue
                path = row.fill(round=round_id)
                told = [(a.status, plain(a, path).replace(name, "UNIT"))
                        for name in (other, "no_such_unit")
                        for a in [self.browser.get(f"{path}?unit={name}")]]
                check(told[0] == told[1], self.account, path,
                      "tells of another unit:", [t[0] for t in told])

    def forged(self, rows):
        """Nothing is done without the session's token."""
        for row in rows:
            if row.method == "GET" or self.account is None:
                continue
            path = next(targets(row, self.account, self.made))[0]
            for name, token, headers in (
                    ("no token", None, {}), ("a wrong token", "x" * 22, {}),
                    ("another site", self.token,
                     {"Sec-Fetch-Site": "cross-site"}),
                    ("another origin", self.token,
                     {"Origin": "http://example.com"})):
                status = self.ask(row, path, token, **headers).status
                check(status == 403, self.account, row, name, status)

    def writes(self, rows):
        """First what is refused: what is done may change the world."""
        last = []
        for row in rows:
            if row.method == "GET":
                continue
            for path, round_id, kind in targets(row, self.account,
                                                self.made):
                if door(row, self.account, round_id) or kind != "own":
                    self.one(row, path, round_id, kind)
                else:
                    last.append((row, path, round_id, kind))
        for target in last:
            self.still_in()
            self.one(*target)


def register(store, exe):
    """A registration each; their public ids by account and round."""
    made = {}
    with world.serving(exe, store, "--quiet") as server:
        for i, (account, round_id, place) in enumerate(REGISTERED):
            browser = server.browser(account)
            path = f"/rounds/{round_id}/register"
            answer = browser.post(path, {
                "number": world.number(1980, i % 2 == 0, i),
                "place": place})
            found = re.match(f"/rounds/{round_id}/registrations/([^/]+)",
                             answer.location)
            check(found, "no registration by", account, answer.status,
                  answer.location)
            if found:
                made[account, round_id] = found[1]
    return made


def check_rows(rows):
    """The program's table against the one here."""
    for row in rows:
        check(row.needs is not None, row,
              "stands in no line of tests/web/rights/pages.tsv")
        check(row.needs in (None, row.right), row, "needs", row.right,
              "in pages.c,", row.needs, "in pages.tsv")
        row.needs = row.needs or row.right


def check_words(exe, store, rows):
    """The page that prints the table says the same."""
    with world.serving(exe, store, "--quiet") as server:
        body = server.browser().get("/rights").body
    table = re.search(r"<tbody>(.*?)</tbody>", body, re.S)[1]
    printed = [[not re.search(r"[–—-]\s*<|nei|Nei", cell) for cell in
                re.findall(r"<td\b.*?</td>", line, re.S)]
               for line in re.findall(r"<tr\b.*?</tr>", table, re.S)]
    wanted = [[reach != "-" for reach in row.values()]
              for row in DUTIES.values()]
    check(printed == wanted, "/rights prints another table", printed)


def print_open(rows):
    """For the browser's tests: the pages that each account may open, as
    method, pattern and round."""
    pages = [r for r in rows if r.method == "GET" and "api" not in r.flags]
    print(json.dumps({
        "rows": [[r.method, r.path, sorted(r.flags)] for r in rows],
        "open": {account: [
            [r.path, round_id] for r in pages for round_id in
            (world.ROUNDS if "round" in r.params else [None])
            if door(r, account, round_id) == 0]
            for account in world.ACCOUNTS}}))


def main():
    exe, lister = sys.argv[1:]
    rows = [Row(line) for line in subprocess.run(
        [lister], check=True, capture_output=True,
        text=True).stdout.splitlines()]
    if exe == "--open":
        for row in rows:
            row.needs = row.needs or row.right
        print_open(rows)
        return 0
    check_rows(rows)
    with tempfile.TemporaryDirectory(prefix="rights-") as folder:
        folder = pathlib.Path(folder)
        store = world.make(exe, folder)
        check_words(exe, store, rows)
        made = register(store, exe)
        for account in [None, *world.ACCOUNTS]:
            mine = world.copy_store(store, folder / (account or "-"))
            with world.serving(exe, mine, "--quiet") as server:
                trial = Trial(server, account, made)
                trial.reads(rows)
                if account:
                    trial.other_unit(rows)
                trial.forged(rows)
                trial.writes(rows)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
