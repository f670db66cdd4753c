#!/bin/sh
# Runs a command with openbox as the window manager of DISPLAY, and ends that after it.
#
# usage: scripts/with-openbox.sh SAMPLES_DIRECTORY COMMAND [ARGUMENT...]
set -eu

samples=$1
shift
# As it is without anybody's settings; without a file it would say in a window that it misses one.
echo '<openbox_config xmlns="http://openbox.org/3.4/rc"></openbox_config>' > openbox.xml
openbox --config-file openbox.xml > openbox.log 2>&1 &
manager=$!
trap 'kill "$manager" 2> /dev/null || true; wait "$manager" 2> /dev/null || true' EXIT
trap 'exit 130' INT TERM
echo managed | "$samples/xplay"
"$@"
