#!/bin/sh
# Builds and installs windows.h and its library beside an installed librat:
#
#   PREFIX/include/rat-win32/*.h
#   PREFIX/lib/librat-win32.so -> librat-win32.so.0 -> librat-win32.so.0.1.0
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
soname=librat-win32.so.$major
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Without -fshort-wchar: what the library says to libc has wide characters of 32 bits, if any.
flags="-std=gnu11 -O2 -g -fPIC -fno-semantic-interposition -Wall -Wextra -Werror
    -Wno-missing-field-initializers -pthread -I$into/include/rat -ISources/Win32/include"
for source in Sources/Win32/src/*.c Sources/Win32/main/*.c; do
    # shellcheck disable=SC2086 # many words on purpose
    ${CC:-cc} $flags -c "$source" -o "$work/$(basename "$source" .c).o"
done
mv "$work/main.o" "$work/main.object"
# It finds librat beside itself: the program's own path is not looked at for what it does not name.
# shellcheck disable=SC2016 # $ORIGIN is the loader's
${CC:-cc} -shared -o "$work/$soname" "$work"/*.o -Wl,--version-script=abi/rat-win32.map \
    "-Wl,-soname=$soname" -Wl,-z,defs -L"$into/lib" -Wl,-rpath,'$ORIGIN' -lrat -pthread
mv "$work/main.object" "$work/main.o"
ar rcs "$work/librat-win32-main.a" "$work/main.o"

install -d "$into/include/rat-win32" "$into/lib/pkgconfig"
# Headers that an earlier version had and this one has not must not linger.
rm -f "$into"/include/rat-win32/*
install -m 644 Sources/Win32/include/* "$into/include/rat-win32/"
install -m 644 "$work/librat-win32-main.a" "$into/lib/"
install -d "$into/bin" "$into/share/rat-win32"
install -m 755 Sources/Win32/port/rat-port "$into/bin/"
install -m 644 Sources/Win32/port/names.txt "$into/share/rat-win32/"
install -m 644 abi/win32-functions.tsv "$into/share/rat-win32/functions.tsv"

# Put in place by a rename, so that a running program keeps the file that it has mapped.
strip --strip-unneeded -o "$into/lib/librat-win32.so.$version.new" "$work/$soname"
chmod 755 "$into/lib/librat-win32.so.$version.new"
mv -f "$into/lib/librat-win32.so.$version.new" "$into/lib/librat-win32.so.$version"
ln -sfn "librat-win32.so.$version" "$into/lib/$soname"
ln -sfn "$soname" "$into/lib/librat-win32.so"

# With -fshort-wchar L"text" is UTF-16, as Win32 programs expect. Who uses the C library's wide characters
# leaves it away: WCHAR is char16_t then.
cat > "$into/lib/pkgconfig/rat-win32.pc" << PC
prefix=$prefix
includedir=\${prefix}/include
libdir=\${prefix}/lib

Name: rat-win32
Description: windows.h for Linux: Win32 source over Rat
Version: $version
Cflags: -I\${includedir}/rat-win32 -fshort-wchar
Libs: -L\${libdir} -Wl,-rpath,\${libdir} -lrat-win32-main -lrat-win32 -lrat -pthread
PC
echo "Installed windows.h in $into"
