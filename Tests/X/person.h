/* A second client of an X server: a person by XTEST, another program, or a server of its own to play in.
 *
 * What was asked for has reached every other client when arrive() has returned: the server works off one client's
 * requests in order, and sends the events that they cause before the reply. */
#ifndef PERSON_H
#define PERSON_H

#include <rat.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <xcb/xcb.h>

enum { KEY_A = 38, KEY_B = 56 };

/* Connects to the display of this name, or with NULL to what DISPLAY names. */
xcb_connection_t* comeTo(const char* display);
void arrive(xcb_connection_t* person);

void movePointer(xcb_connection_t* person, int x, int y);
void pressButton(xcb_connection_t* person, uint8_t button, bool isDown);
void pressKey(xcb_connection_t* person, uint8_t code, bool isDown);

/* Sizes and moves a window as somebody else. */
void placeWindow(xcb_connection_t* person, xcb_window_t window, int x, int y, int width, int height);

/* The server's name of a top-level window. */
xcb_window_t serversWindow(RatWindow window);

/* An X server that a test has started; its number is the name of its display. */
typedef struct {
    pid_t pid;
    char display[16];
} Server;

/* Ready when this returns. `screen` as in 800x600x24. */
Server startServer(const char* screen);

/* A window manager on what DISPLAY names, which rules when this returns. */
pid_t startOpenbox(void);

void endProcess(pid_t process, int signal);

#endif /* PERSON_H */
