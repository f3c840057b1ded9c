#!/usr/bin/python3
"""A text that asks for tables and counts by chance, for publish.sh.

    publish_text.py SEED COUNT > TEXT.md"""
import random
import sys

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


def test(r):
    name = r.choice(list(CODES))
    if r.random() < 0.1:
        return f"age {r.choice(['<', '>=', '>'])} {r.randint(20, 70)}"
    some = r.sample(CODES[name], r.randint(1, max(1, len(CODES[name]) - 1)))
    if len(some) == 1:
        return f"{name} = {some[0]}"
    return f"{name} in {{{', '.join(some)}}}"


def where(r, least):
    tests = [test(r) for _ in range(r.randint(least, 2))]
    if len(tests) == 2 and r.random() < 0.15:
        return " or ".join(tests)
    return " and ".join(tests)


def main():
    r = random.Random(int(sys.argv[1]))
    print("---\nkind: report\nlang: en\nabout: mental\ntitle: By chance\n"
          "---\n\n# By chance\n")
    for _ in range(int(sys.argv[2])):
        if r.random() < 0.6:
            rows, columns = r.sample(list(CODES), 2)
            filters = where(r, 0)
            columns = f" columns={columns}" if r.random() < 0.7 else ""
            filters = f' where="{filters}"' if filters else ""
            print(f"{{{{table rows={rows}{columns}{filters}}}}}\n")
        else:
            print(f"There are {{{{count {where(r, 1)}}}}} of them.\n")


if __name__ == "__main__":
    main()
