#!/bin/sh
# When the X server is killed, a program that shows a window is told, says so and ends by itself: no
# crash, no hang, no exit from inside the library.
#
# usage, with DISPLAY and XVFB_PID set: Tests/X/display-lost.sh SAMPLES_DIRECTORY
set -eu

samples=$1
: > trace
"$samples/messages" --trace trace 2> errors &
program=$!
printf '%s\n' "window Rat messages" "await WM_TIMER" | "$samples/xplay" --trace trace
kill -KILL "$XVFB_PID"

status=0
wait "$program" || status=$?
cat errors
if [ "$status" != 3 ]; then
    echo "ended with status $status, not 3"
    exit 1
fi
grep -qx 'display lost: RAT_IPC_ERR_NOT_CONNECTED' errors
# 0x7 is that status; the window still got its last message.
grep -q '^WM_DISPLAYLOST 0x7 ' trace
tail -n 1 trace | grep -q '^WM_NCDESTROY '
