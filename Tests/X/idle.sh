#!/bin/sh
# A window that nothing happens to costs nothing: in two seconds its program uses no processor time
# and is not scheduled once.
#
# usage, with DISPLAY set: Tests/X/idle.sh SAMPLES_DIRECTORY
set -eu

samples=$1
"$samples/hello-window" &
program=$!
trap 'kill "$program" 2> /dev/null || true' EXIT

# The answer to the ping says that the window has read everything that happened to it so far.
printf '%s\n' "window Hello, Rat" "focus" "move 50 50" "click 1" "type a" "ping" \
    | "$samples/xplay"

# "STATE USER_TICKS SYSTEM_TICKS"; the name before it may hold anything but ')'.
state() {
    sed 's/.*) //' "/proc/$program/stat" | cut -d ' ' -f 1,12,13
}
switches() {
    awk '/ctxt_switches/ { sum += $2 } END { print sum }' "/proc/$program"/task/*/status
}

# It handles what it read, then sleeps: seen asleep many times in a row, it is through.
asleep=0
while [ "$asleep" -lt 50 ]; do
    case $(state) in
        S*) asleep=$((asleep + 1)) ;;
        *) asleep=0 ;;
    esac
done

before="$(state), $(switches) switches"
sleep 2 # not a wait for anything: this is the interval that is measured
after="$(state), $(switches) switches"
if [ "$before" != "$after" ]; then
    echo "not idle: $before, then $after"
    exit 1
fi

printf '%s\n' "window Hello, Rat" "close" "gone" | "$samples/xplay"
trap - EXIT
wait "$program"
