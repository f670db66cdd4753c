#define _GNU_SOURCE
#include "clipboard_peer.h"

#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static xcb_window_t makeHidden(xcb_connection_t* connection)
{
    uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE;
    xcb_window_t window = xcb_generate_id(connection);
    xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(connection)).data->root;
    xcb_create_window(connection, 0, window, root, 0, 0, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY, 0,
                      XCB_CW_EVENT_MASK, &events);
    return window;
}

/* The next event, or NULL if none comes for as long as only a failure takes. */
static xcb_generic_event_t* nextEvent(xcb_connection_t* connection)
{
    xcb_flush(connection);
    for (;;) {
        xcb_generic_event_t* event = xcb_poll_for_event(connection);
        if (event != NULL || xcb_connection_has_error(connection)) return event;
        struct pollfd polled = {.fd = xcb_get_file_descriptor(connection), .events = POLLIN};
        if (poll(&polled, 1, SOON) <= 0) return NULL;
    }
}

/* -- A program that has copied ---------------------------------------------------------------------- */

static void tell(Peer* peer, const xcb_selection_request_event_t* request, xcb_atom_t property)
{
    xcb_selection_notify_event_t event = {
        .response_type = XCB_SELECTION_NOTIFY,
        .time = request->time,
        .requestor = request->requestor,
        .selection = request->selection,
        .target = request->target,
        .property = property,
    };
    char bytes[32] = {0};
    memcpy(bytes, &event, sizeof event);
    xcb_send_event(peer->connection, 0, request->requestor, 0, bytes);
    xcb_flush(peer->connection);
}

/* Writes one property, by requests of a size that the server takes. */
static void put(Peer* peer, xcb_window_t window, xcb_atom_t property, xcb_atom_t type, const uint8_t* data, size_t size)
{
    const size_t most = 15 << 20;
    size_t done = 0;
    do {
        size_t count = size - done < most ? size - done : most;
        xcb_change_property(peer->connection, done == 0 ? XCB_PROP_MODE_REPLACE : XCB_PROP_MODE_APPEND, window, property,
                            type, 8, (uint32_t)count, data + done);
        done += count;
    } while (done < size);
}

/* Waits until a property was taken; false if the other side is gone or does not take it. */
static bool isTaken(Peer* peer, xcb_window_t window, xcb_atom_t property)
{
    for (;;) {
        xcb_generic_event_t* event = nextEvent(peer->connection);
        if (event == NULL) return false;
        const xcb_property_notify_event_t* notify = (const void*)event;
        int kind = event->response_type & 0x7F;
        bool isTaken = kind == XCB_PROPERTY_NOTIFY && notify->window == window && notify->atom == property
            && notify->state == XCB_PROPERTY_DELETE;
        if (kind == XCB_CLIENT_MESSAGE) peer->isEnded = true;
        bool isOver = kind == XCB_DESTROY_NOTIFY || peer->isEnded;
        free(event);
        if (isTaken) return true;
        if (isOver) return false;
    }
}

static void leave(Peer* peer)
{
    peer->isGone = true;
    xcb_disconnect(peer->connection);
}

static void sendPieces(Peer* peer, const xcb_selection_request_event_t* request, xcb_atom_t type)
{
    xcb_window_t window = request->requestor;
    uint32_t events = XCB_EVENT_MASK_PROPERTY_CHANGE | XCB_EVENT_MASK_STRUCTURE_NOTIFY;
    uint32_t claimed = peer->manner == PEER_CLAIMS_4_GIB ? UINT32_MAX : (uint32_t)peer->size / 2;
    xcb_change_window_attributes(peer->connection, window, XCB_CW_EVENT_MASK, &events);
    xcb_change_property(peer->connection, XCB_PROP_MODE_REPLACE, window, request->property,
                        atomOf(peer->connection, "INCR"), 32, 1, &claimed);
    tell(peer, request, request->property);
    size_t done = 0;
    for (size_t round = 0;; round++) {
        if (!isTaken(peer, window, request->property)) return;
        /* One byte now and then, so that sizes are odd. */
        size_t count = round % 3 == 1 ? 1 : peer->pieceSize;
        if (peer->manner == PEER_SENDS_FOR_EVER) done = 0;
        if (count > peer->size - done) count = peer->size - done;
        put(peer, window, request->property, type, peer->data + done, count);
        xcb_flush(peer->connection);
        if (count == 0) return;
        done += count;
        if (peer->manner == PEER_DIES_IN_PIECES) leave(peer);
        if (peer->isGone || peer->manner == PEER_HANGS_IN_PIECES) return;
    }
}

static void answer(Peer* peer, const xcb_selection_request_event_t* request)
{
    xcb_connection_t* connection = peer->connection;
    const char* target = peer->target != NULL ? peer->target : "UTF8_STRING";
    xcb_atom_t offered = atomOf(connection, target);
    if (peer->manner == PEER_HANGS) return;
    if (request->target == atomOf(connection, "TARGETS")) {
        if (peer->manner == PEER_SENDS_NONSENSE) {
            put(peer, request->requestor, request->property, atomOf(connection, "INTEGER"), (const uint8_t*)"abcdefg", 7);
        } else {
            uint32_t atoms[] = {request->target, offered, 0, 0x7FFFFFFF};
            xcb_change_property(connection, XCB_PROP_MODE_REPLACE, request->requestor, request->property, XCB_ATOM_ATOM,
                                32, 4, atoms);
        }
        tell(peer, request, request->property);
        atomic_fetch_add(&peer->listed, 1);
        return;
    }
    atomic_fetch_add(&peer->asked, 1);
    xcb_atom_t type = atomOf(connection, peer->type != NULL ? peer->type : target);
    switch (peer->manner) {
    case PEER_ANSWERS:
    case PEER_IS_TOO_LARGE:
        put(peer, request->requestor, request->property, type, peer->data, peer->size);
        tell(peer, request, request->property);
        break;
    case PEER_HANGS:
    case PEER_HANGS_AT_DATA: break;
    case PEER_ENDS_THE_SERVER: REQUIRE(kill(atoi(getenv("XVFB_PID")), SIGKILL) == 0); break;
    case PEER_DIES_AT_DATA: leave(peer); break;
    case PEER_REFUSES: tell(peer, request, 0); break;
    case PEER_SENDS_NONSENSE: tell(peer, request, request->property); break;
    case PEER_SENDS_PIECES:
    case PEER_HANGS_IN_PIECES:
    case PEER_DIES_IN_PIECES:
    case PEER_CLAIMS_4_GIB:
    case PEER_SENDS_FOR_EVER: sendPieces(peer, request, type); break;
    }
}

static intptr_t runPeer(void* context)
{
    Peer* peer = context;
    while (!peer->isGone && !peer->isEnded) {
        xcb_generic_event_t* event = xcb_wait_for_event(peer->connection);
        if (event == NULL) break;
        int kind = event->response_type & 0x7F;
        if (kind == XCB_SELECTION_REQUEST) answer(peer, (const void*)event);
        free(event);
        if (kind == XCB_CLIENT_MESSAGE) break;
    }
    if (!peer->isGone) xcb_disconnect(peer->connection);
    return 0;
}

void startPeer(Peer* peer)
{
    peer->connection = xcb_connect(NULL, NULL);
    REQUIRE(xcb_connection_has_error(peer->connection) == 0);
    peer->window = makeHidden(peer->connection);
    xcb_atom_t clipboard = atomOf(peer->connection, "CLIPBOARD");
    xcb_set_selection_owner(peer->connection, peer->window, clipboard, XCB_CURRENT_TIME);
    xcb_get_selection_owner_reply_t* reply = xcb_get_selection_owner_reply(
        peer->connection, xcb_get_selection_owner(peer->connection, clipboard), NULL);
    REQUIRE(reply != NULL && reply->owner == peer->window);
    free(reply);
    start(&peer->thread, runPeer, peer);
}

void endPeer(Peer* peer)
{
    xcb_connection_t* connection = xcb_connect(NULL, NULL);
    xcb_client_message_event_t end = {.response_type = XCB_CLIENT_MESSAGE, .format = 32, .window = peer->window};
    xcb_send_event(connection, 0, peer->window, 0, (const char*)&end);
    xcb_flush(connection);
    join(&peer->thread);
    xcb_disconnect(connection);
}

void untilListed(Peer* peer)
{
    uint64_t end = now() + (uint64_t)SOON * 1000000;
    while (peer->listed == 0) {
        REQUIRE(now() < end);
        sched_yield();
    }
}

/* -- A clipboard manager ---------------------------------------------------------------------------- */

static intptr_t runManager(void* context)
{
    Manager* manager = context;
    for (;;) {
        xcb_generic_event_t* event = xcb_wait_for_event(manager->connection);
        if (event == NULL) return 0;
        const xcb_selection_request_event_t* request = (const void*)event;
        if ((event->response_type & 0x7F) == XCB_SELECTION_REQUEST
            && request->target == atomOf(manager->connection, "SAVE_TARGETS")) {
            Paster paster = {manager->connection, manager->window};
            size_t size = 0;
            uint8_t* text = ask(&paster, "UTF8_STRING", "KEPT") ? take(&paster, "KEPT", &size, NULL) : NULL;
            if (text != NULL && size < sizeof manager->text) memcpy(manager->text, text, size);
            free(text);
            Peer self = {.connection = manager->connection};
            tell(&self, request, request->property);
        }
        free(event);
    }
}

void startManager(Manager* manager)
{
    manager->connection = xcb_connect(NULL, NULL);
    REQUIRE(xcb_connection_has_error(manager->connection) == 0);
    manager->window = makeHidden(manager->connection);
    xcb_set_selection_owner(manager->connection, manager->window, atomOf(manager->connection, "CLIPBOARD_MANAGER"),
                            XCB_CURRENT_TIME);
    start(&manager->thread, runManager, manager);
    /* A round trip: it is there. */
    atomOf(manager->connection, "CLIPBOARD_MANAGER");
}

/* -- A program that pastes -------------------------------------------------------------------------- */

void openPaster(Paster* paster)
{
    paster->connection = xcb_connect(NULL, NULL);
    REQUIRE(xcb_connection_has_error(paster->connection) == 0);
    paster->window = makeHidden(paster->connection);
}

void closePaster(Paster* paster)
{
    xcb_disconnect(paster->connection);
}

void askOnly(Paster* paster, const char* target, const char* property)
{
    xcb_connection_t* connection = paster->connection;
    xcb_convert_selection(connection, paster->window, atomOf(connection, "CLIPBOARD"), atomOf(connection, target),
                          atomOf(connection, property), XCB_CURRENT_TIME);
    xcb_flush(connection);
}

bool awaitAnswer(Paster* paster)
{
    for (;;) {
        xcb_generic_event_t* event = nextEvent(paster->connection);
        REQUIRE(event != NULL);
        const xcb_selection_notify_event_t* notify = (const void*)event;
        bool isAnswer = (event->response_type & 0x7F) == XCB_SELECTION_NOTIFY;
        bool isThere = isAnswer && notify->property != 0;
        free(event);
        if (isAnswer) return isThere;
    }
}

bool ask(Paster* paster, const char* target, const char* property)
{
    askOnly(paster, target, property);
    return awaitAnswer(paster);
}

static xcb_get_property_reply_t* takeOnce(Paster* paster, xcb_atom_t property)
{
    xcb_connection_t* connection = paster->connection;
    return xcb_get_property_reply(connection,
                                  xcb_get_property(connection, 1, paster->window, property, XCB_GET_PROPERTY_TYPE_ANY, 0,
                                                   1 << 28),
                                  NULL);
}

uint8_t* take(Paster* paster, const char* name, size_t* size, char type[64])
{
    xcb_connection_t* connection = paster->connection;
    xcb_atom_t property = atomOf(connection, name), incremental = atomOf(connection, "INCR");
    xcb_get_property_reply_t* reply = takeOnce(paster, property);
    *size = 0;
    if (reply == NULL || reply->type == 0) {
        free(reply);
        return NULL;
    }
    uint8_t* data = calloc(1, 1);
    bool comesInPieces = reply->type == incremental;
    for (;;) {
        size_t count = (size_t)xcb_get_property_value_length(reply);
        if (reply->type != incremental) {
            data = realloc(data, *size + count + 1);
            memcpy(data + *size, xcb_get_property_value(reply), count);
            *size += count;
            xcb_get_atom_name_reply_t* typeName =
                xcb_get_atom_name_reply(connection, xcb_get_atom_name(connection, reply->type), NULL);
            int length = typeName == NULL ? 0 : xcb_get_atom_name_name_length(typeName);
            if (type != NULL && length < 64 && count > 0) {
                memcpy(type, xcb_get_atom_name_name(typeName), (size_t)length);
                type[length] = 0;
            }
            free(typeName);
        }
        bool isEnd = !comesInPieces || (count == 0 && reply->type != incremental);
        free(reply);
        if (isEnd) return data;
        for (;;) {
            xcb_generic_event_t* event = nextEvent(connection);
            if (event == NULL) {
                free(data);
                return NULL;
            }
            const xcb_property_notify_event_t* notify = (const void*)event;
            bool isNext = (event->response_type & 0x7F) == XCB_PROPERTY_NOTIFY && notify->atom == property
                && notify->state == XCB_PROPERTY_NEW_VALUE;
            free(event);
            if (!isNext) continue;
            /* One that was taken already, with the property before, is told too. */
            reply = takeOnce(paster, property);
            if (reply != NULL && reply->type != 0) break;
            free(reply);
        }
    }
}
