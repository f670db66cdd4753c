#!/bin/sh
# Tests windows.h against an installed library: that its headers compile in every dialect that they promise, that
# programs print what Wine has printed for them, and, where it lies beside the project, the kit of such programs.
#
# usage: scripts/test-win32.sh PREFIX OUTPUT_DIRECTORY
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
prefix=$1 output=$2
mkdir -p "$output"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
flags=$(pkg-config --cflags rat-win32)
libraries=$(pkg-config --libs rat-win32)
include=$(pkg-config --variable=includedir rat-win32)/rat-win32
tests=$root/Tests/Win32
status=0

fail() {
    echo "FAILED $*" >&2
    status=1
}

# Each header alone, and twice.
for header in "$include"/*; do
    printf '#include "%s"\n#include "%s"\nextern int one;\n' "$(basename "$header")" "$(basename "$header")" > "$output/alone.c"
    gcc -std=c99 -pedantic -Wall -Wextra -Werror -I"$include" -fsyntax-only "$output/alone.c" \
        || fail "$header alone"
done

# The numbers and layouts that Rat has too.
for compiler in gcc clang; do
    # shellcheck disable=SC2046 # many words on purpose, here and below
    $compiler -std=c11 -Wall -Wextra -Werror $(pkg-config --cflags rat-gdi) -I"$include" -fsyntax-only \
        "$tests/compile/constants.c" || fail "constants.c with $compiler"
done

# Programs' habits. Every dialect, both widths of TCHAR, both kinds of WCHAR; each runs with arguments.
for dialect in "gcc -std=c99" "gcc -std=gnu99" "gcc -std=c11" "clang -std=c99" "clang -std=c11" \
    "g++ -std=c++17" "clang++ -std=c++17"; do
    for unicode in "" "-DUNICODE -D_UNICODE" "-D_UNICODE"; do
        for wide in -fshort-wchar -fno-short-wchar; do
            case $dialect in
                *++*) source=habits.cpp ;;
                *) source=habits.c ;;
            esac
            case $dialect$unicode$wide in
                # u"text" came with C11.
                *-std=c99*UNICODE*-fno-short-wchar) continue ;;
            esac
            name="$dialect $unicode $wide $source"
            # shellcheck disable=SC2086
            if $dialect -O1 -Wall -Wextra -Werror $unicode -I"$include" $wide "$tests/compile/$source" \
                -o "$output/habits" $libraries; then
                timeout 60 "$output/habits" first "second third" || fail "$name: exit status $?"
            else
                fail "$name"
            fi
        done
    done
done

# A function that is not there is not declared, and its name is told.
printf '#include <windows.h>\nint main(void) { return NoSuchFunctionOfWin32(1); }\n' > "$output/missing.c"
if ! cc -Werror=implicit-function-declaration -I"$include" "$output/missing.c" -o "$output/missing" 2>&1 \
    | grep -q NoSuchFunctionOfWin32; then
    fail "the name of a missing function is not told"
fi

# Functions of Win32's names that are a program's own stay its own.
cat > "$output/own.c" << 'C'
#include <stdio.h>
int CreateWindowExA(int x) { return x + 1; }
int GetMessageA(void) { return 5; }
int later(void);
int main(void) { return later() == 1 && CreateWindowExA(1) + GetMessageA() == 7 ? 0 : 1; }
C
cat > "$output/later.c" << 'C'
#include <windows.h>
int later(void) { MSG m; return !PeekMessageA(&m, NULL, 0, 0, PM_NOREMOVE); }
C
# shellcheck disable=SC2086
cc $flags "$output/own.c" "$output/later.c" -o "$output/own" $libraries && "$output/own" || fail "own names"

# A program that does not draw loads nothing that does.
if readelf --dynamic "$output/own" | grep -E 'NEEDED.*gdi'; then
    fail "a program without drawing needs what draws"
fi

# Programs, and what Wine has printed for them.
for source in "$tests"/*.c; do
    name=$(basename "$source" .c)
    for compiler in gcc clang; do
        # shellcheck disable=SC2086
        $compiler -std=gnu11 -O1 -g -Wall -Wextra -Werror $flags "$source" -o "$output/$name" $libraries \
            || { fail "$name with $compiler"; continue; }
        timeout 60 "$output/$name" > "$output/$name.out" < /dev/null || fail "$name with $compiler: exit status $?"
        diff "$tests/$name.expected" "$output/$name.out" || fail "$name with $compiler"
    done
done

# What rat-port says of a tree that has everything in it: each kind of name, comments, strings, conditions, encodings.
port=$prefix/bin/rat-port
says=0
"$port" "$tests/port/tree" > "$output/port.txt" || says=$?
[ "$says" = 1 ] || fail "rat-port: exit status $says where something is lacking"
diff "$tests/port/expected.txt" "$output/port.txt" || fail "rat-port"
mkdir -p "$output/clean"
cp "$tests/port/tree/clean.c" "$output/clean/"
"$port" --all "$output/clean" | grep -q 'GetTickCount' || fail "rat-port: what is there"
"$port" "$output/clean" > "$output/port.txt" || fail "rat-port: exit status $? where nothing is lacking"
"$port" --json "$tests/port/tree" > "$output/port.json" || [ $? = 1 ] || fail "rat-port --json"
python3 - "$output/port.json" << 'PY' || fail "rat-port: what --json gives"
import json, sys
told = json.load(open(sys.argv[1]))
assert {file["path"]: file["verdict"] for file in told["files"]}["sub/lacking.c"] == "lacking"
assert {"name": "Sleep", "kind": "function", "in": "winbase.h", "state": "there", "files": 2} in told["names"]
assert told["total"]["files"]["resources"] == 1
PY
"$port" --help | grep -q 'Exit status' || fail "rat-port --help"
for wrong in "" "--no-such-option $tests" "$tests/nowhere" "$tests $tests"; do
    says=0
    # shellcheck disable=SC2086
    "$port" $wrong > /dev/null 2>&1 || says=$?
    [ "$says" = 2 ] || fail "rat-port $wrong: exit status $says"
done

# The kit.
kit=${RAT_WIN32_KIT:-$root/../shared/win32-kit}
if [ -d "$kit" ]; then
    for folder in messaging windowing; do
        # shellcheck disable=SC2086
        VERBOSE=1 "$kit/$folder/run.sh" "$include" $libraries > "$output/$folder.log" \
            || fail "the kit's $folder"
        grep -v '^PASS' "$output/$folder.log"
    done
fi
exit $status
