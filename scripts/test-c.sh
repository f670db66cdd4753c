#!/bin/sh
# Builds the C tests against an installed library and runs them: with gcc and with clang as C11, and
# one program as C++17. Stresses are as long as RAT_STRESS says with gcc; with clang they are short.
#
# usage: scripts/test-c.sh PREFIX OUTPUT_DIRECTORY
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
prefix=$1 output=$2
mkdir -p "$output"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
flags="-O1 -g -Wall -Wextra -pedantic -Werror -pthread $(pkg-config --cflags rat) -I$root/Tests/CRatFuzz/include"
libraries=$(pkg-config --libs rat)

status=0
for pair in "gcc g++" "clang clang++"; do
    c=${pair% *} cxx=${pair#* }
    echo "$c"
    # shellcheck disable=SC2086 # many words on purpose
    $c -std=c11 $flags "$root"/Tests/C/*.c "$root"/Tests/CRatFuzz/*.c -o "$output/rat-tests-$c" $libraries
    "$output/rat-tests-$c" || status=1
    unset RAT_STRESS
    # shellcheck disable=SC2086
    $cxx -std=c++17 $flags "$root/Tests/C/smoke.cpp" -o "$output/smoke-$cxx" $libraries
    timeout 30 "$output/smoke-$cxx" || { echo "FAILED smoke.cpp with $cxx" >&2; status=1; }
done
exit $status
