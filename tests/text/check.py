#!/usr/bin/env python3
"""Every number of a text, computed a second time.

    check.py BRUKERPLAN STORE ROUND FILE.md < TREE

TREE is the text made by the program (format tree). The places and conditions
of FILE are read here once more, by other means and from docs/texts.md alone;
each is asked of `brukerplan count`, put into words here, and the sentences
that come out must stand in TREE. What is no number (findings, facts of the
round) may be anything. Prints how many sentences and numbers were compared;
exit 1 if one is not there."""
import pathlib
import re
import subprocess
import sys

PROGRAM, STORE, ROUND, FILE = sys.argv[1:5]
SPACE = "\u00a0"
ANY = "\u0001"                  # stands for whatever the program says
WORDS = {
    "nb": dict(none="ingen", one="én mottaker", many="mottakere", all="alle",
               child=("ingen barn", "ett barn", "barn"), few="av",
               under=f"under 1{SPACE}%", more=("flere", "færre", "enn",
                                               "like mange {} som {}")),
    "nn": dict(none="ingen", one="éin mottakar", many="mottakarar",
               all="alle", child=("ingen barn", "eitt barn", "barn"),
               few="av", under=f"under 1{SPACE}%",
               more=("fleire", "færre", "enn", "like mange {} som {}")),
    "en": dict(none="no", one="one recipient", many="recipients", all="all",
               child=("no children", "one child", "children"), few="of",
               under="under 1%", more=("more", "fewer", "than",
                                       "as many {} as {}")),
}
# Of a round without focus areas, lists of whom to expect, protection and
# anything beside it.
NOT_THERE = ("focus", "coverage", "threshold", "compare", "earlier",
             "others", "rates")
asked = {}
numbers = 0


def count(where, variable=None):
    """What the program counts."""
    key = (where, variable)
    if key not in asked:
        words = [PROGRAM, "count", STORE, ROUND]
        if where:
            words += ["--where", where]
        if variable:
            words += ["--sum", variable]
        asked[key] = int(subprocess.run(words, check=True, text=True,
                                        capture_output=True).stdout)
    return asked[key]


def outside(text, word):
    """Where WORD stands by itself, outside quotes and brackets; or -1."""
    depth, quoted = 0, False
    for i, c in enumerate(text):
        if c == '"':
            quoted = not quoted
        elif not quoted and c in "({":
            depth += 1
        elif not quoted and c in ")}":
            depth -= 1
        elif (not quoted and depth == 0
              and re.match(rf"(?<![\w-]){word}(?![\w-])", text[i:])
              and (i == 0 or not re.match(r"[\w-]", text[i - 1]))):
            return i
    return -1


class Text:
    def __init__(self, source):
        head, self.body = re.match(r"---\n(.*?)\n---\n(.*)", source,
                                   re.S).groups()
        self.head = dict(line.split(": ", 1) for line in head.split("\n"))
        self.lang = self.head["lang"]
        self.words = WORDS[self.lang]
        self.people = {"mental": "target_group = mental",
                       "substance": "target_group in {substance, dual}"}

    # ---- questions

    def scope(self, text):
        m = re.match(r"\s*([a-z0-9_-]+)\s*:(.*)", text, re.S)
        if not m:
            return self.people[self.head["about"]], text
        return (None if m[1] == "round" else self.people[m[1]]), m[2]

    @staticmethod
    def both(*parts):
        kept = [f"({p.strip()})" for p in parts
                if p is not None and p.strip() not in ("", "all")]
        return " and ".join(kept)

    def people_of(self, text):
        who, expr = self.scope(text)
        return count(self.both(who, expr))

    def share_of(self, text):
        who, rest = self.scope(text)
        at = outside(rest, "of")
        a, b = rest[:at], rest[at + 2:]
        return (count(self.both(who, a, b)), count(self.both(who, b)))

    def sum_of(self, text):
        who, rest = self.scope(text)
        m = re.match(r"\s*(\w+)(?:\s+where\s+(.*))?\s*\Z", rest, re.S)
        return count(self.both(who, m[2]), m[1])

    # ---- words

    def whole(self, n):
        text = f"{n:,}"
        return text if self.lang == "en" else text.replace(",", SPACE)

    def share(self, n, of):
        if of < 20:
            return f"{n} {self.words['few']} {of}"
        percent = (200 * n + of) // (2 * of)
        if n > 0 and percent == 0:
            return self.words["under"]
        return f"{percent}%" if self.lang == "en" else f"{percent}{SPACE}%"

    def part(self, n, of):
        if n == 0:
            return self.words["none"]
        if n == of:
            return self.words["all"]
        return ANY              # a fraction: tested by test_phrase

    def noun(self, n, words):
        if n < 2:
            return words[n]
        return f"{self.whole(n)} {words[2]}"

    def say(self, place):
        global numbers
        word = re.match(r"\s*([a-z_]+)", place)[1]
        rest = place.strip()[len(word):]
        quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', rest)[-2:]
        bare = (rest[:rest.rindex(f'"{quoted[0]}"',
                                  0, rest.rindex(f'"{quoted[1]}"'))]
                if len(quoted) == 2 else rest)
        numbers += 1
        w = self.words
        if word == "count":
            return self.whole(self.people_of(rest))
        if word == "people":
            return self.noun(self.people_of(rest),
                             (f"{w['none']} {w['many']}", w["one"],
                              w["many"]))
        if word == "share":
            return self.share(*self.share_of(rest))
        if word == "part":
            return self.part(*self.share_of(rest))
        if word == "sum":
            return self.whole(self.sum_of(rest))
        if word == "amount":
            return self.noun(self.sum_of(rest), w["child"])
        if word == "plural":
            return quoted[self.people_of(bare) != 1]
        if word == "more":
            who, expr = self.scope(bare)
            at = outside(expr, "than")
            a = count(self.both(who, expr[:at]))
            b = count(self.both(who, expr[at + 4:]))
            if a == b:
                return w["more"][3].format(*quoted)
            return (f"{w['more'][a < b]} {quoted[0]} {w['more'][2]} "
                    f"{quoted[1]}")
        numbers -= 1
        if word == "recipients":
            numbers += 1
            return self.whole(self.people_of(""))
        return rest.strip() if word == "typed" else ANY

    # ---- conditions

    def value(self, text):
        """A number as a fraction (n, of) and what is left of TEXT."""
        text = text.strip()
        m = re.match(r"(count|share|sum)\s*\(", text)
        if m:
            depth, i = 1, m.end()
            while depth:
                depth += {"(": 1, ")": -1}.get(text[i], 0)
                i += 1
            inside, rest = text[m.end():i - 1], text[i:]
            if m[1] == "share":
                return self.share_of(inside), rest
            n = (self.people_of if m[1] == "count" else self.sum_of)(inside)
            return (n, 1), rest
        m = re.match(r"(\d+)\s*(%?)", text)
        if m:
            return (int(m[1]), 100 if m[2] else 1), text[m.end():]
        m = re.match(r"year|from_age|units", text)
        return ({"year": (2014, 1), "from_age": (18, 1),
                 "units": (18, 1)}[m[0]], text[m.end():])

    def test(self, text):
        m = re.match(r"\s*has\s+(\w+)(.*)", text, re.S)
        if m:
            return m[1] not in NOT_THERE, m[2]
        (n, of), rest = self.value(text)
        m = re.match(r"\s*(!=|<=|>=|=|<|>)(.*)", rest, re.S)
        (k, ok), rest = self.value(m[2])
        a, b = n * ok, k * of
        return (of > 0 and ok > 0 and {
            "=": a == b, "!=": a != b, "<": a < b, "<=": a <= b,
            ">": a > b, ">=": a >= b}[m[1]]), rest

    def negated(self, text):
        m = re.match(r"\s*not\b(.*)", text, re.S)
        if m:
            is_true, rest = self.negated(m[1])
            return not is_true, rest
        m = re.match(r"\s*\((.*)", text, re.S)
        if m:
            is_true, rest = self.chain(m[1])
            return is_true, rest.strip()[1:]
        return self.test(text)

    def chain(self, text):
        any_of, (all_of, rest) = False, self.negated(text)
        while True:
            m = re.match(r"\s*(and|or)\b(.*)", rest, re.S)
            if not m:
                return any_of or all_of, rest
            is_true, rest = self.negated(m[2])
            if m[1] == "and":
                all_of = all_of and is_true
            else:
                any_of, all_of = any_of or all_of, is_true

    # ---- the whole

    def pieces(self):
        """The body as words and places."""
        at, text = 0, re.sub(r"\{\{!.*?\}\}", "", self.body, flags=re.S)
        for m in re.finditer(r'(?<!\\)\{\{((?:[^{}"]|\{[^{}]*\}|'
                             r'"(?:[^"\\]|\\.)*")*)\}\}', text):
            yield text[at:m.start()], None
            yield m[1], "place"
            at = m.end()
        yield text[at:], None

    def expand(self):
        out, taken = [], []     # taken: [now, has any branch been]
        for text, kind in self.pieces():
            on = all(now for now, _ in taken)
            if kind is None:
                out.append(text if on else "")
                continue
            word = text.strip()
            if word.startswith("if "):
                now = on and self.chain(word[3:])[0]
                taken.append([now, now or not on])
            elif word.startswith("else"):
                _, done = taken.pop()
                outer = all(now for now, _ in taken)
                now = outer and not done and (
                    word == "else" or self.chain(word[7:])[0])
                taken.append([now, done or now])
            elif word == "end":
                taken.pop()
            elif on:
                out.append(self.block(word))
        return "".join(out)

    def block(self, place):
        if re.match(r"(block|chart|table|figures|definitions|focus|coverage|"
                    r"compare|rates|cards)\b", place):
            return "\n\n"
        return "" if place.startswith("note") else self.say(place)


def paragraphs(text):
    """The blocks of the Markdown as plain words."""
    for part in re.split(r"\n\s*\n|\n(?=[-#>] |\d+\. )", text):
        part = re.sub(r"\A\s*(#+ |- |\d+\. |> )", "", part)
        part = re.sub(r"\n(> )?", " ", part)
        part = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", part)
        part = re.sub(r"\*+", "", part).replace("\\", "")
        part = re.sub(r" +", " ", part).strip()
        part = re.sub(r" ([,.;:!?])", r"\1", part)
        if part:
            yield part


def main():
    text = Text(pathlib.Path(FILE).read_text(encoding="utf-8"))
    tree = sys.stdin.read().replace(SPACE, " ")
    said = [re.sub(r"\A\s*[^:]+: ", "", line) for line in tree.split("\n")]
    everything = "\n".join(said + tree.split("\n"))
    compared = wrong = 0
    for part in paragraphs(text.expand()):
        for piece in part.replace(SPACE, " ").split(" | "):
            # A sentence's first letter is large, whatever is said there.
            pattern = "".join(
                ".*?" if c == ANY else re.escape(c) for c in piece)
            compared += 1
            if not re.search(rf"(?<!\d){pattern}(?!\d)", everything, re.I):
                print(f"{FILE}: not in the text: {piece}".replace(ANY, "…"))
                wrong += 1
    print(f"{FILE}: {compared} compared, {numbers} numbers, "
          f"{len(asked)} asked")
    return wrong > 0


sys.exit(main())
