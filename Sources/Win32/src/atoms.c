/* Atoms: numbers that stand for names, of which case does not matter. One table for the local ones, and one for the
 * global ones, which are this process's too. Names of the form #123 are their numbers, and are kept nowhere. */
#include "internal.h"

#include <pthread.h>

#define ATOMS (0x10000 - MAXINTATOM)
#define NAME_MAX_BYTES 255

typedef struct {
    char* name; /* UTF-8, to be freed; NULL of none. */
    uint32_t count;
} Entry;

typedef struct {
    Entry entries[ATOMS];
    size_t used; /* From there on none has ever been one. */
} Table;

static Table globalAtoms, localAtoms;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The number of a name of the form #123, or of one that is a number; false if it is a name. *atom is 0, and the error
 * set, for a number that is none. */
static bool isNumber(const char* name, ATOM* atom)
{
    uintptr_t number = 0;
    *atom = 0;
    if (IS_INTRESOURCE(name)) {
        number = (uintptr_t)name;
    } else {
        if (name[0] != '#') return false;
        const char* at = name + 1;
        for (; *at >= '0' && *at <= '9' && number < MAXINTATOM; at++) number = number * 10 + (uintptr_t)(*at - '0');
        if (*at != 0 || at == name + 1) return false;
    }
    if (number == 0 || number >= MAXINTATOM) failWith(ERROR_INVALID_PARAMETER);
    else *atom = (ATOM)number;
    return true;
}

/* Under the lock, as the next one. NULL if there is none. */
static Entry* find(Table* table, const char* name)
{
    for (size_t i = 0; i < table->used; i++)
        if (table->entries[i].name != NULL && compareText(table->entries[i].name, name, true) == 0)
            return &table->entries[i];
    return NULL;
}

/* NULL if the table is full, or no memory is left. */
static Entry* add(Table* table, const char* name)
{
    size_t i = 0;
    while (i < table->used && table->entries[i].name != NULL) i++;
    if (i == ATOMS) return NULL;
    table->entries[i] = (Entry){ strdup(name), 0 };
    if (table->entries[i].name == NULL) return NULL;
    if (i == table->used) table->used++;
    return &table->entries[i];
}

static ATOM lookUp(Table* table, const void* given, bool wide, bool adds)
{
    ATOM atom = 0;
    char* copy;
    const char* name = narrowName(given, wide, &copy);
    bool isName = (IS_INTRESOURCE(given) || name != NULL) && !isNumber(name, &atom);
    if (name == NULL && !IS_INTRESOURCE(given)) failWith(ERROR_NOT_ENOUGH_MEMORY);
    if (isName && strlen(name) > NAME_MAX_BYTES) {
        failWith(ERROR_INVALID_PARAMETER);
    } else if (isName && *name == 0) {
        failWith(table == &globalAtoms ? ERROR_INVALID_PARAMETER : adds ? ERROR_INVALID_NAME : ERROR_FILE_NOT_FOUND);
    } else if (isName) {
        pthread_mutex_lock(&lock);
        Entry* entry = find(table, name);
        if (entry == NULL && adds) entry = add(table, name);
        if (entry != NULL) {
            entry->count += adds;
            atom = (ATOM)(MAXINTATOM + (entry - table->entries));
        } else {
            failWith(adds ? ERROR_NOT_ENOUGH_MEMORY : ERROR_FILE_NOT_FOUND);
        }
        pthread_mutex_unlock(&lock);
    }
    free(copy);
    return atom;
}

static ATOM delete(Table* table, ATOM atom)
{
    if (atom < MAXINTATOM) return 0;
    pthread_mutex_lock(&lock);
    Entry* entry = &table->entries[atom - MAXINTATOM];
    bool isThere = entry->name != NULL;
    if (isThere && --entry->count == 0) {
        free(entry->name);
        entry->name = NULL;
    }
    pthread_mutex_unlock(&lock);
    if (!isThere) failWith(ERROR_INVALID_HANDLE);
    return isThere ? 0 : atom;
}

/* The name, cut to the buffer. */
static UINT nameOf(const Table* table, ATOM atom, void* buffer, int size, bool wide)
{
    char name[NAME_MAX_BYTES + 1] = "";
    if (buffer == NULL || size <= 0) return (UINT)failWith(ERROR_MORE_DATA);
    if (atom == 0) return (UINT)failWith(ERROR_INVALID_PARAMETER);
    if (atom < MAXINTATOM) {
        wsprintfA(name, "#%u", atom);
    } else {
        pthread_mutex_lock(&lock);
        const char* kept = table->entries[atom - MAXINTATOM].name;
        if (kept != NULL) strcpy(name, kept);
        pthread_mutex_unlock(&lock);
    }
    if (*name == 0) return (UINT)failWith(ERROR_INVALID_HANDLE);
    return (UINT)(wide ? wideInto(buffer, (size_t)size, name) : copyCut(buffer, (size_t)size, name));
}

ATOM GlobalAddAtomA(LPCSTR name)
{
    return lookUp(&globalAtoms, name, false, true);
}

ATOM GlobalAddAtomW(LPCWSTR name)
{
    return lookUp(&globalAtoms, name, true, true);
}

ATOM GlobalFindAtomA(LPCSTR name)
{
    return lookUp(&globalAtoms, name, false, false);
}

ATOM GlobalFindAtomW(LPCWSTR name)
{
    return lookUp(&globalAtoms, name, true, false);
}

ATOM GlobalDeleteAtom(ATOM atom)
{
    return delete(&globalAtoms, atom);
}

UINT GlobalGetAtomNameA(ATOM atom, LPSTR buffer, int size)
{
    return nameOf(&globalAtoms, atom, buffer, size, false);
}

UINT GlobalGetAtomNameW(ATOM atom, LPWSTR buffer, int size)
{
    return nameOf(&globalAtoms, atom, buffer, size, true);
}

/* The table is as large as can be from the start. */
BOOL InitAtomTable(DWORD size)
{
    (void)size;
    return TRUE;
}

ATOM AddAtomA(LPCSTR name)
{
    return lookUp(&localAtoms, name, false, true);
}

ATOM AddAtomW(LPCWSTR name)
{
    return lookUp(&localAtoms, name, true, true);
}

ATOM FindAtomA(LPCSTR name)
{
    return lookUp(&localAtoms, name, false, false);
}

ATOM FindAtomW(LPCWSTR name)
{
    return lookUp(&localAtoms, name, true, false);
}

ATOM DeleteAtom(ATOM atom)
{
    return delete(&localAtoms, atom);
}

UINT GetAtomNameA(ATOM atom, LPSTR buffer, int size)
{
    return nameOf(&localAtoms, atom, buffer, size, false);
}

UINT GetAtomNameW(ATOM atom, LPWSTR buffer, int size)
{
    return nameOf(&localAtoms, atom, buffer, size, true);
}
