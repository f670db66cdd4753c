#!/bin/sh
# Runs the messages sample on DISPLAY, plays Samples/messages/demo.play into it, and compares what
# it got with what was played. Leaves demo.png and demo.log in a directory.
#
# usage: scripts/play-demo.sh SAMPLES_DIRECTORY RESULT_DIRECTORY
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
samples=$(cd "$1" && pwd)
cd "$2"

program=
trap '[ -z "$program" ] || kill "$program" 2> /dev/null || true' EXIT
: > demo.log
"$samples/messages" --trace demo.log &
program=$!
"$samples/xplay" --trace demo.log < "$root/Samples/messages/demo.play"

# The script ends with the window's close; the program must end with it, and well.
status=0
wait "$program" || status=$?
program=
if [ "$status" != 0 ]; then
    echo "play-demo: the program ended with status $status" >&2
    exit 1
fi
python3 "$root/scripts/check-trace.py" "$root/Samples/messages/demo.play" demo.log
