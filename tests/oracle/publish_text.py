#!/usr/bin/python3
"""A text that asks for tables and counts by chance, for publish.sh.

    publish_text.py SEED COUNT > TEXT.md"""
import random
import sys

# What any_plan is made of: together they are no chance, but the instrument.
PLANS = ["ip = ", "group = ", "other_plan = "]
CODES = {
    "sex": ["male", "female"],
    "age_group": ["18-25", "26-35", "36-45", "46-55", "56+"],
    "index_grade": ["green", "yellow", "red", "bloodred"],
    "housing_grade": ["green", "yellow", "red"],
    "activity_grade": ["green", "yellow", "red"],
    "network_grade": ["green", "yellow", "red"],
    "housing": ["1", "2", "3", "4", "5"], "activity": list("12345"),
    "ip": ["0", "1"], "any_plan": ["0", "1"], "group": ["0", "1"],
    "has_care": ["0", "1"], "crisis": ["0", "1"], "other_plan": ["0", "1"],
    "coordinator": ["0", "1"],
}
FEW = ["sex", "index_grade", "ip", "any_plan"]


def test(r):
    name = r.choice(list(CODES))
    chance = r.random()
    if chance < 0.1:
        return f"age {r.choice(['<', '>=', '>'])} {r.randint(20, 70)}"
    if chance < 0.25:
        return f"{r.choice(['', '', 'not '])}birth_year = {year(r)}"
    some = r.sample(CODES[name], r.randint(1, max(1, len(CODES[name]) - 1)))
    if len(some) == 1:
        return f"{name} = {some[0]}"
    return f"{name} in {{{', '.join(some)}}}"


def year(r):
    """The oldest are few."""
    return r.randint(*r.choice([(1920, 1935), (1936, 1995)]))


def where(r, least):
    tests = [test(r) for _ in range(r.randint(least, 2))]
    if any("any_plan" in t for t in tests):
        tests = [t for t in tests if not t.startswith(tuple(PLANS))]
    if len(tests) == 2 and r.random() < 0.15:
        return " or ".join(tests)
    return " and ".join(tests)


def parts(r):
    """Years in a row near an end, few of which are left out."""
    last = r.randint(1, 3)
    if r.random() < 0.7:
        cut = 1996 - last
        some = [f"birth_year <= {cut - 2}", f"birth_year <= {cut}",
                f"birth_year in {{{cut - 1}, {cut}}}"]
        some += [f"birth_year = {y}" for y in range(cut - 1, 1997)]
    else:
        cut = r.randint(1924, 1934)
        some = [f"birth_year >= {cut + last}", f"birth_year > {cut + 9}",
                f"birth_year >= {cut} and birth_year <= {cut + 9}"]
        some += [f"birth_year < {cut}", f"birth_year = {cut}"]
    some = r.sample(some, r.randint(1, 3))
    other = r.choice(["", "", "", "sex = female", "index_grade = yellow",
                      "ip = 0", "housing in {2, 3}"])
    return [f"{t} and {other}" if other else t for t in some]


def main():
    r = random.Random(int(sys.argv[1]))
    print("---\nkind: report\nlang: en\nabout: mental\ntitle: By chance\n"
          "---\n\n# By chance\n")
    for _ in range(int(sys.argv[2])):
        chance = r.random()
        if chance < 0.1:
            print(f"{{{{chart rows=birth_year columns={r.choice(FEW)} "
                  f"where=\"birth_year < {r.randint(1930, 1945)}\"}}}}\n")
        elif chance < 0.2:
            a, b = where(r, 1), where(r, 1)
            print(f"{{{{more {a} than {b} \"those\" \"these\"}}}} of them, "
                  f"{{{{count {a}}}}} and {{{{count not ({a})}}}}.\n")
        elif chance < 0.35:
            for t in parts(r):
                print(f"There are {{{{count {t}}}}} in a part.\n")
        elif chance < 0.7:
            rows, columns = r.sample(list(CODES), 2)
            filters = where(r, 0)
            columns = f" columns={columns}" if r.random() < 0.7 else ""
            filters = f' where="{filters}"' if filters else ""
            print(f"{{{{table rows={rows}{columns}{filters}}}}}\n")
        else:
            print(f"There are {{{{count {where(r, 1)}}}}} of them.\n")


if __name__ == "__main__":
    main()
