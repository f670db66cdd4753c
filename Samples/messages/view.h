/* The picture of a journal. Knows nothing of windows: it draws into any pixels. */
#ifndef VIEW_H
#define VIEW_H

#include "journal.h"

/* Draws what the paint asks for. */
void viewDraw(const Journal* journal, const RatPaint* paint);

#endif /* VIEW_H */
