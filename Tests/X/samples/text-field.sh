#!/bin/sh
# A person writes: letters, accents by dead keys and by Compose, selections by keys and by mouse, words; what is cut
# comes back. The field says what it holds, and the window shows it.
#
# usage, with DISPLAY set: Tests/X/samples/text-field.sh SAMPLES_DIRECTORY
set -eu

samples=$1
# A layout with dead keys, and a key for Compose.
setxkbmap -layout us -variant intl -option compose:menu
: > trace
LC_ALL=C.UTF-8 RAT_TRACE=x11 "$samples/text-field" --trace trace 2> events &
program=$!
trap '[ -z "$program" ] || kill "$program" 2> /dev/null || true' EXIT

printf '%s\n' "window Rat takes text" "focus" "await text |" \
    "type Caf" "key dead_acute" "await pending ´" "type e" "await text Café|" \
    "type  cr" "key dead_grave" "await pending" "type eme: 10" \
    "key Multi_key" "type =e" "await text Café crème: 10€|" \
    "screenshot text-typed.png" \
    "key BackSpace" "await text Café crème: 10|" \
    "key Shift+Left" "key Shift+Left" "await text Café crème: [10]" "type 9" "await text Café crème: 9|" \
    "key Home" "key Control+Right" "await text Café| crème: 9" \
    "key Shift+Control+Right" "await text Café[ crème]: 9" "key Control+x" "await text Café|: 9" \
    "key Home" "key Control+v" "await text  crème|Café: 9" \
    "key Control+a" "await text [ crèmeCafé: 9]" "pixel 45 72 c4daf0" \
    "key Control+c" "ping" | "$samples/xplay" --trace trace
[ "$(xclip -selection clipboard -o)" = " crèmeCafé: 9" ] || { echo "another program does not see the copy"; exit 1; }
printf 'Mice' | xclip -selection clipboard -i > /dev/null 2>&1
# The field hears of that in its own time.
until grep -q 'clipboard: it has' events; do kill -0 "$program"; done
printf '%s\n' "window Rat takes text" "key Control+a" "key Control+v" "await text Mice|" "key Control+a" \
    "type Rats" "await text Rats|" "type  rule" "await text Rats rule|" \
    "move 60 82" "press 1" "await text R|ats rule" "release 1" "ping" \
    "press 1" "await text [Rats] rule" "release 1" "ping" "pixel 43 72 c4daf0" \
    "screenshot text-field.png" \
    "key Delete" "await text | rule" "key End" "await text  rule|" \
    "move 30 82" "press 1" "await text | rule" "move 600 82" "await text [ rule]" "release 1" \
    "move 20 20" "key Escape" "gone" | "$samples/xplay" --trace trace

status=0
wait "$program" || status=$?
program=
[ "$status" = 0 ] || { echo "the program ended with status $status"; exit 1; }
