/* What a desktop's settings manager publishes reaches the windows. */
#include "atoms.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <xcb/xcb.h>

/* Net/DoubleClickTime alone, in the lower byte first: 12 bytes before the settings, 8 and a name before a value. */
static void publish(xcb_connection_t* other, xcb_window_t window, uint8_t high, uint8_t low)
{
    uint8_t bytes[44] = {0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 19, 0};
    memcpy(bytes + 16, "Net/DoubleClickTime", 19);
    bytes[40] = low;
    bytes[41] = high;
    xcb_atom_t name = atomOf(other, "_XSETTINGS_SETTINGS");
    xcb_change_property(other, XCB_PROP_MODE_REPLACE, window, name, name, 8, sizeof bytes, bytes);
}

TEST(theDesktopsDoubleClickIsTheLibrarysUntilTheProgramHasOneOfItsOwn)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
    xcb_connection_t* other = xcb_connect(NULL, NULL);
    REQUIRE(xcb_connection_has_error(other) == 0);
    xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(other)).data->root;
    xcb_window_t manager = xcb_generate_id(other);
    xcb_create_window(other, 0, manager, root, 0, 0, 9, 9, 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, 0, 0,
                      NULL);
    publish(other, manager, 300 >> 8, 300 & 0xFF);
    xcb_atom_t selection = atomOf(other, "_XSETTINGS_S0");
    xcb_set_selection_owner(other, manager, selection, XCB_CURRENT_TIME);
    xcb_client_message_event_t event = {
        .response_type = XCB_CLIENT_MESSAGE, .format = 32, .window = root,
        .type = atomOf(other, "MANAGER"), .data.data32 = {0, selection, manager, 0, 0}};
    xcb_send_event(other, 0, root, XCB_EVENT_MASK_STRUCTURE_NOTIFY, (const char*)&event);
    xcb_flush(other);

    loggedCount = 0;
    RatMessage msg;
    for (uint64_t deadline = now() + (uint64_t)SOON * 1000000; findLogged(RAT_WM_SETTINGCHANGE, 0) < 0;) {
        REQUIRE(now() < deadline);
        if (RatGetMessage(threadQueue(), &msg, 10) == RAT_IPC_OK) RatDispatchMessage(&msg);
    }
    CHECK_EQ(logged[findLogged(RAT_WM_SETTINGCHANGE, 0)].window, window);
    CHECK_EQ(logged[findLogged(RAT_WM_SETTINGCHANGE, 0)].wparam, 0x20); /* SPI_SETDOUBLECLICKTIME */
    uint32_t time = 0, width = 0, height = 0;
    CHECK_STATUS(RatGetDoubleClick(&time, &width, &height), RAT_IPC_OK);
    CHECK_EQ(time, 300);

    CHECK_STATUS(RatSetDoubleClick(700, 4, 4), RAT_IPC_OK);
    publish(other, manager, 900 >> 8, 900 & 0xFF);
    xcb_flush(other);
    loggedCount = 0;
    for (uint64_t deadline = now() + (uint64_t)SOON * 1000000; findLogged(RAT_WM_SETTINGCHANGE, 0) < 0;) {
        REQUIRE(now() < deadline);
        if (RatGetMessage(threadQueue(), &msg, 10) == RAT_IPC_OK) RatDispatchMessage(&msg);
    }
    CHECK_STATUS(RatGetDoubleClick(&time, &width, &height), RAT_IPC_OK);
    CHECK_EQ(time, 700);
    xcb_disconnect(other);
}
