#!/bin/sh
# Builds and installs windows.h and its library beside an installed librat:
#
#   PREFIX/include/rat-win32/*.h
#   PREFIX/lib/librat-win32.so -> librat-win32.so.0 -> librat-win32.so.0.1.0
#   PREFIX/lib/librat-win32-gdi.so      the same: what draws, and message boxes
#   PREFIX/lib/librat-win32-main.a      main() for programs that have WinMain()
#   PREFIX/lib/pkgconfig/rat-win32.pc
#   PREFIX/bin/rat-port                 says what of Win32 a source tree uses, and what of it is there
#   PREFIX/share/rat-win32/             what rat-port knows
#
# so that `cc app.c $(pkg-config --cflags --libs rat-win32)` builds a Win32 program that runs.
#
# usage: [DESTDIR=d] [CC=cc] scripts/install-win32.sh PREFIX
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
prefix=${1:?usage: scripts/install-win32.sh PREFIX}
case $prefix in
    /*) ;;
    *) prefix=$PWD/$prefix ;;
esac
into=${DESTDIR:-}$prefix
cd "$root"

major=$(awk '$2 == "RAT_VERSION_MAJOR" { print $3 }' Sources/CRat/include/rat.h)
minor=$(awk '$2 == "RAT_VERSION_MINOR" { print $3 }' Sources/CRat/include/rat.h)
version=$major.$minor.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# compile DIRECTORY
compile() {
    mkdir "$work/$1"
    # Without -fshort-wchar: what the library says to libc has wide characters of 32 bits, if any.
    for source in "Sources/Win32/$1"/*.c; do
        ${CC:-cc} -std=gnu11 -O2 -g -fPIC -fno-semantic-interposition -Wall -Wextra -Werror \
            -Wno-missing-field-initializers -pthread -I"$into/include/rat" -I"$into/include/rat-gdi" \
            -ISources/Win32/include -ISources/Win32/src \
            -c "$source" -o "$work/$1/$(basename "$source" .c).o"
    done
}

# library NAME DIRECTORY LIBRARY...: puts it in place by a rename, so that a running program keeps the file that it
# has mapped.
library() {
    name=$1 objects=$2
    shift 2
    # It finds what it needs beside itself: the program's own path is not looked at for what it does not name.
    # shellcheck disable=SC2016 # $ORIGIN is the loader's
    ${CC:-cc} -shared -o "$work/$name.so.$major" "$work/$objects"/*.o -Wl,--version-script=abi/rat-win32.map \
        "-Wl,-soname=$name.so.$major" -Wl,-z,defs -L"$into/lib" -Wl,-rpath,'$ORIGIN' "$@" -pthread
    strip --strip-unneeded -o "$into/lib/$name.so.$version.new" "$work/$name.so.$major"
    chmod 755 "$into/lib/$name.so.$version.new"
    mv -f "$into/lib/$name.so.$version.new" "$into/lib/$name.so.$version"
    ln -sfn "$name.so.$version" "$into/lib/$name.so.$major"
    ln -sfn "$name.so.$major" "$into/lib/$name.so"
}

compile src
compile gdi
compile main
ar rcs "$work/librat-win32-main.a" "$work/main/main.o"

install -d "$into/include/rat-win32" "$into/lib/pkgconfig"
# Headers that an earlier version had and this one has not must not linger.
rm -f "$into"/include/rat-win32/*
install -m 644 Sources/Win32/include/* "$into/include/rat-win32/"
install -m 644 "$work/librat-win32-main.a" "$into/lib/"
install -d "$into/bin" "$into/share/rat-win32"
install -m 755 Sources/Win32/port/rat-port "$into/bin/"
install -m 644 Sources/Win32/port/names.txt "$into/share/rat-win32/"
install -m 644 abi/win32-functions.tsv "$into/share/rat-win32/functions.tsv"

library librat-win32 src -lrat
library librat-win32-gdi gdi -lrat-win32 -lrat-gdi -lrat

# With -fshort-wchar L"text" is UTF-16, as Win32 programs expect. Who uses the C library's wide characters
# leaves it away: WCHAR is char16_t then. What draws is linked by programs that draw, and by no others.
cat > "$into/lib/pkgconfig/rat-win32.pc" << PC
prefix=$prefix
includedir=\${prefix}/include
libdir=\${prefix}/lib

Name: rat-win32
Description: windows.h for Linux: Win32 source over Rat
Version: $version
Cflags: -I\${includedir}/rat-win32 -fshort-wchar
Libs: -L\${libdir} -Wl,-rpath,\${libdir} -lrat-win32-main -Wl,--push-state,--as-needed -lrat-win32-gdi -Wl,--pop-state -lrat-win32 -lrat -pthread
PC
echo "Installed windows.h in $into"
