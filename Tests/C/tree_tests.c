/* Windows in windows, classes and longs, seen from C. */
#include "support.h"

#include <string.h>

static RatWindow child(RatWindow parent, uint32_t style, uintptr_t id)
{
    RatWindowCreation creation = {
        .size = sizeof creation,
        .className = "Test",
        .style = RAT_WS_CHILD | style,
        .x = 5,
        .y = 6,
        .width = 70,
        .height = 80,
        .parent = parent,
        .id = id,
    };
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindowEx(&creation, &window));
    return window;
}

TEST(aCreationThatMakesNoSenseIsRefused)
{
    registerTestClass();
    RatWindow window = 5;
    const RatWindowCreation good = {.size = sizeof good, .className = "Test"};
    CHECK_STATUS(RatCreateWindowEx(NULL, &window), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(window, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatCreateWindowEx(&good, NULL), RAT_IPC_ERR_INVALID_ARG);
    RatWindowCreation bad = good;
    bad.size = 4;
    CHECK_STATUS(RatCreateWindowEx(&bad, &window), RAT_IPC_ERR_INVALID_ARG);
    bad = good;
    bad.reserved = 1;
    CHECK_STATUS(RatCreateWindowEx(&bad, &window), RAT_IPC_ERR_INVALID_ARG);
    bad = good;
    bad.className = NULL;
    CHECK_STATUS(RatCreateWindowEx(&bad, &window), RAT_IPC_ERR_INVALID_ARG);
    bad.className = RAT_ATOM_NAME(0xC123);
    CHECK_STATUS(RatCreateWindowEx(&bad, &window), RAT_IPC_ERR_NOT_FOUND);
    bad = good;
    bad.style = RAT_WS_CHILD;
    CHECK_STATUS(RatCreateWindowEx(&bad, &window), RAT_IPC_ERR_INVALID_ARG);
    bad.parent = 77;
    CHECK_STATUS(RatCreateWindowEx(&bad, &window), RAT_IPC_ERR_INVALID_HANDLE);
    bad.style = RAT_WS_POPUP;
    CHECK_STATUS(RatCreateWindowEx(&bad, &window), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_EQ(window, RAT_INVALID_HANDLE);
    CHECK_EQ(loggedCount, 0);
}

static bool lookAtChild(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                        RatResult* result)
{
    (void)window;
    (void)wparam;
    (void)result;
    if (message == RAT_WM_NCCREATE) {
        const RatCreateStruct* create = (const RatCreateStruct*)lparam;
        CHECK_EQ(create->id, 12);
        CHECK(create->parent != RAT_INVALID_HANDLE);
        CHECK_EQ(create->x, 5);
        CHECK_STR(create->className, "Test");
    }
    return false;
}

TEST(aChildKnowsItsPlace)
{
    RatWindow parent = makeWindow(RAT_WS_VISIBLE), desktop, found = 5;
    onMessage = lookAtChild;
    RatWindow window = child(parent, RAT_WS_VISIBLE, 12);
    onMessage = NULL;
    REQUIRE_OK(RatGetDesktopWindow(&desktop));
    CHECK_STATUS(RatGetParent(window, &found), RAT_IPC_OK);
    CHECK_EQ(found, parent);
    CHECK_STATUS(RatGetParent(parent, &found), RAT_IPC_OK);
    CHECK_EQ(found, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatGetAncestor(parent, RAT_GA_PARENT, &found), RAT_IPC_OK);
    CHECK_EQ(found, desktop);
    CHECK_STATUS(RatGetAncestor(window, RAT_GA_ROOT, &found), RAT_IPC_OK);
    CHECK_EQ(found, parent);
    CHECK_STATUS(RatGetWindow(parent, RAT_GW_CHILD, &found), RAT_IPC_OK);
    CHECK_EQ(found, window);
    CHECK_STATUS(RatGetChildById(parent, 12, &found), RAT_IPC_OK);
    CHECK_EQ(found, window);
    CHECK_STATUS(RatGetChildById(parent, 13, &found), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(found, RAT_INVALID_HANDLE);
    CHECK(RatIsChild(parent, window) && !RatIsChild(window, parent) && !RatIsChild(0, window));
    CHECK(RatIsWindowVisible(window) && !RatIsWindowVisible(0));
    RatMessageQueue queue = 0;
    CHECK_STATUS(RatGetWindowThread(window, &queue), RAT_IPC_OK);
    CHECK_EQ(queue, threadQueue());
    RatRect rect;
    CHECK_STATUS(RatGetWindowRect(window, &rect), RAT_IPC_OK);
    CHECK(rect.left == 15 && rect.top == 26 && rect.right == 85 && rect.bottom == 106);
    CHECK_STATUS(RatDestroyWindow(parent), RAT_IPC_OK);
    CHECK(!RatIsWindow(window));
}

TEST(whatIsAskedOfTheTreeMustMakeSense)
{
    RatWindow window = makeWindow(0), found = 5;
    for (uint32_t bad = 8; bad < 11; bad++) {
        CHECK_STATUS(RatGetWindow(window, bad, &found), RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(found, RAT_INVALID_HANDLE);
    }
    CHECK_STATUS(RatGetAncestor(window, 0, &found), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetAncestor(window, 4, &found), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetAncestor(window, RAT_GA_ROOT, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetWindow(window, RAT_GW_CHILD, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetParent(window, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetDesktopWindow(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetWindowThread(window, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetChildById(window, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatFindWindow(NULL, NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatFindWindow(NULL, "\xff", &found), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatFindWindow("", NULL, &found), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatFindWindow("No such class", NULL, &found), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatFindWindowEx(9, 0, NULL, NULL, &found), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatFindWindowEx(0, 9, NULL, NULL, &found), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatEnumWindows(NULL, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatEnumThreadWindows(0, NULL, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatEnumChildWindows(window, NULL, 0), RAT_IPC_ERR_INVALID_ARG);
}

TEST(theDesktopIsNobodysAndTakesNothing)
{
    RatWindow desktop, window = makeWindow(0);
    RatMessageQueue queue = 5;
    REQUIRE_OK(RatGetDesktopWindow(&desktop));
    CHECK(RatIsWindow(desktop));
    CHECK_STATUS(RatGetWindowThread(desktop, &queue), RAT_IPC_OK);
    CHECK_EQ(queue, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatDestroyWindow(desktop), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatSetParent(desktop, window, NULL), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatSetProp(desktop, "x", 1), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatCloseHandle(desktop), RAT_IPC_ERR_WRONG_THREAD);
    RatMessage msg = plain(RAT_WM_APP);
    CHECK_STATUS(RatPostMessage(desktop, &msg), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_EQ(RatDefWindowProc(desktop, RAT_WM_CLOSE, 0, 0), 0);
}

static RatWindow seen[16];
static size_t seenCount;
static RatWindow victim;

static bool note(RatWindow window, intptr_t param)
{
    if (seenCount < 16) seen[seenCount++] = window;
    if (victim != RAT_INVALID_HANDLE) {
        CHECK_STATUS(RatDestroyWindow(victim), RAT_IPC_OK);
        victim = RAT_INVALID_HANDLE;
    }
    return (intptr_t)seenCount != param;
}

TEST(anEnumerationLeavesOutWhatDiesBeforeItsTurn)
{
    RatWindow parent = makeWindow(0);
    RatWindow first = child(parent, 0, 1), second = child(parent, 0, 2), third = child(parent, 0, 3);
    victim = second;
    CHECK_STATUS(RatEnumChildWindows(parent, note, 0), RAT_IPC_OK);
    CHECK_EQ(seenCount, 2);
    CHECK(seen[0] == first && seen[1] == third);
    seenCount = 0;
    CHECK_STATUS(RatEnumChildWindows(parent, note, 1), RAT_IPC_ERR_CANCELLED);
    CHECK_EQ(seenCount, 1);
    seenCount = 0;
    CHECK_STATUS(RatEnumThreadWindows(threadQueue(), note, 0), RAT_IPC_OK);
    CHECK(seenCount == 1 && seen[0] == parent);
    CHECK_STATUS(RatEnumThreadWindows(parent, note, 0), RAT_IPC_ERR_INVALID_HANDLE);
    seenCount = 0;
    CHECK_STATUS(RatEnumWindows(note, 0), RAT_IPC_OK);
    CHECK(seenCount == 1 && seen[0] == parent);
}

TEST(aWindowIsFoundByAtomAndByText)
{
    RatWindow window = makeWindow(0), found = 0;
    intptr_t atom = 0;
    REQUIRE_OK(RatGetClassLong(window, RAT_GCW_ATOM, &atom));
    CHECK_STATUS(RatFindWindow(RAT_ATOM_NAME(atom), "a TITLE", &found), RAT_IPC_OK);
    CHECK_EQ(found, window);
    CHECK_STATUS(RatFindWindowEx(0, window, "test", NULL, &found), RAT_IPC_ERR_NOT_FOUND);
    RatWindow only = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, RAT_ATOM_NAME(atom), "hidden", 0, 0, 0, 0, 0, RAT_HWND_MESSAGE,
                               NULL, &only));
    CHECK_STATUS(RatFindWindow(NULL, "hidden", &found), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatFindWindowEx(RAT_HWND_MESSAGE, 0, NULL, "hidden", &found), RAT_IPC_OK);
    CHECK_EQ(found, only);
}

TEST(parentsMakeNoCircle)
{
    RatWindow top = makeWindow(0), a = child(top, 0, 1), b = child(a, 0, 2), old = 5;
    CHECK_STATUS(RatSetParent(a, b, &old), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(old, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatSetParent(top, b, &old), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetParent(a, a, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetParent(a, 3, NULL), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatSetParent(b, top, &old), RAT_IPC_OK);
    CHECK_EQ(old, a);
    CHECK_STATUS(RatSetParent(a, b, NULL), RAT_IPC_OK);
}

static intptr_t parentFromElsewhere(void* context)
{
    RatWindow parent = *(RatWindow*)context, window = 5;
    CHECK_STATUS(RatCreateWindow(0, "Test", "", RAT_WS_CHILD, 0, 0, 9, 9, parent, NULL, &window),
                 RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatCreateWindow(0, "Test", "", RAT_WS_POPUP, 0, 0, 9, 9, parent, NULL, &window),
                 RAT_IPC_OK);
    RatWindow owner = RAT_INVALID_HANDLE;
    CHECK_STATUS(RatGetWindow(window, RAT_GW_OWNER, &owner), RAT_IPC_OK);
    CHECK_EQ(owner, parent);
    CHECK_STATUS(RatDestroyWindow(window), RAT_IPC_OK);
    RatWindow own = makeWindow(0);
    CHECK_STATUS(RatSetParent(own, parent, NULL), RAT_IPC_ERR_WRONG_THREAD);
    RatRect rect;
    CHECK_STATUS(RatGetWindowRect(parent, &rect), RAT_IPC_OK);
    intptr_t style;
    CHECK_STATUS(RatGetWindowLong(parent, RAT_GWL_STYLE, &style), RAT_IPC_OK);
    CHECK_STATUS(RatSetProp(parent, "from elsewhere", 6), RAT_IPC_OK);
    return 0;
}

TEST(anotherThreadLooksAtAWindowAndPutsNothingIntoIt)
{
    RatWindow window = makeWindow(0);
    onThread(parentFromElsewhere, &window);
    uintptr_t value = 0;
    CHECK_STATUS(RatRemoveProp(window, "FROM elsewhere", &value), RAT_IPC_OK);
    CHECK_EQ(value, 6);
}

static RatResult superProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    RatResult result = RatCallWindowProc(loggingProc, window, message, wparam, lparam);
    return message == RAT_WM_APP ? result + 1000 : result;
}

TEST(aClassIsTheBaseOfAnother)
{
    registerTestClass();
    RatWindowClass info = {.size = sizeof info};
    RatAtom atom = 0;
    CHECK_STATUS(RatGetClassInfo("tEST", &info, &atom), RAT_IPC_OK);
    CHECK(info.proc == loggingProc);
    CHECK_STR(info.name, "tEST");
    info.name = "Super";
    info.proc = superProc;
    info.windowExtra = 6;
    REQUIRE_OK(RatRegisterClass(&info, NULL));
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, "Super", "", 0, 0, 0, 9, 9, 0, NULL, &window));
    char name[8];
    size_t size = 0;
    CHECK_STATUS(RatGetClassName(window, name, sizeof name, &size), RAT_IPC_OK);
    CHECK_STR(name, "Super");
    CHECK_STATUS(RatGetClassName(window, name, 5, &size), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(size, 6);
    CHECK_STATUS(RatGetClassName(window, NULL, 5, &size), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetClassInfo("Nothing", &info, NULL), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatGetClassInfo(RAT_ATOM_NAME(1), &info, NULL), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatGetClassInfo(NULL, &info, NULL), RAT_IPC_ERR_INVALID_ARG);
    info.size = 8;
    CHECK_STATUS(RatGetClassInfo("Super", &info, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(RatCallWindowProc(NULL, window, RAT_WM_APP, 0, 0), 0);
}

TEST(extraBytesHaveTheirBounds)
{
    RatWindowClass class = {
        .size = sizeof class, .proc = loggingProc, .name = "Extra", .windowExtra = 12,
        .classExtra = 10};
    REQUIRE_OK(RatRegisterClass(&class, NULL));
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, "Extra", "", 0, 0, 0, 9, 9, 0, NULL, &window));
    intptr_t value = 7;
    CHECK_STATUS(RatSetWindowLong(window, 4, INTPTR_MIN, &value), RAT_IPC_OK);
    CHECK_EQ(value, 0);
    CHECK_STATUS(RatGetWindowLong(window, 5, &value), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetWindowLong(window, INT32_MAX, &value), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetWindowLong(window, -5, &value), RAT_IPC_ERR_INVALID_ARG);
    uint32_t word = 0x01020304, back = 0;
    CHECK_STATUS(RatWriteWindowExtra(window, 8, &word, 4), RAT_IPC_OK);
    CHECK_STATUS(RatReadWindowExtra(window, 8, &back, 4), RAT_IPC_OK);
    CHECK_EQ(back, word);
    CHECK_STATUS(RatReadWindowExtra(window, 9, &back, 4), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatReadWindowExtra(window, 12, NULL, 0), RAT_IPC_OK);
    CHECK_STATUS(RatReadWindowExtra(window, 0, NULL, 1), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatWriteWindowExtra(window, 0, NULL, 1), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatWriteWindowExtra(window, 0, &word, SIZE_MAX), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatReadWindowExtra(window, SIZE_MAX, &back, 1), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatWriteClassExtra(window, 6, &word, 4), RAT_IPC_OK);
    CHECK_STATUS(RatReadClassExtra(window, 6, &back, 4), RAT_IPC_OK);
    CHECK_EQ(back, word);
    CHECK_STATUS(RatWriteClassExtra(window, 7, &word, 4), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatReadClassExtra(window, 0, &back, SIZE_MAX), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetClassLong(window, RAT_GCL_CBWNDEXTRA, &value), RAT_IPC_OK);
    CHECK_EQ(value, 12);
    CHECK_STATUS(RatSetClassLong(window, RAT_GCL_CBCLSEXTRA, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetClassLong(window, RAT_GCLP_WNDPROC, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetClassLong(window, RAT_GCL_STYLE, 4, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetClassLong(window, RAT_GCW_ATOM, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetClassLong(window, -1, &value), RAT_IPC_ERR_INVALID_ARG);
    class.name = "Huge";
    class.windowExtra = UINT32_MAX;
    CHECK_STATUS(RatRegisterClass(&class, NULL), RAT_IPC_ERR_INVALID_ARG);
}

static bool countProps(RatWindow window, const char* name, uintptr_t value, intptr_t param)
{
    (void)window;
    CHECK_STR(name, "Name");
    CHECK_EQ(value, 4);
    ++*(int*)param;
    return false;
}

TEST(propertiesHaveNames)
{
    RatWindow window = makeWindow(0);
    uintptr_t value = 0;
    int count = 0;
    CHECK_STATUS(RatSetProp(window, NULL, 1), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetProp(window, "", 1), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetProp(window, "\xff", 1), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatEnumProps(window, countProps, (intptr_t)&count), RAT_IPC_OK);
    CHECK_STATUS(RatSetProp(window, "Name", 4), RAT_IPC_OK);
    CHECK_STATUS(RatGetProp(window, "nAME", &value), RAT_IPC_OK);
    CHECK_EQ(value, 4);
    CHECK_STATUS(RatGetProp(window, "nAME", NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatEnumProps(window, NULL, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatEnumProps(window, countProps, (intptr_t)&count), RAT_IPC_ERR_CANCELLED);
    CHECK_EQ(count, 1);
    CHECK_STATUS(RatRemoveProp(window, "name", NULL), RAT_IPC_OK);
    CHECK_STATUS(RatGetProp(window, "Name", &value), RAT_IPC_ERR_NOT_FOUND);
}

static RatResult before(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                        uintptr_t id, uintptr_t data)
{
    RatResult result = RatDefSubclassProc(window, message, wparam, lparam);
    return message == RAT_WM_APP ? result * 10 + (RatResult)(id + data) : result;
}

TEST(proceduresStandBeforeAWindows)
{
    RatWindow window = makeWindow(0);
    uintptr_t data = 0;
    CHECK_STATUS(RatSetWindowSubclass(window, NULL, 1, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetWindowSubclass(window, before, 1, 0), RAT_IPC_OK);
    CHECK_STATUS(RatSetWindowSubclass(window, before, 2, 3), RAT_IPC_OK);
    CHECK_STATUS(RatGetWindowSubclass(window, before, 2, &data), RAT_IPC_OK);
    CHECK_EQ(data, 3);
    CHECK_STATUS(RatGetWindowSubclass(window, before, 3, &data), RAT_IPC_ERR_NOT_FOUND);
    intptr_t proc = 0;
    REQUIRE_OK(RatGetWindowLong(window, RAT_GWLP_WNDPROC, &proc));
    CHECK_EQ(RatCallWindowProc((RatWindowProc)proc, window, RAT_WM_APP, 0, 0), 15);
    CHECK_STATUS(RatRemoveWindowSubclass(window, before, 1), RAT_IPC_OK);
    CHECK_STATUS(RatRemoveWindowSubclass(window, before, 1), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(RatDefSubclassProc(window, RAT_WM_APP, 0, 0), 0);
    CHECK_EQ(RatDefSubclassProc(0, RAT_WM_APP, 0, 0), 0);
    REQUIRE_OK(RatDestroyWindow(window));
    CHECK_STATUS(RatSetWindowSubclass(window, before, 1, 0), RAT_IPC_ERR_INVALID_HANDLE);
}
