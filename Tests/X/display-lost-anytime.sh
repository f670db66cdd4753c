#!/bin/sh
# Whenever the X server is killed, a program that shows a window ends by its own decision: it is told, or
# it gets no window. The moments are those of its messages, the first of which come while its window is
# being made.
#
# usage, with DISPLAY set: Tests/X/display-lost-anytime.sh SAMPLES_DIRECTORY
#
# RAT_X_MOMENTS: how many moments; 12 by default.
set -eu

samples=$1
root=$(cd "$(dirname "$0")/../.." && pwd)

# What one server lives through: its program writes messages to a pipe, and after so many it dies.
cat > live.sh <<'END'
mkfifo "trace$2"
"$1/messages" --trace "trace$2" 2> "errors$2" &
program=$!
(
    left=$2
    while [ "$left" -gt 0 ] && read -r line; do left=$((left - 1)); done
    kill -KILL "$XVFB_PID"
    cat > /dev/null # a pipe without a reader would kill the program
) < "trace$2"
status=0
wait "$program" || status=$?
echo "$status" > "status$2"
END

moment=1
while [ "$moment" -le "${RAT_X_MOMENTS:-12}" ]; do
    "$root/scripts/with-xvfb.sh" sh live.sh "$samples" "$moment"
    case $(cat "status$moment") in
        3) grep -qx 'display lost: RAT_IPC_ERR_NOT_CONNECTED' "errors$moment" ;;
        1) grep -q 'RAT_IPC_ERR_NOT_CONNECTED' "errors$moment" ;;
        *)
            echo "after $moment messages it ended with status $(cat "status$moment")"
            cat "errors$moment"
            exit 1
            ;;
    esac
    moment=$((moment + 1))
done
