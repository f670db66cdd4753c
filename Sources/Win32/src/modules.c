/* Modules: the program, Win32's own libraries, and shared objects that the program loads.
 *
 * A module's handle is what dlopen() gives, but for the program, whose handle is where it is mapped. Win32's libraries
 * are all one here, and its functions have other symbols: a program that asks whether user32 has a function finds it
 * there if this library has it.
 */
#define _GNU_SOURCE
#include "internal.h"

#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <stdio.h>
#include <strings.h>
#include <sys/auxv.h>
#include <unistd.h>

#define PATH_BYTES 4096

/* Where the program is mapped, as it is in Windows. */
HINSTANCE ownModule(void)
{
    return (HINSTANCE)(getauxval(AT_PHDR) & ~(uintptr_t)0xFFF);
}

/* The path of the running program; "" if the system does not tell. */
static const char* programPath(char path[PATH_BYTES])
{
    ssize_t length = readlink("/proc/self/exe", path, PATH_BYTES - 1);
    path[length > 0 ? length : 0] = 0;
    return path;
}

static void* systemLibrary;
static pthread_once_t systemOnce = PTHREAD_ONCE_INIT;

static void findSystem(void)
{
    Dl_info info;
    if (dladdr((void*)(uintptr_t)ownModule, &info) != 0) systemLibrary = dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
}

/* The handle of this library. */
static HMODULE systemModule(void)
{
    pthread_once(&systemOnce, findSystem);
    return systemLibrary;
}

/* A name without ".dll", if it is one of those whose functions are here. */
static bool isSystemLibrary(const char* name)
{
    static const char* const names[] = { "kernel32", "kernelbase", "user32", "gdi32", "comctl32", "winmm", "advapi32" };
    char stem[32];
    size_t length = strlen(name);
    if (length > 4 && strcasecmp(name + length - 4, ".dll") == 0) length -= 4;
    if (length >= sizeof stem) return false;
    memcpy(stem, name, length);
    stem[length] = 0;
    for (size_t i = 0; i < ARRAYSIZE(names); i++)
        if (strcasecmp(stem, names[i]) == 0) return true;
    return false;
}

/* A library by the names that it may have: as given, and as Linux names libraries. NULL if there is none. */
static void* openLibrary(const char* name, int flags)
{
    char other[PATH_BYTES];
    void* library = dlopen(name, flags);
    if (library == NULL && snprintf(other, sizeof other, "%s.so", name) < (int)sizeof other)
        library = dlopen(other, flags);
    if (library == NULL && strchr(name, '/') == NULL &&
        snprintf(other, sizeof other, "lib%s.so", name) < (int)sizeof other)
        library = dlopen(other, flags);
    return library;
}

/* Modules whose handles a program has. One that was only asked for stays loaded, so that its handle stays good. */
typedef struct Module {
    void* library;
    unsigned loads;
    bool wasAskedFor;
    struct Module* next;
} Module;

static Module* modules;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Under the lock. Where the module is, or where one is to be put. */
static Module** placeOf(const void* library)
{
    Module** at = &modules;
    while (*at != NULL && (*at)->library != library) at = &(*at)->next;
    return at;
}

/* Takes over a reference to the library. Its handle; NULL and an error if no memory is left. */
static void* keep(void* library, bool loads)
{
    pthread_mutex_lock(&lock);
    Module** at = placeOf(library);
    bool isNew = *at == NULL;
    if (isNew) *at = calloc(1, sizeof **at);
    Module* module = *at;
    bool isHeld = module != NULL && !isNew && (loads || module->wasAskedFor);
    if (module != NULL) {
        module->library = library;
        if (loads) module->loads++;
        else module->wasAskedFor = true;
    }
    pthread_mutex_unlock(&lock);
    /* One reference for all that were loaded, and one for those asked for. */
    if (module == NULL || (isHeld && !(loads && module->loads == 1))) dlclose(library);
    return module != NULL ? library : nullWith(ERROR_NOT_ENOUGH_MEMORY);
}

static bool isKept(const void* library)
{
    pthread_mutex_lock(&lock);
    bool is = *placeOf(library) != NULL;
    pthread_mutex_unlock(&lock);
    return is;
}

static HMODULE find(const char* name, bool loads)
{
    char path[PATH_BYTES];
    const char* last = strrchr(programPath(path), '/');
    if (last != NULL && (strcmp(name, path) == 0 || strcasecmp(name, last + 1) == 0)) return ownModule();
    if (isSystemLibrary(name)) return systemModule();
    void* library = *name != 0 ? openLibrary(name, loads ? RTLD_NOW : RTLD_LAZY | RTLD_NOLOAD) : NULL;
    return library != NULL ? keep(library, loads) : nullWith(ERROR_MOD_NOT_FOUND);
}

static HMODULE findWide(const WCHAR* name, bool loads)
{
    char* copy = narrowCopy(name);
    HMODULE module = copy != NULL ? find(copy, loads) : nullWith(ERROR_NOT_ENOUGH_MEMORY);
    free(copy);
    return module;
}

HMODULE GetModuleHandleA(LPCSTR name)
{
    return name != NULL ? find(name, false) : ownModule();
}

HMODULE GetModuleHandleW(LPCWSTR name)
{
    return name != NULL ? findWide(name, false) : ownModule();
}

HMODULE LoadLibraryA(LPCSTR name)
{
    return name != NULL ? find(name, true) : nullWith(ERROR_INVALID_PARAMETER);
}

HMODULE LoadLibraryW(LPCWSTR name)
{
    return name != NULL ? findWide(name, true) : nullWith(ERROR_INVALID_PARAMETER);
}

static bool isFixed(HMODULE module)
{
    return module == ownModule() || module == systemModule();
}

BOOL FreeLibrary(HMODULE module)
{
    if (module == NULL) return failWith(ERROR_INVALID_HANDLE);
    if (isFixed(module)) return TRUE;
    pthread_mutex_lock(&lock);
    Module** at = placeOf(module);
    Module* found = *at;
    bool isLoaded = found != NULL && found->loads > 0;
    bool isLast = isLoaded && --found->loads == 0;
    if (isLast && !found->wasAskedFor) {
        *at = found->next;
        free(found);
    }
    pthread_mutex_unlock(&lock);
    if (isLast) dlclose(module);
    return isLoaded || failWith(ERROR_MOD_NOT_FOUND);
}

VOID FreeLibraryAndExitThread(HMODULE module, DWORD code)
{
    FreeLibrary(module);
    ExitThread(code);
}

/* Nothing is told of threads anyway. */
BOOL DisableThreadLibraryCalls(HMODULE module)
{
    return isFixed(module) || isKept(module) || failWith(ERROR_MOD_NOT_FOUND);
}

FARPROC GetProcAddress(HMODULE module, LPCSTR name)
{
    char symbol[256];
    void* found = NULL;
    if (module != NULL && !isFixed(module) && !isKept(module)) return (FARPROC)nullWith(ERROR_MOD_NOT_FOUND);
    /* Functions have no numbers here. */
    if (IS_INTRESOURCE(name)) return (FARPROC)nullWith(ERROR_PROC_NOT_FOUND);
    if (module == systemModule()) {
        if (snprintf(symbol, sizeof symbol, "RatWin32%s", name) < (int)sizeof symbol) found = dlsym(module, symbol);
        /* Drawing has a library of its own. */
        if (found == NULL) found = dlsym(RTLD_DEFAULT, symbol);
    } else if (module == NULL || module == ownModule()) {
        void* program = dlopen(NULL, RTLD_LAZY);
        if (program != NULL) {
            found = dlsym(program, name);
            dlclose(program);
        }
    } else {
        found = dlsym(module, name);
    }
    return (FARPROC)(found != NULL ? found : nullWith(ERROR_PROC_NOT_FOUND));
}

/* -- Their files ------------------------------------------------------------------------------- */

/* NULL, and the error, if it is no module. */
static const char* pathOf(HMODULE module, char path[PATH_BYTES])
{
    if (module == NULL || module == ownModule()) return programPath(path);
    struct link_map* map = NULL;
    if ((module != systemModule() && !isKept(module)) || dlinfo(module, RTLD_DI_LINKMAP, &map) != 0)
        return nullWith(ERROR_MOD_NOT_FOUND);
    copyCut(path, PATH_BYTES, map->l_name);
    return path;
}

/* A buffer that is too small gets as much as it holds, and the result is its size. */
static DWORD givePath(HMODULE module, void* buffer, DWORD size, bool wide)
{
    char path[PATH_BYTES];
    if (pathOf(module, path) == NULL) return 0;
    if (buffer == NULL || size == 0) return (DWORD)failWith(ERROR_INSUFFICIENT_BUFFER);
    size_t length = wide ? wideLengthOf(path) : strlen(path);
    if (wide) wideInto(buffer, size, path);
    else copyCut(buffer, size, path);
    if (length < size) return (DWORD)length;
    failWith(ERROR_INSUFFICIENT_BUFFER);
    return size;
}

DWORD GetModuleFileNameA(HMODULE module, LPSTR buffer, DWORD size)
{
    return givePath(module, buffer, size, false);
}

DWORD GetModuleFileNameW(HMODULE module, LPWSTR buffer, DWORD size)
{
    return givePath(module, buffer, size, true);
}
