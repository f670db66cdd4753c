/* Text on the clipboard, which all programs of the desktop share. */
#ifndef CLIPBOARD_H
#define CLIPBOARD_H

#include <rat.h>
#include <stddef.h>

/* Copies a text in UTF-8, in the name of a window. */
void clipboardSet(RatWindow window, const char* text, size_t count);

/* The text that was copied last, wherever, to be freed; NULL if there is none. */
char* clipboardGet(RatWindow window);

#endif /* CLIPBOARD_H */
