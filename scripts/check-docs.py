#!/usr/bin/env python3
"""Fails when a function in a public header is not documented in full.

The documentation of a function is, in this order: a first sentence, what else there is to say,
@param for each parameter, @retval for each status or @return, @reentrancy, @threadsafety, @win32,
@since and @see.

usage: scripts/check-docs.py HEADER...
       scripts/check-docs.py --self-test
"""

import re
import sys
import tempfile

from headers import functions

TAG = re.compile(r"^@(\w+)(?:\[\w+(?:,\w+)*\])?[ \t]*(.*?)(?=^@|\Z)", re.S | re.M)
ONCE = ["reentrancy", "threadsafety", "win32", "since", "see"]
ORDER = ["param", "retval", "return", *ONCE]
STATUS_TYPES = {"RatIpcStatus", "RatStatus"}


def complaints(function, declared):
    """What is wrong with the documentation of one function."""
    text = function.documentation
    if text is None:
        return ["has no documentation"]
    wrong = []
    prose = text.split("\n@", 1)[0] if not text.startswith("@") else ""
    first = prose.split("\n\n", 1)[0].strip()
    if not re.match(r"[A-Z].*\.$", first, re.S):
        wrong.append("has no first sentence")

    tags = [(name, body.strip()) for name, body in TAG.findall(text)]
    for name, body in tags:
        if name not in ORDER:
            wrong.append(f"has an unknown tag @{name}")
        elif not body:
            wrong.append(f"has an empty @{name}")
    names = [name for name, _ in tags if name in ORDER]
    if names != sorted(names, key=ORDER.index):
        wrong.append("has its tags out of order: " + " ".join(names))

    described = [body.split()[0] for name, body in tags if name == "param" and body]
    for parameter in function.parameters:
        if parameter not in described:
            wrong.append(f"lacks @param {parameter}")
    for parameter in described:
        if parameter not in function.parameters:
            wrong.append(f"describes @param {parameter}, which it does not take")
    for name, body in tags:
        if name == "param" and body and len(body.split()) < 2:
            wrong.append(f"says nothing about @param {body}")

    statuses = [body.split()[0] for name, body in tags if name == "retval" and body]
    if function.result in STATUS_TYPES:
        if "RAT_IPC_OK" not in statuses:
            wrong.append("lacks @retval RAT_IPC_OK")
    elif function.result != "void" and not statuses and "return" not in names:
        wrong.append("lacks @retval or @return")
    for status in sorted({status for status in statuses if statuses.count(status) > 1}):
        wrong.append(f"describes @retval {status} twice")

    for tag in ONCE:
        if names.count(tag) != 1:
            wrong.append(f"needs one @{tag}, has {names.count(tag)}")
    for name, body in tags:
        if name == "see":
            for reference in re.findall(r"\w+", body):
                if reference not in declared:
                    wrong.append(f"refers to {reference}, which no header declares")
    return wrong


def check(headers):
    """All complaints about all functions of the headers."""
    found = [function for header in headers for function in functions(header)]
    if not found:
        return ["no function found in: " + " ".join(headers)]
    declared = {function.name for function in found}
    return [
        f"{function.header}:{function.line}: {function.name} {complaint}"
        for function in found
        for complaint in complaints(function, declared)
    ]


GOOD = """\
/** Opens a box.
 *
 *  Blocks until it is open.
 *
 *  @param size      Bytes.
 *  @param[out] out  Receives the box.
 *  @retval RAT_IPC_OK               Open.
 *  @retval RAT_IPC_ERR_INVALID_ARG  out is NULL.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatOpenBox
 */
RatStatus RatOpenBox(size_t size,
                     RatBox* out);
"""

# What is changed in the good header, and what must be said about the result. None: nothing.
CASES = [
    ("", "", None),
    (" *  @param size      Bytes.\n", "", "lacks @param size"),
    (" *  @param[out] out  Receives the box.\n", "", "lacks @param out"),
    (" *  @retval RAT_IPC_OK               Open.\n", "", "lacks @retval RAT_IPC_OK"),
    (" *  @reentrancy Calls nothing back.\n", "", "needs one @reentrancy, has 0"),
    (" *  @threadsafety Any thread.\n", "", "needs one @threadsafety, has 0"),
    (" *  @win32 None known.\n", "", "needs one @win32, has 0"),
    (" *  @since 0.1\n", "", "needs one @since, has 0"),
    (" *  @see RatOpenBox\n", "", "needs one @see, has 0"),
    ("@see RatOpenBox", "@see RatShutBox", "refers to RatShutBox"),
    ("/** Opens a box.\n *\n *  Blocks until it is open.\n *\n", "/**\n", "no first sentence"),
    ("@since 0.1", "@since", "has an empty @since"),
    ("Receives the box.", "", "says nothing about @param out"),
    ("@param size ", "@param length ", "describes @param length"),
    ("@win32 None known.\n *  @since 0.1", "@since 0.1\n *  @win32 None known.", "out of order"),
    ("RAT_IPC_ERR_INVALID_ARG ", "RAT_IPC_OK ", "describes @retval RAT_IPC_OK twice"),
    (GOOD[: GOOD.index("RatStatus")], "", "has no documentation"),
    ("RatStatus RatOpenBox", "typedef void RatOpenBox", "no function found"),
]


def self_test():
    """Breaks a good header in every way and expects to be told; returns the failures."""
    failures = []
    for old, new, expected in CASES:
        assert old in GOOD
        with tempfile.NamedTemporaryFile("w", suffix=".h") as file:
            file.write(GOOD.replace(old, new, 1) if old else GOOD)
            file.flush()
            found = check([file.name])
        if expected is None and found:
            failures.append(f"the good header was refused: {found}")
        elif expected is not None and not any(expected in one for one in found):
            failures.append(f"not told '{expected}' but {found}")
    return failures


def main():
    if sys.argv[1:] == ["--self-test"]:
        wrong = self_test()
    elif sys.argv[1:]:
        wrong = check(sys.argv[1:])
    else:
        sys.exit(__doc__)
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
