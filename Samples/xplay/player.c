#define _GNU_SOURCE
#include "player.h"

#include <cairo.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xcb/xtest.h>

enum { SHIFT_SYMBOL = 0xFFE1, ASK_AGAIN_MS = 20 };

void fail(const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("xplay: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static long long nowMs(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* A round trip: everything that was asked for before is done when this returns. */
static void roundTrip(Player* player)
{
    free(xcb_get_input_focus_reply(player->connection, xcb_get_input_focus(player->connection),
                                   NULL));
    if (xcb_connection_has_error(player->connection)) fail("the X server is gone");
}

/* The next event before the deadline. The caller frees it. */
static xcb_generic_event_t* nextEvent(Player* player, long long deadline, const char* waitingFor)
{
    xcb_flush(player->connection);
    for (;;) {
        xcb_generic_event_t* event = xcb_poll_for_event(player->connection);
        if (event) return event;
        if (xcb_connection_has_error(player->connection)) fail("the X server is gone");
        long long left = deadline - nowMs();
        struct pollfd descriptor = {xcb_get_file_descriptor(player->connection), POLLIN, 0};
        if (left <= 0 || poll(&descriptor, 1, (int)left) == 0)
            fail("waited %d s in vain for %s", DEADLINE_MS / 1000, waitingFor);
    }
}

static xcb_atom_t atom(Player* player, const char* name)
{
    xcb_intern_atom_reply_t* reply = xcb_intern_atom_reply(
        player->connection,
        xcb_intern_atom(player->connection, 0, (uint16_t)strlen(name), name), NULL);
    if (!reply) fail("no atom %s", name);
    xcb_atom_t result = reply->atom;
    free(reply);
    return result;
}

void playerOpen(Player* player)
{
    int number = 0;
    player->window = XCB_NONE;
    player->connection = xcb_connect(NULL, &number);
    if (xcb_connection_has_error(player->connection)) fail("no X server at DISPLAY");
    xcb_screen_iterator_t screens = xcb_setup_roots_iterator(xcb_get_setup(player->connection));
    while (number-- > 0) xcb_screen_next(&screens);
    player->screen = screens.data;
    const xcb_query_extension_reply_t* test =
        xcb_get_extension_data(player->connection, &xcb_test_id);
    if (!test || !test->present) fail("this X server has no XTEST");
    /* Windows that come and go below the root, and the answers to pings, are told to us. */
    const uint32_t events =
        XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_PROPERTY_CHANGE;
    xcb_change_window_attributes(player->connection, player->screen->root, XCB_CW_EVENT_MASK,
                                 &events);
    roundTrip(player);
}

static bool isViewable(Player* player, xcb_window_t window)
{
    xcb_get_window_attributes_reply_t* reply = xcb_get_window_attributes_reply(
        player->connection, xcb_get_window_attributes(player->connection, window), NULL);
    bool result = reply && reply->map_state == XCB_MAP_STATE_VIEWABLE;
    free(reply);
    return result;
}

static bool hasTitle(Player* player, xcb_window_t window, xcb_atom_t property, const char* title)
{
    xcb_get_property_reply_t* reply = xcb_get_property_reply(
        player->connection,
        xcb_get_property(player->connection, 0, window, property, XCB_ATOM_ANY, 0, 1024), NULL);
    bool result = reply && (size_t)xcb_get_property_value_length(reply) == strlen(title) &&
                  memcmp(xcb_get_property_value(reply), title, strlen(title)) == 0;
    free(reply);
    return result;
}

/* Searches the tree, since a window manager puts windows into frames of its own. Asks every window
 * on the way to tell of changes, so that the next search is worth its while. */
static xcb_window_t search(Player* player, xcb_window_t window, xcb_atom_t property,
                           const char* title)
{
    const uint32_t events = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_STRUCTURE_NOTIFY |
                            XCB_EVENT_MASK_PROPERTY_CHANGE;
    if (window != player->screen->root)
        xcb_change_window_attributes(player->connection, window, XCB_CW_EVENT_MASK, &events);
    if (hasTitle(player, window, property, title) && isViewable(player, window)) return window;
    xcb_query_tree_reply_t* tree = xcb_query_tree_reply(
        player->connection, xcb_query_tree(player->connection, window), NULL);
    xcb_window_t found = XCB_NONE;
    for (int i = 0; tree && !found && i < tree->children_len; i++)
        found = search(player, xcb_query_tree_children(tree)[i], property, title);
    free(tree);
    return found;
}

void playerFind(Player* player, const char* title)
{
    char what[256];
    snprintf(what, sizeof what, "the window \"%s\"", title);
    long long deadline = nowMs() + DEADLINE_MS;
    xcb_atom_t property = atom(player, "_NET_WM_NAME");
    /* The events were asked for before the search, so nothing happens unseen between the two. */
    while (!(player->window = search(player, player->screen->root, property, title)))
        free(nextEvent(player, deadline, what));
}

void playerFocus(Player* player)
{
    xcb_set_input_focus(player->connection, XCB_INPUT_FOCUS_POINTER_ROOT, player->window,
                        XCB_CURRENT_TIME);
    roundTrip(player);
}

void playerResize(Player* player, unsigned width, unsigned height)
{
    const uint32_t size[2] = {width, height};
    xcb_configure_window(player->connection, player->window,
                         XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT, size);
    roundTrip(player);
}

/* Sends a message about the window: to itself, or to the root for whoever manages windows. */
static void sendMessage(Player* player, xcb_window_t to, const char* type, uint32_t first,
                        uint32_t second, uint32_t third)
{
    const uint32_t managers =
        XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_SUBSTRUCTURE_REDIRECT;
    xcb_client_message_event_t event;
    memset(&event, 0, sizeof event);
    event.response_type = XCB_CLIENT_MESSAGE;
    event.format = 32;
    event.window = player->window;
    event.type = atom(player, type);
    event.data.data32[0] = first;
    event.data.data32[1] = second;
    event.data.data32[2] = third;
    xcb_send_event(player->connection, 0, to, to == player->window ? XCB_EVENT_MASK_NO_EVENT : managers,
                   (const char*)&event);
    roundTrip(player);
}

static void sendProtocol(Player* player, const char* protocol, uint32_t detail)
{
    sendMessage(player, player->window, "WM_PROTOCOLS", atom(player, protocol), XCB_CURRENT_TIME, detail);
}

void playerClose(Player* player)
{
    sendProtocol(player, "WM_DELETE_WINDOW", 0);
}

void playerPing(Player* player)
{
    /* The window sends the same message on to the root. */
    xcb_atom_t protocols = atom(player, "WM_PROTOCOLS"), ping = atom(player, "_NET_WM_PING");
    long long deadline = nowMs() + DEADLINE_MS;
    sendProtocol(player, "_NET_WM_PING", player->window);
    for (bool answered = false; !answered;) {
        xcb_generic_event_t* event = nextEvent(player, deadline, "the answer to a ping");
        if ((event->response_type & 0x7F) == XCB_CLIENT_MESSAGE) {
            xcb_client_message_event_t* message = (xcb_client_message_event_t*)event;
            answered = message->window == player->screen->root && message->type == protocols &&
                       message->data.data32[0] == ping &&
                       message->data.data32[2] == player->window;
        }
        free(event);
    }
}

void playerAwaitEnd(Player* player)
{
    const uint32_t events = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
    long long deadline = nowMs() + DEADLINE_MS;
    xcb_change_window_attributes(player->connection, player->window, XCB_CW_EVENT_MASK, &events);
    for (;;) {
        xcb_get_window_attributes_reply_t* reply = xcb_get_window_attributes_reply(
            player->connection, xcb_get_window_attributes(player->connection, player->window),
            NULL);
        free(reply);
        if (!reply) return;
        free(nextEvent(player, deadline, "the end of the window"));
    }
}

static void inject(Player* player, uint8_t type, uint8_t detail, int x, int y)
{
    xcb_test_fake_input(player->connection, type, detail, XCB_CURRENT_TIME, player->screen->root,
                        (int16_t)x, (int16_t)y, 0);
    roundTrip(player);
}

void playerMove(Player* player, int x, int y)
{
    xcb_translate_coordinates_reply_t* place = xcb_translate_coordinates_reply(
        player->connection,
        xcb_translate_coordinates(player->connection, player->window, player->screen->root,
                                  (int16_t)x, (int16_t)y),
        NULL);
    if (!place) fail("the window is gone");
    inject(player, XCB_MOTION_NOTIFY, 0, place->dst_x, place->dst_y);
    free(place);
}

void playerButton(Player* player, int button, bool press)
{
    inject(player, press ? XCB_BUTTON_PRESS : XCB_BUTTON_RELEASE, (uint8_t)button, 0, 0);
}

/* The key that types a symbol, and whether Shift must be held for it. */
static xcb_keycode_t findKey(Player* player, uint32_t symbol, bool* shift)
{
    const xcb_setup_t* setup = xcb_get_setup(player->connection);
    uint8_t count = (uint8_t)(setup->max_keycode - setup->min_keycode + 1);
    xcb_get_keyboard_mapping_reply_t* map = xcb_get_keyboard_mapping_reply(
        player->connection,
        xcb_get_keyboard_mapping(player->connection, setup->min_keycode, count), NULL);
    if (!map) fail("no keyboard mapping");
    const xcb_keysym_t* symbols = xcb_get_keyboard_mapping_keysyms(map);
    int each = map->keysyms_per_keycode, levels = each < 2 ? each : 2;
    xcb_keycode_t found = 0;
    for (int level = 0; !found && level < levels; level++) {
        for (int key = 0; !found && key < count; key++) {
            if (symbols[key * each + level] != symbol) continue;
            found = (xcb_keycode_t)(setup->min_keycode + key);
            *shift = level == 1;
        }
    }
    free(map);
    if (!found) fail("this keyboard types no symbol 0x%X", (unsigned)symbol);
    return found;
}

void playerKey(Player* player, uint32_t symbol, bool press)
{
    bool shift = false, unused = false;
    xcb_keycode_t key = findKey(player, symbol, &shift);
    xcb_keycode_t shiftKey = shift ? findKey(player, SHIFT_SYMBOL, &unused) : 0;
    if (shift && press) inject(player, XCB_KEY_PRESS, shiftKey, 0, 0);
    inject(player, press ? XCB_KEY_PRESS : XCB_KEY_RELEASE, key, 0, 0);
    if (shift && !press) inject(player, XCB_KEY_RELEASE, shiftKey, 0, 0);
}

static uint32_t pixelAt(Player* player, int x, int y)
{
    uint32_t pixel = 0;
    xcb_get_image_reply_t* image = xcb_get_image_reply(
        player->connection,
        xcb_get_image(player->connection, XCB_IMAGE_FORMAT_Z_PIXMAP, player->window, (int16_t)x,
                      (int16_t)y, 1, 1, UINT32_MAX),
        NULL);
    if (!image || xcb_get_image_data_length(image) < (int)sizeof pixel)
        fail("the window has no pixel at %d, %d", x, y);
    memcpy(&pixel, xcb_get_image_data(image), sizeof pixel);
    free(image);
    return pixel & 0xFFFFFF;
}

void playerAwaitPixel(Player* player, int x, int y, uint32_t colour)
{
    long long deadline = nowMs() + DEADLINE_MS;
    uint32_t found;
    /* Nothing tells when a window has drawn; but each answer to a ping is a step of its loop. */
    while ((found = pixelAt(player, x, y)) != colour) {
        if (nowMs() >= deadline)
            fail("at %d, %d the window shows %06x, not %06x", x, y, found, colour);
        playerPing(player);
    }
}

static bool hasProperty(Player* player, xcb_window_t window, xcb_atom_t property)
{
    xcb_get_property_reply_t* reply = xcb_get_property_reply(
        player->connection,
        xcb_get_property(player->connection, 0, window, property, XCB_ATOM_ANY, 0, 1), NULL);
    bool result = reply && reply->type != XCB_NONE;
    free(reply);
    return result;
}

/* EWMH: the root names a window of the manager, which names itself. */
static bool isManaged(Player* player, xcb_atom_t property)
{
    xcb_window_t named = player->screen->root, before = XCB_NONE;
    for (int i = 0; i < 2; i++) {
        xcb_get_property_reply_t* reply = xcb_get_property_reply(
            player->connection,
            xcb_get_property(player->connection, 0, named, property, XCB_ATOM_WINDOW, 0, 1), NULL);
        before = named;
        named = XCB_NONE;
        if (reply && xcb_get_property_value_length(reply) == (int)sizeof named)
            memcpy(&named, xcb_get_property_value(reply), sizeof named);
        free(reply);
    }
    return named != XCB_NONE && named == before;
}

void playerAwaitManager(Player* player)
{
    xcb_atom_t property = atom(player, "_NET_SUPPORTING_WM_CHECK");
    long long deadline = nowMs() + DEADLINE_MS;
    while (!isManaged(player, property)) free(nextEvent(player, deadline, "a window manager"));

    /* It says so before it listens. EWMH has it answer what frame a window would get that is not shown; what
     * it is asked too early it never hears. */
    xcb_atom_t frame = atom(player, "_NET_FRAME_EXTENTS");
    player->window = xcb_generate_id(player->connection);
    xcb_create_window(player->connection, XCB_COPY_FROM_PARENT, player->window, player->screen->root, 0,
                      0, 9, 9, 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT, 0, NULL);
    while (!hasProperty(player, player->window, frame)) {
        if (nowMs() >= deadline) fail("the window manager does not answer");
        sendMessage(player, player->screen->root, "_NET_REQUEST_FRAME_EXTENTS", 0, 0, 0);
        struct pollfd descriptor = {xcb_get_file_descriptor(player->connection), POLLIN, 0};
        poll(&descriptor, 1, ASK_AGAIN_MS);
        for (xcb_generic_event_t* event; (event = xcb_poll_for_event(player->connection));) free(event);
    }
    xcb_destroy_window(player->connection, player->window);
    player->window = XCB_NONE;
}

void playerScreenshot(Player* player, xcb_drawable_t drawable, const char* path)
{
    xcb_get_geometry_reply_t* size = xcb_get_geometry_reply(
        player->connection, xcb_get_geometry(player->connection, drawable), NULL);
    if (!size) fail("the window is gone");
    xcb_get_image_reply_t* image = xcb_get_image_reply(
        player->connection,
        xcb_get_image(player->connection, XCB_IMAGE_FORMAT_Z_PIXMAP, drawable, 0, 0, size->width,
                      size->height, UINT32_MAX),
        NULL);
    size_t row = (size_t)size->width * 4;
    if (!image || (size_t)xcb_get_image_data_length(image) < row * size->height)
        fail("no picture of the window (32 bits a pixel are needed)");
    cairo_surface_t* surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, size->width, size->height);
    cairo_surface_flush(surface);
    for (int y = 0; y < size->height; y++)
        memcpy(cairo_image_surface_get_data(surface) +
                   (size_t)y * (size_t)cairo_image_surface_get_stride(surface),
               xcb_get_image_data(image) + (size_t)y * row, row);
    cairo_surface_mark_dirty(surface);
    cairo_status_t status = cairo_surface_write_to_png(surface, path);
    if (status != CAIRO_STATUS_SUCCESS) fail("%s: %s", path, cairo_status_to_string(status));
    cairo_surface_destroy(surface);
    free(image);
    free(size);
}
