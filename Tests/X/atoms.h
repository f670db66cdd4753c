/* What tests that talk to the X server themselves share. */
#ifndef ATOMS_H
#define ATOMS_H

#include <xcb/xcb.h>

/* The atom of a name; a round trip. */
xcb_atom_t atomOf(xcb_connection_t* connection, const char* name);

#endif
