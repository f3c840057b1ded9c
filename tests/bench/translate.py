"""The report's tables as SQL: for comparing its cells, and its time, with
what a database says of the same file.

The file is imported as it is into the table `raw`, all text. prepare() makes
of it the table `c`: a row a registration that counts, with the variables
that the report is made of. An absent value is null. table_sql() makes one
statement of one table of the report's JSON."""
import json
import re
import subprocess

AREAS = {"substance": 2, "economy": 1, "mental": 2, "physical": 1,
         "housing": 2, "social": 1, "network": 1, "activity": 2}
CATEGORIES = {
    "temp_housing": ["temp_housing_followup", "temp_housing_plain"],
    "housing": ["housing_advice", "housing_viewing", "housing_moving",
                "housing_visit", "housing_adl"],
    "health": ["gp", "therapy", "talks_out", "talks_home", "care_home",
               "care_out", "person_adl", "referral", "escort",
               "coordination"],
    "child_welfare": ["child_measures"],
    "care": ["basic_needs", "social_contact", "support_talks"],
    "work_training": ["training_bound", "training_free"],
    "support_contact": ["contact_single", "contact_group"],
    "education": ["courses", "adult_school", "intro_programme",
                  "mb_programme"],
    "nav": ["nav_permanent", "nav_temporary", "nav_kvp", "nav_ips",
            "nav_los"],
    "specialist": ["mental_outpatient", "mental_inpatient", "mental_other",
                   "substance_outpatient", "substance_inpatient"],
}
CATEGORIES["firstline"] = [s for c in list(CATEGORIES)[:8]
                           for s in CATEGORIES[c]]
CATEGORIES["mental_specialist"] = CATEGORIES["specialist"][:3]


# --- the registrations that count

def index_sql():
    """The index in thousandths, null where there is none."""
    known = {a: f"({a} between '1' and '5')" for a in AREAS}
    total = " + ".join(f"{w} * iif({known[a]}, {a}, 0)"
                       for a, w in AREAS.items())
    weight = " + ".join(f"{w} * {known[a]}" for a, w in AREAS.items())
    missing = " + ".join(f"(not {known[a]})" for a in AREAS
                         if a != "substance")
    missing += f" + (target_group != 'mental' and not {known['substance']})"
    return (f"iif({missing} > 1, null, "
            f"(({total}) * 1000 + ({weight}) / 2) / ({weight}))")


def prepare(header):
    """SQL that makes the table c of the table raw with those columns."""
    plain, derived = [], {}

    def has(name):
        return f"nullif(nullif({name}, ''), 'unknown')"

    first, last = header.index("sex"), header.index("injecting")
    answered = " + ".join(f'("{n}" not in (\'\', \'unknown\'))'
                          for n in header[first:last + 1])
    services = [n for n in header if n.startswith("svc_")]
    for name in header:
        if name in services:
            derived[name] = f"iif(services_done = '1', \"{name}\" = '1', null)"
        elif name not in ("ident", "status"):
            plain.append(name)
    age = f"(year - {has('birth_year')})"
    derived["age_group"] = (
        f"case when {age} between 18 and 25 then '18-25' "
        f"when {age} between 26 and 35 then '26-35' "
        f"when {age} between 36 and 45 then '36-45' "
        f"when {age} between 46 and 55 then '46-55' "
        f"when {age} >= 56 then '56+' end")
    for area in AREAS:
        derived[area + "_grade"] = (
            f"case {area} when '1' then 'green' when '2' then 'yellow' "
            f"when '3' then 'yellow' when '4' then 'yellow' "
            f"when '5' then 'red' end")
    derived["index_grade"] = (
        "case when ix is null then null when ix < 1200 then 'green' "
        "when ix < 3000 then 'yellow' when ix < 4200 then 'red' "
        "else 'bloodred' end")

    def some(names, test):
        ground = ", ".join(has(n) for n in names)
        return f"iif(coalesce({ground}, null) is null, null, {test})"

    plans = ["plan_measure", "plan_action", "plan_crisis", "plan_other"]
    other = " or ".join(f"{p} = '1'" for p in plans)
    any_plan = f"ip = '1' or {other} or \"group\" = '1'"
    derived["other_plan"] = some(plans, other)
    derived["any_plan"] = some(["ip", *plans, '"group"'], any_plan)
    derived["only_coordinator"] = (
        f"iif({has('coordinator')} is null, null, "
        f"coordinator = '1' and not ({any_plan}))")
    for name, parts in (("children", ["care_children", "contact_children"]),
                        ("obs", ["care_obs", "contact_obs"])):
        added = " + ".join(f"coalesce({has(p)}, 0)" for p in parts)
        derived[name] = some(parts, added)
    for name, codes in (("care", "'daily', 'shared'"),
                        ("contact", "'agreed', 'some'")):
        derived["has_" + name] = (f"iif({has(name)} is null, null, "
                                  f"{name} in ({codes}))")
    for name, parts in CATEGORIES.items():
        for end in "rw":
            ticked = " or ".join(f"svc_{p}_{end} = '1'" for p in parts)
            derived[f"{name}_{end}"] = (
                f"iif(services_done = '1', {ticked}, null)")
    names = plain + list(derived)
    text = {"unit", "registered_on", "sex", "target_group", "units_serving",
            "care", "contact", "age_group"}
    kinds = ", ".join(
        f'"{n}" ' + ("text" if n in text or n.startswith("use_")
                     or n.endswith("_grade") else "integer")
        for n in names)
    picked = ", ".join([has(f'"{n}"') for n in plain] +
                       list(derived.values()))
    return f"""
create table ranked as
select rowid as n, ident, unit, tier, registered_on, {index_sql()} as ix,
    {answered} as answered
from raw where status in ('complete', '');
create table winner as
select n, ix from (
    select n, ix, ident, row_number() over (
        partition by ident
        order by ix is null, tier, answered desc, registered_on desc, n)
        as place
    from ranked)
where place = 1 or ident = '';
create table c ({kinds});
insert into c select {picked}
from winner join raw on raw.rowid = winner.n order by winner.n;
"""


# --- the filter language

TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|(!=|<=|>=|[=<>(){},])|'
                   r"([A-Za-z0-9_][A-Za-z0-9_+.-]*))")


class Filter:
    """A filter of the program as a condition of SQL: 0 or 1, never null."""

    def __init__(self, text):
        self.tokens, at = [], 0
        text = text.strip()
        while at < len(text):
            m = TOKEN.match(text, at)
            if m is None:
                raise ValueError(text)
            self.tokens.append(m.group().strip())
            at = m.end()

    def take(self, *want):
        token = self.tokens.pop(0)
        if want and token not in want:
            raise ValueError(token)
        return token

    def next(self):
        return self.tokens[0] if self.tokens else ""

    def value(self):
        token = self.take()
        if token.startswith('"'):
            token = re.sub(r"\\(.)", r"\1", token[1:-1])
        return "'" + token.replace("'", "''") + "'"

    def all(self):
        sql = self.either() if self.tokens else "1"
        if self.tokens:
            raise ValueError(self.next())
        return sql

    def either(self):
        sql = [self.both()]
        while self.next() == "or":
            self.take()
            sql.append(self.both())
        return "(" + " or ".join(sql) + ")"

    def both(self):
        sql = [self.one()]
        while self.next() == "and":
            self.take()
            sql.append(self.one())
        return "(" + " and ".join(sql) + ")"

    def one(self):
        if self.next() == "not":
            self.take()
            return f"(not {self.one()})"
        if self.next() == "(":
            self.take()
            sql = self.either()
            self.take(")")
            return sql
        name, sign = f'"{self.take()}"', self.take()
        if sign == "is":
            state = self.take("answered", "blank")
            return f"({name} is {'not ' if state == 'answered' else ''}null)"
        if sign == "in":
            self.take("{")
            values = [self.value()]
            while self.take(",", "}") == ",":
                values.append(self.value())
            return f"coalesce({name} in ({', '.join(values)}), 0)"
        if sign not in ("=", "!=", "<", "<=", ">", ">="):
            raise ValueError(sign)
        return f"coalesce({name} {sign} {self.value()}, 0)"


# --- the figures, which the JSON names but does not explain

def figures_of(path):
    """{table: {figure: (where, sum)}} from an instrument's definition."""
    text = path.read_text(encoding="utf-8")
    text = text[text.index("\ntables:\n"):text.index("\nreports:\n")]
    text = re.sub(r">-\n((?: {10,}.*\n)+)",
                  lambda m: '"' + " ".join(m[1].split()) + '"\n', text)
    found = {}
    for table in re.split(r"\n  - id: ", text)[1:]:
        figures = {}
        for part in re.split(r"\n      - id: ", table)[1:]:
            where = re.search(r'\n        where: "(.*)"', part)
            add = re.search(r"\n        sum: (\w+)", part)
            figures[part.split("\n", 1)[0].strip()] = (
                where[1] if where else "", add[1] if add else None)
        found[table.split("\n", 1)[0].strip()] = figures
    return found


# --- the tables

def table_sql(t, figures):
    """The statement for the table T of the report, and how its rows become
    cells; None where it can't be said."""
    rows, columns = t["rows"], t.get("columns")
    where = Filter(t["where"]).all()
    add = t.get("sum")

    if "variables" in rows and columns.get("variable"):
        by, keys = columns["variable"], columns["keys"]
        sums = ", ".join(f"coalesce(sum(\"{v}\" = '1'), 0)"
                         for v in rows["variables"])
        sql = f'select "{by}", {sums} from c where {where} group by 1'

        def cells(out):
            found = {r[0]: r[1:] for r in out}
            return [[int(found[k][i]) if k in found else 0 for k in keys]
                    for i in range(len(rows["variables"]))]
    elif "variables" in rows:
        sums = ", ".join(f"coalesce(sum(\"{v}\" = '{k}'), 0)"
                         for v in rows["variables"] for k in columns["keys"])
        sql, wide = f"select {sums} from c where {where}", len(
            columns["keys"])

        def cells(out):
            n = [int(x) for x in out[0]]
            return [n[i:i + wide] for i in range(0, len(n), wide)]
    elif "variable" not in rows:
        known = figures.get(t["table"])
        if known is None or set(rows["keys"]) - set(known):
            return None
        sums = []
        for key in rows["keys"]:
            test = Filter(known[key][0]).all()
            what = f'coalesce("{known[key][1]}", 0)' if known[key][1] else 1
            sums.append(f"coalesce(sum({test} * {what}), 0)")
        sql = f"select {', '.join(sums)} from c where {where}"

        def cells(out):
            return [int(x) for x in out[0]]
    else:
        what = f'coalesce(sum("{add}"), 0)' if add else "count(*)"
        by = rows["variable"]
        if columns is None:
            sql = (f'select "{by}", {what} from c where {where} group by 1')

            def cells(out):
                found = {r[0]: int(r[1]) for r in out}
                return [found.get(k, 0) for k in rows["keys"]]
        else:
            sql = (f'select "{by}", "{columns["variable"]}", {what} from c '
                   f"where {where} group by 1, 2")

            def cells(out):
                found = {(r[0], r[1]): int(r[2]) for r in out}
                return [[found.get((k, j), 0) for j in columns["keys"]]
                        for k in rows["keys"]]
    return sql + ";", cells


def answers(shell, database, statements):
    """What each of the statements gives: rows of texts."""
    script = "".join(s + "\nselect '--';\n" for s in statements)
    done = subprocess.run([shell, "-batch", "-noheader", "-separator", "\t",
                           database], input=script, text=True,
                          capture_output=True, check=True)
    out, rows = [], []
    for line in done.stdout.splitlines():
        if line == "--":
            out.append(rows)
            rows = []
        else:
            rows.append(line.split("\t"))
    return out


def report_tables(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["tables"]
