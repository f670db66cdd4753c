#!/bin/sh
# Runs the samples and the tests in Tests/X, each that shows a window on an X server of its own. The Swift
# sample is the one that `swift build` has made.
#
# usage: scripts/test-x.sh PREFIX SAMPLES_DIRECTORY
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
prefix=$1
samples=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

passed=0 failed=0
# A nightly run kills servers for longer.
[ "${RAT_STRESS:-0}" = 1 ] && limit=600 || limit=60
# run NAME COMMAND...: in an empty directory, with a limit that only a hang reaches.
run() {
    name=$1
    shift
    mkdir "$work/$name"
    if (cd "$work/$name" && timeout "$limit" "$@") > "$work/$name.out" 2>&1; then
        passed=$((passed + 1))
    else
        echo "FAILED $name (status $?)" >&2
        sed 's/^/    /' "$work/$name.out" >&2
        failed=$((failed + 1))
    fi
}

# shellcheck disable=SC2046 # many words on purpose
gcc -std=c11 -O1 -g -Wall -Wextra -pedantic -Werror -pthread "$root/Tests/X/victim/victim.c" \
    -o "$work/victim.bin" \
    $(PKG_CONFIG_PATH="$prefix/lib/pkgconfig" pkg-config --cflags --libs rat xcb xcb-xtest)
export RAT_X_VICTIM="$work/victim.bin"

run message-loop "$samples/message-loop"
run queue-swift "$(cd "$root" && swift build --show-bin-path)/queue-swift"
run shared-memory "$samples/shared-memory"
run portforward "$root/scripts/test-portforward.py" "$samples/portforward"
run demo "$root/scripts/with-xvfb.sh" "$root/scripts/play-demo.sh" "$samples" .
for test in "$root"/Tests/X/*.sh; do
    run "$(basename "$test" .sh)" "$root/scripts/with-xvfb.sh" "$test" "$samples"
done

# The samples that a person plays with, where nobody manages windows and where somebody does.
for test in "$root"/Tests/X/samples/*.sh; do
    name=$(basename "$test" .sh)
    run "$name" "$root/scripts/with-xvfb.sh" "$test" "$samples"
    run "$name-openbox" "$root/scripts/with-xvfb.sh" "$root/scripts/with-openbox.sh" "$samples" \
        "$test" "$samples"
done

# The C ones use the harness of the others, which runs a test in its process when it gets its name.
# shellcheck disable=SC2046 # many words on purpose
gcc -std=c11 -O1 -g -Wall -Wextra -pedantic -Werror -pthread -I"$root/Tests/C" \
    "$root"/Tests/X/*.c "$root/Tests/C/harness.c" "$root/Tests/C/support.c" -o "$work/x-tests" \
    $(PKG_CONFIG_PATH="$prefix/lib/pkgconfig" pkg-config --cflags --libs rat xcb xcb-xtest)
for test in $("$work/x-tests" --list); do
    run "$test" "$root/scripts/with-xvfb.sh" "$work/x-tests" "$test"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
