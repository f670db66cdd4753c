"""Reads the public C headers: which functions they declare, and what is written above each.

Not a C parser: it knows the form that these headers keep, which is a declaration at the start of a
line, ended by a semicolon, with its documentation right above it.

usage: scripts/headers.py HEADER...            prints the names of the functions, one a line
       scripts/headers.py --win32 HEADER...    the same for windows.h: the symbols of what RAT_WIN32 declares
"""

import re
import sys
from dataclasses import dataclass

COMMENT = re.compile(r"/\*.*?\*/", re.S)
# A documentation comment, if there is one, right before a return type, a name and parameters.
FUNCTION = re.compile(
    r"(?P<comment>/\*\*(?:(?!\*/).)*\*/\s*\n)?"
    r"^(?P<result>(?!typedef\b|#)[A-Za-z_][\w \t*]*?[\s*])(?P<name>\w+)[ \t]*"
    r"\((?P<parameters>[^;{}]*)\)\s*;",
    re.S | re.M,
)


WIN32 = re.compile(r"^RAT_WIN32(?:_NORETURN)?\((?:[\w *]+, )?(?P<name>\w+),", re.M)
# What the program itself has.
PROGRAM = {"WinMain", "wWinMain"}


@dataclass
class Function:
    header: str
    line: int
    name: str
    result: str
    parameters: list[str]
    types: list[str]
    documentation: str | None


def functions(path):
    """The functions that one header declares, in its order."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    found = []
    for match in FUNCTION.finditer(text):
        documentation = match["comment"]
        if documentation is not None:
            body = documentation.strip()[3:-2]
            lines = [re.sub(r"^\s*\*\s*", "", line) for line in body.split("\n")]
            documentation = "\n".join(lines).strip()
        parameters = COMMENT.sub("", match["parameters"]).strip()
        names, types = [], []
        if parameters not in ("", "void"):
            names = [re.findall(r"\w+", one)[-1] for one in parameters.split(",")]
            types = [re.sub(r"\w+$", "", one.strip()).strip() for one in parameters.split(",")]
        line = text.count("\n", 0, match.start("name")) + 1
        found.append(
            Function(path, line, match["name"], match["result"].strip(), names, types,
                     documentation)
        )
    return found


def win32_symbols(path):
    """The symbols of the functions that one header of windows.h declares."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    names = [match["name"] for match in WIN32.finditer(text)]
    return ["RatWin32" + name for name in names if name not in PROGRAM]


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--win32"]:
        for header in arguments[1:]:
            print("\n".join(win32_symbols(header)))
    else:
        for header in arguments:
            for function in functions(header):
                print(function.name)
