/* A window that paints while somebody else sizes it, looked at all the time: what is seen is always of one frame, as
 * far as it reaches, and the background where nothing is painted yet. Nothing of a frame from before, nothing of half
 * a frame, nothing of what lies below. */
#define _GNU_SOURCE
#include "person.h"
#include "support.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

/* No pixel of a frame has one of the colours, because sizes stay below 511. */
enum { RESIZES = 200, LEAST = 130, MOST = 360, MOST_FRAMES = 8192, BACKGROUND = 0xFFFFFF, BELOW = 0xFF00FF };

typedef struct {
    uint32_t width, height;
} Size;

/* Of a frame that is painted whole the pixel at a place: like that of no other size. */
static uint32_t wholesPixel(Size size, uint32_t x, uint32_t y)
{
    return size.width << 15 | size.height << 6 | ((x + y * 3) & 0x3F);
}

/* Of a frame whose new parts alone are painted, the same in all sizes. */
static uint32_t partsPixel(uint32_t x, uint32_t y) { return (x & 0x1FF) << 9 | (y & 0x1FF); }

/* Whether all of a new size is painted anew, or what is new of it. */
static bool isWhole;
/* What sizes the frames had, in order. They are there before they are counted. */
static Size frames[MOST_FRAMES];
static atomic_int frameCount;

static uint32_t pixelOf(Size size, uint32_t x, uint32_t y)
{
    return isWhole ? wholesPixel(size, x, y) : partsPixel(x, y);
}

static RatResult paintingProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (message != RAT_WM_PAINT) return RatDefWindowProc(window, message, wparam, lparam);
    RatPaint paint;
    REQUIRE_OK(RatBeginPaint(window, &paint));
    const Size size = {(uint32_t)paint.width, (uint32_t)paint.height};
    for (uint32_t y = (uint32_t)paint.rect.top; y < (uint32_t)paint.rect.bottom; y++)
        for (uint32_t x = (uint32_t)paint.rect.left; x < (uint32_t)paint.rect.right; x++)
            paint.pixels[(size_t)y * (paint.stride / 4) + x] = pixelOf(size, x, y);
    REQUIRE(frameCount < MOST_FRAMES);
    frames[frameCount] = size;
    frameCount++;
    REQUIRE_OK(RatEndPaint(window, &paint));
    return 0;
}

/* -- Looking ------------------------------------------------------------------------------------ */

static xcb_window_t watched;

/* What of the window its ancestors leave to be seen: a manager's frame follows the window a moment later. */
static RatRect visiblePart(xcb_connection_t* eye, Size size)
{
    RatRect part = {0, 0, (int32_t)size.width, (int32_t)size.height};
    xcb_window_t window = watched;
    int32_t x = 0, y = 0; /* of the watched window in the one that is looked at */
    for (;;) {
        xcb_get_geometry_reply_t* place = xcb_get_geometry_reply(eye, xcb_get_geometry(eye, window), NULL);
        xcb_query_tree_reply_t* tree = xcb_query_tree_reply(eye, xcb_query_tree(eye, window), NULL);
        REQUIRE(place != NULL && tree != NULL);
        if (part.left < -x) part.left = -x;
        if (part.top < -y) part.top = -y;
        if (part.right > place->width - x) part.right = place->width - x;
        if (part.bottom > place->height - y) part.bottom = place->height - y;
        x += place->x + place->border_width;
        y += place->y + place->border_width;
        window = tree->parent;
        free(place);
        free(tree);
        if (window == XCB_NONE) return part;
    }
}

/* What the window shows, and how large it is then: nobody else is served meanwhile. What cannot be seen of it is as
 * the background. NULL while it is not on the screen. */
static uint32_t* look(xcb_connection_t* eye, Size* size)
{
    static _Thread_local uint32_t pixels[512 * 512];
    xcb_grab_server(eye);
    xcb_get_geometry_reply_t* place = xcb_get_geometry_reply(eye, xcb_get_geometry(eye, watched), NULL);
    REQUIRE(place != NULL && place->width < 512 && place->height < 512);
    *size = (Size){place->width, place->height};
    xcb_get_image_cookie_t cookie = xcb_get_image(eye, XCB_IMAGE_FORMAT_Z_PIXMAP, watched, 0, 0, place->width,
                                                  place->height, ~0u);
    xcb_get_image_reply_t* image = xcb_get_image_reply(eye, cookie, NULL);
    const RatRect part = visiblePart(eye, *size);
    xcb_ungrab_server(eye);
    xcb_flush(eye);
    free(place);
    if (image == NULL) return NULL;
    const uint32_t* data = (const uint32_t*)(const void*)xcb_get_image_data(image);
    for (int32_t y = 0; y < (int32_t)size->height; y++)
        for (int32_t x = 0; x < (int32_t)size->width; x++) {
            const bool isSeen = x >= part.left && x < part.right && y >= part.top && y < part.bottom;
            const size_t at = (size_t)y * size->width + (size_t)x;
            pixels[at] = isSeen ? data[at] & 0xFFFFFF : BACKGROUND;
        }
    free(image);
    return pixels;
}

/* Whether a picture is of a frame. Beyond the frame there is only the background; within it, only where that is
 * allowed: a window that shrinks and grows before it is painted again has lost what it showed there. */
static bool isOf(Size frame, const uint32_t* pixels, Size seen, bool allowsBackground)
{
    for (uint32_t y = 0; y < seen.height; y++)
        for (uint32_t x = 0; x < seen.width; x++) {
            const uint32_t pixel = pixels[(size_t)y * seen.width + x];
            const bool isInside = x < frame.width && y < frame.height;
            if (pixel == BACKGROUND && (allowsBackground || !isInside)) continue;
            if (!isInside || pixel != pixelOf(frame, x, y)) return false;
        }
    return true;
}

/* The number of the frame that a picture is of, none before the last one that was seen; -1 for none. */
static int frameOf(const uint32_t* pixels, Size seen, int last)
{
    const Size any = {512, 512};
    if (!isWhole) return isOf(any, pixels, seen, true) ? last : -1;
    for (int i = frameCount - 1; i >= last; i--)
        if (isOf(frames[i], pixels, seen, true)) return i;
    return -1;
}

static atomic_bool isOver;
static atomic_int looks;

static intptr_t watch(void* unused)
{
    (void)unused;
    xcb_connection_t* eye = comeTo(NULL);
    int last = 0;
    while (!isOver) {
        Size seen;
        const uint32_t* pixels = look(eye, &seen);
        if (pixels == NULL) continue;
        const int frame = frameOf(pixels, seen, last);
        if (frame < 0) {
            fprintf(stderr, "picture %d, %ux%u, is of no frame from number %d (%ux%u) on, of %d; it begins %06x\n",
                    looks, seen.width, seen.height, last, frames[last].width, frames[last].height, frameCount,
                    pixels[0]);
            CHECK(!"every picture is of a frame");
            break;
        }
        /* Nothing but background is of every frame, and tells of none. */
        if (pixels[0] != BACKGROUND) last = frame;
        looks++;
    }
    isOver = true;
    xcb_disconnect(eye);
    return 0;
}

/* -- Sizing ------------------------------------------------------------------------------------- */

static uint32_t chance(uint32_t* state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* Returns when the window has that size and shows the frame that belongs to it, every pixel. */
static void untilShown(xcb_connection_t* person, Size size)
{
    const uint64_t deadline = now() + (uint64_t)SOON * 1000000;
    for (;;) {
        Size seen;
        const uint32_t* pixels = look(person, &seen);
        if (pixels != NULL && seen.width == size.width && seen.height == size.height &&
            isOf(size, pixels, seen, false))
            return;
        REQUIRE(now() < deadline && !isOver);
    }
}

static intptr_t resize(void* window)
{
    xcb_connection_t* person = comeTo(NULL);
    uint32_t state = 2463534242;
    for (int i = 0; i < RESIZES; i++) {
        const Size size = {LEAST + chance(&state) % (MOST - LEAST), LEAST + chance(&state) % (MOST - LEAST)};
        placeWindow(person, watched, 20 + i % 3, 30 + i % 5, (int)size.width, (int)size.height);
        arrive(person);
        /* Some sizes are seen, some follow each other before they can be, and some are waited for. */
        const int before = looks;
        while (i % 3 == 0 && looks <= before && !isOver) sched_yield();
        if (i % 10 == 9) untilShown(person, size);
    }
    RatMessage quit = plain(RAT_WM_QUIT);
    CHECK_STATUS(RatPostMessage((RatWindow)(uintptr_t)window, &quit), RAT_IPC_OK);
    xcb_disconnect(person);
    return 0;
}

/* Something bright, so that what shines through is seen. */
static void layBelow(xcb_connection_t* person)
{
    const xcb_screen_t* screen = xcb_setup_roots_iterator(xcb_get_setup(person)).data;
    const xcb_window_t below = xcb_generate_id(person);
    const uint32_t values[] = {BELOW, 1};
    xcb_create_window(person, XCB_COPY_FROM_PARENT, below, screen->root, 0, 0, screen->width_in_pixels,
                      screen->height_in_pixels, 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT,
                      XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT, values);
    xcb_map_window(person, below);
    const uint32_t lowest = XCB_STACK_MODE_BELOW;
    xcb_configure_window(person, below, XCB_CONFIG_WINDOW_STACK_MODE, &lowest);
    arrive(person);
}

static void checkResizes(uint32_t style, bool paintsWhole)
{
    isWhole = paintsWhole;
    xcb_connection_t* person = comeTo(NULL);
    layBelow(person);
    RatWindowClass class = {.size = sizeof class, .name = "Painting", .proc = paintingProc,
                            .style = isWhole ? RAT_CS_HREDRAW | RAT_CS_VREDRAW : 0,
                            .background = 0xFF000000u | BACKGROUND};
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatRegisterClass(&class, NULL));
    REQUIRE_OK(RatCreateWindow(0, "Painting", "resized", style | RAT_WS_VISIBLE, 20, 30, 200, 200,
                               RAT_INVALID_HANDLE, NULL, &window));
    watched = serversWindow(window);
    RatMessage msg;
    while (frameCount == 0) {
        REQUIRE_OK(RatGetMessage(threadQueue(), &msg, SOON));
        RatDispatchMessage(&msg);
    }
    Thread watcher, sizer;
    start(&watcher, watch, NULL);
    start(&sizer, resize, (void*)(uintptr_t)window);
    while (RatGetMessage(threadQueue(), &msg, -1) == RAT_IPC_OK) RatDispatchMessage(&msg);
    join(&sizer);
    isOver = true;
    join(&watcher);
    CHECK(frameCount >= RESIZES / 10);
    xcb_disconnect(person);
}

TEST(twoHundredSizesShowWholeFramesOnly) { checkResizes(RAT_WS_POPUP, true); }

TEST(twoHundredSizesShowNothingStaleWhereOnlyWhatIsNewIsPainted) { checkResizes(RAT_WS_POPUP, false); }

TEST(twoHundredSizesUnderAWindowManagerShowWholeFramesOnly)
{
    pid_t manager = startOpenbox();
    checkResizes(RAT_WS_OVERLAPPEDWINDOW, true);
    endProcess(manager, SIGTERM);
}

TEST(twoHundredSizesInRequestsOfTheCoreProtocolShowWholeFramesOnly)
{
    setenv("RAT_X11_DISABLE", "shm", 1);
    checkResizes(RAT_WS_POPUP, true);
}
