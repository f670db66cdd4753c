#!/usr/bin/env python3
"""Compiles and runs the programs in the README, exactly as they stand there.

A program is a fenced block of C that has a main function, or of Swift that imports Rat. It must
compile without a warning, end by itself and give status 0. One that shows a window until somebody
closes it has a line before its fence that says so, with the window's title:

    <!-- closed by hand: Hello -->

Such a program runs on an X server of its own, where the window is found and closed.

usage: scripts/check-readme.py README PREFIX WORK_DIRECTORY XPLAY
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

BLOCK = re.compile(
    r"(?:^<!-- closed by hand: (?P<title>[^\n]*?) -->\n+)?"
    r"^```(?P<language>c|swift)\n(?P<code>.*?)^```$",
    re.S | re.M,
)
SECONDS = 60  # only a hang takes as long
ROOT = pathlib.Path(__file__).resolve().parent.parent
MANIFEST = """\
// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "readme",
    dependencies: [.package(name: "rat", path: "{root}")],
    targets: [
{targets}
    ]
)
"""
TARGET = """\
        .executableTarget(
            name: "{name}",
            dependencies: [.product(name: "Rat", package: "rat")],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),"""


def programs(readme):
    """The name, language, code and title of each program."""
    text = readme.read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        language, code = match["language"], match["code"]
        is_program = re.search(r"\bint main\(", code) if language == "c" else "import Rat" in code
        if is_program:
            line = text.count("\n", 0, match.start("code")) + 1
            yield f"line{line}", language, code, match["title"]


def build_c(work, name, code, prefix):
    source = work / f"{name}.c"
    source.write_text(code, encoding="utf-8")
    environment = {**os.environ, "PKG_CONFIG_PATH": f"{prefix}/lib/pkgconfig"}
    packages = "rat-gdi rat" if "<rat-gdi.h>" in code else "rat"
    subprocess.run(
        f"cc -Wall -Wextra -Werror {name}.c -o {name} $(pkg-config --cflags --libs {packages})",
        shell=True, check=True, cwd=work, env=environment,
    )
    return work / name


def build_swift(work, sources):
    """One package for all of them, so that the library is built once."""
    package = work / "swift"
    shutil.rmtree(package / "Sources", ignore_errors=True)  # of an earlier README
    targets = []
    for name, code in sources:
        directory = package / "Sources" / name
        directory.mkdir(parents=True, exist_ok=True)
        file = "Program.swift" if "@main" in code else "main.swift"
        (directory / file).write_text(code, encoding="utf-8")
        targets.append(TARGET.format(name=name))
    manifest = MANIFEST.format(root=ROOT, targets="\n".join(targets))
    (package / "Package.swift").write_text(manifest, encoding="utf-8")
    command = ["swift", "build", "--package-path", str(package)]
    subprocess.run(command, check=True)
    path = subprocess.run(
        [*command, "--show-bin-path"], check=True, capture_output=True, text=True
    ).stdout.strip()
    return {name: pathlib.Path(path) / name for name, _ in sources}


def run(program, title, xplay):
    """Runs one program, and closes its window if it has one."""
    if title is None:
        environment = {**os.environ, "RAT_DISPLAY": "headless"}
        return subprocess.run([program], env=environment, timeout=SECONDS).returncode == 0
    play = f"window {title}\nping\nclose\ngone\n"
    script = '"$1" & program=$!; printf %s "$2" | "$3" && wait "$program"'
    return subprocess.run(
        [ROOT / "scripts/with-xvfb.sh", "sh", "-c", script, "sh", program, play, xplay],
        timeout=SECONDS,
    ).returncode == 0


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    readme, prefix, work, xplay = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    if not readme.exists():
        sys.exit(f"check-readme: {readme} is missing")
    found = list(programs(readme))
    if not found:
        sys.exit("check-readme: no program found")
    work.mkdir(parents=True, exist_ok=True)

    built = {}
    swift = [(name, code) for name, language, code, _ in found if language == "swift"]
    try:
        for name, language, code, _ in found:
            if language == "c":
                built[name] = build_c(work, name, code, prefix)
        if swift:
            built.update(build_swift(work, swift))
    except subprocess.CalledProcessError as error:
        sys.exit(f"check-readme: a program does not compile: {error}")

    failed = 0
    for name, language, _, title in found:
        if not run(built[name], title, xplay):
            print(f"check-readme: the {language} program at {name} failed", file=sys.stderr)
            failed += 1
    print(f"{len(found) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
