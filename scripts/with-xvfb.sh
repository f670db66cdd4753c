#!/bin/sh
# Runs a command with an X server of its own, which nobody sees, and ends the server after it. The
# command finds DISPLAY, and the server's process id in XVFB_PID.
#
# usage: scripts/with-xvfb.sh COMMAND [ARGUMENT...]
set -eu

work=$(mktemp -d)
XVFB_PID=
cleanUp() {
    if [ -n "$XVFB_PID" ]; then
        kill "$XVFB_PID" 2> /dev/null || true
        wait "$XVFB_PID" 2> /dev/null || true
    fi
    rm -rf "$work"
}
trap cleanUp EXIT
trap 'exit 130' INT TERM

# The server picks a free number itself and tells it when it is ready: no guessing, no waiting.
mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 1280x800x24 -noreset -nolisten tcp \
    3> "$work/number" > "$work/log" 2>&1 &
XVFB_PID=$!
if ! read -r number < "$work/number"; then
    echo "with-xvfb: Xvfb did not start:" >&2
    cat "$work/log" >&2
    exit 1
fi

DISPLAY=:$number
export DISPLAY XVFB_PID
unset RAT_DISPLAY
"$@"
