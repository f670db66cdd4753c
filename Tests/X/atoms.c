#include "atoms.h"

#include "harness.h"

#include <stdlib.h>
#include <string.h>

xcb_atom_t atomOf(xcb_connection_t* connection, const char* name)
{
    xcb_intern_atom_reply_t* reply =
        xcb_intern_atom_reply(connection, xcb_intern_atom(connection, 0, (uint16_t)strlen(name), name), NULL);
    REQUIRE(reply != NULL);
    xcb_atom_t atom = reply->atom;
    free(reply);
    return atom;
}
