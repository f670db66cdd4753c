#!/bin/sh
# Records what Wine prints for the programs of Tests/Win32, or with -c compares: the facts that windows.h is held
# to. Needs wine64, mingw-w64 and Xvfb. Left out is what has a file of its name with .native: Wine differs there from
# what Windows documents, or knows nothing of it.
#
# usage: scripts/record-win32.sh [-c] [PROGRAM...]
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
compare=
case ${1:-} in
    -c) compare=yes && shift ;;
esac
work=$(mktemp -d)
trap 'WINEPREFIX=$work/prefix wineserver -k > /dev/null 2>&1 || true; rm -rf "$work"' EXIT
export WINEPREFIX="$work/prefix" WINEDEBUG=-all

cd "$root/Tests/Win32"
[ $# -gt 0 ] || set -- *.c
status=0
for source; do
    name=$(basename "$source" .c)
    [ ! -e "$name.native" ] || continue
    x86_64-w64-mingw32-gcc -std=gnu11 -O1 "$name.c" -o "$work/$name.exe" -lgdi32 -lcomctl32 -lwinmm
    timeout 120 xvfb-run -a wine "$work/$name.exe" < /dev/null 2> /dev/null | tr -d '\r' > "$work/$name.out"
    if [ -z "$compare" ]; then
        cp "$work/$name.out" "$name.expected"
    elif ! diff "$name.expected" "$work/$name.out"; then
        echo "record-win32: Wine prints something else for $name" >&2
        status=1
    fi
done
exit $status
