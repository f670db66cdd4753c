#!/usr/bin/env python3
"""Gathers the names that Win32 has, for rat-port: Sources/Win32/port/names.txt.

Names alone, from the headers and import libraries of mingw-w64, which are in the public domain: functions by the
library that has them, messages, types, constants and headers, in sections that say which. What has an A and a W form
is told once, without either, and marked so.

usage: scripts/win32-names.py [INCLUDE_DIRECTORY LIBRARY_DIRECTORY]
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "Sources/Win32/port/names.txt"
LIBRARIES = """user32 kernel32 gdi32 comctl32 shell32 advapi32 comdlg32 winmm ws2_32 ole32 oleaut32 shlwapi version
msimg32 imm32 psapi wininet opengl32 uxtheme winspool dwmapi""".split()
# Where types and constants are taken from: what programs with windows include.
MAIN = """windef.h minwindef.h winnt.h basetsd.h winbase.h winuser.h wingdi.h winreg.h winerror.h wincon.h winnls.h
winver.h commctrl.h commdlg.h shellapi.h mmsystem.h richedit.h windowsx.h processthreadsapi.h synchapi.h fileapi.h
minwinbase.h handleapi.h memoryapi.h sysinfoapi.h objbase.h tchar.h winsvc.h imm.h shlobj.h dde.h ddeml.h winsock2.h psdk_inc/_wsadata.h""".split()
# Of these the constants too; of winnt.h those that programs write.
CONSTANTS = "windef.h winuser.h wingdi.h winbase.h commctrl.h commdlg.h shellapi.h mmsystem.h winreg.h fileapi.h".split()
OF_WINNT = re.compile(r"^(FILE|GENERIC|REG|KEY|PAGE|MEM|THREAD|PROCESS|EXCEPTION|SERVICE|STATUS|HEAP|DLL|LANG|SUBLANG)_")
# What Microsoft's C library has beside the standard's.
RUNTIME = """string.h stdio.h stdlib.h conio.h io.h direct.h process.h time.h math.h malloc.h wchar.h ctype.h
mbstring.h sys/timeb.h sys/stat.h""".split()
MESSAGE = re.compile(
    r"^(WM|EM|LB|CB|BM|STM|SBM|TB|LVM|TVM|HDM|TCM|PBM|TBM|UDM|SB|RB|TTM|DM|MCM|DTM|IPM|ACM|CBEM|CDM|HKM|PGM|BCM|CCM|ICM|PSM"
    r"|MM)_[A-Z]\w+$"
)
DEFINE = re.compile(r"^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)(\(?)", re.M)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
TWO_WIDTHS = re.compile(r"#define (\w+) __MINGW_NAME_(?:UC|AW)\(\1\)")
TYPE_OF_TWO_WIDTHS = re.compile(r"\b__MINGW_TYPEDEF_(?:UC|AW)\((\w+)\)")
HANDLE = re.compile(r"\bDECLARE_HANDLE\s*\((\w+)\)")
TYPE = re.compile(r"\btypedef\b([^;{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^;{}]*)?);", re.S)
WORD = re.compile(r"[A-Za-z_]\w*")
# Scroll bar and key constants that look like messages.
NO_MESSAGES = re.compile(r"^(SB_(LINE|PAGE|THUMB|TOP|BOTTOM|LEFT|RIGHT|END|HORZ|VERT|CTL|BOTH)|DM_(?!GETDEFID|SETDEFID|REPOSITION))")


def exported(directory, library):
    archive = directory / f"lib{library}.a"
    text = subprocess.run(["x86_64-w64-mingw32-nm", archive], capture_output=True, text=True, check=False).stdout
    return {line.split()[2] for line in text.splitlines() if re.match(r"^\w+ T \w+$", line)}


def read(path):
    try:
        return COMMENT.sub(" ", path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""


def types(text):
    """The names that typedefs introduce: the words at the end, and those behind commas and stars."""
    for match in TYPE.finditer(text):
        tail = re.sub(r"\{.*\}", " ", match[1], flags=re.S)
        pointer = re.match(r".*?\(\s*(?:\w+\s+)*\*\s*(\w+)\s*\)\s*\(", tail, re.S)
        if pointer:
            yield pointer[1]
            continue
        for part in tail.split(","):
            words = WORD.findall(re.sub(r"\[.*?\]|\(.*?\)", " ", part))
            if words:
                yield words[-1]


def main():
    include = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/mingw-w64/include")
    libraries = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "/usr/x86_64-w64-mingw32/lib")
    rows = {}
    words = set()
    for path in include.glob("*.h"):
        words |= set(WORD.findall(read(path)))
    functions = {}
    for library in LIBRARIES:
        for name in exported(libraries, library):
            if name in words and not name.startswith("__"):
                functions.setdefault(name, library)
    for name in functions:
        base = name[:-1]
        if name[-1] in "AW" and base + "A" in functions and base + "W" in functions:
            rows[base] = (functions[name], "function", "AW")
        else:
            rows[name] = (functions[name], "function", "")
    for name in RUNTIME:
        for word in re.findall(r"\b(_?[a-z]\w+)\s*\(", read(include / name)):
            if (word.startswith("_") and not word.startswith("__") and word[1:2].islower()) or word.endswith("_s"):
                rows.setdefault(word, ("msvcrt", "function", ""))
    for match in DEFINE.finditer(read(include / "tchar.h")):
        if re.match(r"^_[a-z]\w+$", match[1]) and not match[1].startswith("__"):
            rows.setdefault(match[1], ("msvcrt", "function", ""))
    for header in MAIN:
        text = read(include / header)
        for name in TWO_WIDTHS.findall(text):
            kind = "message" if MESSAGE.match(name) else "type" if name.isupper() else "function"
            rows.setdefault(name, (header, kind, "AW"))
        for name in TYPE_OF_TWO_WIDTHS.findall(text):
            rows[name] = (header, "type", "AW")
        for name in HANDLE.findall(text):
            rows.setdefault(name, (header, "type", ""))
        for match in DEFINE.finditer(text):
            name = match[1]
            if MESSAGE.match(name) and not NO_MESSAGES.match(name) and not match[2]:
                rows.setdefault(name, (header, "message", ""))
            elif re.match(r"^[A-Z][A-Z0-9]*_\w*[A-Z0-9]\w*$", name) and not name.endswith("_H"):
                if header in CONSTANTS or (header == "winnt.h" and OF_WINNT.match(name)):
                    rows.setdefault(name, (header, "constant", ""))
            elif re.match(r"^[A-Z][a-z]+[A-Z][a-z]\w+$", name):
                rows.setdefault(name, (header, "function", ""))
        for name in types(text):
            if re.match(r"^[A-Z][A-Z0-9_]{2,}[A-Z0-9]?[AW]?$", name):
                rows.setdefault(name, (header, "type", ""))
    # A type of two widths is told once too.
    for name in [name for name, row in rows.items() if row[1] == "type"]:
        if name + "A" in rows and name + "W" in rows:
            del rows[name + "A"], rows[name + "W"]
            rows[name] = (rows[name][0], "type", "AW")
    for path in include.glob("*.h"):
        rows.setdefault(path.name.lower(), ("", "header", ""))
    # What stands for the form of one width is that function, or type.
    for name in [name for name in rows if name[-1] in "AW" and rows.get(name[:-1], ("", "", ""))[2] == "AW"]:
        del rows[name]
    sections = {}
    for name, (place, kind, both) in rows.items():
        sections.setdefault((kind, place), []).append(name + (" AW" if both else ""))
    lines = ["# Names that Win32 has. Written by scripts/win32-names.py."]
    for (kind, place), names in sorted(sections.items()):
        lines += ["", f"[{kind} {place}]".replace(" ]", "]"), *sorted(names)]
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
