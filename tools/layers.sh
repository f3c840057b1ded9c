#!/usr/bin/env bash
# Includes point one way: a folder of src/ includes only itself and folders
# that stand further to the right in
#
#     cli > web > demo > write > report, intake > feed > column > tab, store > calc > def > base
#
# A comma: neither includes the other. Prints FILE:LINE of each that does
# not; exit 1 if there is any.
set -euo pipefail
cd "$(dirname "$0")/.."

grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' src \
    --include='*.c' --include='*.h' |
awk -F: '
BEGIN {
    order = "base def calc tab,store column feed report,intake write demo web cli"
    n = split(order, step, " ")
    for (i = 1; i <= n; i++) {
        m = split(step[i], name, ",")
        for (k = 1; k <= m; k++)
            rank[name[k]] = i
    }
}
{
    split($1, part, "/")
    from = part[2]
    match($0, /"[^"]*"/)
    what = substr($0, RSTART + 1, RLENGTH - 2)
    to = what
    if (!sub("/.*", "", to)) {
        # Made by the build, for the store alone.
        if (what == "sql_table.h" && from == "store")
            next
        print $1 ":" $2 ": \"" what "\" without its folder"
        wrong = 1
    } else if (!(from in rank) || !(to in rank)) {
        print $1 ":" $2 ": \"" what "\": a folder without a layer"
        wrong = 1
    } else if (from != to && rank[to] >= rank[from]) {
        print $1 ":" $2 ": " from " may not include " to " (" what ")"
        wrong = 1
    }
}
END { exit wrong }'
