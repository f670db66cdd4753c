#!/bin/sh
# Builds the release library and installs it for C programs:
#
#   PREFIX/include/rat/*.h
#   PREFIX/lib/librat.so -> librat.so.0 -> librat.so.0.1.0
#   PREFIX/lib/pkgconfig/rat.pc
#
# so that `cc app.c $(pkg-config --cflags --libs rat)` builds a program that runs; and windows.h over it, which
# scripts/install-win32.sh tells about.
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
soname=librat.so.$major

# -static-stdlib   the Swift runtime goes into the library: a C program needs no Swift to run.
#                  (--static-swift-stdlib has no effect on a library.)
# version-script   only the C interface leaves the library; the runtime in it stays private.
# nodelete         a loaded Swift runtime cannot be unloaded; dlclose() leaves it where it is.
swift build -c release --product rat \
    -Xswiftc -static-stdlib \
    -Xlinker "--version-script=$root/abi/rat.map" \
    -Xlinker "-soname=$soname" \
    -Xlinker -z -Xlinker nodelete
built=$(swift build -c release --show-bin-path)/librat.so

install -d "$into/include/rat" "$into/lib/pkgconfig"
# Headers that an earlier version had and this one has not must not linger.
rm -f "$into"/include/rat/*.h
install -m 644 Sources/CRat/include/*.h "$into/include/rat/"

# Stripped of what only a debugger reads; the exports stay. Put in place by a rename, so that a
# running program keeps the file that it has mapped.
strip --strip-unneeded -o "$into/lib/librat.so.$version.new" "$built"
chmod 755 "$into/lib/librat.so.$version.new"
mv -f "$into/lib/librat.so.$version.new" "$into/lib/librat.so.$version"
ln -sfn "librat.so.$version" "$into/lib/$soname"
ln -sfn "$soname" "$into/lib/librat.so"

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
echo "Installed Rat $version in $into"

"$root/scripts/install-win32.sh" "$prefix"
