#!/usr/bin/env bash
# Which lines the tests run: build/coverage/report/index.html, and a summary.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/install.sh build run test coverage
tools/build.sh coverage
exe=build/coverage/brukerplan
meson test -C build/coverage > /dev/null
tests/demo.sh "$exe" build/coverage/demo > /dev/null
tests/figures.py "$exe" build/coverage/demo bergen-2014 > /dev/null
tests/refused/run.sh "$exe" > /dev/null
tests/cli.sh "$exe" build/coverage/demo > /dev/null
mkdir -p build/coverage/report
gcovr --root . --filter 'src/' --exclude-unreachable-branches \
    --html-details build/coverage/report/index.html \
    --print-summary build/coverage
