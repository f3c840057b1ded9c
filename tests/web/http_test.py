#!/usr/bin/env python3
"""The HTTP layer from outside, byte by byte.

    tests/web/http_test.py HTTP_ECHO     prints what failed; exit 1 if anything

What a client library would never send is sent through a bare socket: the
forms of request smuggling, trickles, half requests."""
import concurrent.futures
import contextlib
import os
import pathlib
import resource
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import traceback

EXE = sys.argv[1]
HOST = b"Host: localhost\r\n"
TESTS = []


def test(function):
    TESTS.append(function)
    return function


class Server:
    """http_echo on a port of its own."""

    def __init__(self, *options, listen="127.0.0.1:0"):
        self.process = subprocess.Popen(
            [EXE, listen, *options], stdout=subprocess.PIPE, text=True)
        word, _, address = self.process.stdout.readline().partition(" ")
        assert word == "ready", word
        self.address = address.strip()

    def connect(self):
        if self.address.startswith("unix:"):
            s = socket.socket(socket.AF_UNIX)
            s.connect(self.address[5:])
        else:
            host, _, port = self.address.rpartition(":")
            s = socket.create_connection((host.strip("[]"), int(port)))
        s.settimeout(20)
        return s

    def stop(self):
        """What it said after its ready line, and how long it took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        said = self.process.stdout.read().split("\n")[:-1]
        code = self.process.wait(20)
        assert code == 0, code
        return said, time.monotonic() - begun


@contextlib.contextmanager
def server(*options, **more):
    s = Server(*options, **more)
    try:
        yield s
    finally:
        if s.process.poll() is None:
            s.stop()


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def all(self, name):
        return [v for n, v in self.headers if n == name.lower()]

    def one(self, name):
        values = self.all(name)
        return values[0] if len(values) == 1 else None


def read_answer(s, rest=b"", head=False):
    """The next answer and what came behind it; None where the connection
    ended before any byte of it."""
    data = rest
    while b"\r\n\r\n" not in data:
        try:
            part = s.recv(65536)
        except ConnectionResetError:
            part = b""
        if not part:
            assert not data, data
            return None, b""
        data += part
    top, _, data = data.partition(b"\r\n\r\n")
    lines = top.decode().split("\r\n")
    headers = [(n.lower(), v.strip()) for n, _, v in
               (line.partition(":") for line in lines[1:])]
    answer = Answer(int(lines[0].split()[1]), headers, b"")
    length = int(answer.one("content-length") or 0)
    if head or answer.status in (204, 304):
        length = 0
    while len(data) < length:
        part = s.recv(65536)
        assert part
        data += part
    answer.body = data[:length]
    return answer, data[length:]


def ask(srv, data, head=False):
    with srv.connect() as s:
        s.sendall(data)
        return read_answer(s, head=head)[0]


def ended(s):
    """True if the other side has closed."""
    try:
        return s.recv(1) == b""
    except ConnectionResetError:
        return True


def rest_of(s):
    """All that comes until the other side closes."""
    data = b""
    with contextlib.suppress(ConnectionResetError):
        while part := s.recv(65536):
            data += part
    return data


def get(path, extra=b"", method=b"GET"):
    return (method + b" " + path.encode() + b" HTTP/1.1\r\n" + HOST + extra
            + b"\r\n")


def post(path, body, extra=b""):
    return (b"POST " + path.encode() + b" HTTP/1.1\r\n" + HOST + extra
            + b"Content-Length: %d\r\n\r\n" % len(body) + body)


def check_fixed(answer, name=""):
    assert answer.one("x-frame-options") == "DENY", (name, answer.headers)
    assert answer.one("content-security-policy") == "default-src 'none'"


# Each must be refused with that status, with the fixed headers, and the
# connection closed, whatever follows.
REFUSED = [
    ("both lengths", 400, b"POST / HTTP/1.1\r\n" + HOST +
     b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ("both, other order", 400, b"POST / HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
    ("chunks", 411, b"POST / HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ("encoding in capitals", 411, b"POST / HTTP/1.1\r\n" + HOST +
     b"TRANSFER-ENCODING: Chunked\r\n\r\n0\r\n\r\n"),
    ("unknown encoding", 411, b"POST / HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding: xchunked\r\n\r\n"),
    ("two encodings", 400, b"POST / HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n"),
    ("two lengths", 400, b"POST / HTTP/1.1\r\n" + HOST +
     b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
    ("the same length twice", 400, b"POST / HTTP/1.1\r\n" + HOST +
     b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
    ("two hosts", 400, b"GET / HTTP/1.1\r\n" + HOST + b"Host: other\r\n\r\n"),
    ("no host", 400, b"GET / HTTP/1.1\r\n\r\n"),
    ("bad host", 400, b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
    ("empty host", 400, b"GET / HTTP/1.1\r\nHost:\r\n\r\n"),
    ("blank before colon", 400, b"POST / HTTP/1.1\r\n" + HOST +
     b"Content-Length : 3\r\n\r\nabc"),
    ("bad name", 400, get("/", b"X(Y): 1\r\n")),
    ("name not ASCII", 400, get("/", "Blåbær: 1\r\n".encode())),
    ("control in value", 400, get("/", b"X-A: a\x01b\r\n")),
    ("CR in value", 400, get("/", b"X-A: a\rb\r\n")),
    ("NUL in value", 400, get("/", b"X-A: a\0b\r\n")),
    ("folded value", 400, get("/", b"X-A: a\r\n b\r\n")),
    ("folded name", 400, b"POST / HTTP/1.1\r\n" + HOST +
     b"Content: 3\r\n -Length\r\n\r\nabc"),
    ("LF alone", 400, b"GET / HTTP/1.1\r\nHost: localhost\nX-A: b\r\n\r\n"),
    ("LF alone, request line", 400, b"GET / HTTP/1.1\n" + HOST + b"\r\n"),
    ("NUL in path", 400, b"GET /a\0b HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("escaped NUL", 400, get("/a%00b")),
    ("escaped NUL in query", 400, get("/?a=%00")),
    ("bad escape", 400, get("/%zz")),
    ("short escape", 400, get("/?a=%4")),
    ("path not UTF-8", 400, get("/%ff")),
    ("overlong", 400, get("/%c0%af")),
    ("query not UTF-8", 400, get("/?%e6=1")),
    ("raw byte", 400, b"GET /\xc3\xa6 HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("blank in target", 400, b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("whole URL", 400, b"GET http://localhost/ HTTP/1.1\r\n" + HOST
     + b"\r\n"),
    ("star", 400, b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("connect", 400, b"CONNECT a:80 HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("bad method", 400, b"G(T / HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("version 1.2", 505, b"GET / HTTP/1.2\r\n" + HOST + b"\r\n"),
    ("long target", 414, get("/" + "a" * 4096)),
    ("long headers", 431, get("/", b"X-A: " + b"a" * 12300 + b"\r\n")),
    ("many headers", 431, get("/", b"X-A: a\r\n" * 65)),
    ("too large", 413, b"POST / HTTP/1.1\r\n" + HOST +
     b"Content-Length: 99999999999\r\n\r\n"),
]
# What the library refuses before it asks: nothing but the status and the
# end of the connection is ours to expect (version 0.9.75 sends the headers
# of some of these twice).
REFUSED_BELOW = [
    ("length of letters", 400, b"POST / HTTP/1.1\r\n" + HOST +
     b"Content-Length: abc\r\n\r\n"),
    ("negative length", 400, b"POST / HTTP/1.1\r\n" + HOST +
     b"Content-Length: -1\r\n\r\n"),
    ("length with a plus", 400, b"POST / HTTP/1.1\r\n" + HOST +
     b"Content-Length: +1\r\n\r\na"),
    ("length in two", 400, b"POST / HTTP/1.1\r\n" + HOST +
     b"Content-Length: 1, 1\r\n\r\na"),
    ("length beyond", 413, b"POST / HTTP/1.1\r\n" + HOST +
     b"Content-Length: 99999999999999999999\r\n\r\n"),
    ("NUL in name", 400, get("/", b"X\0A: ab\r\n")),
    ("no colon", 400, b"GET / HTTP/1.1\r\n" + HOST + b"abc\r\n\r\n"),
    ("version 2", 505, b"GET / HTTP/2.0\r\n" + HOST + b"\r\n"),
    ("no version", 400, b"GET /\r\n" + HOST + b"\r\n"),
    ("very long headers", 431, get("/", b"X-A: " + b"a" * 60000 + b"\r\n")),
    ("very long target", 414, get("/" + "a" * 60000)),
]


@test
def refused():
    with server() as srv:
        for name, status, data in REFUSED + REFUSED_BELOW:
            with srv.connect() as s:
                with contextlib.suppress(BrokenPipeError,
                                         ConnectionResetError):
                    s.sendall(data)
                    # Smuggled behind it: must never be answered.
                    s.sendall(get("/echo?smuggled=1"))
                answer, rest = read_answer(s)
                assert answer is not None, name
                assert answer.status == status, (name, answer.status)
                if (name, status, data) in REFUSED:
                    assert answer.one("connection") == "close", name
                    check_fixed(answer, name)
                    assert rest == b"" and ended(s), name
                else:
                    assert b"smuggled" not in rest + rest_of(s), name


@test
def plain():
    with server() as srv:
        a = ask(srv, get("/echo/%C3%A6+?a=1&b=x+y%26&&c&=d&a=2",
                         b"Cookie: other=1; session=abc.def; session=x\r\n"
                         b"X-TEST:  \t both \t\r\n"))
        assert a.status == 200
        check_fixed(a)
        assert a.all("x-own") == ["one", "two"]
        assert a.one("content-type") == "text/plain; charset=utf-8"
        assert a.body.decode() == (
            "method GET\npath /echo/æ+\nmedia \nbody 0\nsecure 0\n"
            "query a=1\nquery b=x y&\nquery c=\nquery =d\nquery a=2\n"
            "cookie abc.def\nheader both\n"), a.body
        a = ask(srv, post("/echo", b"navn=K%c3%a5re+N&navn=2",
                          b"Content-Type: Application/X-WWW-Form-Urlencoded"
                          b"; charset=UTF-8\r\n"))
        assert a.body.decode().endswith(
            "media application/x-www-form-urlencoded\nbody 23\nsecure 0\n"
            "form navn=Kåre N\nform navn=2\n"), a.body
        a = ask(srv, post("/echo", b"\0\xff%%", b"Content-Type: a/b\r\n"))
        assert a.status == 200 and b"body 4\n" in a.body
        for method in b"PUT", b"PATCH", b"DELETE":
            a = ask(srv, get("/echo", method=method))
            assert a.body.startswith(b"method " + method + b"\n")
        assert ask(srv, get("/echo", method=b"BREW")).body.startswith(
            b"method OTHER\n")
        a = ask(srv, b"GET /echo HTTP/1.0\r\n\r\n")
        assert a.status == 200
        a = ask(srv, get("/" + "a" * 4095))
        assert a.status == 200
        a = ask(srv, get("/", b"X-A: " + b"a" * 12200 + b"\r\n"))
        assert a.status == 200, a.status
        a = ask(srv, get("/away"))
        assert (a.status, a.one("location")) == (303, "/echo?from=away")
        assert a.one("content-type") is None
        a = ask(srv, get("/none"))
        assert a.status == 204
        a = ask(srv, get("/fail"))
        assert a.status == 500 and a.body.startswith(b"500 ")
        check_fixed(a)
        a = ask(srv, get("/fixed"))
        assert a.one("x-frame-options") == "SAMEORIGIN"
        assert a.body == b"x" * 90000


@test
def bad_forms():
    form = b"Content-Type: application/x-www-form-urlencoded\r\n"
    with server() as srv:
        for body in b"a=%", b"a=%0", b"%zz", b"a=%00", b"a=%ff", b"a=\xe6", \
                b"a=\0", b"&".join([b"a"] * 4097):
            with srv.connect() as s:
                s.sendall(post("/echo", body, form))
                answer, rest = read_answer(s)
                assert answer.status == 400, body
                check_fixed(answer)
                # It was read whole: the connection goes on.
                s.sendall(get("/echo"))
                assert read_answer(s, rest)[0].status == 200
        body = b"&".join([b"a"] * 4096)
        assert ask(srv, post("/echo", body, form)).status == 200


@test
def head():
    with server() as srv, srv.connect() as s:
        for path in "/", "/echo", "/fixed", "/defer", "/hold", "/away":
            s.sendall(get(path, method=b"HEAD"))
            a, rest = read_answer(s, head=True)
            assert rest == b"", path
            s.sendall(get(path))
            b, rest = read_answer(s)
            assert rest == b""
            # "method HEAD" is one longer than "method GET".
            more = 1 if path in ("/echo", "/defer", "/hold") else 0
            assert a.status == b.status, path
            assert (int(a.one("content-length"))
                    == int(b.one("content-length")) + more), path
            names = [n for n, _ in a.headers]
            assert names == [n for n, _ in b.headers], path


@test
def pipelined():
    with server() as srv, srv.connect() as s:
        form = b"Content-Type: application/x-www-form-urlencoded\r\n"
        for _ in range(20):
            s.sendall(b"".join(
                get(f"/{path}?n={n}") + post("/echo", b"n=%d" % n, form)
                for n, path in enumerate(("echo", "defer", "early", "hold",
                                          "defer-hold"))))
            rest = b""
            for n in range(5):
                a, rest = read_answer(s, rest)
                assert a.status == 200 and b"query n=%d\n" % n in a.body
                a, rest = read_answer(s, rest)
                assert a.status == 200 and b"form n=%d\n" % n in a.body
            assert rest == b""


@test
def byte_by_byte():
    with server() as srv, srv.connect() as s:
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in post("/echo", b"a=b", b"Content-Type: application/"
                         b"x-www-form-urlencoded\r\n"):
            s.sendall(bytes([byte]))
            time.sleep(0.001)
        assert b"form a=b\n" in read_answer(s)[0].body


@test
def too_large():
    with server("body_max=1000") as srv:
        for size, status in (999, 200), (1000, 200), (1001, 413):
            a = ask(srv, post("/echo", b"x" * size))
            assert a.status == status, size
        # A browser sends it all before it reads.
        for size in 200_000, 3_000_000:
            a = ask(srv, post("/echo", b"x" * size))
            assert a.status == 413
            check_fixed(a)
        # Who asks first is told at once.
        with srv.connect() as s:
            s.sendall(b"POST /echo HTTP/1.1\r\n" + HOST +
                      b"Content-Length: 2000\r\n"
                      b"Expect: 100-continue\r\n\r\n")
            assert read_answer(s)[0].status == 413 and ended(s)
        with srv.connect() as s:
            s.sendall(b"POST /echo HTTP/1.1\r\n" + HOST +
                      b"Content-Length: 4\r\nExpect: 100-continue\r\n\r\n")
            assert read_answer(s)[0].status == 100
            s.sendall(b"abcd")
            assert read_answer(s)[0].status == 200
        # So is who would send without end.
        a = ask(srv, b"POST /echo HTTP/1.1\r\n" + HOST +
                b"Content-Length: 50000000\r\n\r\n" + b"x" * 1000)
        assert a.status == 413


def trickle(s, data, step):
    """Sends a byte now and then; how long it was let."""
    begun = time.monotonic()
    try:
        for byte in data:
            s.sendall(bytes([byte]))
            s.settimeout(step)
            try:
                s.recv(1, socket.MSG_PEEK)
                break
            except TimeoutError:
                pass
    except (BrokenPipeError, ConnectionResetError):
        pass
    s.settimeout(20)
    return time.monotonic() - begun


@test
def slow():
    with server("header=1", "body=2", "idle=1", "log") as srv:
        def timed(begin, data, least, most, status):
            with srv.connect() as s:
                s.sendall(begin)
                took = trickle(s, data, 0.2)
                assert least <= took <= most, (took, begin)
                answer = read_answer(s)[0]
                assert (answer.status if answer else None) == status
                if answer:
                    check_fixed(answer)
                assert ended(s)

        def silent():
            with srv.connect() as s:
                begun = time.monotonic()
                assert ended(s) and 0.7 < time.monotonic() - begun < 2.5

        def idle():
            with srv.connect() as s:
                s.sendall(get("/echo"))
                read_answer(s)
                begun = time.monotonic()
                assert ended(s) and 0.7 < time.monotonic() - begun < 3.5

        def between():
            with srv.connect() as s:
                s.sendall(get("/echo"))
                read_answer(s)
                assert trickle(s, b"GET /" + b"a" * 100, 0.2) < 4

        def deferred():
            # What waits for us is not slow.
            assert ask(srv, get("/defer?ms=4000")).status == 200

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            jobs = [
                pool.submit(timed, b"", b"GET /" + b"a" * 100, 0.8, 2.5,
                            None),
                pool.submit(timed, b"GET / HTTP/1.1\r\n", b"X" * 100, 0.8,
                            2.5, 408),
                pool.submit(timed, post("/", b"x" * 100)[:-100], b"x" * 99,
                            1.8, 4, 408),
                pool.submit(silent), pool.submit(idle),
                pool.submit(between), pool.submit(deferred)]
            for job in jobs:
                job.result()
        said, _ = srv.stop()
        statuses = sorted(line.split()[0] for line in said[:-1])
        assert statuses == ["200", "200", "200", "408", "408"], said


@test
def many():
    """As many mappers as a terminal server has, and more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    with server("io=2", "workers=8") as srv:
        sockets = [srv.connect() for _ in range(1000)]
        for path in "/", "/defer?ms=1", "/hold?ms=1":
            for s in sockets:
                s.sendall(get(path))
            for s in sockets:
                assert read_answer(s)[0].status == 200
        for s in sockets:
            s.close()


@test
def full_queue():
    with server("workers=1", "queue=2") as srv:
        with concurrent.futures.ThreadPoolExecutor(10) as pool:
            answers = list(pool.map(
                lambda _: ask(srv, get("/defer?ms=300")), range(10)))
        refused_ones = [a for a in answers if a.status == 503]
        assert 6 <= len(refused_ones) <= 8, len(refused_ones)
        for a in refused_ones:
            assert int(a.one("retry-after")) > 0
            check_fixed(a)
        assert ask(srv, get("/defer")).status == 200


@test
def gone():
    """Clients that leave in the middle leave nothing behind."""
    with server("log") as srv:
        for path in "/", "/defer?ms=50", "/hold?ms=50":
            for cut in 10, len(get(path)):
                with srv.connect() as s:
                    s.sendall(get(path)[:cut])
        with srv.connect() as s:
            s.sendall(post("/echo", b"x" * 100)[:-50])
        time.sleep(0.3)
        assert ask(srv, get("/echo")).status == 200
        assert srv.stop()[0][-1] == "stopped"


def stop_under(path, options, status, most, word):
    with server(*options) as srv:
        with concurrent.futures.ThreadPoolExecutor(5) as pool:
            asked = [pool.submit(ask, srv, get(path)) for _ in range(4)]
            idle = srv.connect()
            idle.sendall(get("/echo"))
            read_answer(idle)
            time.sleep(0.2)
            said, took = srv.stop()
            assert took < most, took
            assert said[-1] == word, said
            for answer in asked:
                a = answer.result()
                assert a.status == status, a.status
                check_fixed(a)
        assert ended(idle)


@test
def stop():
    stop_under("/defer?ms=1000", (), 200, 2, "stopped")
    stop_under("/hold?ms=1000", (), 200, 2, "stopped")
    stop_under("/hold?ms=6000", (), 503, 5, "stopped")
    stop_under("/defer?ms=6000", (), 503, 5, "left")
    with server() as srv:       # one works, three wait
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(ask, srv, post("/echo", b"x" * 9)[:-1])
                     for _ in range(4)]
            time.sleep(0.2)
            said, took = srv.stop()
            assert said[-1] == "stopped" and took < 5
            assert [a.result() for a in asked] == [None] * 4


@test
def addresses():
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/http.sock"
        with server(listen="unix:" + path) as srv:
            assert srv.address == "unix:" + path
            assert ask(srv, get("/echo")).status == 200
            assert os.stat(path).st_mode & 0o777 == 0o660
            # Taken while somebody listens.
            second = subprocess.run([EXE, "unix:" + path],
                                    stdout=subprocess.PIPE, text=True)
            assert second.returncode == 3
            assert second.stdout.startswith("http.listen")
            srv.process.kill()
            srv.process.wait()
        with server(listen="unix:" + path) as srv:
            assert ask(srv, get("/echo")).status == 200
        assert not os.path.exists(path)
        pathlib.Path(path).write_text("mine", encoding="utf-8")
        other = subprocess.run([EXE, "unix:" + path], stdout=subprocess.PIPE,
                               text=True)
        assert other.returncode == 3
        assert pathlib.Path(path).read_text(encoding="utf-8") == "mine"
    if os.path.exists("/proc/net/if_inet6"):
        with server(listen="[::1]:0") as srv:
            assert srv.address.startswith("[::1]:")
            assert ask(srv, get("/echo")).status == 200
    for wrong in "", "8080", "localhost", "a:80", "127.0.0.1:99999", \
            "::1:80", "127.0.0.1:", "unix:", "unix:" + "a" * 150:
        p = subprocess.run([EXE, wrong], stdout=subprocess.PIPE, text=True)
        assert (p.returncode, p.stdout) == (1, f"http.address {wrong}\n"), \
            wrong


@test
def tls():
    with tempfile.TemporaryDirectory() as folder:
        cert, key = folder + "/cert.pem", folder + "/key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
             "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
             "-keyout", key, "-out", cert],
            check=True, stderr=subprocess.DEVNULL)
        with server("cert=" + cert, "key=" + key, "io=2", "header=1") as srv:
            context = ssl.create_default_context(cafile=cert)
            for _ in range(20):
                with context.wrap_socket(srv.connect(),
                                         server_hostname="localhost") as s:
                    for path in "/echo", "/defer?ms=1", "/hold?ms=1":
                        s.sendall(get(path))
                        a, rest = read_answer(s)
                        assert rest == b"" and b"secure 1\n" in a.body
                        check_fixed(a)
                    s.sendall(get("/"))
                    assert len(read_answer(s)[0].body) == 90000
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            with context.wrap_socket(srv.connect(),
                                     server_hostname="localhost") as s:
                s.sendall(get("/echo"))
                assert read_answer(s)[0].status == 200
            with srv.connect() as s:        # half a handshake
                begun = time.monotonic()
                s.sendall(b"\x16\x03\x01")
                assert ended(s) and time.monotonic() - begun < 3
            with srv.connect() as s:        # no handshake
                s.sendall(get("/"))
                assert b"HTTP/" not in rest_of(s)
        wrong = subprocess.run([EXE, "127.0.0.1:0", "cert=" + key,
                                "key=" + key], stdout=subprocess.PIPE,
                               text=True)
        assert wrong.returncode == 1 and wrong.stdout.startswith("http.tls")


@test
def proxied():
    for options, header, secure in (
            ((), b"X-Forwarded-Proto: https\r\n", b"secure 0\n"),
            (("proxy=1",), b"X-Forwarded-Proto: https\r\n", b"secure 1\n"),
            (("proxy=1",), b"X-Forwarded-Proto: http\r\n", b"secure 0\n"),
            (("proxy=1",), b"", b"secure 0\n")):
        with server(*options) as srv:
            assert secure in ask(srv, get("/echo", header)).body


@test
def load():
    """Everything at once, by threads that come and go."""
    with server("io=2", "workers=4") as srv:
        stop_at = time.monotonic() + 3
        counts = []

        def client(n):
            paths = ["/", "/defer", "/hold", "/early", "/defer-hold",
                     "/fixed"]
            count = 0
            while time.monotonic() < stop_at:
                with srv.connect() as s:
                    for i in range(10):
                        s.sendall(get(paths[(n + i) % len(paths)]))
                        assert read_answer(s)[0].status == 200
                        count += 1
            counts.append(count)

        threads = [threading.Thread(target=client, args=(n,))
                   for n in range(16)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        assert len(counts) == 16 and sum(counts) > 500, counts
        assert srv.stop()[0][-1] == "stopped"


def main():
    failed = 0
    for function in TESTS:
        if len(sys.argv) > 2 and function.__name__ not in sys.argv[2:]:
            continue
        try:
            function()
            print(f"ok    {function.__name__}")
        except (AssertionError, OSError) as error:
            traceback.print_exc()
            print(f"FAIL  {function.__name__}: {error!r}")
            failed = 1
    sys.exit(failed)


main()
