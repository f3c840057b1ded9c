#!/usr/bin/env python3
"""Makes the C table of SQL statements from src/store/sql, and checks it.

    sql_table.py OUT.h OUT.c FILE...    writes the table (run by the build)
    sql_table.py --postgres FILE...     prints a psql script that applies the
                                        PostgreSQL schema and prepares every
                                        statement, then leaves nothing behind

X.sql holds statements, each under a line `-- name: the_name`, the same text
for every engine, with $1..$n for values. NAME_N.ENGINE.sql is migration N of
the database NAME ("schema" or "log") for that engine: statements that end
with a semicolon at the end of a line. Comments and line ends are dropped, so
that a better comment does not change a migration's checksum.
"""
import os
import re
import sys

LITERAL_MAX = 4095      # what C17 promises of a string literal


def fail(text):
    sys.exit(f"sql_table.py: {text}")


def plain(text):
    """TEXT without comments, blanks and line ends made one blank."""
    if re.search(r"'[^'\n]*--[^'\n]*'", text):
        fail("a literal holds --, which would be taken for a comment")
    return " ".join(re.sub(r"--[^\n]*", "", text).split())


def statements(path):
    """[(name, text)] of a file of named statements."""
    found = []
    with open(path, encoding="utf-8") as file:
        parts = re.split(r"^-- name: *(.*)$", file.read(), flags=re.M)
    if plain(parts[0]):
        fail(f"{path}: a statement without a name")
    for name, body in zip(parts[1::2], parts[2::2]):
        name = name.strip()
        text = plain(body)
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            fail(f"{path}: a name may not be '{name}'")
        if text.count(";") != 1 or not text.endswith(";"):
            fail(f"{path}: {name} must be one statement ended by ;")
        check_values(path, name, text)
        found.append((name, text[:-1]))
    return found


def check_values(path, name, text):
    """The values are $1..$n without a gap, or binding them goes wrong."""
    used = {int(n) for n in re.findall(r"\$(\d+)", text)}
    if used != set(range(1, len(used) + 1)):
        fail(f"{path}: {name} leaves a number out: {sorted(used)}")
    if re.search(r"\?|:[a-z]|@[a-z]", text):
        fail(f"{path}: {name}: values are written $1, $2, ...")


def migration(path):
    """[statement] of a schema file."""
    with open(path, encoding="utf-8") as file:
        text = plain(file.read())
    parts = [part.strip() for part in text.split(";")]
    if parts.pop() != "":
        fail(f"{path}: the last statement has no ;")
    return parts


def load(paths):
    """([(name, text)], {(database, engine): [[statement]]})."""
    named, schemas = [], {}
    for path in sorted(paths):
        base = os.path.basename(path)
        match = re.fullmatch(r"([a-z]+)_(\d+)\.([a-z]+)\.sql", base)
        if not match:
            named += statements(path)
            continue
        database, number, engine = match[1], int(match[2]), match[3]
        schemas.setdefault((database, engine), {})[number] = migration(path)
    for key, numbers in schemas.items():
        if set(numbers) != set(range(1, len(numbers) + 1)):
            fail(f"{key}: the numbers of the migrations have a gap")
        schemas[key] = [numbers[n] for n in sorted(numbers)]
    for (database, engine), numbers in schemas.items():
        if len(numbers) != len(schemas.get((database, "sqlite"), [])):
            fail(f"{database}: the engines have not the same migrations")
    names = [name for name, _ in named]
    for name in names:
        if names.count(name) > 1:
            fail(f"two statements are called {name}")
    return sorted(named), schemas


def literal(text):
    if len(text) > LITERAL_MAX:
        fail(f"too long for a string literal: {text[:60]}...")
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    lines, line = [], ""
    for word in re.split(r"(?<= )", text):
        if len(line) + len(word) > 68:
            lines.append(line)
            line = ""
        line += word
    lines.append(line)
    return "\n        ".join(f'"{part}"' for part in lines)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def table(out_h, out_c, named, schemas):
    enum = "".join(f"    SQL_{name.upper()},\n" for name, _ in named)
    write(out_h, "/* Made by tools/sql_table.py from src/store/sql. */\n"
          "#ifndef SQL_TABLE_H\n#define SQL_TABLE_H\n\n"
          f"enum sql {{\n{enum}    SQL_COUNT\n}};\n\n"
          "extern const char *const sql_text[SQL_COUNT];\n\n"
          "/* Migrations for SQLite, from number 1: the statements of each,\n"
          " * NULL behind the last; a NULL behind the last migration. */\n"
          "extern const char *const *const sql_schema[];\n"
          "extern const char *const *const sql_log[];\n\n"
          "#endif\n")
    c = ["/* Made by tools/sql_table.py from src/store/sql. */\n"
         '#include "sql_table.h"\n#include <stddef.h>\n\n'
         "const char *const sql_text[SQL_COUNT] = {\n"]
    for name, text in named:
        c.append(f"    [SQL_{name.upper()}] =\n        {literal(text)},\n")
    c.append("};\n")
    for database in ("schema", "log"):
        numbers = schemas[database, "sqlite"]
        for n, parts in enumerate(numbers, 1):
            c.append(f"\nstatic const char *const {database}_{n}[] = {{\n")
            c += [f"    {literal(part)},\n" for part in parts]
            c.append("    NULL\n};\n")
        c.append(f"\nconst char *const *const sql_{database}[] = {{\n")
        c += [f"    {database}_{n},\n" for n in range(1, len(numbers) + 1)]
        c.append("    NULL\n};\n")
    write(out_c, "".join(c))


def postgres(named, schemas):
    print("\\set ON_ERROR_STOP on\n\\set QUIET on\n"
          "begin;\ncreate schema brukerplan_check;\n"
          "set local search_path = brukerplan_check;")
    for database in ("schema", "log"):
        for parts in schemas[database, "postgres"]:
            for part in parts:
                print(part + ";")
    for name, text in named:
        print(f"prepare {name} as {text};")
    print("\\t on\n\\pset format unaligned\n"
          "select count(*) from pg_prepared_statements;\nrollback;")


def main(args):
    if args and args[0] == "--postgres":
        postgres(*load(args[1:]))
    elif len(args) > 2 and not args[0].startswith("-"):
        table(args[0], args[1], *load(args[2:]))
    else:
        sys.exit(__doc__)


main(sys.argv[1:])
