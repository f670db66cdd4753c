/* Re-exports cairo. No logic. A macro of this target does not reach Swift's importer, so the header cannot hide
 * behind RAT_GDI_CAIRO: the trait keeps Swift from importing it, and anchor.c from including it. */
#ifndef C_RAT_CAIRO_H
#define C_RAT_CAIRO_H

#include <cairo/cairo.h>

#endif /* C_RAT_CAIRO_H */
