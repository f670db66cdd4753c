/* Heaps, and memory of LocalAlloc and GlobalAlloc, over malloc. Before each block stands what was asked for. */
#include "internal.h"

typedef struct {
    _Alignas(16) size_t size;
    uint32_t flags;
    uint32_t locks; /* Of movable memory, which does not move: its handle is its address. */
} Header;

/* A heap of HeapCreate() keeps its blocks in a list, so that HeapDestroy() finds them. */
typedef struct Block {
    struct Block* next;
    struct Block* previous;
    Header header;
} Block;

typedef struct {
    Block blocks; /* The list's head. */
    CRITICAL_SECTION lock;
} Heap;

static Heap processHeap;

static Block* blockOf(const void* memory)
{
    return (Block*)(uintptr_t)((const char*)memory - sizeof(Block));
}

static void* memoryOf(Block* block)
{
    return block + 1;
}

static void link(Heap* heap, Block* block)
{
    if (heap == &processHeap) return;
    EnterCriticalSection(&heap->lock);
    block->previous = &heap->blocks;
    block->next = heap->blocks.next;
    if (block->next != NULL) block->next->previous = block;
    heap->blocks.next = block;
    LeaveCriticalSection(&heap->lock);
}

static void unlinkBlock(Heap* heap, Block* block)
{
    if (heap == &processHeap) return;
    EnterCriticalSection(&heap->lock);
    block->previous->next = block->next;
    if (block->next != NULL) block->next->previous = block->previous;
    LeaveCriticalSection(&heap->lock);
}

static void* allocate(Heap* heap, size_t size, bool zero, uint32_t flags)
{
    Block* block = NULL;
    if (size <= PTRDIFF_MAX - sizeof(Block))
        block = zero ? calloc(1, sizeof(Block) + size) : malloc(sizeof(Block) + size);
    if (block == NULL) {
        failWith(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    block->header = (Header){ .size = size, .flags = flags };
    link(heap, block);
    return memoryOf(block);
}

static void* reallocate(Heap* heap, void* memory, size_t size, bool zero)
{
    Block* old = blockOf(memory);
    size_t before = old->header.size;
    if (size > PTRDIFF_MAX - sizeof(Block)) {
        failWith(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    unlinkBlock(heap, old);
    Block* block = realloc(old, sizeof(Block) + size);
    link(heap, block != NULL ? block : old);
    if (block == NULL) {
        failWith(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    block->header.size = size;
    if (zero && size > before) memset((char*)memoryOf(block) + before, 0, size - before);
    return memoryOf(block);
}

/* -- Heaps ------------------------------------------------------------------------------------- */

HANDLE GetProcessHeap(VOID)
{
    return &processHeap;
}

HANDLE HeapCreate(DWORD flags, SIZE_T initialSize, SIZE_T maximumSize)
{
    (void)flags, (void)initialSize, (void)maximumSize;
    Heap* heap = calloc(1, sizeof *heap);
    if (heap == NULL) failWith(ERROR_NOT_ENOUGH_MEMORY);
    return heap;
}

BOOL HeapDestroy(HANDLE handle)
{
    Heap* heap = handle;
    if (heap == NULL || heap == &processHeap) return failWith(ERROR_INVALID_HANDLE);
    for (Block *block = heap->blocks.next, *next; block != NULL; block = next) {
        next = block->next;
        free(block);
    }
    free(heap);
    return TRUE;
}

LPVOID HeapAlloc(HANDLE heap, DWORD flags, SIZE_T size)
{
    return allocate(heap, size, (flags & HEAP_ZERO_MEMORY) != 0, 0);
}

LPVOID HeapReAlloc(HANDLE heap, DWORD flags, LPVOID memory, SIZE_T size)
{
    if (memory == NULL) return nullWith(ERROR_INVALID_PARAMETER);
    if ((flags & HEAP_REALLOC_IN_PLACE_ONLY) != 0) {
        if (size > blockOf(memory)->header.size) return nullWith(ERROR_NOT_ENOUGH_MEMORY);
        blockOf(memory)->header.size = size;
        return memory;
    }
    return reallocate(heap, memory, size, (flags & HEAP_ZERO_MEMORY) != 0);
}

BOOL HeapFree(HANDLE heap, DWORD flags, LPVOID memory)
{
    (void)flags;
    if (memory == NULL) return TRUE;
    unlinkBlock(heap, blockOf(memory));
    free(blockOf(memory));
    return TRUE;
}

SIZE_T HeapSize(HANDLE heap, DWORD flags, LPCVOID memory)
{
    (void)heap, (void)flags;
    return memory != NULL ? blockOf(memory)->header.size : (SIZE_T)-1;
}

/* -- LocalAlloc, and GlobalAlloc, which is the same -------------------------------------------- */

HLOCAL LocalAlloc(UINT flags, SIZE_T size)
{
    return allocate(&processHeap, size, (flags & LMEM_ZEROINIT) != 0, flags & LMEM_MOVEABLE);
}

HLOCAL LocalReAlloc(HLOCAL memory, SIZE_T size, UINT flags)
{
    if (memory == NULL) return nullWith(ERROR_INVALID_HANDLE);
    return reallocate(&processHeap, memory, size, (flags & LMEM_ZEROINIT) != 0);
}

HLOCAL LocalFree(HLOCAL memory)
{
    if (memory != NULL) free(blockOf(memory));
    return NULL;
}

LPVOID LocalLock(HLOCAL memory)
{
    if (memory == NULL) return nullWith(ERROR_INVALID_HANDLE);
    Header* header = &blockOf(memory)->header;
    if ((header->flags & LMEM_MOVEABLE) != 0) __atomic_add_fetch(&header->locks, 1, __ATOMIC_RELAXED);
    return memory;
}

/* TRUE while it is locked still. FALSE without an error is that it is not any more. */
BOOL LocalUnlock(HLOCAL memory)
{
    if (memory == NULL) return failWith(ERROR_INVALID_HANDLE);
    Header* header = &blockOf(memory)->header;
    if ((header->flags & LMEM_MOVEABLE) == 0) return TRUE;
    uint32_t locks = __atomic_load_n(&header->locks, __ATOMIC_RELAXED);
    do {
        if (locks == 0) return failWith(ERROR_NOT_LOCKED);
    } while (!__atomic_compare_exchange_n(&header->locks, &locks, locks - 1, true, __ATOMIC_RELAXED,
                                          __ATOMIC_RELAXED));
    thread.lastError = ERROR_SUCCESS;
    return locks > 1;
}

SIZE_T LocalSize(HLOCAL memory)
{
    if (memory == NULL) return (SIZE_T)failWith(ERROR_INVALID_HANDLE);
    return blockOf(memory)->header.size;
}

HLOCAL LocalHandle(LPCVOID memory)
{
    return (HLOCAL)(uintptr_t)memory;
}

HGLOBAL GlobalAlloc(UINT flags, SIZE_T size)
{
    return LocalAlloc(flags, size);
}

HGLOBAL GlobalReAlloc(HGLOBAL memory, SIZE_T size, UINT flags)
{
    return LocalReAlloc(memory, size, flags);
}

HGLOBAL GlobalFree(HGLOBAL memory)
{
    return LocalFree(memory);
}

LPVOID GlobalLock(HGLOBAL memory)
{
    return LocalLock(memory);
}

BOOL GlobalUnlock(HGLOBAL memory)
{
    return LocalUnlock(memory);
}

SIZE_T GlobalSize(HGLOBAL memory)
{
    return LocalSize(memory);
}

HGLOBAL GlobalHandle(LPCVOID memory)
{
    return LocalHandle(memory);
}
