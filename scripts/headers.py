"""Reads the public C headers: which functions they declare, and what is written above each.

Not a C parser: it knows the form that these headers keep, which is a declaration at the start of a
line, ended by a semicolon, with its documentation right above it.

usage: scripts/headers.py HEADER...    prints the names of the functions, one a line
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


if __name__ == "__main__":
    for header in sys.argv[1:]:
        for function in functions(header):
            print(function.name)
