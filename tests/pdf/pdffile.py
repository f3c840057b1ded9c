"""A PDF as qpdf reads it: objects, content, text by glyphs, the tree of tags.

qpdf (--json=2) unpacks and decrypts nothing of ours: it only parses, so that
this shares no line with what wrote the file. Objects are Python values: a
name is Name("X"), a reference Ref("1 0 R"), text str, bytes, dict, list. A
stream is Stream(dict, bytes)."""
import base64
import json
import re
import subprocess


class Name(str):
    """A name, without its slash."""


class Ref(str):
    """A reference, "12 0 R"."""


class Stream:
    def __init__(self, entries, data):
        self.dict, self.data = entries, data


def value_of(v):
    """A value of qpdf's JSON as ours."""
    if isinstance(v, dict):
        return {k[1:]: value_of(x) for k, x in v.items()}
    if isinstance(v, list):
        return [value_of(x) for x in v]
    if not isinstance(v, str):
        return v
    if v.startswith("/"):
        return Name(v[1:])
    if v.startswith("u:"):
        return v[2:]
    if v.startswith("b:"):
        return bytes.fromhex(v[2:])
    if re.fullmatch(r"\d+ \d+ R", v):
        return Ref(v)
    raise ValueError(f"qpdf's JSON: {v[:40]}")


# ---- content ----

TOKEN = re.compile(
    rb"[\x00\t\n\x0c\r ]+|%[^\r\n]*"
    rb"|(?P<hex><[0-9A-Fa-f\x00\t\n\x0c\r ]*>)"
    rb"|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|(?P<string>\()"
    rb"|(?P<name>/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*)"
    rb"|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?=[\x00\t\n\x0c\r ()<>\[\]/%]|$))"
    rb"|(?P<word>[^\x00\t\n\x0c\r ()<>\[\]{}/%]+)")


def literal(data, at):
    """The string whose bracket opens before AT, and where it ends."""
    out, depth = bytearray(), 1
    while True:
        c = data[at:at + 1]
        if c == b"":
            raise ValueError("a string that does not end")
        at += 1
        if c == b"\\":
            octal = re.match(rb"[0-7]{1,3}", data[at:at + 3])
            if octal:
                out.append(int(octal.group(), 8) & 255)
                at += octal.end()
            else:
                out += {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b",
                        b"f": b"\f", b"\n": b""}.get(data[at:at + 1],
                                                     data[at:at + 1])
                at += 1
            continue
        depth += (c == b"(") - (c == b")")
        if depth == 0:
            return bytes(out), at
        out += c


def nest(stack, kind):
    """Closes what a bracket opened: a list, or a dictionary."""
    items = stack.pop()
    if kind == b"]":
        return items
    return {str(items[i]): items[i + 1] for i in range(0, len(items), 2)}


def operations(data):
    """(operator, operands) of a content stream, one after the other."""
    stack, at = [[]], 0
    while at < len(data):
        m = TOKEN.match(data, at)
        if not m:
            raise ValueError(f"content at {at}: {data[at:at + 20]!r}")
        at, kind, text = m.end(), m.lastgroup, m.group()
        if kind is None:
            continue
        if kind == "open":
            stack.append([])
        elif kind == "close":
            made = nest(stack, text)
            stack[-1].append(made)
        elif kind == "hex":
            digits = re.sub(rb"\s", b"", text[1:-1]).decode()
            stack[-1].append(bytes.fromhex(digits + "0" * (len(digits) % 2)))
        elif kind == "string":
            made, at = literal(data, at)
            stack[-1].append(made)
        elif kind == "name":
            stack[-1].append(Name(re.sub(
                rb"#(..)", lambda h: bytes([int(h.group(1), 16)]),
                text[1:]).decode()))
        elif kind == "number":
            stack[-1].append(float(text))
        else:
            if len(stack) != 1:
                raise ValueError(f"an operator in a bracket at {at}")
            yield text.decode("latin-1"), stack[0]
            stack[0] = []
    if stack != [[]]:
        raise ValueError("content ends in the middle of an operation")


def product(a, b):
    """A, then B: both as the six numbers of PDF."""
    return [a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
            a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4],
            a[4] * b[1] + a[5] * b[3] + b[5]]


def point(m, x, y):
    return x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]


# ---- fonts ----

def hex_text(h):
    return bytes.fromhex(h).decode("utf-16-be")


class Font:
    """A Type 0 font with Identity-H: what each glyph is and how wide."""

    def __init__(self, file, entries):
        self.dict = entries
        self.child = file.get((file.get(entries.get("DescendantFonts"))
                               or [None])[0]) or {}
        self.about = file.get(self.child.get("FontDescriptor")) or {}
        self.text, self.width = {}, {}
        unicode = file.get(entries.get("ToUnicode"))
        if isinstance(unicode, Stream):
            self.read_unicode(unicode.data.decode("latin-1"))
        self.read_widths(file.get(self.child.get("W")) or [])

    def read_unicode(self, cmap):
        for part in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
            for code, to in re.findall(r"<(\w+)>\s*<(\w*)>", part):
                self.text[int(code, 16)] = hex_text(to)
        for part in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
            for a, b, to in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", part):
                for i in range(int(a, 16), int(b, 16) + 1):
                    self.text[i] = chr(ord(hex_text(to)[-1]) + i
                                       - int(a, 16))

    def read_widths(self, w):
        i = 0
        while i < len(w):
            if isinstance(w[i + 1], list):
                for k, wide in enumerate(w[i + 1]):
                    self.width[w[i] + k] = float(wide)
                i += 2
            else:
                for g in range(w[i], w[i + 1] + 1):
                    self.width[g] = float(w[i + 2])
                i += 3

    def wide(self, glyph):
        return self.width.get(glyph, float(self.child.get("DW", 1000)))


class Shown:
    """What one operator showed: where, and what it says."""

    def __init__(self, mark, font, text, box, size, glyphs):
        self.mark, self.font, self.text = mark, font, text
        self.box, self.size, self.glyphs = box, size, glyphs


class Mark:
    """A marked piece of a page: its tag and MCID (None: an artifact)."""

    def __init__(self, tag, mcid, artifact):
        self.tag, self.mcid, self.artifact = tag, mcid, artifact


SHOWS = {"Tj", "TJ", "'", '"'}
PAINTS = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "BI",
          "EI"}


class Page:
    """One page, drawn: what is shown, what is painted, its faults."""

    def __init__(self, file, ref, entries):
        self.file, self.ref, self.dict = file, ref, entries
        self.shown, self.painted, self.faults = [], [], []
        self.mcids = {}
        resources = file.get(entries.get("Resources")) or {}
        self.fonts = {k: file.font(v) for k, v in
                      (file.get(resources.get("Font")) or {}).items()}
        contents = file.get(entries.get("Contents"))
        if not isinstance(contents, list):
            contents = [contents]
        self.data = b"\n".join(
            c.data for c in map(file.get, contents) if c is not None)
        self.draw()

    def draw(self):
        self.ctm, self.saved, self.marks = [1, 0, 0, 1, 0, 0], [], []
        self.size, self.font, self.leading = 0., None, 0.
        self.char, self.word, self.scale = 0., 0., 1.
        self.line = self.text = [1, 0, 0, 1, 0, 0]
        self.path, self.inside = [], False
        for op, args in operations(self.data):
            self.step(op, args)
        if self.marks:
            self.faults.append("marks: one is not closed")
        if self.saved:
            self.faults.append("content: q without Q")

    def mark(self):
        return next((m for m in reversed(self.marks)
                     if m.mcid is not None or m.artifact), None)

    def actual(self):
        return next((m.actual for m in self.marks
                     if getattr(m, "actual", None) is not None), None)

    def begin_mark(self, op, args):
        entries = args[1] if op == "BDC" else {}
        if isinstance(entries, Name):
            resources = self.file.get(self.dict["Resources"])
            entries = self.file.get(
                self.file.get(resources["Properties"])[str(entries)])
        m = Mark(str(args[0]), entries.get("MCID"), args[0] == "Artifact")
        m.actual = entries.get("ActualText")
        if isinstance(m.actual, bytes):
            m.actual = m.actual[2:].decode("utf-16-be") \
                if m.actual[:2] == b"\xfe\xff" else m.actual.decode("latin-1")
        if m.mcid is not None:
            m.mcid = int(m.mcid)
            if m.mcid in self.mcids:
                self.faults.append(f"marks: MCID {m.mcid} twice")
            self.mcids[m.mcid] = m
        outer = self.mark()
        if outer is not None and (m.artifact or m.mcid is not None):
            self.faults.append(f"marks: {m.tag} inside {outer.tag}")
        self.marks.append(m)

    def step(self, op, args):
        if op in ("BDC", "BMC"):
            self.begin_mark(op, args)
        elif op == "EMC":
            if not self.marks:
                self.faults.append("marks: EMC without a mark")
            else:
                self.marks.pop()
        elif op == "q":
            self.saved.append((self.ctm, self.font, self.size))
        elif op == "Q":
            self.ctm, self.font, self.size = self.saved.pop()
        elif op == "cm":
            self.ctm = product(args, self.ctm)
        elif op in ("m", "l"):
            self.path.append(point(self.ctm, *args))
        elif op == "c":
            self.path += [point(self.ctm, *args[i:i + 2]) for i in (0, 2, 4)]
        elif op == "re":
            x, y, w, h = args
            self.path += [point(self.ctm, x, y),
                          point(self.ctm, x + w, y + h)]
        elif op == "n":
            self.path = []
        elif op in PAINTS:
            self.painted.append((self.mark(), self.path, op))
            self.path = []
        else:
            self.text_step(op, args)

    def text_step(self, op, args):
        if op == "BT":
            self.line = self.text = [1, 0, 0, 1, 0, 0]
            self.inside = True
        elif op == "ET":
            self.inside = False
        elif op == "Tf":
            self.font, self.size = self.fonts.get(str(args[0])), args[1]
            if self.font is None:
                self.faults.append(f"fonts: no {args[0]} in Resources")
        elif op in ("Td", "TD"):
            self.line = product([1, 0, 0, 1, args[0], args[1]], self.line)
            self.text = self.line
        elif op == "Tm":
            self.line = self.text = args
        elif op == "Tc":
            self.char = args[0]
        elif op == "Tw":
            self.word = args[0]
        elif op == "Tz":
            self.scale = args[0] / 100
        elif op in SHOWS:
            if not self.inside:
                self.faults.append("content: text outside BT and ET")
            self.show(args[-1] if isinstance(args[-1], list) else [args[-1]])
        elif op in ("Tr", "T*", "TL", "Ts"):
            self.faults.append(f"content: {op} is not for us")

    def show(self, items):
        """Glyphs from here on; runs of one operator are one Shown."""
        x, said, glyphs = 0., "", []
        for item in items:
            if isinstance(item, float):
                x -= item / 1000 * self.size * self.scale
                continue
            for i in range(0, len(item) - 1, 2):
                g = item[i] << 8 | item[i + 1]
                glyphs.append(g)
                if self.font is not None:
                    said += self.font.text.get(g, "")
                    x += (self.font.wide(g) / 1000 * self.size + self.char) \
                        * self.scale
        whole = product(self.text, self.ctm)
        a, b = point(whole, 0, -.21 * self.size), \
            point(whole, x, .73 * self.size)
        box = (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]),
               max(a[1], b[1]))
        actual = self.actual()
        self.shown.append(Shown(self.mark(), self.font,
                                said if actual is None else actual, box,
                                self.size, [] if actual is not None
                                else glyphs))
        self.text = product([1, 0, 0, 1, x, 0], self.text)


# ---- the file ----

class Tag:
    """A structure element: type as written, children in order."""

    def __init__(self, ref, entries, parent):
        self.ref, self.dict, self.parent = ref, entries, parent
        self.type = str(entries.get("S", ""))
        self.kids = []          # Tag, ("mark", page ref, mcid), ("obj", ref)

    def walk(self):
        yield self
        for k in self.kids:
            if isinstance(k, Tag):
                yield from k.walk()

    def tags(self):
        return [k for k in self.kids if isinstance(k, Tag)]

    def attribute(self, name):
        a = self.dict.get("A") or {}
        for one in a if isinstance(a, list) else [a]:
            if isinstance(one, dict) and name in one:
                return one[name]
        return None


class File:
    def __init__(self, name):
        self.name = name
        out = subprocess.run(
            ["qpdf", "--json=2", "--json-stream-data=inline",
             "--decode-level=generalized", name],
            capture_output=True, check=False)
        if out.returncode not in (0, 3):
            raise ValueError(out.stderr.decode()[:300])
        self.load(json.loads(out.stdout)["qpdf"][1])

    def load(self, objects):
        self.objects = {}
        for key, v in objects.items():
            if key == "trailer":
                self.trailer = value_of(v["value"])
            elif "stream" in v:
                self.objects[key[4:]] = Stream(
                    value_of(v["stream"]["dict"]),
                    base64.b64decode(v["stream"]["data"]))
            else:
                self.objects[key[4:]] = value_of(v["value"])

    def look(self):
        """Draws the pages and reads the tags; again after a change."""
        self.read_fonts, self.cycles = {}, []
        self.catalog = self.get(self.trailer["Root"])
        self.pages = []
        self.find_pages(self.catalog["Pages"], {})
        self.tree = self.get(self.catalog.get("StructTreeRoot")) or {}
        self.seen = set()
        self.roots = [self.read_tag(r, None, None)
                      for r in self.kids_of(self.tree)]
        self.roots = [r for r in self.roots if isinstance(r, Tag)]
        return self

    def get(self, v):
        while isinstance(v, Ref):
            v = self.objects.get(str(v))
        return v

    def font(self, ref):
        key = str(ref)
        if key not in self.read_fonts:
            self.read_fonts[key] = Font(self, self.get(ref) or {})
        return self.read_fonts[key]

    def find_pages(self, ref, above):
        entries = self.get(ref)
        entries = {**{k: above[k] for k in ("Resources", "MediaBox")
                      if k in above}, **entries}
        if entries.get("Type") == "Pages":
            for k in entries["Kids"]:
                self.find_pages(k, entries)
        else:
            self.pages.append(Page(self, ref, entries))

    @staticmethod
    def kids_of(entries):
        k = entries.get("K")
        return k if isinstance(k, list) else [] if k is None else [k]

    def read_tag(self, ref, parent, page):
        entries = self.get(ref)
        if isinstance(entries, (int, float)):
            return ("mark", page, int(entries))
        if not isinstance(entries, dict):
            return ("nothing", ref, 0)
        page = entries.get("Pg", page)
        kind = entries.get("Type")
        if kind == "MCR":
            return ("mark", page, entries.get("MCID"))
        if kind == "OBJR":
            return ("obj", page, entries.get("Obj"))
        if isinstance(ref, Ref):
            if ref in self.seen:
                self.cycles.append(ref)
                return ("nothing", ref, 0)
            self.seen.add(ref)
        tag = Tag(ref, entries, parent)
        tag.kids = [self.read_tag(k, tag, page) for k in self.kids_of(entries)]
        return tag

    def numbers(self, node):
        """A number tree as a dictionary."""
        node, found = self.get(node) or {}, {}
        nums = self.get(node.get("Nums")) or []
        for i in range(0, len(nums), 2):
            found[int(nums[i])] = nums[i + 1]
        for k in node.get("Kids", []):
            found.update(self.numbers(k))
        return found

    def page_of(self, ref):
        return next((p for p in self.pages if p.ref == ref), None)

    def says(self, tag):
        """The text of TAG and all below it, in the order of the tags."""
        out = []
        for k in tag.kids:
            if isinstance(k, Tag):
                out.append(self.says(k))
            elif k[0] == "mark":
                page = self.page_of(k[1])
                out += [s.text for s in (page.shown if page else [])
                        if s.mark is not None and s.mark.mcid == k[2]]
        return " ".join(x for x in out if x)
