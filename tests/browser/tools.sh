# Shared by the scripts that drive a browser; to be sourced with TOP set to
# the top of the source. Sets node (tests/node.sh) and chromium, and fetches
# the packages that the lock file beside this names into build/browser.
#
# shellcheck shell=bash
browser_tests=$TOP/tests/browser modules=$TOP/build/browser

# shellcheck source=tests/node.sh
. "$TOP/tests/node.sh"
fetch "$browser_tests" "$modules"
chromium=$(command -v chromium || true)
[ -n "$chromium" ] || { echo "no chromium"; exit 1; }
