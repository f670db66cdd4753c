#include "text.h"

#include <stdlib.h>
#include <string.h>

bool textInsert(Text* text, const char* bytes, size_t count)
{
    if (text->length + count + 1 > text->room) {
        const size_t room = (text->length + count + 1) * 2;
        char* grown = realloc(text->bytes, room);
        if (!grown) return false;
        text->bytes = grown;
        text->room = room;
    }
    if (text->caret != text->anchor) textErase(text, STEP_CHARACTER, 1);
    memmove(text->bytes + text->caret + count, text->bytes + text->caret, text->length - text->caret);
    memcpy(text->bytes + text->caret, bytes, count);
    text->length += count;
    text->bytes[text->length] = 0;
    textPut(text, text->caret + count, false);
    return true;
}

size_t textNext(const Text* text, size_t place, int direction)
{
    if (direction < 0 ? place == 0 : place >= text->length) return place;
    do place += (size_t)direction;
    while (place > 0 && place < text->length && ((unsigned char)text->bytes[place] & 0xC0) == 0x80);
    return place;
}

/* Whether what begins at a place belongs to a word: all but blanks and ASCII's signs. */
static bool isOfWord(const Text* text, size_t place)
{
    const unsigned char byte = (unsigned char)text->bytes[place];
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/* Over what lies between words, then over a word. */
static size_t overWord(const Text* text, size_t place, int direction)
{
    for (int isWord = 0; isWord < 2; isWord++)
        for (;;) {
            const size_t next = textNext(text, place, direction);
            const size_t passed = direction < 0 ? next : place;
            if (next == place || isOfWord(text, passed) != (bool)isWord) break;
            place = next;
        }
    return place;
}

static size_t stepped(const Text* text, Step step, int direction)
{
    switch (step) {
    case STEP_CHARACTER: return textNext(text, text->caret, direction);
    case STEP_WORD: return overWord(text, text->caret, direction);
    default: return direction < 0 ? 0 : text->length;
    }
}

void textPut(Text* text, size_t place, bool selects)
{
    text->caret = place;
    if (!selects) text->anchor = place;
}

void textMove(Text* text, Step step, int direction, bool selects)
{
    size_t from;
    const size_t count = textSelection(text, &from);
    /* Without Shift the caret leaves a selection at its edge. */
    if (count > 0 && !selects && step == STEP_CHARACTER)
        textPut(text, direction < 0 ? from : from + count, false);
    else
        textPut(text, stepped(text, step, direction), selects);
}

void textErase(Text* text, Step step, int direction)
{
    size_t from;
    if (text->caret == text->anchor) textMove(text, step, direction, true);
    const size_t count = textSelection(text, &from);
    if (count == 0) return;
    memmove(text->bytes + from, text->bytes + from + count, text->length - from - count + 1);
    text->length -= count;
    textPut(text, from, false);
}

void textSelectWord(Text* text, size_t place)
{
    size_t end = place;
    while (place > 0 && isOfWord(text, textNext(text, place, -1))) place = textNext(text, place, -1);
    while (end < text->length && isOfWord(text, end)) end = textNext(text, end, 1);
    text->anchor = place;
    text->caret = end;
}

size_t textSelection(const Text* text, size_t* from)
{
    *from = text->caret < text->anchor ? text->caret : text->anchor;
    return (text->caret < text->anchor ? text->anchor : text->caret) - *from;
}

size_t textEncode(unsigned code, char* bytes)
{
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    const size_t count = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (count == 1) return bytes[0] = (char)code, 1;
    for (size_t i = count - 1; i > 0; i--, code >>= 6) bytes[i] = (char)(0x80 | (code & 0x3F));
    bytes[0] = (char)(first[count] | code);
    return count;
}
