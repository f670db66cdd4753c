/* ratpaint.h, and what of ratgui.h paints. */
#include "fuzz.h"

#include <string.h>

/* -- Regions --------------------------------------------------------------------------------------- */

static size_t makeRects(Fuzz* f, RatRect rects[6])
{
    for (int i = 0; i < 6; i++) rects[i] = rect(f);
    return below(f, 7);
}

static void createRegion(Fuzz* f)
{
    RatRect rects[6];
    size_t count = makeRects(f, rects);
    if (oneIn(f, 30)) count = SIZE_MAX;
    RatRegion region = RAT_INVALID_HANDLE;
    RatCreateRegion(oneIn(f, 30) ? NULL : rects, count, oneIn(f, 40) ? NULL : &region);
    keep(f, REGIONS, region);
}

static void closeRegion(Fuzz* f) { RatCloseRegion(some(f, REGIONS)); }

static void setRegion(Fuzz* f)
{
    RatRect rects[6];
    size_t count = makeRects(f, rects);
    RatSetRegion(some(f, REGIONS), oneIn(f, 30) ? NULL : rects, count);
}

static void combineRegions(Fuzz* f)
{
    RatCombineRegions(some(f, REGIONS), some(f, REGIONS), some(f, REGIONS), below(f, 7));
}

static void offsetRegion(Fuzz* f)
{
    RatOffsetRegion(some(f, REGIONS), coordinate(f), coordinate(f));
}

static void regionBounds(Fuzz* f)
{
    RatRect bounds;
    RatGetRegionBounds(some(f, REGIONS), oneIn(f, 30) ? NULL : &bounds);
}

static void regionRects(Fuzz* f)
{
    RatRect rects[8];
    size_t count;
    RatGetRegionRects(some(f, REGIONS), oneIn(f, 20) ? NULL : rects, below(f, 9),
                      oneIn(f, 30) ? NULL : &count);
}

static void containsPoint(Fuzz* f)
{
    bool contains;
    RatRegionContainsPoint(some(f, REGIONS), coordinate(f), coordinate(f),
                           oneIn(f, 30) ? NULL : &contains);
}

static void containsRect(Fuzz* f)
{
    RatRect area = rect(f);
    uint32_t coverage;
    RatRegionContainsRect(some(f, REGIONS), oneIn(f, 30) ? NULL : &area,
                          oneIn(f, 30) ? NULL : &coverage);
}

static void equalRegions(Fuzz* f)
{
    bool equal;
    RatEqualRegions(some(f, REGIONS), some(f, REGIONS), oneIn(f, 30) ? NULL : &equal);
}

/* -- What needs painting --------------------------------------------------------------------------- */

static RatRegion part(Fuzz* f) { return oneIn(f, 3) ? RAT_INVALID_HANDLE : some(f, REGIONS); }

static void invalidateRect(Fuzz* f)
{
    RatRect area;
    RatInvalidateRect(some(f, WINDOWS), maybe(f, &area), oneIn(f, 2));
}

static void invalidateRegion(Fuzz* f)
{
    RatInvalidateRegion(some(f, WINDOWS), part(f), oneIn(f, 2));
}

static void validateRect(Fuzz* f)
{
    RatRect area;
    RatValidateRect(some(f, WINDOWS), maybe(f, &area));
}

static void validateRegion(Fuzz* f) { RatValidateRegion(some(f, WINDOWS), part(f)); }

static void redraw(Fuzz* f)
{
    RatRect area;
    RatRedrawWindow(some(f, WINDOWS), maybe(f, &area), part(f), flags(f, 0x0FFF));
}

static void update(Fuzz* f) { RatUpdateWindow(some(f, WINDOWS)); }

static void updateRect(Fuzz* f)
{
    RatRect area;
    RatGetUpdateRect(some(f, WINDOWS), oneIn(f, 30) ? NULL : &area, oneIn(f, 2));
}

static void updateRegion(Fuzz* f)
{
    RatGetUpdateRegion(some(f, WINDOWS), some(f, REGIONS), oneIn(f, 2));
}

static void excludeUpdate(Fuzz* f) { RatExcludeUpdateRegion(some(f, WINDOWS), some(f, REGIONS)); }

/* -- Painting -------------------------------------------------------------------------------------- */

static uint32_t* row(const RatPaint* paint, int32_t y)
{
    return (uint32_t*)((char*)paint->pixels + (size_t)y * paint->stride);
}

/* Draws at the corners of what was lent: all of it must be memory. */
static void draw(const RatPaint* paint)
{
    if (!paint->pixels) return;
    for (uint32_t i = 0; i < paint->clipCount; i++) {
        RatRect area = paint->clip[i];
        if (area.left < 0 || area.top < 0 || area.right > paint->width ||
            area.bottom > paint->height) {
            complain("a paint", "the clip leads out of the pixels");
            return;
        }
        if (area.left >= area.right || area.top >= area.bottom) continue;
        row(paint, area.top)[area.left] = 0xFF00FF00u;
        row(paint, area.bottom - 1)[area.right - 1] = 1;
    }
}

static void beginPaint(Fuzz* f)
{
    RatPaint paint;
    RatWindow window = some(f, WINDOWS);
    if (RatBeginPaint(window, oneIn(f, 30) ? NULL : &paint) == RAT_IPC_OK) draw(&paint);
}

static void endPaint(Fuzz* f)
{
    RatPaint paint;
    memset(&paint, 0, sizeof paint);
    RatEndPaint(some(f, WINDOWS), oneIn(f, 30) ? NULL : &paint);
}

static void windowPixels(Fuzz* f)
{
    RatPaint paint;
    RatWindow window = some(f, WINDOWS);
    uint32_t how = flags(f, 0x103D9);
    if (RatGetWindowPixels(window, part(f), how, oneIn(f, 30) ? NULL : &paint) != RAT_IPC_OK)
        return;
    draw(&paint);
    if (oneIn(f, 2)) RatReleaseWindowPixels(f->painted, &f->paint);
    f->paint = paint;
    f->painted = window;
}

static void releasePixels(Fuzz* f)
{
    RatWindow window = oneIn(f, 3) ? some(f, WINDOWS) : f->painted;
    RatReleaseWindowPixels(window, oneIn(f, 30) ? NULL : &f->paint);
}

static void scroll(Fuzz* f)
{
    RatRect area, clip, uncovered;
    RatScrollWindowEx(some(f, WINDOWS), coordinate(f), coordinate(f), maybe(f, &area),
                      maybe(f, &clip), part(f), oneIn(f, 2) ? NULL : &uncovered, flags(f, 0x17));
}

const FuzzCall paintCalls[] = {
    {"RatCreateRegion", 6, createRegion},
    {"RatCloseRegion", 3, closeRegion},
    {"RatSetRegion", 5, setRegion},
    {"RatCombineRegions", 6, combineRegions},
    {"RatOffsetRegion", 4, offsetRegion},
    {"RatGetRegionBounds", 3, regionBounds},
    {"RatGetRegionRects", 3, regionRects},
    {"RatRegionContainsPoint", 3, containsPoint},
    {"RatRegionContainsRect", 3, containsRect},
    {"RatEqualRegions", 3, equalRegions},
    {"RatInvalidateRect", 10, invalidateRect},
    {"RatInvalidateRegion", 6, invalidateRegion},
    {"RatValidateRect", 4, validateRect},
    {"RatValidateRegion", 4, validateRegion},
    {"RatRedrawWindow", 10, redraw},
    {"RatUpdateWindow", 6, update},
    {"RatGetUpdateRect", 4, updateRect},
    {"RatGetUpdateRegion", 4, updateRegion},
    {"RatExcludeUpdateRegion", 3, excludeUpdate},
    {"RatBeginPaint", 8, beginPaint},
    {"RatEndPaint", 8, endPaint},
    {"RatGetWindowPixels", 6, windowPixels},
    {"RatReleaseWindowPixels", 5, releasePixels},
    {"RatScrollWindowEx", 8, scroll},
    {NULL, 0, NULL},
};
