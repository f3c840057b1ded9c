#!/usr/bin/env bash
# The reports in a browser (report.mjs), in every language.
#
#     tests/browser/run.sh BRUKERPLAN STORE ROUND
set -euo pipefail
exe=$(realpath "$1") store=$(realpath "$2") round=$3
TOP=$(realpath "$(dirname "$0")/../..")
# shellcheck source=tests/browser/tools.sh
. "$TOP/tests/browser/tools.sh"

failed=0
while read -r report lang; do
    file=$modules/$report-$lang.html unit=()
    if [ "$report" = unit ]; then
        unit=(--unit "$("$exe" round show "$store" "$round" |
            awk '$1 == "unit" { print $2; exit }')")
    fi
    "$exe" report "$store" "$round" --report "$report" --lang "$lang" \
        "${unit[@]}" -o "$file"
    echo "$report $lang"
    NODE_MODULES=$modules "$node" "$browser_tests/report.mjs" "$file" \
        "$chromium" ||
        failed=1
done <<END
mental nb
mental nn
mental en
substance nb
unit nb
END
exit "$failed"
