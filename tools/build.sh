#!/usr/bin/env bash
# Builds one of the other builds, in build/NAME.
#
#     tools/build.sh clang        the second compiler
#     tools/build.sh asan         AddressSanitizer and UBSan, with leaks
#     tools/build.sh coverage     counts which lines are run
#     tools/build.sh fuzz         the fuzz targets
set -euo pipefail
cd "$(dirname "$0")/.."
dir=build/$1 compiler=${CC:-gcc} options=()
targets=(all meson-test-prereq helpers)

case $1 in
    clang) compiler=clang ;;
    # Sanitizers and less optimization make compilers warn of what is not so.
    asan) options=("-Db_sanitize=address,undefined" -Dwerror=false
                   -Doptimization=1 -Ddebug=true) ;;
    coverage) options=(-Db_coverage=true -Dwerror=false -Doptimization=0
                       -Ddebug=true) ;;
    fuzz) compiler=clang targets=(fuzzers)
          options=("-Db_sanitize=address,undefined" -Db_lundef=false
                   -Dfuzz=true -Ddebug=true -Dwerror=false
                   -Dc_args=-fsanitize=fuzzer-no-link) ;;
    *) echo "tools/build.sh: no build $1" >&2; exit 2 ;;
esac
mkdir -p "$dir"
[ -e "$dir/build.ninja" ] ||
    CC=$compiler meson setup "${options[@]}" "$dir"
flock "$dir/.lock" ninja -C "$dir" "${targets[@]}"
