/* What was copied, within this program: other programs neither see it nor give what they have copied. */
#ifndef CLIPBOARD_H
#define CLIPBOARD_H

#include <rat.h>
#include <stddef.h>

/* Keeps a text, in the name of a window. */
void clipboardSet(RatWindow window, const char* text, size_t count);

/* The text that was copied last, to be freed; NULL if there is none. */
char* clipboardGet(RatWindow window);

#endif /* CLIPBOARD_H */
