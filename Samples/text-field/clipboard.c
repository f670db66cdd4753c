#include "clipboard.h"

#include <stdlib.h>
#include <string.h>

void clipboardSet(RatWindow window, const char* text, size_t count)
{
    char* copy = malloc(count + 1);
    if (!copy) return;
    memcpy(copy, text, count);
    copy[count] = 0;
    /* Another program may have it open: then this copy is not made, and the person sees it when pasting. */
    if (RatOpenClipboard(window) == RAT_IPC_OK) {
        if (RatEmptyClipboard() == RAT_IPC_OK) RatSetClipboardData(RAT_CF_TEXT, copy, count + 1);
        RatCloseClipboard();
    }
    free(copy);
}

char* clipboardGet(RatWindow window)
{
    if (RatOpenClipboard(window) != RAT_IPC_OK) return NULL;
    char* text = NULL;
    size_t size = 0;
    /* While it is open nothing changes on it, so what fits once fits. */
    if (RatGetClipboardData(RAT_CF_TEXT, NULL, 0, &size) == RAT_IPC_ERR_BUFFER_TOO_SMALL
        && (text = malloc(size + 1)) != NULL) {
        if (RatGetClipboardData(RAT_CF_TEXT, text, size, &size) == RAT_IPC_OK) {
            text[size] = 0;
        } else {
            free(text);
            text = NULL;
        }
    }
    RatCloseClipboard();
    return text;
}
