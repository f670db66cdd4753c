#!/bin/sh
# Fails unless three lists are one: the functions that the headers declare, those that
# abi/symbols.txt lists, and those that the library exports. Catches what the compiler cannot: a
# declaration that nobody implemented, an export that nobody declared, internals that leak because
# the version script was not applied, and a function that vanished from the interface.
# Also fails if the library needs others than the few that are meant to be on every machine (above
# all no Swift runtime), or has no soname.
#
# usage: scripts/check-exports.sh [--win32] LIBRARY[,LIBRARY...] SYMBOLS HEADER...
#        --win32: the headers are those of windows.h, whose functions have symbols of another name.
#        Several libraries have the functions of the headers between them.
set -eu

# comm wants the order that sort makes.
export LC_ALL=C
here=$(dirname "$0")
kind=
case $1 in
    --win32) kind=--win32 && shift ;;
esac
libraries=$(echo "$1" | tr , ' ') symbols=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Everything exported counts, but for the name of the version itself (type A). Local names can stand
# in the dynamic table too; nobody outside can link to those.
# shellcheck disable=SC2086 # a word for each library
nm --dynamic --defined-only --extern-only --format=posix $libraries \
    | awk 'NF > 1 && $2 != "A" { sub(/@.*/, "", $1); print $1 }' | sort -u > "$work/exported"
# shellcheck disable=SC2086 # nothing, or one word
python3 "$here/headers.py" $kind "$@" | grep . | sort -u > "$work/declared"
sort -u "$symbols" > "$work/listed"

status=0
for list in declared listed exported; do
    if [ ! -s "$work/$list" ]; then
        echo "check-exports: nothing is $list" >&2
        status=1
    fi
done
for pair in "declared listed" "listed declared" "listed exported" "exported listed"; do
    # shellcheck disable=SC2086 # two words on purpose
    set -- $pair
    only=$(comm -23 "$work/$1" "$work/$2")
    if [ -n "$only" ]; then
        echo "check-exports: $1 but not $2:" >&2
        echo "$only" | sed 's/^/    /' >&2
        status=1
    fi
done

# libc with its parts, the C++ runtime that Swift's is written in, and Rat itself; the X libraries for the one, cairo
# for what draws.
common='ld-linux[-a-z0-9_]*|librat(-win32|-gdi)?|lib(c|m|dl|pthread|stdc\+\+|gcc_s)'
for library in $libraries; do
    case $library in
        *gdi*) allowed="$common|libcairo" ;;
        *) allowed="$common|lib(xcb[-a-z]*|xkbcommon(-x11)?)" ;;
    esac
    readelf --dynamic "$library" > "$work/dynamic"
    sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' "$work/dynamic" > "$work/needed"
    if grep -Evx "($allowed)\.so\.[0-9]+" "$work/needed" > "$work/unwanted"; then
        echo "check-exports: with $library a C program would need these on its machine:" >&2
        sed 's/^/    /' "$work/unwanted" >&2
        status=1
    fi
    if ! grep -q 'SONAME.*\[librat\(-win32\)\{0,1\}\(-gdi\)\{0,1\}\.so\.[0-9]*\]' "$work/dynamic"; then
        echo "check-exports: $library has no soname" >&2
        status=1
    fi
done
exit $status
