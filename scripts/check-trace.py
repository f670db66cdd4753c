#!/usr/bin/env python3
"""Compares the messages that a window got with the input that was played into it.

Every key, character, button and wheel message must be there, in order, with the right key,
character, button and place, and no other. Pointer moves may be merged, but where the pointer was
when something else happened must have been told.

usage: scripts/check-trace.py PLAY_SCRIPT TRACE
"""

import sys

SHIFTED = dict(zip('~!@#$%^&*()_+{}|:"<>?', "`1234567890-=[]\\;',./"))
PUNCTUATION = {
    " ": 0x20, ";": 0xBA, "=": 0xBB, ",": 0xBC, "-": 0xBD, ".": 0xBE, "/": 0xBF, "`": 0xC0,
    "[": 0xDB, "\\": 0xDC, "]": 0xDD, "'": 0xDE,
}
# Virtual key, and the character that it types if any.
KEYS = {
    "BackSpace": (0x08, 0x08), "Tab": (0x09, 0x09), "Return": (0x0D, 0x0D),
    "Escape": (0x1B, 0x1B), "space": (0x20, 0x20), "Prior": (0x21, None), "Next": (0x22, None),
    "End": (0x23, None), "Home": (0x24, None), "Left": (0x25, None), "Up": (0x26, None),
    "Right": (0x27, None), "Down": (0x28, None), "Insert": (0x2D, None), "Delete": (0x2E, None),
    "Shift": (0x10, None), "Control": (0x11, None),
}
KEYS.update({f"F{number}": (0x6F + number, None) for number in range(1, 25)})
BUTTONS = {1: "L", 2: "M", 3: "R", 8: "X", 9: "X"}
WHEELS = {"up": ("WM_MOUSEWHEEL", 120), "down": ("WM_MOUSEWHEEL", -120),
          "right": ("WM_MOUSEHWHEEL", 120), "left": ("WM_MOUSEHWHEEL", -120)}
CHARACTERS = {"WM_CHAR", "WM_DEADCHAR", "WM_SYSCHAR", "WM_SYSDEADCHAR"}
KEY_MESSAGES = {"WM_KEYDOWN", "WM_KEYUP", "WM_SYSKEYDOWN", "WM_SYSKEYUP"}


def signed(word):
    """The lower 16 bits, signed."""
    word &= 0xFFFF
    return word - 0x10000 if word & 0x8000 else word


def key_of(character):
    """The virtual key that types a character on a US keyboard, and whether Shift is held."""
    shift = character in SHIFTED or character.isupper()
    base = SHIFTED.get(character, character)
    return PUNCTUATION.get(base, ord(base.upper())), shift


def typed(character):
    key, shift = key_of(character)
    down, up = [("WM_KEYDOWN", 0x10)], [("WM_KEYUP", 0x10)]
    return [
        *(down if shift else []), ("WM_KEYDOWN", key), ("WM_CHAR", ord(character)),
        ("WM_KEYUP", key), *(up if shift else []),
    ]


def pressed(names):
    """The messages of keys held down one after the other, such as Control and c."""
    downs, ups, control = [], [], False
    for name in names:
        if len(name) == 1:
            key, character = key_of(name)[0], ord(name)
        else:
            key, character = KEYS[name]
        if control and character and name.isalpha() and len(name) == 1:
            character &= 0x1F
        control = control or name == "Control"
        downs.append(("WM_KEYDOWN", key))
        if character:
            downs.append(("WM_CHAR", character))
        ups.insert(0, ("WM_KEYUP", key))
    return downs + ups


def expected(path):
    """The messages that a script must lead to."""
    messages, place = [], None
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file]
    commands = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    for index, (command, _, argument) in enumerate(commands):
        words = argument.split()
        if command == "move":
            place = (int(words[0]), int(words[1]))
            # Of several moves in a row only the last must be told.
            if index + 1 < len(commands) and commands[index + 1][0] != "move":
                messages.append(("WM_MOUSEMOVE", place))
        elif command in ("press", "release", "click"):
            button = BUTTONS[int(words[0])]
            if command != "release":
                messages.append((f"WM_{button}BUTTONDOWN", place))
            if command != "press":
                messages.append((f"WM_{button}BUTTONUP", place))
        elif command == "wheel":
            messages += [WHEELS[words[0]]] * int(words[1])
        elif command == "type":
            for character in argument:
                messages += typed(character)
        elif command == "key":
            messages += pressed(argument.split("+"))
        elif command == "resize":
            messages.append(("WM_SIZE", (int(words[0]), int(words[1]))))
        elif command == "close":
            messages += [("WM_CLOSE", None), ("WM_DESTROY", None), ("WM_NCDESTROY", None)]
    return messages


def received(path):
    """The messages of a trace, in the same form. A double click's press counts as a press."""
    messages = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, wparam, lparam = line.split(" ")[:3]
            wparam, lparam = int(wparam, 16), int(lparam, 16)
            place = (signed(lparam), signed(lparam >> 16))
            name = name.replace("BUTTONDBLCLK", "BUTTONDOWN")
            if name in CHARACTERS or name in KEY_MESSAGES:
                messages.append((name, wparam))
            elif "BUTTON" in name or name in ("WM_MOUSEMOVE", "WM_SIZE"):
                messages.append((name, place))
            elif "WHEEL" in name:
                messages.append((name, signed(wparam >> 16)))
            elif name in ("WM_CLOSE", "WM_DESTROY", "WM_NCDESTROY"):
                messages.append((name, None))
    return messages


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    wanted, got = expected(sys.argv[1]), received(sys.argv[2])
    # These come by themselves too: the first size, and moves that are on the way.
    may_be_more = ("WM_SIZE", "WM_MOUSEMOVE")
    at = 0
    for number, message in enumerate(wanted):
        while at < len(got) and got[at] != message and got[at][0] in may_be_more:
            at += 1
        if at == len(got) or got[at] != message:
            found = got[at] if at < len(got) else "the end of the trace"
            sys.exit(
                f"check-trace: {number} of {len(wanted)} messages came as played; then "
                f"{message} was due, and there was {found}"
            )
        at += 1
    rest = [message for message in got[at:] if message[0] not in may_be_more]
    if rest:
        sys.exit(f"check-trace: nobody played {rest[0]}")
    print(f"The window got all {len(wanted)} messages that were played into it, in order.")


if __name__ == "__main__":
    main()
