"""The questions of the counting benchmark as DuckDB's SQL.

load() says how the country's CSV becomes the table `rec`: one row a complete
registration, with all that is derived, and `win`, whether it counts; made
once, like the program's columns. Everything is the smallest number that holds
it, a code its place, for texts would be slower: null is unanswered or not
asked, UNKNOWN "Vet ikke". table() makes one statement of one question.

Derivation and choice are those of translate.py, written again in numbers:
nothing of them comes from the program, but the order of a variable's codes
and its kind. Of several ways to say a table the one that DuckDB is quickest
at is taken: a sum of ticks, count_if rather than a filter, a union of groups
rather than a count for each value of each score."""
import collections

import translate

UNKNOWN = 254
AREAS = list(translate.AREAS)
AGES = [("18-25", 18, 25), ("26-35", 26, 35), ("36-45", 36, 45),
        ("46-55", 46, 55), ("56+", 56, 200)]
SUMS = {"children": ("care_children", "contact_children"),
        "obs": ("care_obs", "contact_obs")}
PLANS = ["plan_measure", "plan_action", "plan_crisis", "plan_other"]
TICKS_MAX = 12

Variable = collections.namedtuple("Variable", "kind unknown codes")


def quoted(name):
    return f'"{name}"'


# --- the registrations

def typed(name, v):
    """The column NAME of the CSV, of the type read() says, as a number."""
    text = quoted(name)
    if v.kind == "code":
        cases = " ".join(f"when '{c}' then {i}"
                         for i, c in enumerate(v.codes))
        return f"case {text} {cases} when 'unknown' then {UNKNOWN} end"
    if v.unknown:
        return f"if({text} = 'unknown', {UNKNOWN}, {text}::usmallint)"
    return text


def read(name, variables):
    """The type in which the CSV's column NAME is read."""
    v = variables.get(name)
    if name == "registration":
        return "integer"
    if v is None or v.unknown or v.kind in ("code", "codes"):
        return "varchar"
    return size(name, v)


def size(name, v):
    if v.kind == "date":
        return "date"
    if name in ("year", "municipality", "birth_year"):
        return "usmallint"
    return "utinyint"


def known(name):
    return f"({name} between 1 and 5)"


def index_sql():
    """The index in thousandths, null where there is none."""
    total = " + ".join(f"{w} * if({known(a)}, {a}, 0)"
                       for a, w in translate.AREAS.items())
    weight = " + ".join(f"if({known(a)}, {w}, 0)"
                        for a, w in translate.AREAS.items())
    # A score without a value; of substance only where it is asked.
    missing = " + ".join(f"if({known(a)}, 0, 1)" for a in AREAS
                         if a != "substance")
    missing += f" + if(not mental_only and not coalesce({known('substance')}"
    missing += ", false), 1, 0)"
    return (f"if({missing} > 1, null, "
            f"(({total}) * 1000 + ({weight}) // 2) // ({weight}))")


def some(names, test):
    """TEST, null where none of NAMES is answered."""
    answered = " or ".join(f"coalesce({n} < {UNKNOWN}, false)"
                           for n in names)
    return f"if({answered}, coalesce({test}, false)::utinyint, null)"


def grade(name):
    return f"case when {name} = 1 then 0 when {name} < 5 then 1 " \
           f"when {name} = 5 then 2 end"


def derived(variables):
    """{variable: SQL}, of columns of the table raw."""
    group = quoted("group")
    other = " or ".join(f"{p} = 1" for p in PLANS)
    found = {
        "age_group": "case " + " ".join(
            f"when age between {a} and {b} then {i}"
            for i, (_, a, b) in enumerate(AGES)) + " end",
        "index_grade": "case when index < 1200 then 0 when index < 3000 "
                       "then 1 when index < 4200 then 2 "
                       "when index is not null then 3 end",
        "other_plan": some(PLANS, other),
        "any_plan": some(["ip", *PLANS, group],
                         f"ip = 1 or {other} or {group} = 1"),
        "has_care": some(["care"], in_codes(variables, "care",
                                            ["daily", "shared"])),
        "has_contact": some(["contact"], in_codes(variables, "contact",
                                                  ["agreed", "some"])),
    }
    found |= {f"{a}_grade": grade(a) for a in AREAS}
    for name, parts in SUMS.items():
        added = " + ".join(f"if({p} < {UNKNOWN}, {p}, 0)" for p in parts)
        answered = " or ".join(f"coalesce({p} < {UNKNOWN}, false)"
                               for p in parts)
        found[name] = f"if({answered}, {added}, null)"
    for name in ("firstline", "nav", "specialist"):
        for end in "rw":
            found[f"{name}_{end}"] = "greatest(" + ", ".join(
                f"svc_{s}_{end}" for s in translate.CATEGORIES[name]) + ")"
    return found


def in_codes(variables, name, codes):
    places = [str(variables[name].codes.index(c)) for c in codes]
    return f"{name} in ({', '.join(places)})"


def load(header, variables, file):
    """Statements that make rec of the CSV FILE with those columns, where
    VARIABLES says what each is."""
    services = [n for n in header if n.startswith("svc_")]
    plain = [n for n in header
             if n in variables and n not in ("pseudonym", "units_serving")]
    first, last = header.index("sex"), header.index("injecting")
    answered = " + ".join(
        f"if(coalesce({quoted(n)} <> 'unknown', false), 1, 0)"
        if read(n, variables) == "varchar"
        else f"if({quoted(n)} is null, 0, 1)"
        for n in header[first:last + 1])
    columns = []
    for n in plain:
        sql = typed(n, variables[n])
        if n in services:       # not ticked is no, where gone through
            sql = f"if(services_done = 1, coalesce({sql}, 0), null)"
        columns.append(f"({sql})::{size(n, variables[n])} as {quoted(n)}")
    types = ", ".join(f"'{n}': '{read(n, variables)}'" for n in header)
    age = "if(birth_year > 1800, year - birth_year, null)::utinyint as age"
    more = ", ".join(f"({sql})::utinyint as {quoted(n)}"
                     for n, sql in derived(variables).items())
    mental = variables["target_group"].codes.index("mental")
    index = index_sql().replace(
        "mental_only", f"coalesce(target_group = {mental}, false)")
    return [
        "set preserve_insertion_order = false",
        f"""create table raw as
        select *, ({index})::usmallint as index, {age}
        from (select {', '.join(columns)}, pseudonym, registration,
                  ({answered})::utinyint as answered
              from read_csv('{file}', delim=';', header=true,
                            columns={{{types}}})
              where status = 'complete')""",
        """create table winner as
        select arg_min(rowid, (index is null)::bigint * (1::bigint << 60)
            + tier::bigint * (1::bigint << 57)
            + (200 - answered)::bigint * (1::bigint << 49)
            + (100000 - (registered_on - date '1970-01-01'))
              * (1::bigint << 32)
            + registration) as id
        from raw where pseudonym is not null
        group by pseudonym, municipality, year""",
        f"""create table rec as
        select raw.* exclude (pseudonym, answered, registration),
            {more}, raw.pseudonym is null or winner.id is not null as win
        from raw left join winner on raw.rowid = winner.id""",
        "drop table raw", "drop table winner", "checkpoint"]


# --- the questions

class Condition(translate.Filter):
    """A filter as a condition of SQL, in the numbers of rec. It may be null
    where it does not hold, but not beneath a `not`: DuckDB is quickest with
    plain comparisons."""

    def __init__(self, text, variables):
        super().__init__(text)
        self.variables = variables

    def all(self):
        return super().all() if self.tokens else "true"

    def number(self, name):
        v = self.variables[name]
        value = super().value()[1:-1]
        if v.kind == "code":
            return str(v.codes.index(value))
        if v.kind == "date":
            return f"date '{value}'"
        return str(int(value))

    def one(self):
        if self.next() == "not":
            self.take()
            return f"coalesce(not {self.one()}, true)"
        if self.next() == "(":
            return super().one()
        name, sign = self.take(), self.take()
        column = quoted(name)
        may = self.variables[name].unknown
        but = f" and {column} <> {UNKNOWN}" if may else ""
        if sign == "is":
            return self.state(column, may)
        if sign == "in":
            self.take("{")
            values = [self.number(name)]
            while self.take(",", "}") == ",":
                values.append(self.number(name))
            return f"({column} in ({', '.join(values)}))"
        if sign not in ("=", "!=", "<", "<=", ">", ">="):
            raise ValueError(sign)
        sql = f"{column} {sign} {self.number(name)}"
        return f"({sql}{but if sign in ('!=', '>', '>=') else ''})"

    def state(self, column, may):
        state = self.take("answered", "blank", "unknown")
        if state == "unknown":
            return f"({column} = {UNKNOWN})" if may else "false"
        if state == "answered":
            return f"({column} < {UNKNOWN})" if may \
                else f"({column} is not null)"
        unknown = f" or {column} = {UNKNOWN}" if may else ""
        return f"({column} is null{unknown})"


def key(v, text):
    """The number in rec as the program's key; None where it is none."""
    if text is None or (v.unknown and int(text) == UNKNOWN):
        return None
    return v.codes[int(text)] if v.kind == "code" else text


def ticked(name, variables):
    """How many have a 1: quickest as a sum, where there is no unknown."""
    if variables[name].unknown:
        return f"count_if({quoted(name)} = 1)"
    return f"sum({quoted(name)})"


def table(question, variables):
    """SQL for a question, a dict of the words of its list, and the function
    that makes {(row, column): number} of its rows, without zeros."""
    if ";" in question["rows"]:
        return figures(question, variables)
    names, by = question["rows"].split(","), question["columns"]
    where = Condition(question["where"], variables).all()
    condition = "win" if where == "true" else f"win and {where}"
    battery = len(names) > 1
    if battery and by:
        return ticks_by(names, by, condition, variables)
    if battery:
        return scores(names, condition, variables)
    keys = names + ([by] if by else [])
    what = f"sum({quoted(question['sum'])})" if question["sum"] \
        else "count(*)"
    columns = ", ".join(quoted(k) for k in keys)
    sql = f"select {columns}, {what} from rec where {condition} " \
          f"group by {columns}"

    def cells(rows):
        found = {}
        for row in rows:
            place = [key(variables[k], text)
                     for k, text in zip(keys, row)]
            if None not in place and row[-1] is not None and int(row[-1]):
                found[(place + [""])[0], (place + [""])[1]] = int(row[-1])
        return found
    return sql, cells


def figures(question, variables):
    counts = ", ".join(
        f"count_if({Condition(f, variables).all()})"
        for f in question["rows"].split(";"))
    where = Condition(question["where"], variables).all()
    sql = f"select {counts} from rec where win and {where}"

    def cells(rows):
        return {(str(i), ""): int(n) for i, n in enumerate(rows[0])
                if int(n)}
    return sql, cells


def ticks_by(names, by, condition, variables):
    sums = ", ".join(ticked(n, variables) for n in names)
    sql = f"select {quoted(by)}, {sums} from rec where {condition} " \
          f"group by {quoted(by)}"

    def cells(rows):
        found = {}
        for row in rows:
            column = key(variables[by], row[0])
            if column is not None:
                found |= {(n, column): int(x)
                          for n, x in zip(names, row[1:])
                          if x is not None and int(x)}
        return found
    return sql, cells


def scores(names, condition, variables):
    if condition == "win":
        begin, table_name = "", "rec where win"
    else:                       # quicker: filtered once
        columns = ", ".join(quoted(n) for n in names)
        begin = f"with chosen as materialized (select {columns} from rec " \
                f"where {condition}) "
        table_name = "chosen"
    sql = begin + " union all ".join(
        f"select {i}, {quoted(n)}, count(*) from {table_name} "
        f"group by {quoted(n)}" for i, n in enumerate(names))

    def cells(rows):
        found = {}
        for i, value, n in rows:
            column = key(variables[names[int(i)]], value)
            if column is not None:
                found[names[int(i)], column] = int(n)
        return found
    return sql, cells
