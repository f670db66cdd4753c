#include "clipboard.h"

#include <stdlib.h>
#include <string.h>

static char* kept;

static char* copyOf(const char* text, size_t count)
{
    char* copy = malloc(count + 1);
    if (!copy) return NULL;
    memcpy(copy, text, count);
    copy[count] = 0;
    return copy;
}

void clipboardSet(RatWindow window, const char* text, size_t count)
{
    (void)window;
    char* copy = copyOf(text, count);
    if (!copy) return;
    free(kept);
    kept = copy;
}

char* clipboardGet(RatWindow window)
{
    (void)window;
    return kept ? copyOf(kept, strlen(kept)) : NULL;
}
