#!/bin/sh
# Builds the release library and the programs in Benchmarks against it, runs them, and prints one
# table: what our work costs, what a peer's does in the same run, and the limit. Fails when a program
# does; with STRICT=1 also when a limit is missed or a claim does not hold. See Benchmarks/README.md.
#
# usage: [STRICT=1] scripts/bench.sh [--once] [WORK]
#
# WORK: only what contains these words. --once: a single round each, to see that all of it runs.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
prefix=$root/.build/install
output=.build/benchmarks

# The peers.
scripts/install-deps.sh libglib2.0-dev libconcurrentqueue-dev qt6-base-dev libglfw3-dev \
    libboost-dev libsystemd-dev
scripts/install.sh "$prefix"

mkdir -p "$output"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
flags="-O2 -Wall -Wextra -pedantic -Werror -pthread"
flags="$flags $(pkg-config --cflags rat glib-2.0 glfw3 libsystemd) -isystem /usr/include/concurrentqueue"
# Qt's headers are not held to our warnings, and ask for position-independent code.
qt_flags="-fPIC $(pkg-config --cflags Qt6Core | sed 's/-I */-isystem /g')"
libraries=$(pkg-config --libs rat glib-2.0 glfw3 xcb xcb-xtest libsystemd)
qt_libraries=$(pkg-config --libs Qt6Core)

# compile NAME: its C or C++ source becomes an object.
compile() {
    if [ -e "Benchmarks/$1.c" ]; then
        # shellcheck disable=SC2086 # many words on purpose, here and below
        cc -std=c11 $flags -c "Benchmarks/$1.c" -o "$output/$1.o"
    else
        # shellcheck disable=SC2086
        c++ -std=c++17 $flags $qt_flags -c "Benchmarks/$1.cpp" -o "$output/$1.o"
    fi
}

# build PROGRAM [PART...]: from the source of its name, the harness and other parts.
build() {
    program=$1
    objects=
    for part in "$@" bench; do
        compile "$part"
        objects="$objects $output/$part.o"
    done
    # shellcheck disable=SC2086
    c++ -pthread $objects -o "$output/$program" \
        -Wl,--as-needed $libraries $qt_libraries
}

build sync
build messages moodycamel qt
build threads moodycamel
build objects
build streams
build windows
build processes ways asleep boost
build bridge

# None may show on, or depend on, the screen of who runs them; the bridge gets one of its own.
unset DISPLAY RAT_DISPLAY

: > "$output/rounds"
for program in sync messages threads objects windows streams processes; do
    echo "Measuring: $program" >&2
    "$output/$program" "$@" >> "$output/rounds"
done
echo "Measuring: bridge" >&2
scripts/with-xvfb.sh "$output/bridge" "$@" >> "$output/rounds"
scripts/bench-table.py "$output/rounds"
