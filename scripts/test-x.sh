#!/bin/sh
# Runs the samples that need no window, then every test in Tests/X, each on an X server of its own.
#
# usage: scripts/test-x.sh SAMPLES_DIRECTORY
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
samples=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

passed=0 failed=0
# run NAME COMMAND...: in an empty directory, with a limit that only a hang reaches.
run() {
    name=$1
    shift
    mkdir "$work/$name"
    if (cd "$work/$name" && timeout 60 "$@") > "$work/$name.out" 2>&1; then
        passed=$((passed + 1))
    else
        echo "FAILED $name (status $?)" >&2
        sed 's/^/    /' "$work/$name.out" >&2
        failed=$((failed + 1))
    fi
}

run message-loop "$samples/message-loop"
run demo "$root/scripts/with-xvfb.sh" "$root/scripts/play-demo.sh" "$samples" .
for test in "$root"/Tests/X/*.sh; do
    run "$(basename "$test" .sh)" "$root/scripts/with-xvfb.sh" "$test" "$samples"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
