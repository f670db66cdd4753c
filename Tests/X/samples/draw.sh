#!/bin/sh
# A person draws: every place that the mouse came by is kept, the window shows the strokes, and the keys take
# them back and bring them again.
#
# usage, with DISPLAY set: Tests/X/samples/draw.sh SAMPLES_DIRECTORY
set -eu

samples=$1
: > trace
"$samples/draw" --trace trace &
program=$!
trap '[ -z "$program" ] || kill "$program" 2> /dev/null || true' EXIT

# After a press it waits: a window manager that looks at presses holds up what follows, and of that the server
# keeps the last move, and not always a release. Then a wave of 400 places, each next to the one before, faster than it can
# be painted.
places=$(awk 'BEGIN { for (i = 0; i < 400; i++) printf "%d,%d\n", 100 + i, 320 + int(i / 20) % 2 * 10 }')

{
    printf '%s\n' "window Rat draws" "focus" "await painted 0" "move 96 300" "press 1" "await painted 1" \
        "move 96 301"
    for place in $places; do echo "move ${place%,*} ${place#*,}"; done
    # The button goes up where the pointer is already, so it adds no place.
    printf '%s\n' "release 1" "await stroke 1:" "await painted 1" "ping" \
        "pixel 299 330 2b2d42" "pixel 299 400 fbf9f4"

    # Another colour by its swatch, another width by the wheel, outside of the window and back.
    printf '%s\n' "move 71 28" "press 1" "await painted 1" "release 1" "ping" \
        "move 300 500" "wheel up 3" "press 1" "await painted 2" \
        "move 300 520" "move 965 520" "move 340 500" "release 1" \
        "await stroke 2:" "await painted 2" "ping" "pixel 300 505 d1495b"

    printf '%s\n' "key Control+z" "await undone to 1" "await painted 1" "ping" \
        "pixel 300 505 fbf9f4" "pixel 299 330 2b2d42" \
        "key Control+y" "await redone to 2" "await painted 2" "ping" "pixel 300 505 d1495b" \
        "screenshot draw.png" \
        "key Control+z" "key Control+z" "await undone to 0" "await painted 0" "ping" \
        "pixel 299 330 fbf9f4" "key Escape" "gone"
} | "$samples/xplay" --trace trace

status=0
wait "$program" || status=$?
program=
[ "$status" = 0 ] || { echo "the program ended with status $status"; exit 1; }

# What it kept is what was played, place by place.
{
    printf 'stroke 1: 96,300 96,301'
    # shellcheck disable=SC2086 # many words on purpose
    printf ' %s' $places
    echo
    echo 'stroke 2: 300,500 300,520 965,520 340,500'
} > played
grep '^stroke' trace | diff played - || { echo "not every place was kept"; exit 1; }
