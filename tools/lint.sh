#!/usr/bin/env bash
# What compilers do not say.
#
#     tools/lint.sh             C: cppcheck, clang-tidy, lines, functions
#     tools/lint.sh --scripts   shellcheck, python
#
# JOBS processes (all cores). What was in order is remembered in
# build/lint-cache.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts() {
    local files
    mapfile -t files < <(
        ls run check .ci/run tools/*.sh tests/*.sh tests/*/*.sh 2>/dev/null)
    shellcheck "${files[@]}"
    python3 - tools/*.py tools/*/*.py tests/*.py <<'END'
import ast, pathlib, sys
for name in sys.argv[1:]:
    if "*" not in name:
        ast.parse(pathlib.Path(name).read_text(encoding="utf-8"), name)
END
}

# Lines of at most 79 columns, no tabs, no blanks at the end, and functions
# of at most 70 lines.
shape() {
    awk '
    FNR == 1 { from = 0 }
    { line = $0; gsub(/[\x80-\xbf]/, "", line) }
    length(line) > 79 { print FILENAME ":" FNR ": longer than 79"; bad = 1 }
    /\t/ { print FILENAME ":" FNR ": a tab"; bad = 1 }
    /[ \t]$/ { print FILENAME ":" FNR ": a blank at the end"; bad = 1 }
    /^\{/ { from = FNR }
    /^\}/ && from {
        if (FNR - from > 70) {
            print FILENAME ":" from ": a function of " FNR - from " lines"
            bad = 1
        }
        from = 0
    }
    END { exit bad }' "$@"
}

if [ "${1:-}" = --scripts ]; then
    scripts
    exit 0
fi
wrong=0
LC_ALL=C shape src/*/*.[ch] || wrong=1
mkdir -p build/lint-cache/cppcheck
cppcheck --quiet --cppcheck-build-dir=build/lint-cache/cppcheck --std=c11 \
    --enable=warning,portability,performance --inline-suppr \
    --error-exitcode=1 --suppress=missingIncludeSystem \
    --suppress=returnDanglingLifetime:src/def/expr.c \
    -D_GNU_SOURCE -DBRUKERPLAN_VERSION='"0"' -DBRUKERPLAN_DATE='"0"' \
    -Isrc -Ibuild -j "${JOBS:-$(nproc)}" src || wrong=1
tools/build.sh clang > /dev/null
tools/tidy.py || wrong=1
exit "$wrong"
