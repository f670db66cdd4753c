/* ratclass.h. */
#include "procedures.h"

#include <string.h>

static void classInfo(Fuzz* f)
{
    RatWindowClass class;
    memset(&class, 0, sizeof class);
    class.size = sizeOr(f, sizeof class);
    RatAtom atom;
    RatGetClassInfo(className(f), oneIn(f, 30) ? NULL : &class, oneIn(f, 2) ? &atom : NULL);
}

static void getClassName(Fuzz* f)
{
    char buffer[16];
    size_t size = 0;
    size_t room = oneIn(f, 2) ? below(f, 4) : sizeof buffer;
    RatGetClassName(some(f, WINDOWS), oneIn(f, 20) ? NULL : buffer, room,
                    oneIn(f, 30) ? NULL : &size);
}

static int32_t classIndex(Fuzz* f)
{
    static const int32_t indices[] = {RAT_GCL_BACKGROUND, RAT_GCL_CBWNDEXTRA, RAT_GCL_CBCLSEXTRA,
                                      RAT_GCLP_WNDPROC,   RAT_GCL_STYLE,      RAT_GCW_ATOM};
    if (oneIn(f, 20)) return extremeNumber(f);
    return oneIn(f, 4) ? (int32_t)below(f, 66) : ONE_OF(f, indices);
}

static void getClassLong(Fuzz* f)
{
    intptr_t value;
    RatGetClassLong(some(f, WINDOWS), classIndex(f), oneIn(f, 30) ? NULL : &value);
}

static void setClassLong(Fuzz* f)
{
    int32_t index = classIndex(f);
    intptr_t value = oneIn(f, 8) ? (intptr_t)bits(f) : (intptr_t)below(f, 64);
    if (index == RAT_GCLP_WNDPROC) {
        static RatWindowProc const procedures[] = {fuzzProc, otherProc, fuzzProc, NULL};
        value = (intptr_t)ONE_OF(f, procedures);
    }
    intptr_t old;
    RatSetClassLong(some(f, WINDOWS), index, value, oneIn(f, 2) ? &old : NULL);
}

static size_t extraSize(Fuzz* f)
{
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX / 2, 65537, (size_t)1 << 40};
    return oneIn(f, 20) ? ONE_OF(f, sizes) : below(f, 66);
}

/* Calls a function for extra bytes; a size past the buffer is past all extra bytes too. */
static void readExtra(Fuzz* f, RatStatus (*read)(RatWindow, size_t, void*, size_t))
{
    unsigned char buffer[128];
    read(some(f, WINDOWS), extraSize(f), oneIn(f, 30) ? NULL : buffer, extraSize(f));
}

static void writeExtra(Fuzz* f, RatStatus (*write)(RatWindow, size_t, const void*, size_t))
{
    unsigned char buffer[128] = {1};
    write(some(f, WINDOWS), extraSize(f), oneIn(f, 30) ? NULL : buffer, extraSize(f));
}

static void readClassExtra(Fuzz* f) { readExtra(f, RatReadClassExtra); }
static void writeClassExtra(Fuzz* f) { writeExtra(f, RatWriteClassExtra); }
static void readWindowExtra(Fuzz* f) { readExtra(f, RatReadWindowExtra); }
static void writeWindowExtra(Fuzz* f) { writeExtra(f, RatWriteWindowExtra); }

static void callWindowProc(Fuzz* f)
{
    static RatWindowProc const procedures[] = {fuzzProc, RatDefWindowProc, NULL};
    RatMessage message;
    Block* block = fill(f, &message);
    RatCallWindowProc(ONE_OF(f, procedures), some(f, WINDOWS), message.header.message,
                      message.header.wparam, message.header.lparam);
    drop(f, block, false);
}

static void setProp(Fuzz* f) { RatSetProp(some(f, WINDOWS), shortName(f), (uintptr_t)bits(f)); }

static void getProp(Fuzz* f)
{
    uintptr_t value;
    RatGetProp(some(f, WINDOWS), shortName(f), oneIn(f, 30) ? NULL : &value);
}

static void removeProp(Fuzz* f)
{
    uintptr_t value;
    RatRemoveProp(some(f, WINDOWS), shortName(f), oneIn(f, 2) ? NULL : &value);
}

static void enumProps(Fuzz* f)
{
    RatEnumProps(some(f, WINDOWS), oneIn(f, 30) ? NULL : fuzzEnumProp, 0);
}

static RatSubclassProc subclass(Fuzz* f) { return oneIn(f, 30) ? NULL : fuzzSubclass; }

static void setSubclass(Fuzz* f)
{
    RatSetWindowSubclass(some(f, WINDOWS), subclass(f), below(f, 4), (uintptr_t)bits(f));
}

static void getSubclass(Fuzz* f)
{
    uintptr_t data;
    RatGetWindowSubclass(some(f, WINDOWS), subclass(f), below(f, 4), oneIn(f, 2) ? NULL : &data);
}

static void removeSubclass(Fuzz* f)
{
    RatRemoveWindowSubclass(some(f, WINDOWS), subclass(f), below(f, 4));
}

static void defSubclassProc(Fuzz* f)
{
    RatMessage message;
    Block* block = fill(f, &message);
    RatDefSubclassProc(some(f, WINDOWS), message.header.message, message.header.wparam,
                       message.header.lparam);
    drop(f, block, false);
}

const FuzzCall classCalls[] = {
    {"RatGetClassInfo", 3, classInfo},
    {"RatGetClassName", 4, getClassName},
    {"RatGetClassLong", 4, getClassLong},
    {"RatSetClassLong", 4, setClassLong},
    {"RatReadClassExtra", 3, readClassExtra},
    {"RatWriteClassExtra", 3, writeClassExtra},
    {"RatReadWindowExtra", 3, readWindowExtra},
    {"RatWriteWindowExtra", 3, writeWindowExtra},
    {"RatCallWindowProc", 4, callWindowProc},
    {"RatSetProp", 6, setProp},
    {"RatGetProp", 4, getProp},
    {"RatRemoveProp", 4, removeProp},
    {"RatEnumProps", 3, enumProps},
    {"RatSetWindowSubclass", 6, setSubclass},
    {"RatGetWindowSubclass", 3, getSubclass},
    {"RatRemoveWindowSubclass", 4, removeSubclass},
    {"RatDefSubclassProc", 3, defSubclassProc},
    {NULL, 0, NULL},
};
