#!/bin/sh
# Runs the Swift tests of what threads share under the thread sanitizer, and under the address sanitizer, with leaks,
# all but those of RatX11 that need an X server. The soak of threads with windows has one in both.
#
# usage: scripts/test-sanitized.sh
set -eu

cd "$(dirname "$0")/.."

# sanitized KIND FILTER SKIPPED [OPTION...]
sanitized() {
    kind=$1 filter=$2 skipped=$3
    shift 3
    # --product: librat.so alone would lack the sanitizer's symbols. --disable-xctest: XCTest leaks.
    common="--sanitize=$kind --scratch-path .build-$kind"
    # shellcheck disable=SC2086 # several words on purpose
    swift build --product ratPackageTests $common "$@"
    # Tests that run in processes of their own keep what those print: reports go to files.
    reports=.build-$kind/reports
    rm -rf "$reports"
    mkdir -p "$reports"
    # shellcheck disable=SC2086
    TSAN_OPTIONS="log_path=$PWD/$reports/report" ASAN_OPTIONS="log_path=$PWD/$reports/report" \
        LSAN_OPTIONS="suppressions=$PWD/scripts/kept-by-libraries.txt:print_suppressions=0" \
        swift test --skip-build --disable-xctest $common "$@" --filter "$filter" --skip "$skipped" \
        && return
    find "$reports" -type f -exec cat {} +
    return 1
}

# Swift tells the thread sanitizer of each change through an in-place reference as one of the whole
# record, from its first byte: two threads that each hold the lock of their half of a record would be
# reported. What is really read and written is told apart from that, and stays watched.
# Suites of one thread that walk through every short sequence of steps have nothing to show here.
sanitized thread 'RatSystemTests|RatCoreTests|RatIPCTests|RatMessagingTests|RatLinksTests|RatWindowingTests|RatABITests|RatTests.(Messages|Request)Tests' \
    '(Lanes|TargetIndex|QueueModel|NodeList|DelayedMessages|Region|PaintModel|Victim|Crowd)Tests' \
    --traits X11 -Xlinker --wrap=__tsan_external_write \
    -Xlinker --defsym=__wrap___tsan_external_write=__tsan_init

# Of RatX11 what is pure: tables, and the translator with recorded and random events.
sanitized address '.*' \
    'RatX11Tests\.(Connection|Forgery|Keyboard|Layout|Pointer|PointerShape|Present|ResizeSync|Screen|Surface|WindowManager)Tests'
