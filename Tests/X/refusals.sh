#!/bin/sh
# A program that gets no connection to its display says which of the reasons it was, and ends by its own decision:
# no server, a server that does not let this user in, one whose last client was let in already.
#
# usage, with DISPLAY set: Tests/X/refusals.sh SAMPLES_DIRECTORY
set -eu

samples=$1

# refused STATUS WORDS
refused() {
    code=0
    RAT_TRACE=x11 "$samples/hello-window" 2> said || code=$?
    [ "$code" = 1 ] || { echo "on $DISPLAY it ended with status $code"; exit 1; }
    if ! grep -qxF "rat x11 no connection to $DISPLAY: $2" said || ! grep -qxF "hello-window: $1" said; then
        echo "on $DISPLAY it said:"
        cat said
        exit 1
    fi
}

full=$DISPLAY
DISPLAY=:64999
refused "The other side is not there, or not any more." "no server is there"

# A cookie for every address, which our side does not have: the family, then texts with their lengths before them.
printf '\377\377\0\0\0\0\0\022MIT-MAGIC-COOKIE-1\0\0200123456789abcdef' > cookie
mkfifo number
Xvfb -displayfd 3 -auth cookie -nolisten tcp -noreset 3> number 2> log &
server=$!
trap 'kill "$server" 2> /dev/null || true; wait "$server" 2> /dev/null || true' EXIT
read -r display < number
DISPLAY=:$display
XAUTHORITY=$PWD/nothing
export XAUTHORITY
refused "Access is denied." "the server does not let this user in"
unset XAUTHORITY

# As many clients as the server lets in, which stay until the file is closed.
DISPLAY=$full
mkfifo filled
cat > fill.py <<'END'
import socket, struct, sys
clients = []
while True:
    client = socket.socket(socket.AF_UNIX)
    client.connect("/tmp/.X11-unix/X" + sys.argv[1].lstrip(":"))
    client.sendall(struct.pack("=BxHHHHxx", 0x6C if sys.byteorder == "little" else 0x42, 11, 0, 0, 0))
    if client.recv(1) != b"\1":
        break
    clients.append(client)
print(len(clients), flush=True)
sys.stdin.read()
END
mkfifo stay
python3 fill.py "$full" < stay > filled &
filler=$!
exec 4> stay
read -r clients < filled
[ "$clients" -gt 200 ] || { echo "only $clients clients were let in"; exit 1; }
refused "There is no room, memory or descriptor left for it." \
    "the server takes no more clients, or memory or descriptors ran out"

# Once they are gone there is room.
exec 4>&-
wait "$filler"
"$samples/hello-window" &
program=$!
printf '%s\n' "window Hello, Rat" "focus" "ping" "close" "gone" | "$samples/xplay"
wait "$program"
