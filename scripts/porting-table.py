#!/usr/bin/env python3
"""Writes Docs/porting-table.md: every function and message of Win32's that programs with windows use, and what of it is
there, from abi/win32-functions.tsv, the headers, and the names that rat-port knows.

usage: scripts/porting-table.py            writes the table anew
       scripts/porting-table.py --check    fails if that would change it
"""

import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "Docs/porting-table.md"
# Whose functions are told one by one where they are not there.
LIBRARIES = ["user32", "kernel32", "gdi32", "comctl32", "winmm"]
HEAD = """# What of Win32 is there

Written by `scripts/porting-table.py`; [porting.md](porting.md) is the guide. Names stand without A and W where there are
both.
"""


def listed():
    """The names that Win32 has, by kind and place."""
    names, section = {}, None
    for line in (ROOT / "Sources/Win32/port/names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = names.setdefault(tuple(line[1:-1].split(" ")), [])
        elif line and not line.startswith("#"):
            section.append(line.split(" ")[0])
    return names


def words(names):
    return textwrap.fill(", ".join(names) or "none", 118, break_on_hyphens=False)


def main():
    names = listed()
    functions = [line.split("\t") for line in (ROOT / "abi/win32-functions.tsv").read_text(encoding="utf-8").splitlines()]
    whole = [name for name, _, state, *_ in functions if state == "there"]
    partly = [(name, note[0]) for name, _, state, *note in functions if state == "partly"]
    have = {name for name, *_ in functions}
    lines = [HEAD, f"## Functions that are there ({len(whole)})", "", words(whole), ""]
    lines += [f"## Functions that are partly there ({len(partly)})", "", "| function | what there is, or what is left out |",
              "| --- | --- |", *(f"| {name} | {note.replace('|', '')} |" for name, note in partly), ""]
    for library in LIBRARIES:
        lacking = [name for name in names[("function", library)] if name not in have]
        lines += [f"## Functions of {library} that are not there ({len(lacking)})", "", words(lacking), ""]
    headers = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "Sources/CRat/include").glob("*.h"))
    handled = {name[4:] for name in re.findall(r"\bRAT_WM_\w+", headers)}
    declared = (ROOT / "Sources/Win32/include/winuser.h").read_text(encoding="utf-8")
    declared = set(re.findall(r"#define (WM_\w+)", declared))
    messages = [name for name in names[("message", "winuser.h")] if name.startswith("WM_")]
    told = [name for name in messages if name in declared and name in handled]
    named = [name for name in messages if name in declared and name not in handled]
    lacking = [name for name in messages if name not in declared]
    lines += [f"## Messages that are sent, or that the default procedure knows ({len(told)})", "", words(told), "",
              f"## Messages that have their number alone ({len(named)})", "",
              "Programs may send them; nothing here does.", "", words(named), "",
              f"## Messages of winuser.h that are not there ({len(lacking)})", "",
              "Those of controls are not there either, as there are no controls.", "", words(lacking)]
    text = "\n".join(lines) + "\n"
    if sys.argv[1:] == ["--check"]:
        if not TABLE.exists() or text != TABLE.read_text(encoding="utf-8"):
            sys.exit("Docs/porting-table.md is not what is there: run scripts/porting-table.py")
    else:
        TABLE.write_text(text, encoding="utf-8")


main()
