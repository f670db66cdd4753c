/* The clipboard, over Rat's. Rat copies data; Win32 hands over memory, which is the system's from then on. So the
 * library keeps the memory that was set or given, until what it holds is not on the clipboard any more. */
#include "internal.h"

#include <pthread.h>

#define FIRST_NAMED 0xC000
#define NAME_MAX_BYTES 255

typedef struct Kept {
    struct Kept* next;
    UINT format;
    HANDLE memory;
} Kept;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
/* Guarded by the lock, with `known`: the clipboard's count of changes when the list was true. */
static Kept* kept;
static uint32_t known;

/* Handles of a program's own, which are numbers to the system. */
static bool isPrivate(UINT format)
{
    return format >= CF_PRIVATEFIRST && format <= CF_PRIVATELAST;
}

/* Handles that are no memory, but of drawing or of an owner that draws. */
static bool isNoMemory(UINT format)
{
    switch (format) {
    case CF_BITMAP:
    case CF_METAFILEPICT:
    case CF_PALETTE:
    case CF_ENHMETAFILE:
    case CF_OWNERDISPLAY:
    case CF_DSPBITMAP:
    case CF_DSPMETAFILEPICT:
    case CF_DSPENHMETAFILE: return true;
    default: return format >= CF_GDIOBJFIRST && format <= CF_GDIOBJLAST;
    }
}

static HANDLE findKept(UINT format)
{
    for (const Kept* each = kept; each != NULL; each = each->next)
        if (each->format == format) return each->memory;
    return NULL;
}

/* Takes memory over in the place of what was kept of the format. False if no memory is left for that. */
static bool keep(UINT format, HANDLE memory)
{
    Kept* each = kept;
    while (each != NULL && each->format != format) each = each->next;
    if (each == NULL) {
        each = malloc(sizeof *each);
        if (each == NULL) return false;
        *each = (Kept){ kept, format, NULL };
        kept = each;
    }
    if (each->memory != memory) GlobalFree(each->memory);
    each->memory = memory;
    return true;
}

static void dropAll(void)
{
    for (Kept *each = kept, *next; each != NULL; each = next) {
        next = each->next;
        GlobalFree(each->memory);
        free(each);
    }
    kept = NULL;
}

BOOL OpenClipboard(HWND window)
{
    if (!succeeded(RatOpenClipboard(handleOf(window)), SUBJECT_CLIPBOARD)) return FALSE;
    pthread_mutex_lock(&lock);
    uint32_t count = RatGetClipboardSequenceNumber();
    if (count != known) dropAll();
    known = count;
    pthread_mutex_unlock(&lock);
    return TRUE;
}

BOOL CloseClipboard(VOID)
{
    return succeeded(RatCloseClipboard(), SUBJECT_CLIPBOARD);
}

BOOL EmptyClipboard(VOID)
{
    if (!succeeded(RatEmptyClipboard(), SUBJECT_CLIPBOARD)) return FALSE;
    pthread_mutex_lock(&lock);
    dropAll();
    known = RatGetClipboardSequenceNumber();
    pthread_mutex_unlock(&lock);
    return TRUE;
}

/* NULL promises the format. */
HANDLE SetClipboardData(UINT format, HANDLE memory)
{
    if (isNoMemory(format)) return nullWith(ERROR_NOT_SUPPORTED);
    RatStatus status;
    if (memory == NULL) status = RatSetClipboardData(format, NULL, 0);
    else if (isPrivate(format)) status = RatSetClipboardData(format, &memory, sizeof memory);
    else status = RatSetClipboardData(format, memory, GlobalSize(memory));
    /* Win32 takes a promise that nobody will keep. */
    if (memory == NULL && status == RAT_IPC_ERR_INVALID_ARG && format != 0) return NULL;
    if (format == 0 && status == RAT_IPC_ERR_INVALID_ARG) return nullWith(ERROR_CLIPBOARD_NOT_OPEN);
    if (!succeeded(status, SUBJECT_CLIPBOARD)) return NULL;
    if (memory == NULL || isPrivate(format)) return memory;
    pthread_mutex_lock(&lock);
    /* Where it cannot be kept it is left to the program, which has been told that it is not its own: it stays. */
    keep(format, memory);
    known = RatGetClipboardSequenceNumber();
    pthread_mutex_unlock(&lock);
    return memory;
}

/* A copy of what Rat has of a format; NULL and an error if that fails. */
static HANDLE fetch(UINT format, size_t size)
{
    HANDLE memory = GlobalAlloc(GMEM_MOVEABLE, size);
    if (memory == NULL) return NULL;
    size_t count;
    if (succeeded(RatGetClipboardData(format, memory, size, &count), SUBJECT_CLIPBOARD)) return memory;
    GlobalFree(memory);
    return NULL;
}

HANDLE GetClipboardData(UINT format)
{
    size_t size;
    /* Also has it rendered, which may set it, and fetches it from another program. */
    RatStatus status = RatGetClipboardData(format, NULL, 0, &size);
    /* That there is none is no error. */
    if (status == RAT_IPC_ERR_NOT_FOUND) return NULL;
    if (status != RAT_IPC_ERR_BUFFER_TOO_SMALL && !succeeded(status, SUBJECT_CLIPBOARD)) return NULL;
    if (isPrivate(format)) {
        HANDLE own = NULL;
        RatGetClipboardData(format, &own, sizeof own, &size);
        return own;
    }
    pthread_mutex_lock(&lock);
    HANDLE memory = findKept(format);
    if (memory == NULL) {
        memory = fetch(format, size);
        if (memory != NULL && !keep(format, memory)) {
            GlobalFree(memory);
            memory = nullWith(ERROR_NOT_ENOUGH_MEMORY);
        }
    }
    pthread_mutex_unlock(&lock);
    return memory;
}

BOOL IsClipboardFormatAvailable(UINT format)
{
    return RatIsClipboardFormatAvailable(format);
}

/* 0 without an error is behind the last one. */
UINT EnumClipboardFormats(UINT format)
{
    uint32_t next = 0;
    if (succeeded(RatEnumClipboardFormats(format, &next), SUBJECT_CLIPBOARD) && next == 0) failWith(ERROR_SUCCESS);
    return next;
}

int CountClipboardFormats(VOID)
{
    return (int)RatCountClipboardFormats();
}

int GetPriorityClipboardFormat(UINT* formats, int count)
{
    if (RatCountClipboardFormats() == 0) return 0;
    for (int i = 0; i < count; i++)
        if (RatIsClipboardFormatAvailable(formats[i])) return (int)formats[i];
    return -1;
}

/* -- Formats with names ------------------------------------------------------------------------------- */

static UINT registerFormat(const char* name)
{
    uint32_t format = 0;
    return succeeded(RatRegisterClipboardFormat(name, &format), SUBJECT_CLIPBOARD) ? format : 0;
}

UINT RegisterClipboardFormatA(LPCSTR name)
{
    return registerFormat(name);
}

UINT RegisterClipboardFormatW(LPCWSTR name)
{
    char* copy = narrowCopy(name);
    UINT format = registerFormat(copy);
    free(copy);
    return format;
}

/* The name, cut to the buffer. */
static int nameOf(UINT format, void* buffer, int size, bool wide)
{
    char name[NAME_MAX_BYTES + 1];
    if (format < FIRST_NAMED || buffer == NULL || size <= 0) return 0;
    if (RatGetClipboardFormatName(format, name, sizeof name, NULL) != RAT_IPC_OK) return failWith(ERROR_INVALID_HANDLE);
    return (int)(wide ? wideInto(buffer, (size_t)size, name) : copyCut(buffer, (size_t)size, name));
}

int GetClipboardFormatNameA(UINT format, LPSTR buffer, int size)
{
    return nameOf(format, buffer, size, false);
}

int GetClipboardFormatNameW(UINT format, LPWSTR buffer, int size)
{
    return nameOf(format, buffer, size, true);
}

/* -- Windows ------------------------------------------------------------------------------------------ */

HWND GetClipboardOwner(VOID)
{
    RatWindow window = RAT_INVALID_HANDLE;
    RatGetClipboardOwner(&window);
    return objectOf(window);
}

HWND GetOpenClipboardWindow(VOID)
{
    RatWindow window = RAT_INVALID_HANDLE;
    RatGetOpenClipboardWindow(&window);
    return objectOf(window);
}

DWORD GetClipboardSequenceNumber(VOID)
{
    return RatGetClipboardSequenceNumber();
}

/* That it listens already, or does not, is a wrong parameter. */
static BOOL listened(RatStatus status)
{
    if (status == RAT_IPC_ERR_ALREADY_EXISTS || status == RAT_IPC_ERR_NOT_FOUND) status = RAT_IPC_ERR_INVALID_ARG;
    return succeeded(status, SUBJECT_CLIPBOARD);
}

BOOL AddClipboardFormatListener(HWND window)
{
    return listened(RatAddClipboardFormatListener(handleOf(window)));
}

BOOL RemoveClipboardFormatListener(HWND window)
{
    return listened(RatRemoveClipboardFormatListener(handleOf(window)));
}
