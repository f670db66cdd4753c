#!/bin/sh
# Whenever the X server is killed, a program that uses it ends by its own decision: no exit from inside the library,
# no signal, no hang. The moments are random, within the time in which Tests/X/victim connects, makes windows,
# paints, gets input and destroys, again and again, on two threads.
#
# usage, with RAT_X_VICTIM naming the built victim: Tests/X/display-lost-anytime.sh SAMPLES_DIRECTORY
#
# RAT_X_MOMENTS: how many moments; 200 by default, 1000 with RAT_STRESS=1.
# RAT_X_SEED: what the moments come from, to see a failure again; told at the end.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
[ "${RAT_STRESS:-0}" = 1 ] && default=1000 || default=200
moments=${RAT_X_MOMENTS:-$default}
seed=${RAT_X_SEED:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}
# Starting a server takes most of the time. So several live side by side, which also makes it less even what the
# processors do when one of them dies.
lanes=3

# What one server lives through. The sleep waits for nothing: it is the moment.
cat > live.sh <<'END'
timeout 20 "$RAT_X_VICTIM" > said 2> errors &
program=$!
sleep "$1"
kill -KILL "$XVFB_PID"
status=0
wait "$program" || status=$?
echo "$status" > status
END

# Half of the moments are in the first milliseconds, in which the program starts.
awk -v seed="$seed" -v moments="$moments" -v lanes="$lanes" 'BEGIN {
    srand(seed)
    for (i = 0; i < moments; i++) printf "%.6f\n", rand() * (i % 2 ? 0.040 : 0.250) > ("delays." i % lanes)
}'

# Ends early where another one has found something.
lane() {
    mkdir "lane.$1"
    cd "lane.$1"
    while [ ! -e ../failed ] && read -r delay; do
        "$root/scripts/with-xvfb.sh" sh ../live.sh "$delay"
        if [ "$(cat status)" != 3 ] || [ "$(grep -c '^lost at ' said)" != 2 ]; then
            touch ../failed
            echo "seed $seed: killed after $delay s, it ended with status $(cat status)"
            cat said errors
            return 1
        fi
        cat said >> all
    done < "../delays.$1"
}
number=0
running=
while [ "$number" -lt "$lanes" ]; do
    (lane "$number") &
    running="$running $!"
    number=$((number + 1))
done
failed=0
for process in $running; do wait "$process" || failed=1; done
[ "$failed" = 0 ] || exit 1
[ "$(cat lane.*/all | wc -l)" = $((moments * 2)) ] || { echo "seed $seed: not all moments were lived"; exit 1; }
echo "$moments moments, seed $seed; threads lost it:"
sort lane.*/all | uniq -c
