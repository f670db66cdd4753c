#!/bin/sh
# A program for Windows asks before it closes: its message box takes the keys of its buttons, and Esc only where there
# is something to cancel.
#
# usage, with DISPLAY set: Tests/X/message-box.sh SAMPLES_DIRECTORY
set -eu

samples=$1
"$samples/hello-1998" &
program=$!
printf '%s\n' "window Hello, 1998" "focus" "click 1" "ping" "close" \
    "window Leave?" "focus" "key Escape" "key n" "gone" \
    "window Hello, 1998" "focus" "ping" "close" \
    "window Leave?" "focus" "key Right" "key Left" "key Return" "gone" | "$samples/xplay"
wait "$program" || {
    echo "the program ended with status $?"
    exit 1
}
