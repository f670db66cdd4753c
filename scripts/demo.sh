#!/bin/sh
# Builds and installs the library below .build/install, builds the sample that shows every message
# against that, and runs it. With DISPLAY set it opens a window to play with. Without one it starts
# an X server that nobody sees, plays real keyboard and mouse input into the window there, checks
# that the window got exactly that, and leaves demo.png and demo.log in the project's root.
#
# usage: scripts/demo.sh [SAMPLE]
#
# SAMPLE: another one in C below Samples, which needs a DISPLAY.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
prefix=${PREFIX:-$root/.build/install}
samples=.build/samples
sample=${1:-messages}

if ! [ -e "Samples/$sample/main.c" ]; then
    echo "There is no sample in C of this name; there are:" Samples/*/main.c >&2
    exit 1
fi
if [ "$sample" != messages ] && [ -z "${DISPLAY:-}" ]; then
    echo "Without a DISPLAY there is no window to play with; 'make demo' alone plays into one that nobody sees." >&2
    exit 1
fi

scripts/install-deps.sh
echo "Building the library; the first time takes a few minutes."
scripts/install.sh "$prefix"
scripts/build-samples.sh "$prefix" "$samples" "$sample"

if [ -n "${DISPLAY:-}" ]; then
    echo "Escape or the close button of its window ends it."
    exec "$samples/$sample"
fi

echo "There is no DISPLAY: playing into a window on an X server of its own."
rm -f demo.png demo.log
scripts/with-xvfb.sh scripts/play-demo.sh "$samples" "$root"
echo "What the window showed:     $root/demo.png"
echo "Every message that it got:  $root/demo.log"
