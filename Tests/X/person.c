#define _GNU_SOURCE
#include "person.h"

#include "atoms.h"
#include "support.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xcb/xtest.h>

xcb_connection_t* comeTo(const char* display)
{
    xcb_connection_t* person = xcb_connect(display, NULL);
    REQUIRE(xcb_connection_has_error(person) == 0);
    return person;
}

void arrive(xcb_connection_t* person)
{
    free(xcb_get_input_focus_reply(person, xcb_get_input_focus(person), NULL));
}

static void play(xcb_connection_t* person, uint8_t type, uint8_t detail, int x, int y)
{
    xcb_test_fake_input(person, type, detail, 0, XCB_NONE, (int16_t)x, (int16_t)y, 0);
}

void movePointer(xcb_connection_t* person, int x, int y)
{
    play(person, XCB_MOTION_NOTIFY, 0, x, y);
}

void pressButton(xcb_connection_t* person, uint8_t button, bool isDown)
{
    play(person, isDown ? XCB_BUTTON_PRESS : XCB_BUTTON_RELEASE, button, 0, 0);
}

void pressKey(xcb_connection_t* person, uint8_t code, bool isDown)
{
    play(person, isDown ? XCB_KEY_PRESS : XCB_KEY_RELEASE, code, 0, 0);
}

void placeWindow(xcb_connection_t* person, xcb_window_t window, int x, int y, int width, int height)
{
    uint32_t place[] = {(uint32_t)x, (uint32_t)y, (uint32_t)width, (uint32_t)height};
    xcb_configure_window(person, window,
                         XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH |
                             XCB_CONFIG_WINDOW_HEIGHT,
                         place);
}

xcb_window_t serversWindow(RatWindow window)
{
    RatNativeWindow native = {.size = sizeof native};
    REQUIRE_OK(RatGetNativeWindow(window, &native));
    return native.window;
}

Server startServer(const char* screen)
{
    Server server = {.display = ":"};
    char* command[] = {"Xvfb",      "-displayfd", "3",   "-screen", "0", (char*)(uintptr_t)screen,
                       "-noreset", "-nolisten",  "tcp", NULL};
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 3);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    REQUIRE(posix_spawnp(&server.pid, command[0], &actions, NULL, command, environ) == 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    /* It writes its number and a line's end when it listens. */
    size_t length = 1;
    while (length < sizeof server.display - 1 && read(ends[0], server.display + length, 1) == 1 &&
           server.display[length] != '\n')
        length++;
    REQUIRE(length > 1 && server.display[length] == '\n');
    server.display[length] = 0;
    close(ends[0]);
    return server;
}

pid_t startOpenbox(void)
{
    pid_t manager = 0;
    char* command[] = {"openbox", "--config-file", "/dev/null", NULL};
    REQUIRE(posix_spawnp(&manager, command[0], NULL, NULL, command, environ) == 0);
    xcb_connection_t* other = comeTo(NULL);
    xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(other)).data->root;
    xcb_atom_t check = atomOf(other, "_NET_SUPPORTING_WM_CHECK");
    uint64_t deadline = now() + (uint64_t)SOON * 1000000;
    for (bool isThere = false; !isThere;) {
        REQUIRE(now() < deadline);
        xcb_get_property_reply_t* reply =
            xcb_get_property_reply(other, xcb_get_property(other, 0, root, check, 0, 0, 1), NULL);
        isThere = reply != NULL && xcb_get_property_value_length(reply) == 4;
        free(reply);
    }
    xcb_disconnect(other);
    return manager;
}

void endProcess(pid_t process, int signal)
{
    kill(process, signal);
    waitpid(process, NULL, 0);
}
