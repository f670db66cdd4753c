#!/bin/sh
# Prints how long #include <windows.h> takes to compile, in milliseconds: the middle one of eleven times, with the
# compiler's own start. With a limit, fails if gcc takes longer.
#
# usage: scripts/include-time.sh PREFIX [LIMIT_MS]
set -eu

include=${1:?usage: scripts/include-time.sh PREFIX [LIMIT_MS]}/include/rat-win32
limit=${2:-}
source=$(mktemp -d)
trap 'rm -rf "$source"' EXIT
echo '#include <windows.h>' > "$source/one.c"
for compiler in "gcc -std=gnu11" "g++ -std=c++17 -x c++"; do
    for _ in 1 2 3 4 5 6 7 8 9 10 11; do
        begin=$(date +%s%N)
        # shellcheck disable=SC2086 # several words on purpose
        $compiler -I"$include" -fsyntax-only "$source/one.c"
        end=$(date +%s%N)
        echo $(((end - begin) / 1000000))
    done | sort -n | sed -n 6p > "$source/middle"
    echo "${compiler%% *}: $(cat "$source/middle") ms"
    if [ -n "$limit" ] && [ "$compiler" = "gcc -std=gnu11" ] && [ "$(cat "$source/middle")" -gt "$limit" ]; then
        echo "windows.h takes longer than $limit ms" >&2
        exit 1
    fi
done
