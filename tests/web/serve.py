#!/usr/bin/env python3
"""`brukerplan serve` from outside.

    tests/web/serve.py BRUKERPLAN WORK [TEST...]

WORK holds cert.pem and key.pem. Prints what failed; exit 1 if anything. What
concerns HTTP alone is in http_test.py, with an application of its own."""
import concurrent.futures
import os
import pathlib
import re
import socket
import subprocess
import sys
import threading
import time
import traceback

from app import CLOSED, OPEN, ROOT, App, Person, Wrong, make_demo, pages

EXE, WORK = sys.argv[1], pathlib.Path(sys.argv[2])
STORE, LOG = str(WORK / "store"), str(WORK / "serve.log")
SECURITY = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}
ACCOUNTS = ("coordinator", "mapper", "leader", "admin", "analyst", "dpo",
            "group", "resource")
NOBODY = "00000000-0000-4000-8000-000000000000"
NUMBER = "01818000010"          # synthetic: the month has 80 added
WARM, MANY, GROWTH = 2000, 10000, 0.10
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def serve(*options, **more):
    return App(EXE, STORE, *options, log=LOG, **more)


def refused(*words):
    return subprocess.run([EXE, "serve", STORE, *words], capture_output=True,
                          text=True, timeout=20, check=False)


def secure(answer, tls=False):
    for name, begins in SECURITY.items():
        value = answer.one(name)
        assert value is not None and value.startswith(begins), (name, value)
    policy = answer.one("Content-Security-Policy")
    assert "unsafe" not in policy and "*" not in policy, policy
    hsts = answer.one("Strict-Transport-Security")
    assert (hsts is not None) == tls, hsts


def bare(app, data):
    """What comes back for bytes that no client library would send."""
    with app.socket() as s:
        s.sendall(data)
        got = b""
        while part := s.recv(65536):
            got += part
    return got


@test
def ready():
    left = os.path.join(STORE, "gone.columns")
    with open(left, "w", encoding="utf-8"):
        pass
    with serve() as app:
        assert not os.path.exists(left)
        assert re.fullmatch(r"ready http://127\.0\.0\.1:[1-9]\d*\n",
                            app.ready), app.ready
        assert Person(app).get("/healthz").status == 200
        code, _ = app.stop()
        assert code == 0, code


@test
def ready_on_a_socket():
    path = str(WORK / "socket")
    with open(LOG, "ab") as err, subprocess.Popen(
            [EXE, "serve", STORE, "--listen", f"unix:{path}"],
            stdout=subprocess.PIPE, stderr=err, text=True) as process:
        line = process.stdout.readline()
        assert line == f"ready unix:{path}\n", line
        with socket.socket(socket.AF_UNIX) as s:
            s.connect(path)
            s.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
                      b"Connection: close\r\n\r\n")
            assert s.recv(100).startswith(b"HTTP/1.1 200"), "no answer"
        process.terminate()
        assert process.wait(10) == 0
    assert not os.path.exists(path)


@test
def stopped_under_load():
    """Every request gets a whole answer or none; never half of one."""
    halves, answers = [], []
    with serve() as app:
        def use(n):
            person = Person(app)
            try:
                while True:
                    path = ("/login", "/", "/rights", "/healthz")[n % 4]
                    answers.append(person.get(path).status)
            except OSError:
                person.close()
            except Exception as error:
                if "IncompleteRead" in type(error).__name__:
                    halves.append(repr(error))

        threads = [threading.Thread(target=use, args=(n,), daemon=True)
                   for n in range(16)]
        for t in threads:
            t.start()
        time.sleep(1)
        code, took = app.stop()
        for t in threads:
            t.join(10)
    assert code == 0 and took < 5, (code, took)
    assert not halves, halves[0]
    assert len(answers) > 100, len(answers)


@test
def idle_connections_do_not_hold_it():
    with serve() as app:
        open_ones = [app.socket() for _ in range(20)]
        open_ones[0].sendall(b"GET /login HTTP/1.1\r\nHos")
        time.sleep(0.2)
        code, took = app.stop()
        assert code == 0 and took < 5, (code, took)
        for s in open_ones:
            s.close()


@test
def one_writer():
    with serve() as app:
        second = refused("--listen", "127.0.0.1:0")
        assert second.returncode == 3, second
        assert str(app.pid) in second.stderr, second.stderr
        assert "serve" in second.stderr and second.stdout == "", second
        assert Person(app).get("/healthz").status == 200


@test
def demo_stays_here():
    for address in ("0.0.0.0:0", "[::]:0"):
        got = refused("--listen", address)
        assert got.returncode == 1 and got.stdout == "", got


@test
def tell_nothing():
    """Neither who is there, nor what, nor how much of it."""
    secret = [OPEN, CLOSED, STORE, str(WORK), "brukerplan-demo",
              *ACCOUNTS, os.uname().nodename]
    with serve() as app:
        person = Person(app)
        person.log_in("coordinator")
        stranger = Person(app)
        health = stranger.get("/healthz")
        assert health.status == 200 and health.body == b"ok\n", health.body
        text = stranger.get("/metrics").text
        for line in text.splitlines():
            assert line.startswith("# ") or re.fullmatch(
                r'brukerplan_[a-z_]+(\{(status|le)="[^"]+"\})? [0-9.e+-]+',
                line), line
        for word in secret:
            assert word not in text, word
        server = stranger.get("/login").one("Server")
        assert server is None, server


@test
def every_answer_is_secured():
    with serve() as app:
        person = Person(app)
        login = person.get("/login")
        css = re.search(r'href="(/assets/[^"]+\.css)"', login.text).group(1)
        asked = {
            200: person.get("/login"), 303: person.get("/"),
            404: person.get("/nowhere"), 405: person.ask("DELETE", "/login"),
            401: person.get("/api/v1/me"),
            403: person.post(f"/rounds/{OPEN}/register"),
            400: person.get("/%zz"),
            422: person.post("/login", id="nobody", password="x"),
            413: person.ask("POST", "/login", b"x" * 300000),
            414: person.get("/" + "x" * 5000),
        }
        for status, answer in asked.items():
            if status == 403 and answer.status in (401, 404):
                status = answer.status
            assert answer.status == status, (status, answer.status)
            secure(answer)
            assert answer.one("Cache-Control") in ("no-store", None), status
        assert login.one("Cache-Control") == "no-store"
        answer = person.get(css)
        assert answer.status == 200
        secure(answer)
        assert "immutable" in answer.one("Cache-Control")
        long = person.ask("GET", "/", headers={"X": "y" * 14000})
        assert long.status == 431, long.status
        secure(long)
        for status, head in (
                (400, b"GET /login HTTP/1.1\r\n\r\n"),
                (411, b"POST /login HTTP/1.1\r\nHost: localhost\r\n"
                      b"Transfer-Encoding: chunked\r\n\r\n")):
            got = bare(app, head)
            assert got.startswith(b"HTTP/1.1 %d " % status), got[:40]
            for name in SECURITY:
                assert name.encode("ascii") in got, (status, name)
    with serve("--behind-proxy") as app:
        secure(Person(app).get("/login"), tls=True)


@test
def cookies():
    with serve() as app:
        person = Person(app)
        answer = person.post("/login", id="mapper",
                             password="brukerplan-demo")
        lines = [v for n, v in answer.headers if n.lower() == "set-cookie"]
        assert lines, answer.status
        for line in lines:
            low = line.lower()
            assert "httponly" in low and "samesite=" in low, line
            assert "path=/" in low and "domain" not in low, line
    with serve("--tls-cert", str(WORK / "cert.pem"), "--tls-key",
               str(WORK / "key.pem")) as app:
        answer = Person(app).post("/login", id="mapper",
                                  password="brukerplan-demo")
        lines = [v for n, v in answer.headers if n.lower() == "set-cookie"]
        assert lines and all("; Secure" in line for line in lines), lines


@test
def head_where_get():
    """The same answer without its body, for whoever may read a page."""
    with serve() as app:
        people = [Person(app).log_in(a) for a in ACCOUNTS]
        people.append(Person(app))
        tried = 0
        for method, path, _, _ in pages():
            if method != "GET":
                continue
            path = path.replace("{round}", OPEN)
            path = re.sub(r"\{[a-z_]+\}", NOBODY, path)
            for person in people:
                got, head = person.get(path), person.ask("HEAD", path)
                assert head.status == got.status, (path, got.status,
                                                   head.status)
                assert head.body == b"", path
                for name in ("Content-Type", "Cache-Control", "Location"):
                    assert head.one(name) == got.one(name), (path, name)
                secure(head)
                assert got.status < 500, (path, got.status)
                tried += 1
        assert tried > 50, tried


@test
def api_asks_who():
    with serve() as app:
        person = Person(app)
        paths = {p.replace("{round}", OPEN).replace("{id}", NOBODY)
                 for _, p, right, _ in pages()
                 if p.startswith("/api/v1/") and right != "RIGHT_PUBLIC"}
        paths |= {"/api/v1/", "/api/v1/me", "/api/v1/rounds",
                  f"/api/v1/rounds/{OPEN}/registrations/{NOBODY}",
                  "/api/v1/nowhere", "/api/v1/rounds/../x", "/api/v1/%20"}
        for path in sorted(paths):
            for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
                answer = person.ask(method, path)
                assert answer.status == 401, (method, path, answer.status)
                assert answer.one("Content-Type") == "application/json"
                secure(answer)


@test
def two_lengths():
    with serve() as app:
        head = b"POST /login HTTP/1.1\r\nHost: localhost\r\n"
        for lines in (
                b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                b"Content-Length: 5\r\nContent-Length: 6\r\n"):
            got = bare(app, head + lines + b"\r\n0\r\n\r\nGET /healthz "
                       b"HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert got.startswith(b"HTTP/1.1 400 "), (lines, got[:60])
            assert got.count(b"HTTP/1.1 ") == 1, lines


@test
def tls():
    with serve("--tls-cert", str(WORK / "cert.pem"), "--tls-key",
               str(WORK / "key.pem")) as app:
        assert app.ready.startswith("ready https://127.0.0.1:"), app.ready
        person = Person(app)
        answer = person.get("/login")
        assert answer.status == 200
        secure(answer, tls=True)
        assert person.connection.sock.version() in ("TLSv1.2", "TLSv1.3")
        person.log_in("leader")
        with app.socket() as s:         # without TLS: no answer at all
            s.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert not s.recv(100).startswith(b"HTTP/"), "plain"
        code, took = app.stop()
        assert code == 0 and took < 5, (code, took)
    got = refused("--listen", "127.0.0.1:0", "--tls-cert",
                  str(WORK / "cert.pem"))
    assert got.returncode == 2, got
    got = refused("--listen", "127.0.0.1:0", "--tls-cert",
                  str(WORK / "key.pem"), "--tls-key", str(WORK / "key.pem"))
    assert got.returncode == 1, got


@test
def log_is_silent():
    """A line a request; never a path as it was sent, a body, an account, a
    round, a number."""
    log = WORK / "silent.log"
    words = ["mapper", "coordinator", OPEN, CLOSED, NOBODY, NUMBER,
             NUMBER[:6], "brukerplan-demo", "secretword"]
    with App(EXE, STORE, log=str(log)) as app:
        person = Person(app)
        person.log_in("mapper")
        ids = []
        for answer in (
                person.get(f"/rounds/{OPEN}/register"),
                person.post(f"/rounds/{OPEN}/register", number=NUMBER,
                            ident=NUMBER, place="secretword"),
                person.get(f"/rounds/{OPEN}/registrations/{NOBODY}"),
                person.send("PATCH", f"/api/v1/rounds/{OPEN}/registrations/"
                            f"{NOBODY}", '{"secretword": 1}'),
                person.get(f"/secretword/{NUMBER}?ident={NUMBER}"),
                person.get(f"/rounds/{CLOSED}?q=secretword"),
                person.get(f"/api/v1/secretword/{NUMBER}"),
                person.post("/login", id="secretword", password=NUMBER),
                person.ask("POST", "/%zz", "secretword"),
                person.ask("GET", "/login",
                           headers={"User-Agent": "secretword",
                                    "Referer": f"/{NUMBER}"})):
            assert answer.status < 500, answer.status
            found = re.search(rb"\b[0-9a-f]{16}\b", answer.body)
            if answer.status in (404, 400) and found:
                ids.append(found.group().decode("ascii"))
        words.append(next(iter(v for n, v in person.cookies.items()
                               if len(v) > 20)))
        code, _ = app.stop()
        assert code == 0
    text = log.read_text(encoding="utf-8")
    for word in words:
        assert word not in text, (word, [l for l in text.splitlines()
                                         if word in l][:2])
    for line in text.splitlines():
        assert re.fullmatch(
            r"\S+Z \d{3} \d+ us (-|[A-Z]+) (-|/[a-z0-9/{}_.-]*)"
            r" id=[0-9a-f]{16}", line), line
    assert ids, "no id on an error page"
    for i in ids:
        assert f"id={i}" in text, i


@test
def confined():
    with serve() as app:
        limits = pathlib.Path(f"/proc/{app.pid}/limits").read_text(
            encoding="ascii")
        core = re.search(r"Max core file size\s+(\d+)\s+(\d+)", limits)
        assert core and core.groups() == ("0", "0"), limits
        status = {}
        for task in pathlib.Path(f"/proc/{app.pid}/task").iterdir():
            text = (task / "status").read_text(encoding="utf-8")
            status[task.name] = dict(
                line.split(":\t", 1) for line in text.splitlines()
                if ":\t" in line)
        assert len(status) > 5, len(status)
        for one in status.values():
            assert one["Seccomp"] == "2", one
            assert one["NoNewPrivs"] == "1", one
    with serve("--no-sandbox") as app:
        text = pathlib.Path(f"/proc/{app.pid}/status").read_text(
            encoding="utf-8")
        assert "Seccomp:\t0" in text
        assert Person(app).get("/healthz").status == 200


@test
def memory():
    """Nothing is kept of a request."""
    with serve("--quiet") as app:
        people = [Person(app).log_in("coordinator"),
                  Person(app).log_in("mapper"), Person(app), Person(app)]
        paths = ("/", "/rights", "/login", f"/rounds/{OPEN}/register",
                 "/nowhere", "/api/v1/me")

        def use(person, count):
            for i in range(count):
                assert person.get(paths[i % len(paths)]).status < 500

        def all_use(count):
            with concurrent.futures.ThreadPoolExecutor(len(people)) as pool:
                list(pool.map(use, people, [count // len(people)]
                              * len(people)))

        all_use(WARM)
        before = app.memory()
        all_use(MANY)
        after = app.memory()
        assert after < before * (1 + GROWTH), (before, after)
        print(f"      {before >> 10} KiB after {WARM} requests, "
              f"{after >> 10} KiB after {MANY} more")


def main():
    make_demo(EXE, STORE)
    failed = 0
    for function in TESTS:
        if len(sys.argv) > 3 and function.__name__ not in sys.argv[3:]:
            continue
        try:
            function()
            print(f"ok    {function.__name__}")
        except (AssertionError, OSError, Wrong) as error:
            traceback.print_exc()
            print(f"FAIL  {function.__name__}: {error!r}")
            failed = 1
    cores = [p for top in (WORK, ROOT) for p in top.glob("core*")
             if p.is_file()]
    if cores:
        print(f"FAIL  {cores[0]} was left")
        failed = 1
    sys.exit(failed)


main()
