#!/usr/bin/env python3
"""Makes of the first round of a store so many in all.

    tests/country/many_rounds.py STORE ROUNDS

The others are its copies without registrations, put into the database by
hand: by the program each would be a process of its own."""
import pathlib
import sqlite3
import sys


def copy(db, table, key, last):
    """The first round's rows of TABLE for rounds up to LAST that have none."""
    columns = [c[1] for c in db.execute(f"pragma table_info({table})")]
    taken = {key: "n", "id": "'copy' || n"} if table == "round" \
        else {key: "n"}
    values = ", ".join(taken.get(c, c) for c in columns)
    db.execute(f"""
        with recursive t(n) as (
            select max({key}) + 1 from {table}
            union all select n + 1 from t where n < ?)
        insert into {table} ({', '.join(columns)})
        select {values} from t, (select * from {table} where {key} = 1)
        where n <= ?""", (last, last))


def main():
    store, rounds = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    db = sqlite3.connect(store / "brukerplan.db")
    with db:
        copy(db, "round", "place", rounds)
        for table in ("unit", "unit_tier", "definition"):
            copy(db, table, "round", rounds)
    print(db.execute("select count(*) from round").fetchone()[0])


if __name__ == "__main__":
    main()
