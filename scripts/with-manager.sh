#!/bin/sh
# Runs a command with a window manager, or none, on DISPLAY, and ends that after it. The command finds which one it is in
# RAT_X_MANAGER, and waits for it as long as it takes.
#
# usage: scripts/with-manager.sh SAMPLES_DIRECTORY none|openbox|i3 COMMAND [ARGUMENT...]
set -eu

samples=$1 RAT_X_MANAGER=$2
shift 2
RAT_X11_DISABLE=deadlines
export RAT_X_MANAGER RAT_X11_DISABLE
case $RAT_X_MANAGER in
    none)
        exec "$@"
        ;;
    openbox)
        exec "$(dirname "$0")/with-openbox.sh" "$samples" "$@"
        ;;
    i3) ;;
    *)
        echo "with-manager: there is no $RAT_X_MANAGER" >&2
        exit 1
        ;;
esac

# Without a bar, which would take room of the windows when it has started.
printf '# i3 config file (v4)\nfont pango:monospace 8\n' > i3.config
i3 -c i3.config > i3.log 2>&1 &
manager=$!
trap 'kill "$manager" 2> /dev/null || true; wait "$manager" 2> /dev/null || true' EXIT
trap 'exit 130' INT TERM
echo managed | "$samples/xplay"
"$@"
