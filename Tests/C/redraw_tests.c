/* What needs painting, asked for and said from C. */
#include "support.h"

static RatWindow painted(void)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    drain();
    loggedCount = 0;
    return window;
}

static RatRegion emptyRegion(void)
{
    RatRegion region = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateRegion(NULL, 0, &region));
    return region;
}

static void checkUpdate(RatWindow window, int32_t left, int32_t top, int32_t right, int32_t bottom)
{
    RatRect rect;
    REQUIRE_OK(RatGetUpdateRect(window, &rect, false));
    CHECK_EQ(rect.left, left);
    CHECK_EQ(rect.top, top);
    CHECK_EQ(rect.right, right);
    CHECK_EQ(rect.bottom, bottom);
}

TEST(theUpdateRegionGrowsAndShrinks)
{
    RatWindow window = painted();
    RatRect first = {10, 10, 20, 20}, second = {50, 60, 70, 80}, part = {0, 0, 30, 30};
    checkUpdate(window, 0, 0, 0, 0);
    REQUIRE_OK(RatInvalidateRect(window, &first, false));
    REQUIRE_OK(RatInvalidateRect(window, &second, false));
    RatRegion region = emptyRegion();
    REQUIRE_OK(RatGetUpdateRegion(window, region, false));
    size_t count = 0;
    RatRect rects[2];
    REQUIRE_OK(RatGetRegionRects(region, rects, 2, &count));
    CHECK_EQ(count, 2);
    REQUIRE_OK(RatValidateRect(window, &part));
    checkUpdate(window, 50, 60, 70, 80);
    REQUIRE_OK(RatExcludeUpdateRegion(window, region));
    RatRect bounds;
    REQUIRE_OK(RatGetRegionBounds(region, &bounds));
    CHECK_EQ(bounds.bottom, 20);
    REQUIRE_OK(RatValidateRegion(window, RAT_INVALID_HANDLE));
    checkUpdate(window, 0, 0, 0, 0);
    REQUIRE_OK(RatInvalidateRegion(window, region, true));
    checkUpdate(window, 10, 10, 20, 20);
    drain();
    CHECK(findLogged(RAT_WM_ERASEBKGND, 0) >= 0);
    checkUpdate(window, 0, 0, 0, 0);
}

TEST(redrawingDoesWhatItsFlagsSay)
{
    RatWindow window = painted();
    RatRect part = {10, 20, 40, 50};
    REQUIRE_OK(RatRedrawWindow(window, &part, RAT_INVALID_HANDLE,
                               RAT_RDW_INVALIDATE | RAT_RDW_ERASE | RAT_RDW_ERASENOW));
    CHECK(findLogged(RAT_WM_ERASEBKGND, 0) == 0);
    CHECK_EQ(findLogged(RAT_WM_PAINT, 0), -1);
    checkUpdate(window, 10, 20, 40, 50);
    REQUIRE_OK(RatRedrawWindow(window, NULL, RAT_INVALID_HANDLE,
                               RAT_RDW_INVALIDATE | RAT_RDW_FRAME | RAT_RDW_UPDATENOW));
    int frame = findLogged(RAT_WM_NCPAINT, 0), paint = findLogged(RAT_WM_PAINT, 0);
    CHECK(paint >= 0 && frame > paint);
    CHECK_EQ(logged[frame].wparam, 1);
    loggedCount = 0;
    REQUIRE_OK(RatRedrawWindow(window, NULL, RAT_INVALID_HANDLE, RAT_RDW_INTERNALPAINT));
    drain();
    CHECK(findLogged(RAT_WM_PAINT, 0) == 0);
    CHECK_STATUS(RatRedrawWindow(window, NULL, RAT_INVALID_HANDLE, 0x1000),
                 RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatRedrawWindow(window, NULL, window, RAT_RDW_INVALIDATE),
                 RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatGetUpdateRect(window, NULL, false), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetUpdateRegion(window, RAT_INVALID_HANDLE, false),
                 RAT_IPC_ERR_INVALID_HANDLE);
}

TEST(aPaintTellsTheRectanglesOfItsClip)
{
    RatWindow window = painted();
    RatRect first = {0, 0, 10, 10}, second = {20, 0, 30, 10};
    REQUIRE_OK(RatInvalidateRect(window, &first, false));
    REQUIRE_OK(RatInvalidateRect(window, &second, false));
    RatPaint paint;
    REQUIRE_OK(RatBeginPaint(window, &paint));
    CHECK_EQ(paint.clipCount, 2);
    CHECK(paint.clip[0].right == 10 && paint.clip[1].left == 20);
    CHECK(paint.rect.left == 0 && paint.rect.right == 30);
    for (size_t i = 0; i < 30; i++) paint.pixels[i] = 0xFF112233;
    REQUIRE_OK(RatEndPaint(window, &paint));
    REQUIRE_OK(RatGetWindowPixels(window, RAT_INVALID_HANDLE, 0, &paint));
    CHECK_EQ(paint.pixels[9], 0xFF112233);
    CHECK_EQ(paint.pixels[10], 0);
    CHECK_EQ(paint.pixels[20], 0xFF112233);
    REQUIRE_OK(RatReleaseWindowPixels(window, &paint));
    CHECK_STATUS(RatReleaseWindowPixels(window, &paint), RAT_IPC_ERR_INVALID_ARG);
}

TEST(pixelsAreLentOutsideOfPaints)
{
    RatWindow window = painted();
    RatRect part = {5, 0, 8, 1}, pending = {6, 0, 7, 1};
    RatRegion region = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateRegion(&part, 1, &region));
    REQUIRE_OK(RatInvalidateRect(window, &pending, false));
    RatPaint paint, second;
    REQUIRE_OK(RatGetWindowPixels(window, region, RAT_DCX_EXCLUDEUPDATE, &paint));
    CHECK_EQ(paint.clipCount, 2);
    REQUIRE_OK(RatGetWindowPixels(window, region, RAT_DCX_WINDOW | RAT_DCX_EXCLUDERGN, &second));
    for (size_t i = 0; i < 10; i++) paint.pixels[i] = 0xFFAAAAAA;
    for (size_t i = 0; i < 10; i++) second.pixels[i] = 0xFFBBBBBB;
    REQUIRE_OK(RatReleaseWindowPixels(window, &paint));
    REQUIRE_OK(RatReleaseWindowPixels(window, &second));
    REQUIRE_OK(RatGetWindowPixels(window, RAT_INVALID_HANDLE, RAT_DCX_USESTYLE, &paint));
    CHECK_EQ(paint.pixels[4], 0xFFBBBBBB);
    CHECK_EQ(paint.pixels[5], 0xFFAAAAAA);
    CHECK_EQ(paint.pixels[6], 0);
    CHECK_EQ(paint.pixels[7], 0xFFAAAAAA);
    CHECK_EQ(paint.pixels[8], 0xFFBBBBBB);
    REQUIRE_OK(RatReleaseWindowPixels(window, &paint));
    checkUpdate(window, 6, 0, 7, 1);
    CHECK_STATUS(RatGetWindowPixels(window, region, 0x80000000u, &paint), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetWindowPixels(window, region, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatReleaseWindowPixels(window, NULL), RAT_IPC_ERR_INVALID_ARG);
    REQUIRE_OK(RatGetWindowPixels(window, RAT_INVALID_HANDLE, 0, &paint));
    REQUIRE_OK(RatDestroyWindow(window));
    CHECK_STATUS(RatReleaseWindowPixels(window, &paint), RAT_IPC_ERR_INVALID_HANDLE);
}

TEST(scrollingMovesPixelsAndTellsWhatItUncovers)
{
    RatWindow window = painted();
    RatPaint paint;
    REQUIRE_OK(RatGetWindowPixels(window, RAT_INVALID_HANDLE, 0, &paint));
    paint.pixels[0] = 0xFF445566;
    REQUIRE_OK(RatReleaseWindowPixels(window, &paint));
    RatRegion region = emptyRegion();
    RatRect uncovered;
    REQUIRE_OK(RatScrollWindowEx(window, 7, 10, NULL, NULL, region, &uncovered,
                                 RAT_SW_INVALIDATE | RAT_SW_ERASE));
    CHECK(uncovered.left == 0 && uncovered.top == 0);
    CHECK(uncovered.right == 200 && uncovered.bottom == 100);
    size_t count = 0;
    RatRect rects[4];
    REQUIRE_OK(RatGetRegionRects(region, rects, 4, &count));
    CHECK_EQ(count, 2);
    checkUpdate(window, 0, 0, 200, 100);
    REQUIRE_OK(RatGetWindowPixels(window, RAT_INVALID_HANDLE, 0, &paint));
    CHECK_EQ(paint.pixels[10 * paint.stride / 4 + 7], 0xFF445566);
    REQUIRE_OK(RatReleaseWindowPixels(window, &paint));
    REQUIRE_OK(RatScrollWindowEx(window, INT32_MIN, INT32_MAX, NULL, NULL, RAT_INVALID_HANDLE, NULL,
                                 0));
    CHECK_STATUS(RatScrollWindowEx(window, 1, 1, NULL, NULL, RAT_INVALID_HANDLE, NULL, 0x100),
                 RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatScrollWindowEx(window, 1, 1, NULL, NULL, window, NULL, 0),
                 RAT_IPC_ERR_INVALID_HANDLE);
}

static RatWindow victim;

static bool destroyAt(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                      RatResult* result)
{
    (void)wparam;
    (void)lparam;
    (void)result;
    if (window == victim && (message == RAT_WM_NCPAINT || message == RAT_WM_ERASEBKGND))
        RatDestroyWindow(window);
    return false;
}

TEST(aWindowMayEndInEveryMessageOfAPaint)
{
    static const uint32_t ways[] = {RAT_RDW_FRAME, RAT_RDW_ERASE, RAT_RDW_FRAME | RAT_RDW_ERASENOW,
                                    RAT_RDW_ERASE | RAT_RDW_ERASENOW};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        victim = painted();
        onMessage = destroyAt;
        uint32_t flags = ways[i] | RAT_RDW_INVALIDATE;
        if (!(flags & RAT_RDW_ERASENOW)) flags |= RAT_RDW_UPDATENOW;
        REQUIRE_OK(RatRedrawWindow(victim, NULL, RAT_INVALID_HANDLE, flags));
        CHECK(!RatIsWindow(victim));
        onMessage = NULL;
        drain();
    }
}

static intptr_t invalidateFromAfar(void* context)
{
    RatWindow window = *(RatWindow*)context, desktop;
    RatRect first = {1, 2, 3, 4}, second = {50, 60, 70, 80};
    RatRegion region = emptyRegion();
    RatRect both[] = {first, second};
    REQUIRE_OK(RatSetRegion(region, both, 2));
    REQUIRE_OK(RatInvalidateRegion(window, region, true));
    REQUIRE_OK(RatValidateRect(window, &first));
    REQUIRE_OK(RatGetDesktopWindow(&desktop));
    CHECK_STATUS(RatInvalidateRect(desktop, NULL, false), RAT_IPC_ERR_WRONG_THREAD);
    return 0;
}

TEST(anotherThreadsInvalidationEndsTheWaitForAMessage)
{
    RatWindow window = painted();
    Thread other;
    start(&other, invalidateFromAfar, &window);
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, SOON));
    CHECK_EQ(msg.header.message, RAT_WM_PAINT);
    CHECK_EQ(msg.header.target, window);
    join(&other);
    RatMessage none; /* what was sent after the first is handled in a retrieval too */
    CHECK_STATUS(RatPeekMessage(threadQueue(), &none), RAT_IPC_OK);
    checkUpdate(window, 50, 60, 70, 80);
    REQUIRE_OK(RatDispatchMessage(&msg));
    RatPaint paint;
    REQUIRE_OK(RatBeginPaint(window, &paint));
    CHECK_EQ(paint.clipCount, 0);
    REQUIRE_OK(RatEndPaint(window, &paint));
    msg = plain(RAT_WM_REMOTEREDRAW);
    msg.header.wparam = UINTPTR_MAX;
    msg.header.lparam = 12345;
    REQUIRE_OK(RatPostMessage(window, &msg));
    drain();
    checkUpdate(window, 0, 0, 0, 0);
}
