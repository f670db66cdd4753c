/* ratpos.h. */
#include "fuzz.h"

#include <string.h>

static RatWindow order(Fuzz* f)
{
    static const RatWindow places[] = {RAT_HWND_TOP, RAT_HWND_BOTTOM, RAT_HWND_TOPMOST,
                                       RAT_HWND_NOTOPMOST};
    return oneIn(f, 2) ? ONE_OF(f, places) : some(f, WINDOWS);
}

static uint32_t positionFlags(Fuzz* f) { return flags(f, 0x67FF); }

static void setWindowPos(Fuzz* f)
{
    RatSetWindowPos(some(f, WINDOWS), order(f), coordinate(f), coordinate(f), width(f), height(f),
                    positionFlags(f));
}

static void endDefer(Fuzz* f)
{
    RatDeferredPos* place = &ONE_OF(f, f->deferred);
    RatDeferredPos deferred = oneIn(f, 10) ? bits(f) : *place;
    *place = 0;
    RatEndDeferWindowPos(deferred);
}

static void beginDefer(Fuzz* f)
{
    RatDeferredPos* place = &ONE_OF(f, f->deferred);
    RatEndDeferWindowPos(*place);
    *place = 0;
    RatDeferredPos deferred = 0;
    RatBeginDeferWindowPos(oneIn(f, 20) ? extremeNumber(f) : (int32_t)below(f, 9), oneIn(f, 40) ? NULL : &deferred);
    /* Procedures have run since, and may have begun one too. */
    RatEndDeferWindowPos(*place);
    *place = deferred;
}

static void defer(Fuzz* f)
{
    RatDeferWindowPos(oneIn(f, 10) ? bits(f) : ONE_OF(f, f->deferred), some(f, WINDOWS), order(f),
                      coordinate(f), coordinate(f), width(f), height(f), positionFlags(f));
}

static void getPlacement(Fuzz* f)
{
    RatWindowPlacement placement;
    placement.size = sizeOr(f, sizeof placement);
    RatGetWindowPlacement(some(f, WINDOWS), oneIn(f, 30) ? NULL : &placement);
}

static void setPlacement(Fuzz* f)
{
    RatPoint origin = point(f);
    RatWindowPlacement placement = {
        .size = sizeOr(f, sizeof placement),
        .flags = flags(f, RAT_WPF_RESTORETOMAXIMIZED),
        .command = (int32_t)below(f, 13),
        .minPosition = point(f),
        .maxPosition = point(f),
        .normal = {origin.x, origin.y, 0, 0},
    };
    /* In unsigned numbers, where too much is no overflow. */
    placement.normal.right = (int32_t)((uint32_t)origin.x + (uint32_t)width(f));
    placement.normal.bottom = (int32_t)((uint32_t)origin.y + (uint32_t)height(f));
    RatSetWindowPlacement(some(f, WINDOWS), oneIn(f, 30) ? NULL : &placement);
}

static void isIconic(Fuzz* f) { RatIsIconic(some(f, WINDOWS)); }
static void isZoomed(Fuzz* f) { RatIsZoomed(some(f, WINDOWS)); }
static void isEnabled(Fuzz* f) { RatIsWindowEnabled(some(f, WINDOWS)); }

static void enable(Fuzz* f)
{
    bool wasDisabled;
    RatEnableWindow(some(f, WINDOWS), !oneIn(f, 3), oneIn(f, 2) ? &wasDisabled : NULL);
}

static void mapPoints(Fuzz* f)
{
    RatPoint points[4] = {point(f), point(f), point(f), point(f)};
    if (oneIn(f, 20)) {
        RatMapWindowPoints(some(f, WINDOWS), some(f, WINDOWS), NULL, (size_t)bits(f));
    } else {
        RatMapWindowPoints(some(f, WINDOWS), some(f, WINDOWS), points, below(f, 5));
    }
}

static void clientToScreen(Fuzz* f)
{
    RatPoint place = point(f);
    RatClientToScreen(some(f, WINDOWS), oneIn(f, 30) ? NULL : &place);
}

static void screenToClient(Fuzz* f)
{
    RatPoint place = point(f);
    RatScreenToClient(some(f, WINDOWS), oneIn(f, 30) ? NULL : &place);
}

static void fromPoint(Fuzz* f)
{
    RatWindow window;
    RatWindowFromPoint(point(f), oneIn(f, 30) ? NULL : &window);
}

static void childFromPoint(Fuzz* f)
{
    RatWindow window;
    RatChildWindowFromPoint(some(f, WINDOWS), point(f), flags(f, 7), oneIn(f, 30) ? NULL : &window);
}

const FuzzCall positionCalls[] = {
    {"RatSetWindowPos", 30, setWindowPos},
    {"RatBeginDeferWindowPos", 4, beginDefer},
    {"RatDeferWindowPos", 10, defer},
    {"RatEndDeferWindowPos", 4, endDefer},
    {"RatGetWindowPlacement", 3, getPlacement},
    {"RatSetWindowPlacement", 5, setPlacement},
    {"RatIsIconic", 2, isIconic},
    {"RatIsZoomed", 2, isZoomed},
    {"RatEnableWindow", 6, enable},
    {"RatIsWindowEnabled", 2, isEnabled},
    {"RatMapWindowPoints", 4, mapPoints},
    {"RatClientToScreen", 3, clientToScreen},
    {"RatScreenToClient", 3, screenToClient},
    {"RatWindowFromPoint", 5, fromPoint},
    {"RatChildWindowFromPoint", 4, childFromPoint},
    {NULL, 0, NULL},
};
