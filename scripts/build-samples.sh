#!/bin/sh
# Builds the C samples against an installed library, the way its users build: with pkg-config.
#
# usage: scripts/build-samples.sh PREFIX OUTPUT_DIRECTORY [SAMPLE...]
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
prefix=$1 output=$2
shift 2
# xplay comes without being asked for: the demo and the tests need it.
[ $# -gt 0 ] || set -- message-loop shared-memory hello-window messages portforward hello-1998 draw text-field
mkdir -p "$output"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"

# compile NAME PACKAGE...
compile() {
    name=$1
    shift
    # shellcheck disable=SC2046 # many words on purpose
    cc -std=c11 -O2 -Wall -Wextra -pedantic -Werror -pthread "$root/Samples/$name"/*.c \
        -o "$output/$name" $(pkg-config --cflags --libs "$@") -lm
}

compile xplay xcb xcb-xtest cairo
for sample in "$@"; do
    case $sample in
        messages | draw | text-field) compile "$sample" rat cairo ;;
        hello-1998) compile "$sample" rat-win32 ;;
        *) compile "$sample" rat ;;
    esac
done
