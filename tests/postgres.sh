#!/bin/sh
# Prepares every statement of src/store/sql on a throw-away PostgreSQL 15
# cluster: the SQL is written for both engines, and this keeps it so.
#
# The cluster stands in a directory of its own, reached by a unix socket
# only, and is gone afterwards. Exit 77 where PostgreSQL is not installed.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
bin=$(ls -d /usr/lib/postgresql/15/bin 2>/dev/null || true)
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ] || ! command -v psql >/dev/null
then
    echo "postgres: skipped, PostgreSQL 15 is not installed"
    exit 77
fi

# PostgreSQL does not run as root.
as=
if [ "$(id -u)" -eq 0 ]; then
    for user in postgres nobody; do
        id "$user" >/dev/null 2>&1 && break
    done
    as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups --"
fi

dir=$(mktemp -d /tmp/brukerplan-postgres.XXXXXX)
started=
finish() {
    # The script's own exit status must survive what is cleaned up here.
    if [ -n "$started" ]; then
        $as "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop \
            >/dev/null 2>&1 || true
    fi
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

python3 "$here/tools/sql_table.py" --postgres "$here"/src/store/sql/*.sql \
    >"$dir/check.sql"
[ -z "$as" ] || chown -R "$user" "$dir"

cd "$dir"
export LC_ALL=C
if ! $as "$bin/initdb" -D "$dir/data" -U check -A trust -E UTF8 --locale=C \
    --no-sync >"$dir/log" 2>&1; then
    cat "$dir/log"
    exit 1
fi
started=yes
if ! $as "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/server.log" \
    -o "-k $dir -c listen_addresses='' -c fsync=off" start \
    >"$dir/log" 2>&1; then
    cat "$dir/log" "$dir/server.log"
    exit 1
fi

count=$($as psql -X -q -h "$dir" -U check -d postgres -f "$dir/check.sql" \
    2>"$dir/err") || { cat "$dir/err"; exit 1; }
want=$(grep -c '^prepare ' "$dir/check.sql")
if [ "$count" != "$want" ]; then
    echo "postgres: $count statements prepared, not $want"
    exit 1
fi
echo "postgres: $count statements prepared"
