#!/bin/sh
# Builds the release library and installs it for C programs:
#
#   PREFIX/include/rat/*.h
#   PREFIX/lib/librat.so -> librat.so.0 -> librat.so.0.1.0
#   PREFIX/lib/pkgconfig/rat.pc
#
# so that `cc app.c $(pkg-config --cflags --libs rat)` builds a program that runs; the same of librat-gdi, which
# draws; and windows.h over both, which scripts/install-win32.sh tells about.
#
# usage: [DESTDIR=d] scripts/install.sh PREFIX
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
prefix=${1:?usage: scripts/install.sh PREFIX}
case $prefix in
    /*) ;;
    *) prefix=$PWD/$prefix ;;
esac
into=${DESTDIR:-}$prefix
cd "$root"

# The version stands in rat.h alone.
major=$(awk '$2 == "RAT_VERSION_MAJOR" { print $3 }' Sources/CRat/include/rat.h)
minor=$(awk '$2 == "RAT_VERSION_MINOR" { print $3 }' Sources/CRat/include/rat.h)
version=$major.$minor.0

# build PRODUCT MAP: leaves lib$PRODUCT.so in $built.
#
# -static-stdlib   the Swift runtime goes into the library: a C program needs no Swift to run.
#                  (--static-swift-stdlib has no effect on a library.)
# version-script   only the C interface leaves the library; the runtime in it stays private.
# nodelete         a loaded Swift runtime cannot be unloaded; dlclose() leaves it where it is.
build() {
    swift build -c release --product "$1" \
        -Xswiftc -static-stdlib \
        -Xlinker "--version-script=$root/abi/$2" \
        -Xlinker "-soname=lib$1.so.$major" \
        -Xlinker -z -Xlinker nodelete
    # Put in place by the next build too, under another version script.
    cp "$built/lib$1.so" "$work/"
}

# library NAME: stripped of what only a debugger reads; the exports stay. Put in place by a rename, so that a
# running program keeps the file that it has mapped.
library() {
    strip --strip-unneeded -o "$into/lib/$1.so.$version.new" "$work/$1.so"
    chmod 755 "$into/lib/$1.so.$version.new"
    mv -f "$into/lib/$1.so.$version.new" "$into/lib/$1.so.$version"
    ln -sfn "$1.so.$version" "$into/lib/$1.so.$major"
    ln -sfn "$1.so.$major" "$into/lib/$1.so"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
built=$(swift build -c release --show-bin-path)
build rat rat.map
build rat-gdi rat-gdi.map

install -d "$into/include/rat" "$into/include/rat-gdi" "$into/lib/pkgconfig"
# Headers that an earlier version had and this one has not must not linger.
rm -f "$into"/include/rat/*.h "$into"/include/rat-gdi/*.h
install -m 644 Sources/CRat/include/*.h "$into/include/rat/"
install -m 644 Sources/CRatGDI/include/*.h "$into/include/rat-gdi/"
library librat
library librat-gdi

cat > "$into/lib/pkgconfig/rat.pc" << PC
prefix=$prefix
includedir=\${prefix}/include
libdir=\${prefix}/lib

Name: rat
Description: Win32-style windows, messages and IPC for Linux
Version: $version
Cflags: -I\${includedir}/rat
Libs: -L\${libdir} -Wl,-rpath,\${libdir} -lrat
PC
# It takes librat's types, and links nothing of it.
cat > "$into/lib/pkgconfig/rat-gdi.pc" << PC
prefix=$prefix
includedir=\${prefix}/include
libdir=\${prefix}/lib

Name: rat-gdi
Description: Win32-style drawing and text for Linux
Version: $version
Cflags: -I\${includedir}/rat-gdi -I\${includedir}/rat
Libs: -L\${libdir} -Wl,-rpath,\${libdir} -lrat-gdi
PC
echo "Installed Rat $version in $into"

"$root/scripts/install-win32.sh" "$prefix"
