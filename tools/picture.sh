#!/usr/bin/env bash
# Makes docs/report.png, the picture in the README, from the demo's report.
set -euo pipefail
cd "$(dirname "$0")/.."
./run > /dev/null
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars \
    --window-size=1200,1100 --screenshot=docs/report.png \
    "file://$PWD/build/demo/report.html" 2> /dev/null
ls -l docs/report.png
