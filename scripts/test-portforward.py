#!/usr/bin/env python3
"""Pushes 10 MB through the sample portforward each way, over both ways of the kernel, and compares.

usage: scripts/test-portforward.py PORTFORWARD
"""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading

SIZE = 10 << 20
LIMIT = 50  # seconds, which only a failure reaches


def receive_all(connection, parts):
    while data := connection.recv(1 << 16):
        parts.append(data)


def exchange(connection, payload, received):
    """Sends one way and receives the other at the same time, each to its end."""
    receiver = threading.Thread(target=receive_all, args=(connection, received))
    receiver.start()
    connection.sendall(payload)
    connection.shutdown(socket.SHUT_WR)
    receiver.join(LIMIT)


def check(program, engine):
    """What is wrong with one run."""
    numbers = random.Random(engine)
    there, back = numbers.randbytes(SIZE), numbers.randbytes(SIZE)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(LIMIT)
    forward = subprocess.Popen(
        [program, "0", "localhost", str(listener.getsockname()[1])],
        env={**os.environ, "RAT_DISPLAY": "headless", "RAT_AIO": engine},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        first = forward.stdout.readline()
        match = re.fullmatch(r"listening on 127\.0\.0\.1:(\d+)\n", first)
        if not match:
            return f"said '{first}', status {forward.wait(LIMIT)}"
        client = socket.create_connection(("127.0.0.1", int(match[1])), LIMIT)
        server, _ = listener.accept()
        server.settimeout(LIMIT)
        at_server, at_client = [], []
        other = threading.Thread(target=exchange, args=(server, back, at_server))
        other.start()
        exchange(client, there, at_client)
        other.join(LIMIT)
        if b"".join(at_server) != there:
            return "what was sent there did not arrive"
        if b"".join(at_client) != back:
            return "what was sent back did not arrive"
        # A connection that is open when it ends, and no target for another.
        idle = socket.create_connection(("127.0.0.1", int(match[1])), LIMIT)
        listener.accept()
        forward.send_signal(signal.SIGINT)
        rest = forward.stdout.read()
        if forward.wait(LIMIT) != 0:
            return f"ended with status {forward.returncode}"
        if f"{SIZE} bytes there, {SIZE} back" not in rest:
            return f"counted wrong: {rest}"
        idle.close()
        return None
    finally:
        forward.kill()
        listener.close()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = sys.argv[1]
    host = "localhost"
    for bad in (["1"], ["x", host, "80"], ["0", host, "0"], ["0", host, "99999"]):
        if subprocess.run([program, *bad], stderr=subprocess.DEVNULL).returncode != 2:
            sys.exit(f"{bad} was not refused")
    for engine in ("epoll", "auto"):
        if wrong := check(program, engine):
            sys.exit(f"portforward over {engine} {wrong}")


if __name__ == "__main__":
    main()
