#!/usr/bin/env python3
"""A store with somebody in every duty, for the tests of the application.

    tests/web/rights/world.py BRUKERPLAN DIR [--live]

Makes DIR/store and prints its facts; with --live work has been done in it.

Beside the demo's two rounds there are two open synthetic ones: "work", where
two units register, and "elsewhere", which only those of all rounds have a
part in, and a coordinator of its own. Used as a module as well: the server,
and a small browser without script."""
import contextlib
import datetime
import html
import html.parser
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import urllib.parse

DEMO_PASSWORD = "brukerplan-demo"
NEW_PASSWORD = "trapper epler lyskaster"      # the demo's would be refused
DEMO_UNIT, DEMO_OTHER = "psykisk_helse_laksevag", "nav_laksevag"
CLOSED, TRAINING, WORK, ELSEWHERE = (
    "bergen-2014", "bergen-ovelse", "work", "elsewhere")
ROUNDS = [CLOSED, TRAINING, WORK, ELSEWHERE]
ALPHA, BETA = "alpha", "beta"
UNITS = ("unit;name;tier;sector;number_required\n"
         "alpha;Alfa oppfølging;1=Vedtak om tjeneste|2=Uten vedtak;health;\n"
         "beta;Beta bolig;1=Bolig med bemanning;social;1\n")
# account, duty, round, unit: as the demo has them, and ours.
DEMO_GRANTS = [
    ("mapper", "mapper", TRAINING, DEMO_UNIT),
    ("mapper2", "mapper", TRAINING, DEMO_OTHER),
    ("resource", "resource", TRAINING, DEMO_UNIT),
    ("resource", "resource", TRAINING, DEMO_OTHER),
    ("leader", "leader", CLOSED, DEMO_UNIT),
    ("leader", "leader", TRAINING, DEMO_UNIT),
    ("coordinator", "coordinator", "", ""), ("group", "group", "", ""),
    ("analyst", "analyst", "", ""), ("dpo", "dpo", "", ""),
    ("admin", "admin", "", ""),
]
NEW_ACCOUNTS = {"mapper3": "Mari Medhjelper", "leader2": "Lars Leder",
                "coordinator2": "Kine Koordinator",
                "nobody": "Nils Nybegynner"}
NEW_GRANTS = [
    ("mapper", "mapper", WORK, ALPHA),
    ("mapper3", "mapper", WORK, ALPHA),
    ("mapper2", "mapper", WORK, BETA),
    ("resource", "resource", WORK, ALPHA),
    ("leader", "leader", WORK, ALPHA),
    ("leader2", "leader", WORK, BETA),
    ("leader2", "leader", CLOSED, DEMO_OTHER),
    ("coordinator2", "coordinator", ELSEWHERE, ""),
]
GRANTS = DEMO_GRANTS + NEW_GRANTS
ACCOUNTS = ["mapper", "mapper2", "resource", "leader", "coordinator",
            "group", "analyst", "dpo", "admin", *NEW_ACCOUNTS]


def password_of(account):
    return NEW_PASSWORD if account in NEW_ACCOUNTS else DEMO_PASSWORD


class Forms(html.parser.HTMLParser):
    """The forms of a page: address, and fields as a browser without script
    would send them, buttons left out."""

    def __init__(self, text):
        super().__init__()
        self.list, self.select, self.area = [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form":
            self.list.append((a.get("action"), a.get("id"), []))
        if not self.list or "disabled" in a:
            return
        fields = self.list[-1][2]
        if tag == "input" and a.get("name"):
            kind = a.get("type", "text")
            if kind in ("submit", "button") or (
                    kind in ("radio", "checkbox") and "checked" not in a):
                return
            fields.append((a["name"], a.get("value", "on" if kind in (
                "radio", "checkbox") else "")))
        elif tag == "select":
            self.select = [a.get("name"), None]
        elif tag == "option" and self.select:
            if self.select[1] is None or "selected" in a:
                self.select[1] = a.get("value", "")
        elif tag == "textarea":
            self.area = [a.get("name"), ""]

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "select" and self.select:
            self.list[-1][2].append((self.select[0], self.select[1] or ""))
            self.select = None
        elif tag == "textarea" and self.area:
            self.list[-1][2].append(tuple(self.area))
            self.area = None


class Answer:
    """What a server said; the body as text."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.bytes = response.read()
        self.body = self.bytes.decode("utf-8", "replace")

    @property
    def location(self):
        return self.headers.get("Location", "")

    def field(self, name):
        """The value of the first input of that name."""
        for tag in re.findall(r"<input\b[^>]*>", self.body):
            if f'name="{name}"' in tag:
                found = re.search(r'value="([^"]*)"', tag)
                return html.unescape(found[1]) if found else ""
        return None


class Browser:
    """Somebody with cookies, who follows nothing by himself."""

    def __init__(self, address):
        self.host = urllib.parse.urlsplit(address).netloc
        self.connection = None
        self.cookies = {}
        self.account = None

    def ask(self, method, path, form=None, headers=None, body=None):
        sent = {"Host": self.host, **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(
                f"{k}={v}" for k, v in self.cookies.items())
        if form is not None:
            body = urllib.parse.urlencode(form)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        for again in (True, False):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(
                        self.host, timeout=60)
                self.connection.request(method, path, body, sent)
                answer = Answer(self.connection.getresponse())
                break
            except (http.client.HTTPException, OSError):
                self.connection = None
                if not again:
                    raise
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            if "Max-Age=0" in line:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, headers=headers)

    def token(self):
        """That of this session's forms."""
        return self.get("/rights").field("csrf") or ""

    def post(self, path, form=None, token=None):
        form = dict(form or {})
        form["csrf"] = self.token() if token is None else token
        return self.ask("POST", path, form)

    def fill(self, path, changes, form_id=None):
        """Sends the page's form (that of an id, or the largest) with some
        fields changed; the answer must be a redirect."""
        page = self.get(path)
        assert page.status == 200, (path, page.status)
        action, _, fields = max(
            (f for f in Forms(page.body).list
             if form_id is None or f[1] == form_id),
            key=lambda f: len(f[2]))
        kept = [f for f in fields if f[0] not in changes]
        answer = self.ask("POST", action or path,
                          kept + list(changes.items()))
        assert answer.status == 303, (path, answer.status, re.findall(
            r'<a href="#[^<]*', answer.body))
        return answer

    def log_in(self, account):
        self.cookies = {}
        answer = self.ask("POST", "/login", {
            "id": account, "password": password_of(account)})
        assert answer.status == 303, (account, answer.status, answer.body)
        self.account = account
        return self

    def log_in_first(self, code):
        """With a slip; sets the password."""
        self.cookies = {}
        answer = self.ask("POST", "/login/slip", {"code": code})
        assert answer.status == 303, (answer.status, answer.body)
        page = self.get("/login/setup")
        answer = self.ask("POST", "/login/setup", {
            "csrf": page.field("csrf"), "password": NEW_PASSWORD,
            "password2": NEW_PASSWORD, "next": ""})
        assert answer.status == 303, (answer.status, answer.body)


class Server:
    """The program over a store, on a free port."""

    def __init__(self, exe, store, *options):
        self.said = pathlib.Path(f"{store}.log")
        self.log = self.said.open("ab")
        self.process = subprocess.Popen(
            [exe, "serve", str(store), "--listen", "127.0.0.1:0", *options],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        word, _, address = self.process.stdout.readline().partition(" ")
        assert word == "ready", self.said.read_text()
        self.address = address.strip()

    def browser(self, account=None):
        b = Browser(self.address)
        return b.log_in(account) if account else b

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(20)
        self.log.close()
        return code


@contextlib.contextmanager
def serving(exe, store, *options):
    server = Server(exe, store, *options)
    try:
        yield server
    finally:
        code = server.stop()
    assert code == 0, (code, server.said.read_text()[-2000:])


def copy_store(store, to):
    """The same store once more: its keys lie beside it."""
    for name in ("", ".keys"):
        shutil.copytree(f"{store}{name}", f"{to}{name}")
    return to


# ---- synthetic numbers: month + 80, valid digits ----
def number(birth_year, woman, serial):
    """The SERIALth of those born on the 1st to 28th of months of a year."""
    found = -1
    for three in range(0 if woman else 1, 500, 2):
        if (three // 1 % 10) % 2 != (0 if woman else 1):
            continue
        for month in range(81, 93):
            for day in range(1, 29):
                digits = [int(c) for c in
                          f"{day:02}{month}{birth_year % 100:02}{three:03}"]
                for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2),
                                (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
                    total = sum(a * b for a, b in zip(digits, weights))
                    digits.append((11 - total % 11) % 11)
                if 10 in digits:
                    continue
                found += 1
                if found == serial:
                    return "".join(map(str, digits))
    raise ValueError("no more numbers")


def run(exe, *words):
    return subprocess.run([exe, *map(str, words)], check=True,
                          capture_output=True, text=True).stdout


def grant(exe, store, account, duty, round_id, unit):
    run(exe, "user", "grant", store, account, "--duty", duty,
        "--round", round_id, *(["--unit", unit] if unit else []))


def write_text(browser):
    """The report's text of the closed round is the group's own."""
    path = f"/rounds/{CLOSED}/publication/texts/report.nb"
    form = next(f for f in Forms(browser.get(path).body).list
                if f[0] == path)
    source = dict(form[2])["source"].lstrip("\n")
    browser.fill(path, {"source": source + "\n{{! Lest av gruppen. }}\n",
                        "do": "save"})


def make(exe, folder):
    """DIR/store with everything above; returns its path."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    store = folder / "store"
    run(exe, "demo", store)
    units = folder / "units.csv"
    units.write_text(UNITS, encoding="utf-8")
    for i, round_id in enumerate((WORK, ELSEWHERE)):
        run(exe, "round", "new", store, round_id, "--municipality", "4601",
            "--year", 2025 + i, "--units", units, "--synthetic")
    slips = [run(exe, "user", "add", store, account, "--name", name)
             .split("\t")[1] for account, name in NEW_ACCOUNTS.items()]
    for row in NEW_GRANTS:
        grant(exe, store, *row)
    with serving(exe, store, "--quiet") as server:
        for slip in slips:
            server.browser().log_in_first(slip)
        write_text(server.browser("group"))
    return store


# ---- work that has been done ----
def prepare(exe, store):
    """What the coordinator says of the round before it begins."""
    today = datetime.date.today()
    day = datetime.timedelta(days=1)
    run(exe, "round", "set", store, WORK, f"mapping_from={today - day}",
        f"mapping_to={today + 8 * day}", "controller=Bergen kommune (prøve)",
        "purpose=Prøve av programmet: ingen i runden finnes")
    return [today - day, today, today + day]


def plan(browser, days):
    path = f"/rounds/{WORK}/setup/"
    for day, units in zip(days, ((0,), (0, 1), (1,))):
        browser.fill(f"{path}schedule?day={day}",
                     {f"on-{unit}-{day}": "1" for unit in units})
    browser.fill(path + "expected", {"n-0-1": "60", "n-0-2": "12",
                                     "n-1-1": "24"})


# What most are answered; the last is left out of some.
ANSWERS = {
    "target_group": "mental", "crisis": "0", "opioid_treatment": "0",
    "care": "none", "contact": "none", "ip": "0", "plan_measure": "1",
    "plan_action": "0", "plan_crisis": "1", "plan_other": "0",
    "coordinator": "1", "group": "0", "economy": "2", "mental": "4",
    "physical": "2", "housing": "1", "social": "3", "network": "3",
    "activity": "5", "services_done": "1",
}


def say(browser, path, answers, finish=False):
    """Answers through the API, as the form's script gives them."""
    head = {"X-CSRF-Token": browser.token(),
            "Content-Type": "application/json"}
    answer = browser.ask("PATCH", f"/api/v1{path}", headers=head,
                         body=json.dumps({"answers": answers}))
    assert answer.status == 200, (answer.status, answer.body)
    if finish:
        answer = browser.ask("POST", f"/api/v1{path}/finish", headers=head,
                             body='{"confirm": true}')
        assert answer.status == 200, (answer.status, answer.body)


def register(browser, round_id, serial, place=None, birth_year=1980):
    """A draft; its address."""
    path = f"/rounds/{round_id}/register"
    form = {"number": number(birth_year, serial % 2 == 0, serial)}
    if place:
        form["place"] = place
    to = browser.post(path, form).location
    return re.match(r"(/rounds/[^/]+/registrations/[^/]+)", to)[1]


def work(server):
    mapper, colleague, other = (server.browser(a) for a in (
        "mapper", "mapper3", "mapper2"))
    some = dict(list(ANSWERS.items())[:14])
    for i in range(8):
        for browser, round_id, place in (
                (mapper, WORK, "alpha.1"),
                (mapper, TRAINING, DEMO_UNIT + ".1")):
            path = register(browser, round_id, i, place, 1948 + 6 * i)
            if i < 6:
                say(browser, path, ANSWERS, finish=True)
            elif i == 6:
                say(browser, path, some)
    for i in range(8, 12):
        for browser, place in ((colleague, "alpha.1"), (other, "beta.1")):
            path = register(browser, WORK, i, place, 1975)
            if i < 11:
                say(browser, path, ANSWERS, finish=True)
    # One of the colleague's is met again, and asked for.
    page = mapper.post(f"/rounds/{WORK}/register", {
        "number": number(1975, True, 8), "place": "alpha.1"})
    form = next(f for f in Forms(page.body).list if "handover" in (
        f[0] or ""))
    mapper.ask("POST", form[0], form[2])
    fields = Forms(mapper.get(f"/rounds/{WORK}/not-registered").body).list
    counts = [f[0] for f in max(fields, key=lambda f: len(f[2]))[2]
              if f[0] != "csrf"]
    mapper.fill(f"/rounds/{WORK}/not-registered",
                dict(zip(counts, ("2", "1", "1"))))


def live(exe, store):
    days = prepare(exe, store)
    with serving(exe, store, "--quiet") as server:
        plan(server.browser("coordinator"), days)
        work(server)


def facts(store):
    return {"store": str(store), "grants": GRANTS, "rounds": ROUNDS,
            "accounts": {a: password_of(a) for a in ACCOUNTS}}


def main(exe, folder, *options):
    exe = os.path.realpath(exe)
    store = make(exe, folder)
    if "--live" in options:
        live(exe, store)
    print(json.dumps(facts(store), indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
