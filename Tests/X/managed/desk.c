#define _GNU_SOURCE
#include "desk.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xcb/xtest.h>

bool isManaged(void) { return strcmp(getenv("RAT_X_MANAGER"), "none") != 0; }
bool isTiling(void) { return strcmp(getenv("RAT_X_MANAGER"), "i3") == 0; }

xcb_connection_t* desk(void)
{
    static xcb_connection_t* connection;
    if (connection == NULL) connection = xcb_connect(NULL, NULL);
    REQUIRE(xcb_connection_has_error(connection) == 0);
    return connection;
}

xcb_window_t root(void) { return xcb_setup_roots_iterator(xcb_get_setup(desk())).data->root; }

static RatNativeWindow native(RatWindow window)
{
    RatNativeWindow native = {.size = sizeof native};
    REQUIRE_OK(RatGetNativeWindow(window, &native));
    return native;
}

xcb_window_t nativeOf(RatWindow window) { return native(window).window; }

static void roundTrip(xcb_connection_t* connection)
{
    free(xcb_get_input_focus_reply(connection, xcb_get_input_focus(connection), NULL));
}

/* Waits for an answer of the manager, which works off what it was sent in order. */
static void askManager(void)
{
    uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE;
    xcb_window_t window = xcb_generate_id(desk());
    xcb_create_window(desk(), 0, window, root(), 0, 0, 9, 9, 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, 0,
                      XCB_CW_EVENT_MASK, &events);
    xcb_atom_t extents = atomOf(desk(), "_NET_FRAME_EXTENTS");
    xcb_client_message_event_t event = {.response_type = XCB_CLIENT_MESSAGE, .format = 32,
                                        .window = window,
                                        .type = atomOf(desk(), "_NET_REQUEST_FRAME_EXTENTS")};
    uint64_t deadline = now() + (uint64_t)SOON * 1000000;
    bool isToAsk = true;
    for (bool isAnswered = false; !isAnswered;) {
        /* Not once: i3 may read a message while it writes, and sleep over it until the next one comes. */
        if (isToAsk) xcb_send_event(desk(), 0, root(), 1 << 19 | 1 << 20, (const char*)&event);
        xcb_flush(desk());
        struct pollfd entry = {.fd = xcb_get_file_descriptor(desk()), .events = POLLIN};
        xcb_generic_event_t* any = xcb_poll_for_event(desk());
        isToAsk = any == NULL && poll(&entry, 1, 100) == 0;
        REQUIRE(now() < deadline);
        const xcb_property_notify_event_t* change = (const xcb_property_notify_event_t*)any;
        isAnswered = any != NULL && (any->response_type & 0x7F) == XCB_PROPERTY_NOTIFY &&
                     change->window == window && change->atom == extents;
        free(any);
    }
    xcb_destroy_window(desk(), window);
}

static RatWindow shown[8];
static int shownCount;

void settle(void)
{
    for (int round = 0; round < 3; round++) {
        drain();
        for (int i = 0; i < shownCount; i++)
            if (RatIsWindow(shown[i])) roundTrip(native(shown[i]).connection);
        roundTrip(desk());
        if (isManaged()) askManager();
    }
    drain();
}

void forget(void)
{
    settle();
    loggedCount = 0;
}

RatWindow showWindow(int x, int y)
{
    registerTestClass();
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, "Test", "A title", RAT_WS_OVERLAPPEDWINDOW | RAT_WS_VISIBLE, x, y,
                               200, 100, RAT_INVALID_HANDLE, NULL, &window));
    shown[shownCount++] = window;
    pumpUntil(RAT_WM_PAINT);
    forget();
    return window;
}

void tell(RatWindow window, const char* type, const uint32_t data[5], bool toRoot)
{
    xcb_client_message_event_t event = {.response_type = XCB_CLIENT_MESSAGE, .format = 32,
                                        .window = nativeOf(window), .type = atomOf(desk(), type)};
    memcpy(event.data.data32, data, sizeof event.data.data32);
    xcb_send_event(desk(), 0, toRoot ? root() : event.window, toRoot ? 1 << 19 | 1 << 20 : 0,
                   (const char*)&event);
    roundTrip(desk());
}

void maximize(RatWindow window, bool isOn)
{
    uint32_t data[5] = {isOn, atomOf(desk(), "_NET_WM_STATE_MAXIMIZED_VERT"),
                        atomOf(desk(), "_NET_WM_STATE_MAXIMIZED_HORZ"), 2, 0};
    tell(window, "_NET_WM_STATE", data, true);
}

void command(const char* text)
{
    char line[256];
    snprintf(line, sizeof line, "i3-msg -q '%s'", text);
    REQUIRE(system(line) == 0);
}

void clickAt(int x, int y)
{
    xcb_test_fake_input(desk(), XCB_MOTION_NOTIFY, 0, 0, root(), (int16_t)x, (int16_t)y, 0);
    xcb_test_fake_input(desk(), XCB_BUTTON_PRESS, 1, 0, root(), 0, 0, 0);
    xcb_test_fake_input(desk(), XCB_BUTTON_RELEASE, 1, 0, root(), 0, 0, 0);
    roundTrip(desk());
}

void click(RatWindow window)
{
    RatRect rect;
    REQUIRE_OK(RatGetWindowRect(window, &rect));
    clickAt((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2);
}

bool hasAtom(RatWindow window, const char* property, const char* atom)
{
    xcb_atom_t wanted = atomOf(desk(), atom);
    xcb_get_property_reply_t* reply = xcb_get_property_reply(
        desk(), xcb_get_property(desk(), 0, nativeOf(window), atomOf(desk(), property), 0, 0, 64),
        NULL);
    REQUIRE(reply != NULL);
    const xcb_atom_t* atoms = xcb_get_property_value(reply);
    bool isThere = false;
    for (int i = 0; i < xcb_get_property_value_length(reply) / 4; i++) isThere |= atoms[i] == wanted;
    free(reply);
    return isThere;
}

int timesTold(RatWindow window, uint32_t message)
{
    int times = 0;
    for (size_t i = 0; i < loggedCount; i++)
        times += logged[i].window == window && logged[i].message == message;
    return times;
}

Logged lastTold(RatWindow window, uint32_t message)
{
    for (size_t i = loggedCount; i-- > 0;)
        if (logged[i].window == window && logged[i].message == message) return logged[i];
    REQUIRE(!"told");
    return logged[0];
}

/* Of the windows below the root: that of a manager, or the window's own. */
static xcb_window_t outermost(RatWindow window)
{
    xcb_window_t current = nativeOf(window);
    for (;;) {
        xcb_query_tree_reply_t* tree =
            xcb_query_tree_reply(desk(), xcb_query_tree(desk(), current), NULL);
        REQUIRE(tree != NULL);
        xcb_window_t parent = tree->parent;
        free(tree);
        if (parent == root()) return current;
        current = parent;
    }
}

bool isAbove(RatWindow window, RatWindow other)
{
    xcb_window_t first = outermost(window), second = outermost(other);
    xcb_query_tree_reply_t* tree = xcb_query_tree_reply(desk(), xcb_query_tree(desk(), root()), NULL);
    REQUIRE(tree != NULL);
    const xcb_window_t* children = xcb_query_tree_children(tree);
    int places[2] = {-1, -1};
    for (int i = 0; i < xcb_query_tree_children_length(tree); i++) {
        if (children[i] == first) places[0] = i;
        if (children[i] == second) places[1] = i;
    }
    free(tree);
    REQUIRE(places[0] >= 0 && places[1] >= 0);
    return places[0] > places[1];
}
