#!/bin/sh
# A window ends by Escape and by the window manager's close, and its program with it, well.
#
# usage, with DISPLAY set: Tests/X/closing.sh SAMPLES_DIRECTORY
set -eu

samples=$1
for command in "key Escape" "close"; do
    "$samples/hello-window" &
    program=$!
    printf '%s\n' "window Hello, Rat" "focus" "ping" "$command" "gone" | "$samples/xplay"
    wait "$program" || {
        echo "after '$command' the program ended with status $?"
        exit 1
    }
done
