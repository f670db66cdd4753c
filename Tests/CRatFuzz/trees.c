/* rattree.h, and what it has to say of a tree that nobody changes. */
#include "procedures.h"

#include <stdio.h>
#include <stdlib.h>

/* -- Calls ----------------------------------------------------------------------------------------- */

static void desktopWindow(Fuzz* f)
{
    RatWindow window;
    RatGetDesktopWindow(oneIn(f, 30) ? NULL : &window);
}

static void getParent(Fuzz* f)
{
    RatWindow window;
    RatGetParent(some(f, WINDOWS), oneIn(f, 30) ? NULL : &window);
}

static void setParent(Fuzz* f)
{
    RatWindow old;
    RatWindow parent = oneIn(f, 8) ? RAT_HWND_MESSAGE : some(f, WINDOWS);
    RatSetParent(some(f, WINDOWS), parent, oneIn(f, 2) ? &old : NULL);
}

static void getAncestor(Fuzz* f)
{
    RatWindow window;
    RatGetAncestor(some(f, WINDOWS), below(f, 5), oneIn(f, 30) ? NULL : &window);
}

static void getWindow(Fuzz* f)
{
    RatWindow window;
    RatGetWindow(some(f, WINDOWS), below(f, 8), oneIn(f, 30) ? NULL : &window);
}

static void isChild(Fuzz* f) { RatIsChild(some(f, WINDOWS), some(f, WINDOWS)); }
static void isVisible(Fuzz* f) { RatIsWindowVisible(some(f, WINDOWS)); }

static void childById(Fuzz* f)
{
    RatWindow window;
    RatGetChildById(some(f, WINDOWS), below(f, 4), oneIn(f, 30) ? NULL : &window);
}

static void windowThread(Fuzz* f)
{
    RatMessageQueue queue;
    RatGetWindowThread(some(f, WINDOWS), oneIn(f, 30) ? NULL : &queue);
}

static RatEnumWindowProc lister(Fuzz* f) { return oneIn(f, 30) ? NULL : fuzzEnumWindow; }

static void enumWindows(Fuzz* f) { RatEnumWindows(lister(f), 0); }
static void enumThread(Fuzz* f) { RatEnumThreadWindows(some(f, QUEUES), lister(f), 0); }
static void enumChildren(Fuzz* f) { RatEnumChildWindows(some(f, WINDOWS), lister(f), 0); }

static void findWindow(Fuzz* f)
{
    RatWindow window;
    RatFindWindow(className(f), text(f), oneIn(f, 30) ? NULL : &window);
}

static void findWindowEx(Fuzz* f)
{
    RatWindow window;
    RatFindWindowEx(some(f, WINDOWS), oneIn(f, 2) ? some(f, WINDOWS) : RAT_INVALID_HANDLE, className(f), text(f),
                    oneIn(f, 30) ? NULL : &window);
}

const FuzzCall treeCalls[] = {
    {"RatGetDesktopWindow", 2, desktopWindow},
    {"RatGetParent", 5, getParent},
    {"RatSetParent", 16, setParent},
    {"RatGetAncestor", 4, getAncestor},
    {"RatGetWindow", 6, getWindow},
    {"RatIsChild", 4, isChild},
    {"RatIsWindowVisible", 3, isVisible},
    {"RatGetChildById", 3, childById},
    {"RatGetWindowThread", 3, windowThread},
    {"RatEnumWindows", 2, enumWindows},
    {"RatEnumThreadWindows", 2, enumThread},
    {"RatEnumChildWindows", 2, enumChildren},
    {"RatFindWindow", 2, findWindow},
    {"RatFindWindowEx", 3, findWindowEx},
    {NULL, 0, NULL},
};

/* -- The tree that all of them together show --------------------------------------------------------- */

/* More windows than the fuzz can have: links lead in a circle. */
enum { MOST_WINDOWS = 20000 };

static RatWindow found[MOST_WINDOWS];
static size_t foundCount;
static size_t listedCount;

static bool countWindow(RatWindow window, intptr_t param)
{
    (void)window, (void)param;
    listedCount++;
    return true;
}

static RatWindow related(RatWindow window, uint32_t relation)
{
    RatWindow other = RAT_INVALID_HANDLE;
    RatGetWindow(window, relation, &other);
    return other;
}

static bool isTopmost(RatWindow window)
{
    intptr_t style = 0;
    RatGetWindowLong(window, RAT_GWL_EXSTYLE, &style);
    return (style & RAT_WS_EX_TOPMOST) != 0;
}

/* Notes a window and what is said of it. */
static const char* look(RatWindow window, RatWindow parent, RatWindow above, bool isTopLevel)
{
    if (foundCount == MOST_WINDOWS) return "the tree has no end";
    found[foundCount++] = window;
    if (!RatIsWindow(window)) return "a dead window is in the tree";
    RatWindow ancestor = RAT_INVALID_HANDLE;
    RatGetAncestor(window, RAT_GA_PARENT, &ancestor);
    if (ancestor != parent) return "a child is in another window";
    if (related(window, RAT_GW_HWNDPREV) != above) return "siblings do not know each other";
    if (isTopLevel && above && isTopmost(window) && !isTopmost(above)) return "a topmost window lies below others";
    RatWindow owner = related(window, RAT_GW_OWNER);
    for (int steps = 0; owner; owner = related(owner, RAT_GW_OWNER)) {
        if (!RatIsWindow(owner)) return "a dead window owns one";
        if (owner == window || ++steps == MOST_WINDOWS) return "a window owns itself";
    }
    return NULL;
}

/* Looks at all that is in a window, without recursion: found[] is the list of what is to be done. */
static const char* walk(RatWindow root, bool isDesktop)
{
    size_t first = foundCount;
    RatWindow parent = root;
    for (size_t next = first;; next++) {
        RatWindow above = RAT_INVALID_HANDLE;
        for (RatWindow child = related(parent, RAT_GW_CHILD); child; child = related(child, RAT_GW_HWNDNEXT)) {
            const char* fault = look(child, parent, above, isDesktop && parent == root);
            if (fault) return fault;
            above = child;
        }
        if (above && related(above, RAT_GW_HWNDLAST) != above) return "the last sibling is another";
        if (next == foundCount) break;
        parent = found[next];
    }
    return NULL;
}

static int byNumber(const void* left, const void* right)
{
    RatWindow a = *(const RatWindow*)left, b = *(const RatWindow*)right;
    return a < b ? -1 : a > b;
}

bool isInTree(RatWindow window)
{
    return bsearch(&window, found, foundCount, sizeof found[0], byNumber) != NULL;
}

/* The root of the message-only windows, if there are any; else 0. */
static RatWindow messageRoot(void)
{
    RatWindow first = RAT_INVALID_HANDLE, root = RAT_INVALID_HANDLE;
    if (RatFindWindowEx(RAT_HWND_MESSAGE, RAT_INVALID_HANDLE, NULL, NULL, &first) == RAT_IPC_OK)
        RatGetAncestor(first, RAT_GA_PARENT, &root);
    return root;
}

const char* treeFaultOutside(void)
{
    RatWindow desktop = RAT_INVALID_HANDLE;
    if (RatGetDesktopWindow(&desktop) != RAT_IPC_OK) return "there is no desktop";
    foundCount = 0;
    const char* fault = walk(desktop, true);
    if (fault) return fault;

    size_t topLevel = 0;
    for (size_t i = 0; i < foundCount; i++) {
        RatWindow ancestor = RAT_INVALID_HANDLE;
        RatGetAncestor(found[i], RAT_GA_PARENT, &ancestor);
        topLevel += ancestor == desktop;
    }
    listedCount = 0;
    RatEnumWindows(countWindow, 0);
    if (listedCount != topLevel) return "an enumeration has more or fewer windows";

    RatWindow root = messageRoot();
    if (root) fault = walk(root, false);
    qsort(found, foundCount, sizeof found[0], byNumber);
    for (size_t i = 1; i < foundCount; i++)
        if (found[i] == found[i - 1]) return "a window is in two places";
    return fault;
}
