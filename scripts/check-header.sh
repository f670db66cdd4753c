#!/bin/sh
# Fails unless each public header compiles alone, without a warning, in every dialect that it
# promises: C11 and C++17, with gcc and with clang.
#
# usage: scripts/check-header.sh INCLUDE_DIRECTORY [OTHER_DIRECTORY]
#        OTHER_DIRECTORY: where headers that those include are.
set -eu

directory=$1
other=${2:-$1}
for header in "$directory"/*.h; do
    name=$(basename "$header")
    for dialect in "gcc -x c -std=c11" "clang -x c -std=c11" \
        "g++ -x c++ -std=c++17" "clang++ -x c++ -std=c++17"; do
        # Twice, so that a missing include guard is found too.
        # shellcheck disable=SC2086 # the dialect is several words on purpose
        printf '#include <%s>\n#include <%s>\n' "$name" "$name" \
            | $dialect -I"$directory" -I"$other" -fsyntax-only -Wall -Wextra -pedantic -Werror - || {
            echo "check-header: $name is not clean as: $dialect" >&2
            exit 1
        }
    done
done
