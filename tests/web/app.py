"""The application as its tests meet it: a demo store that is served, and
people who use it. Shared by serve.py, kill.py and tests/bench/web.py."""
import http.client
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PASSWORD = "brukerplan-demo"
OPEN, CLOSED = "bergen-ovelse", "bergen-2014"


class Wrong(Exception):
    pass


def make_demo(exe, store):
    subprocess.run([exe, "demo", store], check=True, capture_output=True)


class App:
    """`brukerplan serve` on a port of its own. What it says on standard
    error goes to the file LOG."""

    def __init__(self, exe, store, *options, listen="127.0.0.1:0",
                 log=os.devnull, host=None):
        self.log = log
        with open(log, "ab") as err:
            self.process = subprocess.Popen(
                [exe, "serve", store, "--listen", listen, *options],
                stdout=subprocess.PIPE, stderr=err, text=True)
        self.ready = self.process.stdout.readline()
        word, _, url = self.ready.strip().partition(" ")
        if word != "ready":
            raise Wrong(f"no ready line: {self.ready!r}, exit "
                        f"{self.process.wait(10)}")
        self.url = url
        self.tls = url.startswith("https")
        at = urllib.parse.urlsplit(url)
        self.host, self.port = host or at.hostname, at.port

    @property
    def pid(self):
        return self.process.pid

    def socket(self):
        return socket.create_connection((self.host, self.port), 20)

    def stop(self, sig=signal.SIGTERM):
        """Exit status and seconds."""
        begin = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(sig)
        code = self.process.wait(30)
        self.process.stdout.close()
        return code, time.monotonic() - begin

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop(signal.SIGKILL)

    def memory(self):
        """Resident bytes."""
        with open(f"/proc/{self.pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def one(self, name):
        found = [v for n, v in self.headers if n.lower() == name.lower()]
        return found[0] if found else None

    @property
    def text(self):
        return self.body.decode("utf-8")


class Person:
    """One browser: its connection, its cookies, its token."""

    def __init__(self, app):
        self.app, self.cookies, self.csrf = app, {}, ""
        self.connection = None

    def connect(self):
        if self.app.tls:
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            return http.client.HTTPSConnection(
                self.app.host, self.app.port, timeout=30, context=context)
        return http.client.HTTPConnection(self.app.host, self.app.port,
                                          timeout=30)

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def cookie(self):
        return "; ".join(f"{n}={v}" for n, v in self.cookies.items())

    def ask(self, method, path, body=None, headers=None):
        sent = dict(headers or {})
        if self.cookies:
            sent["Cookie"] = self.cookie()
        if self.connection is None:
            self.connection = self.connect()
            self.connection.connect()
            self.connection.sock.setsockopt(socket.IPPROTO_TCP,
                                            socket.TCP_NODELAY, 1)
        try:
            self.connection.request(method, path, body=body, headers=sent)
            got = self.connection.getresponse()
            answer = Answer(got.status, got.getheaders(), got.read())
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self.keep_cookie(value)
        return answer

    def keep_cookie(self, line):
        name, _, value = line.split(";")[0].partition("=")
        if value == "" or "max-age=0" in line.lower():
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value

    def get(self, path):
        answer = self.ask("GET", path)
        token = re.search(rb'name="csrf" value="([^"]+)"', answer.body)
        if token:
            self.csrf = token.group(1).decode("ascii")
        return answer

    def post(self, path, **fields):
        fields = {"csrf": self.csrf, **fields}
        return self.ask("POST", path, urllib.parse.urlencode(fields, True), {
            "Content-Type": "application/x-www-form-urlencoded"})

    def send(self, method, path, data):
        """JSON, with the token as a script sends it."""
        return self.ask(method, path, data, {
            "Content-Type": "application/json", "X-CSRF-Token": self.csrf})

    def log_in(self, account, password=PASSWORD):
        answer = self.post("/login", id=account, password=password)
        if answer.status != 303 or "login" in answer.one("Location"):
            raise Wrong(f"{account}: {answer.status}, "
                        f"{answer.one('Location')}")
        self.get("/rights")
        if not self.csrf:
            raise Wrong("no token in a page")
        return self


def pages():
    """(method, path, right, flags) of every row of the table of pages."""
    text = (ROOT / "src/web/pages.c").read_text(encoding="utf-8")
    return re.findall(r'\{ "([A-Z]+)", "([^"]*)",\s*(RIGHT_\w+),'
                      r'\s*([^,]+?),', text)


def register(person, count, place="psykisk_helse_laksevag.1"):
    """COUNT registrations without a number: their public ids."""
    ids = []
    for _ in range(count):
        answer = person.post(f"/rounds/{OPEN}/register", place=place,
                             unknown="1")
        found = re.search(r"/registrations/([0-9a-f-]{36})",
                          answer.one("Location") or "")
        if answer.status != 303 or not found:
            raise Wrong(f"not registered: {answer.status}")
        ids.append(found.group(1))
    return ids
