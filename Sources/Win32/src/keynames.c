/* Keys, scan codes and characters of the keyboard of the United States, by which programs name keys that they know by
 * their codes. What is typed comes from the display's own layout, in WM_CHAR. */
#include "internal.h"

#define EXTENDED 0x100

typedef struct {
    uint16_t scanCode; /* With EXTENDED for those that 0xE0 comes before. */
    uint8_t key;
    char plain;   /* 0 for keys that type nothing. */
    char shifted;
    const char* name; /* NULL: what it types. */
} Key;

static const Key keys[] = {
    { 0x01, VK_ESCAPE, 0x1B, 0x1B, "Esc" },
    { 0x02, '1', '1', '!', NULL },
    { 0x03, '2', '2', '@', NULL },
    { 0x04, '3', '3', '#', NULL },
    { 0x05, '4', '4', '$', NULL },
    { 0x06, '5', '5', '%', NULL },
    { 0x07, '6', '6', '^', NULL },
    { 0x08, '7', '7', '&', NULL },
    { 0x09, '8', '8', '*', NULL },
    { 0x0A, '9', '9', '(', NULL },
    { 0x0B, '0', '0', ')', NULL },
    { 0x0C, VK_OEM_MINUS, '-', '_', NULL },
    { 0x0D, VK_OEM_PLUS, '=', '+', NULL },
    { 0x0E, VK_BACK, '\b', '\b', "Backspace" },
    { 0x0F, VK_TAB, '\t', '\t', "Tab" },
    { 0x10, 'Q', 'q', 'Q', NULL },
    { 0x11, 'W', 'w', 'W', NULL },
    { 0x12, 'E', 'e', 'E', NULL },
    { 0x13, 'R', 'r', 'R', NULL },
    { 0x14, 'T', 't', 'T', NULL },
    { 0x15, 'Y', 'y', 'Y', NULL },
    { 0x16, 'U', 'u', 'U', NULL },
    { 0x17, 'I', 'i', 'I', NULL },
    { 0x18, 'O', 'o', 'O', NULL },
    { 0x19, 'P', 'p', 'P', NULL },
    { 0x1A, VK_OEM_4, '[', '{', NULL },
    { 0x1B, VK_OEM_6, ']', '}', NULL },
    { 0x1C, VK_RETURN, '\r', '\r', "Enter" },
    { 0x1D, VK_LCONTROL, 0, 0, "Ctrl" },
    { 0x1E, 'A', 'a', 'A', NULL },
    { 0x1F, 'S', 's', 'S', NULL },
    { 0x20, 'D', 'd', 'D', NULL },
    { 0x21, 'F', 'f', 'F', NULL },
    { 0x22, 'G', 'g', 'G', NULL },
    { 0x23, 'H', 'h', 'H', NULL },
    { 0x24, 'J', 'j', 'J', NULL },
    { 0x25, 'K', 'k', 'K', NULL },
    { 0x26, 'L', 'l', 'L', NULL },
    { 0x27, VK_OEM_1, ';', ':', NULL },
    { 0x28, VK_OEM_7, '\'', '"', NULL },
    { 0x29, VK_OEM_3, '`', '~', NULL },
    { 0x2A, VK_LSHIFT, 0, 0, "Shift" },
    { 0x2B, VK_OEM_5, '\\', '|', NULL },
    { 0x2C, 'Z', 'z', 'Z', NULL },
    { 0x2D, 'X', 'x', 'X', NULL },
    { 0x2E, 'C', 'c', 'C', NULL },
    { 0x2F, 'V', 'v', 'V', NULL },
    { 0x30, 'B', 'b', 'B', NULL },
    { 0x31, 'N', 'n', 'N', NULL },
    { 0x32, 'M', 'm', 'M', NULL },
    { 0x33, VK_OEM_COMMA, ',', '<', NULL },
    { 0x34, VK_OEM_PERIOD, '.', '>', NULL },
    { 0x35, VK_OEM_2, '/', '?', NULL },
    { 0x36, VK_RSHIFT, 0, 0, "Right Shift" },
    { 0x37, VK_MULTIPLY, '*', '*', "Num *" },
    { 0x38, VK_LMENU, 0, 0, "Alt" },
    { 0x39, VK_SPACE, ' ', ' ', "Space" },
    { 0x3A, VK_CAPITAL, 0, 0, "Caps Lock" },
    { 0x3B, VK_F1, 0, 0, "F1" },
    { 0x3C, VK_F2, 0, 0, "F2" },
    { 0x3D, VK_F3, 0, 0, "F3" },
    { 0x3E, VK_F4, 0, 0, "F4" },
    { 0x3F, VK_F5, 0, 0, "F5" },
    { 0x40, VK_F6, 0, 0, "F6" },
    { 0x41, VK_F7, 0, 0, "F7" },
    { 0x42, VK_F8, 0, 0, "F8" },
    { 0x43, VK_F9, 0, 0, "F9" },
    { 0x44, VK_F10, 0, 0, "F10" },
    { 0x45, VK_NUMLOCK, 0, 0, "Pause" },
    { 0x46, VK_SCROLL, 0, 0, "Scroll Lock" },
    { 0x47, VK_HOME, 0, 0, "Num 7" },
    { 0x48, VK_UP, 0, 0, "Num 8" },
    { 0x49, VK_PRIOR, 0, 0, "Num 9" },
    { 0x4A, VK_SUBTRACT, '-', '-', "Num -" },
    { 0x4B, VK_LEFT, 0, 0, "Num 4" },
    { 0x4C, VK_CLEAR, 0, 0, "Num 5" },
    { 0x4D, VK_RIGHT, 0, 0, "Num 6" },
    { 0x4E, VK_ADD, '+', '+', "Num +" },
    { 0x4F, VK_END, 0, 0, "Num 1" },
    { 0x50, VK_DOWN, 0, 0, "Num 2" },
    { 0x51, VK_NEXT, 0, 0, "Num 3" },
    { 0x52, VK_INSERT, 0, 0, "Num 0" },
    { 0x53, VK_DELETE, 0, 0, "Num Del" },
    { 0x54, VK_SNAPSHOT, 0, 0, "Sys Req" },
    { 0x56, VK_OEM_102, '\\', '|', NULL },
    { 0x57, VK_F11, 0, 0, "F11" },
    { 0x58, VK_F12, 0, 0, "F12" },
    { EXTENDED | 0x1C, VK_RETURN, '\r', '\r', "Num Enter" },
    { EXTENDED | 0x1D, VK_RCONTROL, 0, 0, "Right Ctrl" },
    { EXTENDED | 0x35, VK_DIVIDE, '/', '/', "Num /" },
    { EXTENDED | 0x37, VK_SNAPSHOT, 0, 0, "Prnt Scrn" },
    { EXTENDED | 0x38, VK_RMENU, 0, 0, "Right Alt" },
    { EXTENDED | 0x45, VK_NUMLOCK, 0, 0, "Num Lock" },
    { EXTENDED | 0x47, VK_HOME, 0, 0, "Home" },
    { EXTENDED | 0x48, VK_UP, 0, 0, "Up" },
    { EXTENDED | 0x49, VK_PRIOR, 0, 0, "Page Up" },
    { EXTENDED | 0x4B, VK_LEFT, 0, 0, "Left" },
    { EXTENDED | 0x4D, VK_RIGHT, 0, 0, "Right" },
    { EXTENDED | 0x4F, VK_END, 0, 0, "End" },
    { EXTENDED | 0x50, VK_DOWN, 0, 0, "Down" },
    { EXTENDED | 0x51, VK_NEXT, 0, 0, "Page Down" },
    { EXTENDED | 0x52, VK_INSERT, 0, 0, "Insert" },
    { EXTENDED | 0x53, VK_DELETE, 0, 0, "Delete" },
    { EXTENDED | 0x5B, VK_LWIN, 0, 0, "Left Windows" },
    { EXTENDED | 0x5C, VK_RWIN, 0, 0, "Right Windows" },
    { EXTENDED | 0x5D, VK_APPS, 0, 0, "Application" },
};

/* What the number pad's keys are while Num Lock is on. */
static const Key digits[] = {
    { 0x52, VK_NUMPAD0, '0', '0', NULL }, { 0x4F, VK_NUMPAD1, '1', '1', NULL }, { 0x50, VK_NUMPAD2, '2', '2', NULL },
    { 0x51, VK_NUMPAD3, '3', '3', NULL }, { 0x4B, VK_NUMPAD4, '4', '4', NULL }, { 0x4C, VK_NUMPAD5, '5', '5', NULL },
    { 0x4D, VK_NUMPAD6, '6', '6', NULL }, { 0x47, VK_NUMPAD7, '7', '7', NULL }, { 0x48, VK_NUMPAD8, '8', '8', NULL },
    { 0x49, VK_NUMPAD9, '9', '9', NULL }, { 0x53, VK_DECIMAL, '.', '.', NULL },
};

static const Key pauseKey = { 0x45, VK_PAUSE, 0, 0, "Pause" };

static bool isNavigation(UINT key)
{
    return (key >= VK_PRIOR && key <= VK_DOWN) || key == VK_INSERT || key == VK_DELETE;
}

static const Key* keyOfScanCode(UINT scanCode)
{
    for (size_t i = 0; i < ARRAYSIZE(keys); i++)
        if (keys[i].scanCode == scanCode) return &keys[i];
    return NULL;
}

static const Key* keyOf(UINT key)
{
    if (key == VK_SHIFT) key = VK_LSHIFT;
    if (key == VK_CONTROL) key = VK_LCONTROL;
    if (key == VK_MENU) key = VK_LMENU;
    if (key == VK_PAUSE) return &pauseKey;
    for (size_t i = 0; i < ARRAYSIZE(digits); i++)
        if (digits[i].key == key) return &digits[i];
    /* Of keys that are there twice, those apart from the number pad. */
    for (size_t i = ARRAYSIZE(keys); i > 0; i--)
        if (keys[i - 1].key == key && isNavigation(key)) return &keys[i - 1];
    for (size_t i = 0; i < ARRAYSIZE(keys); i++)
        if (keys[i].key == key) return &keys[i];
    return NULL;
}

UINT MapVirtualKeyA(UINT code, UINT kind)
{
    const Key* key;
    switch (kind) {
    case MAPVK_VK_TO_VSC:
        key = keyOf(code);
        return key != NULL ? key->scanCode & 0xFFu : 0;
    case MAPVK_VK_TO_VSC_EX:
        key = keyOf(code);
        if (key == NULL) return 0;
        return (key->scanCode & EXTENDED) != 0 ? 0xE000u | (key->scanCode & 0xFFu) : key->scanCode;
    case MAPVK_VSC_TO_VK:
        key = keyOfScanCode(code & 0xFF);
        if (key == NULL) key = keyOfScanCode(EXTENDED | (code & 0xFF));
        if (key == NULL) return 0;
        switch (key->key) {
        case VK_LSHIFT:
        case VK_RSHIFT: return VK_SHIFT;
        case VK_LCONTROL: return VK_CONTROL;
        case VK_LMENU: return VK_MENU;
        default: return key->key;
        }
    case MAPVK_VSC_TO_VK_EX:
        key = keyOfScanCode((code & 0xFF00) == 0xE000 ? EXTENDED | (code & 0xFF) : code);
        return key != NULL ? key->key : 0;
    case MAPVK_VK_TO_CHAR:
        key = keyOf(code);
        return key != NULL ? upperOf((unsigned char)key->plain) : 0;
    default: return 0;
    }
}

UINT MapVirtualKeyW(UINT code, UINT kind)
{
    return MapVirtualKeyA(code, kind);
}

/* The key in the low byte, and in the high one 1 for Shift and 2 for Ctrl; -1 for what no key types. */
SHORT VkKeyScanW(WCHAR character)
{
    for (size_t i = 0; i < ARRAYSIZE(keys); i++) {
        if (character != 0 && character == (WCHAR)(unsigned char)keys[i].plain) return keys[i].key;
        if (character != 0 && character == (WCHAR)(unsigned char)keys[i].shifted) return (SHORT)(0x100 | keys[i].key);
    }
    return character >= 1 && character <= 26 ? (SHORT)(0x200 | ('A' + character - 1)) : -1;
}

SHORT VkKeyScanA(CHAR character)
{
    return (unsigned char)character < 0x80 ? VkKeyScanW((WCHAR)character) : -1;
}

/* There is one layout in this table. */
SHORT VkKeyScanExA(CHAR character, HKL layout)
{
    (void)layout;
    return VkKeyScanA(character);
}

SHORT VkKeyScanExW(WCHAR character, HKL layout)
{
    (void)layout;
    return VkKeyScanW(character);
}

UINT MapVirtualKeyExA(UINT code, UINT kind, HKL layout)
{
    (void)layout;
    return MapVirtualKeyA(code, kind);
}

UINT MapVirtualKeyExW(UINT code, UINT kind, HKL layout)
{
    (void)layout;
    return MapVirtualKeyW(code, kind);
}

/* Of a message's second parameter: the scan code, whether it is an extended one, and whether left and right matter. */
static bool keyName(LONG lparam, char name[32])
{
    UINT code = (UINT)lparam >> 16 & 0x1FF;
    bool ignoresSide = ((UINT)lparam & 1u << 25) != 0;
    if (ignoresSide && code == 0x36) code = 0x2A;
    if (ignoresSide && (code == (EXTENDED | 0x1D) || code == (EXTENDED | 0x38))) code &= 0xFF;
    const Key* key = keyOfScanCode(code);
    if (key == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (key->name != NULL) copyCut(name, 32, key->name);
    else wsprintfA(name, "%c", upperOf((unsigned char)key->plain));
    return true;
}

int GetKeyNameTextA(LONG lparam, LPSTR buffer, int size)
{
    char name[32];
    if (buffer == NULL || size <= 0 || !keyName(lparam, name)) return 0;
    return (int)copyCut(buffer, (size_t)size, name);
}

int GetKeyNameTextW(LONG lparam, LPWSTR buffer, int size)
{
    char name[32];
    if (buffer == NULL || size <= 0 || !keyName(lparam, name)) return 0;
    return (int)wideInto(buffer, (size_t)size, name);
}
