#!/bin/sh
# Builds the crash test against an installed library and runs it: processes are killed in the middle of
# what they do with a named queue. RAT_CRASH_KILLS says how many, RAT_CRASH_SEED what else is chosen.
#
# usage: scripts/test-crash.sh PREFIX OUTPUT_DIRECTORY
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
prefix=$1 output=$2
kills=${RAT_CRASH_KILLS:-300}
mkdir -p "$output"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"

# shellcheck disable=SC2046 # many words on purpose
cc -std=c11 -O1 -g -Wall -Wextra -pedantic -Werror -pthread $(pkg-config --cflags rat) \
    "$root"/Tests/crash/*.c -o "$output/crash" $(pkg-config --libs rat)
# The test itself ends who is stuck; this limit is for the test.
timeout $((300 + kills)) "$output/crash" "$kills" ${RAT_CRASH_SEED:+"$RAT_CRASH_SEED"}
