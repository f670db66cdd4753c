/* Memory by pages: reserved, used, taken out of use, released; and what cannot be done with it. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

static void said(const char* what, long long value)
{
    printf("%s: %lld error %u\n", what, value, (unsigned)GetLastError());
    SetLastError(0);
}

int main(void)
{
    char *memory, *other;
    OSVERSIONINFOA version;

    memory = VirtualAlloc(NULL, 10000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    said("both", memory != NULL && ((ULONG_PTR)memory & 0xFFF) == 0 && memory[0] == 0 && memory[9999] == 0);
    memset(memory, 'x', 10000);
    said("not all", VirtualFree(memory, 10000, MEM_RELEASE));
    said("within", VirtualFree(memory + 4096, 0, MEM_RELEASE));
    said("release", VirtualFree(memory, 0, MEM_RELEASE));

    memory = VirtualAlloc(NULL, 1 << 20, MEM_RESERVE, PAGE_NOACCESS);
    said("reserve", memory != NULL);
    other = VirtualAlloc(memory + 8192, 100, MEM_COMMIT, PAGE_READWRITE);
    said("use a page", other == memory + 8192);
    memset(other, 'y', 4096);
    said("again", VirtualAlloc(memory + 8192 + 50, 100, MEM_COMMIT, PAGE_READWRITE) == other && other[0] == 'y');
    said("take it out", VirtualFree(other, 4096, MEM_DECOMMIT));
    said("and in", VirtualAlloc(other, 4096, MEM_COMMIT, PAGE_READWRITE) == other);
    printf("now %d\n", other[0]);
    said("beyond", VirtualAlloc(memory + (1 << 20) - 4096, 8192, MEM_COMMIT, PAGE_READWRITE) != NULL);
    said("where it is", VirtualAlloc(memory, 4096, MEM_RESERVE, PAGE_READWRITE) != NULL);
    said("all out", VirtualFree(memory, 0, MEM_DECOMMIT));
    said("release", VirtualFree(memory, 0, MEM_RELEASE));
    said("use what is released", VirtualAlloc(memory, 4096, MEM_COMMIT, PAGE_READWRITE) != NULL);

    memory = VirtualAlloc(NULL, 4096, MEM_COMMIT, PAGE_READWRITE);
    said("anywhere", memory != NULL);
    VirtualFree(memory, 0, MEM_RELEASE);
    said("nothing", VirtualAlloc(NULL, 0, MEM_COMMIT, PAGE_READWRITE) != NULL);
    said("no kind", VirtualAlloc(NULL, 4096, 0, PAGE_READWRITE) != NULL);
    said("no protection", VirtualAlloc(NULL, 4096, MEM_COMMIT, 0) != NULL);
    said("nowhere", VirtualFree(NULL, 0, MEM_RELEASE));
    said("no way", VirtualFree(other, 0, 0));

    memset(&version, 0, sizeof version);
    said("version of no size", GetVersionExA(&version));
    version.dwOSVersionInfoSize = sizeof version;
    said("version", GetVersionExA(&version));
    printf("platform %u, at least 5: %d\n", (unsigned)version.dwPlatformId, version.dwMajorVersion >= 5);
    printf("the same %d\n", LOBYTE(LOWORD(GetVersion())) == version.dwMajorVersion);
    return 0;
}
