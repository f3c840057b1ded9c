# Shared by the test scripts: what is expected, and counting.
#
#     . tests/lib.sh
#     expect 2 "$exe" round       runs it; its output is in $out and $err
#     has "$err" 'no command'     a fixed string in a file
#     lacks "$err" '12345'
#     same a b                    two files
#     done_testing                last: "N passed, N failed", and the status
#
# shellcheck shell=bash
work=$(mktemp -d "${TMPDIR:-/tmp}/brukerplan-test.XXXXXX")
trap 'chmod -R u+w "$work" 2>/dev/null || true; rm -rf "$work"' EXIT
out=$work/stdout err=$work/stderr
passed=0 failed=0

pass() { passed=$((passed + 1)); }
fail() {
    failed=$((failed + 1))
    echo "FAILED: $*"
    [ ! -s "$err" ] || head -n 5 "$err" | sed 's/^/    /'
}

expect() {
    local want=$1 status=0
    shift
    "$@" > "$out" 2> "$err" || status=$?
    if [ "$status" -eq "$want" ]; then
        pass
    else
        fail "exit $status, not $want: $*"
    fi
}

has() { if grep -qF -e "$2" "$1"; then pass; else fail "no '$2' in $1"; fi; }
lacks() { if grep -qF -e "$2" "$1"; then fail "'$2' in $1"; else pass; fi; }
same() { if cmp -s "$1" "$2"; then pass; else fail "$1 and $2 differ"; fi; }
empty() { if [ -s "$1" ]; then fail "$1 is not empty"; else pass; fi; }
# is FILE TEXT: the file is the text and a line feed.
is() {
    if [ "$(cat "$1")" = "$2" ]; then pass; else
        fail "$1 is '$(head -c 200 "$1")', not '$2'"
    fi
}

done_testing() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
