#!/bin/sh
# Installs with apt what building, testing and the demo need and this machine lacks. Says so first,
# and does nothing where nothing is missing.
#
# usage: scripts/install-deps.sh [PACKAGE...]
#
# PACKAGE: what only one job needs, beside what all do.
set -eu

# Compilers and tools; the X libraries that the library links; what drawing links, with a font; the X
# server that the tests and the demo start, the extension through which they type and click, and the
# keyboard layouts, compose tables, window managers and programs with another
# clipboard that the tests use.
packages="
    binutils g++ gcc make pkg-config python3
    libxcb1-dev libxcb-cursor-dev libxcb-shm0-dev libxcb-sync-dev libxcb-xfixes0-dev libxcb-xinput-dev libxcb-xkb-dev libxkbcommon-dev libxkbcommon-x11-dev
    libcairo2-dev fonts-dejavu-core
    xvfb libxcb-randr0-dev libxcb-xtest0-dev xclip x11-xkb-utils xkb-data libx11-data openbox i3-wm
    python3-gi gir1.2-gtk-3.0
    $*"

if ! command -v swift > /dev/null; then
    echo "Swift 6.3 or newer is needed, and 'swift' is not in PATH: see https://swift.org" >&2
    exit 1
fi

if ! command -v apt-get > /dev/null; then
    # shellcheck disable=SC2086 # on one line on purpose
    echo "There is no apt here. These packages, by their Debian names, are needed:" $packages >&2
    exit 0
fi

missing=
for package in $packages; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo > /dev/null; then
        echo "Missing, and there is no sudo to install it with:$missing" >&2
        exit 1
    fi
    as_root=sudo
fi

echo "Installing with apt:$missing"
# A new machine has no package lists, an old one has outdated ones.
# shellcheck disable=SC2086 # both are several words, or none, on purpose
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
