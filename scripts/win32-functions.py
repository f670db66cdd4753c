#!/usr/bin/env python3
"""Keeps abi/win32-functions.tsv, the list of Win32's functions that windows.h has.

A line is a name without A or W, the header, "there" or "partly", and what "partly" leaves out. Names and headers
come from the headers; the rest is written by hand and kept.

usage: scripts/win32-functions.py            writes the list anew
       scripts/win32-functions.py --check    fails if that would change it
"""

import pathlib
import re
import sys

from headers import PROGRAM, WIN32

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIST = ROOT / "abi/win32-functions.tsv"
INLINE = re.compile(
    r"^(?:FORCEINLINE \w+ |RAT_INTERLOCKED(?:_[A-Z]+)?\()(?P<name>[A-Z]\w+)[(,]", re.M
)
# tchar.h's functions are no Win32 ones, and these are under the name of the header that people include.
LEFT_OUT = {"tchar.h"}
PARTS = {"ratinterlocked.h": "winbase.h"}


def declared():
    """The names without A or W, and their headers."""
    headers = {}
    for path in sorted((ROOT / "Sources/Win32/include").glob("*.h")):
        if path.name in LEFT_OUT:
            continue
        text = path.read_text(encoding="utf-8")
        for pattern in (WIN32, INLINE):
            for match in pattern.finditer(text):
                headers[match["name"]] = PARTS.get(path.name, path.name)
    pairs = {name[:-1] for name in headers if name.endswith("A") and name[:-1] + "W" in headers}
    return {
        (name[:-1] if name[-1] in "AW" and name[:-1] in pairs else name): header
        for name, header in headers.items()
        if name not in PROGRAM
    }


def main():
    notes = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        name, _, state, *rest = line.split("\t")
        notes[name] = [state, *rest]
    lines = []
    for name, header in sorted(declared().items(), key=lambda item: (item[0].lower(), item[0])):
        lines.append("\t".join([name, header, *notes.get(name, ["there"])]))
    text = "\n".join(lines) + "\n"
    if sys.argv[1:] == ["--check"]:
        if text != LIST.read_text(encoding="utf-8"):
            sys.exit("abi/win32-functions.tsv is not what the headers have: run scripts/win32-functions.py")
    else:
        LIST.write_text(text, encoding="utf-8")


main()
