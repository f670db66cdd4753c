/* The pictures of a text field and of the window around it. Know nothing of windows: they draw into any pixels. */
#ifndef VIEW_H
#define VIEW_H

#include "text.h"

#include <rat.h>

enum { MARGIN = 28, FIELD_TOP = 60, FIELD_HEIGHT = 44 };

/* How a field looks beside its text. */
typedef struct {
    bool hasFocus, showsCaret;
    char pending[8]; /* a dead key that waits for its letter; "" for none */
    int scrolled;    /* how much of the text lies to the left of the field */
} Look;

/* Draws what the paint asks for. */
void viewField(const RatPaint* paint, const Text* text, const Look* look);
void viewForm(const RatPaint* paint, const Text* text);

/* Scrolls so that the caret can be seen in a field of that width. */
void viewFollow(const Text* text, Look* look, int width);

/* The edge of a character next to a place in the field. */
size_t viewPlaceAt(const Text* text, const Look* look, int x);

#endif /* VIEW_H */
