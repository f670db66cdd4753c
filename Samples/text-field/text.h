/* A line of text that is being edited: UTF-8, a caret, and what lies between it and the anchor is selected.
 * Knows nothing of windows. */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    char* bytes; /* ends with a 0; NULL while nothing was typed */
    size_t length, room;
    size_t caret, anchor; /* at the edges of characters */
} Text;

typedef enum { STEP_CHARACTER, STEP_WORD, STEP_ALL } Step;

/* Replaces what is selected. False without memory. */
bool textInsert(Text* text, const char* bytes, size_t count);

/* Puts the caret a step further, -1 to the left, 1 to the right. The anchor stays if it `selects`. */
void textMove(Text* text, Step step, int direction, bool selects);

/* Puts the caret at a place. */
void textPut(Text* text, size_t place, bool selects);

/* Deletes what is selected, else a step. */
void textErase(Text* text, Step step, int direction);

/* Selects the word around a place. */
void textSelectWord(Text* text, size_t place);

/* What is selected: where it begins, and how many bytes. */
size_t textSelection(const Text* text, size_t* from);

/* The edge of the character before or after an edge. */
size_t textNext(const Text* text, size_t place, int direction);

/* Writes a code point in UTF-8; gives the number of bytes, at most 4. */
size_t textEncode(unsigned code, char* bytes);

#endif /* TEXT_H */
