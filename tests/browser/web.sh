#!/usr/bin/env bash
# The application in a browser: one of the tests beside this.
#
#     tests/browser/web.sh web BRUKERPLAN [--long] [--pictures]
#     tests/browser/web.sh form|plain|publish BRUKERPLAN
#     tests/browser/web.sh sixty BRUKERPLAN [--long]
#
# --pictures makes those of docs/pictures anew; --long does what takes long.
set -euo pipefail
name=$1 exe=$(realpath "$2")
shift 2
TOP=$(realpath "$(dirname "$0")/../..")
# shellcheck source=tests/browser/tools.sh
. "$TOP/tests/browser/tools.sh"
flock "$TOP/build/.lock" ninja -C "$TOP/build" tests/unit/list_pages \
    > /dev/null
export NODE_MODULES=$modules CHROMIUM=$chromium EXE=$exe
export LIST_PAGES=$TOP/build/tests/unit/list_pages

words=() count=10 pictures=
for word in "$@"; do
    case $word in
        --long) words+=(--long) count=60 ;;
        --pictures) pictures=$TOP/docs/pictures ;;
        *) echo "tests/browser/web.sh: what is $word?" >&2; exit 2 ;;
    esac
done
case $name in
    sixty) words=("$count") ;;
    web) [ -z "$pictures" ] || words+=(--pictures "$pictures") ;;
    form | plain | publish) words=() ;;
esac
status=0
"$node" "$browser_tests/$name.mjs" "${words[@]}" || status=$?
if [ -n "$pictures" ]; then
    "$TOP/tools/install.sh" pictures
    pngquant --force --ext .png --skip-if-larger --speed 1 64 \
        "$pictures"/*.png || [ $? -eq 98 ]
fi
exit "$status"
