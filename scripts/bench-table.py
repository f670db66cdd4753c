#!/usr/bin/env python3
"""Makes one table of the rounds that the programs in Benchmarks told (see Benchmarks/bench.h).

Times are medians over the rounds; a ratio is the median of the ratios of each round, so that what
slowed a round down slowed down both sides of it. With STRICT=1 in the environment the status is 1
when a limit is missed.

usage: bench-table.py FILE
"""
import os
import sys
from statistics import median


def time(nanoseconds):
    if nanoseconds < 10:
        return f"{nanoseconds:.1f} ns"
    for unit, size in (("ns", 1), ("us", 1e3), ("ms", 1e6)):
        if nanoseconds / size < 1000:
            break
    return f"{nanoseconds / size:.3g} {unit}"


def row(work, peer, limit, rounds):
    """The cells of a row, the last empty where there is no limit."""
    ours = median(our for our, _ in rounds)
    theirs = ratio = None
    if peer != "-":
        theirs = median(their for _, their in rounds)
        ratio = median(our / their for our, their in rounds)
    if limit == "-":
        verdict = ""
    elif limit.endswith("x"):
        verdict = "ok" if ratio <= float(limit[:-1]) else "no"
    else:
        verdict = "ok" if ours <= float(limit.removesuffix(" ns")) else "no"
    return [
        work,
        time(ours),
        peer,
        time(theirs) if theirs is not None else "-",
        f"{ratio:.2f}x" if ratio is not None else "-",
        limit,
        verdict,
    ]


def proof(work, claim, holds, found):
    """The cells of a claim that holds or does not."""
    return [work, found, "-", "-", "-", claim, "ok" if holds == "yes" else "no"]


def table(lines):
    """The rows in the order in which their first rounds came."""
    rows = {}
    measured = {}
    for line in lines:
        kind, *fields = line.rstrip("\n").split("\t")
        if kind == "proof":
            work, claim, holds, found = fields
            rows[work, claim] = proof(work, claim, holds, found)
        elif kind == "round":
            work, peer, limit, ours, theirs = fields
            rounds = measured.setdefault((work, peer), [])
            rounds.append((float(ours), float(theirs) if theirs != "-" else None))
            rows[work, peer] = row(work, peer, limit, rounds)
        else:
            sys.exit(f"bench-table: what is this? {line!r}")
    return list(rows.values())


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = table(file)
    if not rows:
        sys.exit("bench-table: nothing was measured; is there such a work?")
    head = ["work", "ours", "peer", "peer's figure", "ratio", "limit", "ok?"]
    widths = [max(len(cells[i]) for cells in [head] + rows) for i in range(len(head))]
    for cells in [head, ["-" * width for width in widths]] + rows:
        print(" | ".join(cell.ljust(width) for cell, width in zip(cells, widths)).rstrip())
    missed = sum(cells[-1] == "no" for cells in rows)
    if missed:
        print(f"{missed} of {len(rows)} rows miss their limit.")
        if os.environ.get("STRICT") == "1":
            sys.exit(1)


main()
