#!/bin/sh
# Two windows of two threads: what the mouse does in one is seen in the other, what is sent is answered, and
# both end when one does.
#
# usage, with DISPLAY set: Tests/X/samples/two-threads.sh SAMPLES_DIRECTORY
set -eu

samples=$1
root=$(cd "$(dirname "$0")/../../.." && pwd)
RAT_TRACE=messages "$(cd "$root" && swift build --show-bin-path)/two-threads-swift" 2> trace &
program=$!
trap '[ -z "$program" ] || kill "$program" 2> /dev/null || true' EXIT

# In the other window everything is where a mirror between the two shows it.
printf '%s\n' \
    "window Right" "window Left" "focus" "move 100 200" \
    "window Right" "pixel 328 200 3a6ea5" "pixel 319 200 fbf9f4" \
    "window Left" "move 300 60" "pixel 300 60 fbf9f4" \
    "window Right" "pixel 328 200 fbf9f4" "pixel 128 60 3a6ea5" \
    "window Left" "press 1" "window Left: 1 sent, 1 there" "release 1" "pixel 300 60 3a6ea5" \
    "window Right" "pixel 119 60 3a6ea5" \
    "focus" "move 50 250" "press 1" "window Right: 1 sent, 2 there" "release 1" "pixel 50 250 d1495b" \
    "window Left: 1 sent, 1 there" "pixel 369 250 d1495b" "screenshot-root two-threads.png" \
    "close" "gone" | "$samples/xplay"

status=0
wait "$program" || status=$?
program=
[ "$status" = 0 ] || { echo "the program ended with status $status"; exit 1; }

# Both threads have dispatched, sent to and posted to each other. A line has the time, then the thread.
for what in 'dispatch WM_PAINT' 'post WM_APP(' 'send WM_APP+1('; do
    threads=$(grep -F " $what" trace | cut -d ' ' -f 3 | sort -u | wc -l)
    [ "$threads" = 2 ] || { echo "$threads threads did: $what"; exit 1; }
done
