#!/bin/sh
# Everything that has to hold: `make test`. Ends at the first step that fails, and names it.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
prefix=$root/.build/install

# Tests bring their own X server; none may show on, or depend on, the screen of who runs them.
unset DISPLAY RAT_DISPLAY

scripts/install-deps.sh

# clang comes with Swift, and is not always in PATH beside it.
command -v clang > /dev/null || PATH=$PATH:$(dirname "$(readlink -f "$(command -v swift)")")

current=
step() {
    current=$1
    echo "== $current"
}
trap '[ $? = 0 ] || echo "FAILED: $current" >&2' EXIT

# Warnings are errors, and so is an import that the manifest does not declare.
strict="-Xswiftc -warnings-as-errors -Xcc -Werror --explicit-target-dependency-import-check error"

step "The Swift library builds without a warning, with its tests"
# shellcheck disable=SC2086 # several words on purpose, here and below
swift build --build-tests $strict

step "The Swift sources are formatted"
# What is not there yet need not be.
sources=
for directory in Package.swift Sources Tests Samples; do
    [ ! -e "$directory" ] || sources="$sources $directory"
done
# shellcheck disable=SC2086
swift format lint --strict --parallel --recursive $sources

step "The Swift tests pass"
# shellcheck disable=SC2086
RAT_STRESS=1 swift test $strict

step "Without the traits no system library is needed, and the tests pass too"
nox="--disable-default-traits --scratch-path .build-nox"
# shellcheck disable=SC2086
swift build --build-tests $nox $strict
# shellcheck disable=SC2086
swift test $nox $strict
# shellcheck disable=SC2086
without=$(swift build $nox --show-bin-path)
for library in "$without/librat.so" "$without/librat-gdi.so"; do
    if readelf --dynamic "$library" | grep -E 'NEEDED.*(xcb|xkb|X11|cairo)'; then
        echo "$library links a system library all the same" >&2
        exit 1
    fi
done

step "The sanitizers find nothing"
RAT_STRESS_SECONDS=15 scripts/test-sanitized.sh

step "The C library installs"
scripts/install.sh "$prefix"

step "Each C header compiles alone, as C11 and C++17, with gcc and clang"
scripts/check-header.sh "$prefix/include/rat"
scripts/check-header.sh "$prefix/include/rat-gdi" "$prefix/include/rat"

step "Each C function is documented in full"
scripts/check-docs.py --self-test
scripts/check-docs.py "$prefix"/include/rat/*.h
scripts/check-docs.py "$prefix"/include/rat-gdi/*.h

step "The library exports what the headers declare, and needs no Swift runtime"
scripts/check-exports.sh "$prefix/lib/librat.so" abi/symbols.txt "$prefix"/include/rat/*.h

scripts/check-exports.sh "$prefix/lib/librat-gdi.so" abi/gdi-symbols.txt "$prefix"/include/rat-gdi/*.h

step "Each C function is tried with what it should refuse"
scripts/check-tries.py "$prefix"/include/rat/*.h

step "The C tests pass, with gcc and clang"
RAT_STRESS=1 scripts/test-c.sh "$prefix" .build/c-tests

step "Whoever is killed in the middle of it, nothing else is lost"
scripts/test-crash.sh "$prefix" .build/crash-tests

step "windows.h declares what its libraries export"
scripts/check-exports.sh --win32 "$prefix/lib/librat-win32.so,$prefix/lib/librat-win32-gdi.so" \
    abi/win32-symbols.txt Sources/Win32/include/*.h Sources/Win32/src/drawing.h

scripts/win32-functions.py --check
scripts/porting-table.py --check

step "Win32 programs compile, and print what Wine prints"
scripts/test-win32.sh "$prefix" .build/win32-tests

step "windows.h compiles in less than 150 ms"
scripts/include-time.sh "$prefix" 150

step "The programs in README.md compile and run as pasted"
scripts/build-samples.sh "$prefix" .build/samples
scripts/check-readme.py README.md "$prefix" .build/readme .build/samples/xplay

step "The samples and the X11 display work, on an X server of their own"
scripts/test-x.sh "$prefix" .build/samples

echo "== All of it holds."
