#!/bin/sh
# Builds and installs the library below .build/install, builds the sample that shows every message
# against that, and runs it. With DISPLAY set it opens a window to play with. Without one it starts
# an X server that nobody sees, plays real keyboard and mouse input into the window there, checks
# that the window got exactly that, and leaves demo.png and demo.log in the project's root.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
prefix=${PREFIX:-$root/.build/install}
samples=.build/samples

scripts/install-deps.sh
echo "Building the library; the first time takes a few minutes."
scripts/install.sh "$prefix"
scripts/build-samples.sh "$prefix" "$samples" messages

if [ -n "${DISPLAY:-}" ]; then
    echo "A window is open. Type, click, scroll; Escape or its close button ends it."
    exec "$samples/messages"
fi

echo "There is no DISPLAY: playing into a window on an X server of its own."
rm -f demo.png demo.log
scripts/with-xvfb.sh scripts/play-demo.sh "$samples" "$root"
echo "What the window showed:     $root/demo.png"
echo "Every message that it got:  $root/demo.log"
