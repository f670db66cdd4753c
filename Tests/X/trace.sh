#!/bin/sh
# RAT_TRACE=x11 prints what the X server tells, what that becomes, and the messages that come of it.
#
# usage, with DISPLAY set: Tests/X/trace.sh SAMPLES_DIRECTORY
set -eu

samples=$1
: > trace
RAT_TRACE=x11 "$samples/hello-window" 2>> trace &
program=$!
# What closes a window is posted, and comes before input that nobody has retrieved.
printf '%s\n' "window Hello, Rat" "focus" "type a" "await return WM_KEYDOWN" "close" "gone" \
    | "$samples/xplay" --trace trace
wait "$program"

grep -Eq '^rat x11 map 0x' trace
grep -Eq '^rat x11 key down 38 0x' trace
grep -Eq '^rat x11 -> key 0x[0-9a-f]+ down vk 0x41 ' trace
grep -Eq '^rat .* dispatch WM_KEYDOWN\(0x41, ' trace
grep -Eq '^rat x11 message 0x[0-9a-f]+ WM_PROTOCOLS WM_DELETE_WINDOW ' trace
