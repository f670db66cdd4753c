#!/usr/bin/env python3
"""Fails when a function of the public headers is not tried with what it should refuse.

Each parameter that is a handle needs a row in a table of Tests/C, named after the function and, from
the second one on, after the parameter; functions that answer without a status are named in
handle_tests.c. And each function of the window and message headers is called by the fuzz.

usage: scripts/check-tries.py HEADER...
"""

import glob
import os
import re
import sys

from headers import functions

FUZZED = {
    "ratcore.h", "ratmsg.h", "ratgui.h", "ratclass.h", "ratpos.h", "rattree.h", "ratinput.h",
    "ratpaint.h", "rathook.h", "rattrace.h", "ratcursor.h", "ratlook.h", "ratx11.h",
    "ratclip.h",
}
STATUS_TYPES = {"RatIpcStatus", "RatStatus"}
TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests")


def read(pattern):
    text = ""
    for path in sorted(glob.glob(os.path.join(TESTS, pattern))):
        with open(path, encoding="utf-8") as file:
            text += file.read()
    return text


def handle_types(headers):
    """RatHandle and the names that it goes by."""
    names = {"RatHandle"}
    for path in headers:
        with open(path, encoding="utf-8") as file:
            names.update(re.findall(r"^typedef RatHandle (\w+);", file.read(), re.M))
    return names


def main(headers):
    types = handle_types(headers)
    rows = re.findall(r'\{"(Rat\w+)(?:, \w+)?", \w+,', read("C/handle_*.c"))
    asked = set(re.findall(r"\bRat\w+", read("C/handle_tests.c")))
    fuzzed = set(re.findall(r"\bRat\w+", read("CRatFuzz/*.c")))
    wrong = []
    for header in headers:
        for function in functions(header):
            handles = [one for one in function.types if one in types]
            if function.result not in STATUS_TYPES:
                if handles and function.name not in asked:
                    wrong.append(f"{function.name} is not named in handle_tests.c")
            elif rows.count(function.name) < len(handles):
                wrong.append(f"{function.name} lacks a row for a handle")
            if os.path.basename(header) in FUZZED and function.name not in fuzzed:
                wrong.append(f"{function.name} is not called by the fuzz")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
