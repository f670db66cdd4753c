/* Settings in .ini files: sections in brackets, and keys with values. Case does not matter; a file is read anew for each
 * call, and written to a new file that takes its name.
 *
 * A name without a directory is in Windows' directory there; here it is in the user's directory of settings.
 */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* Of this process's reading and writing. */

/* To be freed; NULL and the error if it is no path. */
static char* pathOf(const void* file, bool wide)
{
    char *path = linuxPath(file, wide), *whole = NULL;
    if (path == NULL || strchr(path, '/') != NULL) return path;
    const char *settings = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int length = settings != NULL && *settings == '/' ? asprintf(&whole, "%s/%s", settings, path)
                 : home != NULL                       ? asprintf(&whole, "%s/.config/%s", home, path)
                                                      : asprintf(&whole, "./%s", path);
    free(path);
    return length >= 0 ? whole : nullWith(ERROR_NOT_ENOUGH_MEMORY);
}

static char* trimmed(char* text)
{
    while (*text == ' ' || *text == '\t') text++;
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL) length--;
    text[length] = 0;
    return text;
}

typedef enum { LINE_OTHER, LINE_SECTION, LINE_KEY } LineKind;

/* Takes a line apart where it stands; *name and *value point into it. */
static LineKind parse(char* line, char** name, char** value)
{
    *value = line + strlen(line);
    *name = trimmed(line);
    if (**name == 0 || **name == ';') return LINE_OTHER;
    if (**name == '[') {
        char* end = strchr(*name, ']');
        if (end != NULL) *end = 0;
        *name = trimmed(*name + 1);
        return LINE_SECTION;
    }
    char* equals = strchr(*name, '=');
    if (equals == NULL) return LINE_OTHER;
    *equals = 0;
    *value = trimmed(equals + 1);
    *name = trimmed(*name);
    return LINE_KEY;
}

/* What is given back: one value, or a list of names with a 0 behind each. */
typedef struct {
    char* text;
    size_t length;
    bool isFound;
    bool isFull; /* No memory is left. */
} Answer;

static void add(Answer* answer, const char* text)
{
    size_t size = strlen(text) + 1;
    char* more = realloc(answer->text, answer->length + size + 1);
    answer->isFull |= more == NULL;
    if (more == NULL) return;
    answer->text = more;
    memcpy(more + answer->length, text, size);
    answer->length += size;
    more[answer->length] = 0;
}

/* Without the quotes around it. */
static char* bare(char* value)
{
    size_t length = strlen(value);
    if (length < 2 || (*value != '"' && *value != '\'') || value[length - 1] != *value) return value;
    value[length - 1] = 0;
    return value + 1;
}

/* Of no section: the sections; of no key: the section's keys. */
static Answer look(const char* path, const char* section, const char* key)
{
    Answer answer = { .text = NULL };
    char *line = NULL, *name, *value;
    size_t room = 0;
    bool isInside = false;
    FILE* file = fopen(path, "re");
    while (file != NULL && !answer.isFull && getline(&line, &room, file) >= 0) {
        char* text = strncmp(line, "\xEF\xBB\xBF", 3) == 0 ? line + 3 : line;
        LineKind kind = parse(text, &name, &value);
        if (kind == LINE_SECTION) {
            if (section == NULL) add(&answer, name);
            isInside = section != NULL && compareText(name, section, true) == 0;
        } else if (kind == LINE_KEY && isInside && key == NULL) {
            add(&answer, name);
        } else if (kind == LINE_KEY && isInside && compareText(name, key, true) == 0) {
            add(&answer, bare(value));
            answer.isFound = true;
            break;
        }
    }
    free(line);
    if (file != NULL) fclose(file);
    return answer;
}

/* A list of names, each with its 0, and one more at the end; cut to the buffer, if it must be. */
static DWORD giveList(const Answer* answer, void* buffer, DWORD size, bool wide)
{
    size_t place = 0, at = 0;
    bool fits = true;
    while (fits && at < answer->length) {
        const char* name = answer->text + at;
        size_t length = wide ? wideLengthOf(name) : strlen(name);
        fits = place + length + 2 <= size;
        if (place + 2 > size) break;
        size_t room = size - place - 1;
        place += (wide ? wideInto((WCHAR*)buffer + place, room, name) : copyCut((char*)buffer + place, room, name)) + 1;
        at += strlen(name) + 1;
    }
    size_t end = place < size ? place : size - 1;
    if (wide) ((WCHAR*)buffer)[end] = 0;
    else ((char*)buffer)[end] = 0;
    if (!fits) return size > 1 ? size - 2 : 0;
    return (DWORD)place;
}

typedef struct {
    char* copies[4];
    const char* section;
    const char* key;
    const char* value;
    char* path;
} Names;

static Names namesOf(const void* section, const void* key, const void* value, const void* file, bool wide)
{
    Names names;
    names.section = narrowText(section, wide, &names.copies[0]);
    names.key = narrowText(key, wide, &names.copies[1]);
    names.value = narrowText(value, wide, &names.copies[2]);
    names.path = names.copies[3] = pathOf(file, wide);
    return names;
}

static void freeNames(Names* names)
{
    for (size_t i = 0; i < ARRAYSIZE(names->copies); i++) free(names->copies[i]);
}

static DWORD getString(const void* section, const void* key, const void* otherwise, void* buffer, DWORD size,
                       const void* file, bool wide)
{
    if (buffer == NULL || size == 0) return 0;
    Names names = namesOf(section, key, otherwise, file, wide);
    Answer answer = { .text = NULL };
    if (names.path != NULL) {
        pthread_mutex_lock(&lock);
        answer = look(names.path, names.section, names.key);
        pthread_mutex_unlock(&lock);
    }
    DWORD length;
    if ((section == NULL || key == NULL) && answer.text != NULL) {
        length = giveList(&answer, buffer, size, wide);
    } else {
        const char* text = answer.isFound ? answer.text : names.value != NULL ? names.value : "";
        length = (DWORD)(wide ? wideInto(buffer, size, text) : copyCut(buffer, size, text));
    }
    free(answer.text);
    freeNames(&names);
    return length;
}

DWORD GetPrivateProfileStringA(LPCSTR section, LPCSTR key, LPCSTR otherwise, LPSTR buffer, DWORD size, LPCSTR file)
{
    return getString(section, key, otherwise, buffer, size, file, false);
}

DWORD GetPrivateProfileStringW(LPCWSTR section, LPCWSTR key, LPCWSTR otherwise, LPWSTR buffer, DWORD size, LPCWSTR file)
{
    return getString(section, key, otherwise, buffer, size, file, true);
}

/* Decimal, or hexadecimal with 0x, up to the first character that is no digit. */
static UINT numberOf(const char* text, UINT otherwise)
{
    if (*text == 0) return otherwise;
    bool isHexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    return (UINT)strtoll(text, NULL, isHexadecimal ? 16 : 10);
}

UINT GetPrivateProfileIntA(LPCSTR section, LPCSTR key, INT otherwise, LPCSTR file)
{
    char text[64];
    getString(section, key, "", text, sizeof text, file, false);
    return numberOf(text, (UINT)otherwise);
}

UINT GetPrivateProfileIntW(LPCWSTR section, LPCWSTR key, INT otherwise, LPCWSTR file)
{
    WCHAR wide[64];
    char text[192];
    getString(section, key, NULL, wide, ARRAYSIZE(wide), file, true);
    narrowInto(text, sizeof text, wide);
    return numberOf(text, (UINT)otherwise);
}

/* -- Writing ----------------------------------------------------------------------------------- */

/* A change of a file that is copied line by line. */
typedef struct {
    FILE* to;
    const Names* names;
    bool isInside;     /* Of the section. */
    bool isDone;       /* Nothing is left to be written. */
    unsigned blanks;   /* Empty lines that are held back, so that a key is put before them. */
} Change;

static void writeKey(Change* change)
{
    if (change->names->key != NULL && change->names->value != NULL && !change->isDone)
        fprintf(change->to, "%s=%s\n", change->names->key, change->names->value);
    change->isDone = true;
}

static void writeBlanks(Change* change)
{
    for (; change->blanks > 0; change->blanks--) fputc('\n', change->to);
}

static void copyLine(Change* change, char* line)
{
    char *name, *value, *parsed = strdup(line);
    if (parsed == NULL) return;
    LineKind kind = parse(parsed, &name, &value);
    if (kind == LINE_SECTION) {
        if (change->isInside) writeKey(change);
        change->isInside = compareText(name, change->names->section, true) == 0;
        if (change->isInside && change->names->key == NULL) change->isDone = true;
    }
    bool isGone = change->isInside && change->names->key == NULL;
    bool isKey = kind == LINE_KEY && change->isInside && change->names->key != NULL && !change->isDone &&
                 compareText(name, change->names->key, true) == 0;
    if (kind == LINE_OTHER && *name == 0 && !isGone) {
        change->blanks++;
    } else if (isKey) {
        writeBlanks(change);
        writeKey(change);
    } else if (!isGone) {
        writeBlanks(change);
        line[strcspn(line, "\r\n")] = 0;
        fprintf(change->to, "%s\n", line);
    }
    free(parsed);
}

/* 0, or errno. */
static int rewrite(const Names* names)
{
    char *other, *line = NULL;
    size_t room = 0;
    if (asprintf(&other, "%s.%d.new", names->path, (int)getpid()) < 0) return ENOMEM;
    FILE* from = fopen(names->path, "re");
    Change change = { .to = fopen(other, "we"), .names = names };
    int error = change.to == NULL ? errno : 0;
    while (error == 0 && from != NULL && getline(&line, &room, from) >= 0) copyLine(&change, line);
    if (error == 0 && !change.isDone && names->key != NULL && names->value != NULL) {
        if (!change.isInside) fprintf(change.to, "[%s]\n", names->section);
        writeKey(&change);
    }
    if (from != NULL) fclose(from);
    free(line);
    if (change.to != NULL && (ferror(change.to) != 0 || fclose(change.to) != 0) && error == 0) error = EIO;
    if (error == 0 && rename(other, names->path) != 0) error = errno;
    if (error != 0) unlink(other);
    free(other);
    return error;
}

static BOOL putString(const void* section, const void* key, const void* value, const void* file, bool wide)
{
    Names names = namesOf(section, key, value, file, wide);
    DWORD error = ERROR_SUCCESS;
    if (names.path == NULL) error = thread.lastError;
    else if (section == NULL) error = key == NULL && value == NULL ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER;
    else if (names.section == NULL || (key != NULL && names.key == NULL) || (value != NULL && names.value == NULL))
        error = ERROR_NOT_ENOUGH_MEMORY;
    else {
        pthread_mutex_lock(&lock);
        int result = rewrite(&names);
        pthread_mutex_unlock(&lock);
        if (result != 0) error = errorOfPath(names.path, result);
    }
    freeNames(&names);
    return error == ERROR_SUCCESS || failWith(error);
}

BOOL WritePrivateProfileStringA(LPCSTR section, LPCSTR key, LPCSTR value, LPCSTR file)
{
    return putString(section, key, value, file, false);
}

BOOL WritePrivateProfileStringW(LPCWSTR section, LPCWSTR key, LPCWSTR value, LPCWSTR file)
{
    return putString(section, key, value, file, true);
}
