/* What fork() needs of the run time.
 *
 * Swift's run time keeps each thread's number, to mark its locks with, and asks the kernel for it once. In a child of
 * fork() the thread that forked has another number, and still marks them with the old one: a lock that two threads want
 * is then never freed. So the numbers are forgotten in the child, and asked for again.
 *
 * They are static in the run time's own thread-local memory, which has little else in it: pointers and flags. A word
 * there that is the number is one, unless it is half of something else. */
#define _GNU_SOURCE
#include "CRatLinux.h"

#include <link.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { MOST_NUMBERS = 128 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
/* Guarded by the lock, from before a fork until after it. */
static int32_t *numbers[MOST_NUMBERS];
static size_t count;

static bool contains(const struct dl_phdr_info *module, const void *address)
{
    for (int i = 0; i < module->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &module->dlpi_phdr[i];
        uintptr_t start = module->dlpi_addr + part->p_vaddr;
        if (part->p_type == PT_LOAD && (uintptr_t)address - start < part->p_memsz) return true;
    }
    return false;
}

/* Whether it has the run time in it, or is part of it. */
static bool is_of_swift(const struct dl_phdr_info *module)
{
    const char *name = strrchr(module->dlpi_name, '/');
    if (strncmp(name != NULL ? name + 1 : module->dlpi_name, "libswift", 8) == 0) return true;
    return contains(module, numbers);
}

/* Whether the other half of the eight bytes that a word lies in makes no pointer of it. */
static bool stands_alone(const int32_t *words, size_t count_of_words, size_t word, int32_t own)
{
    size_t other = word ^ 1;
    return other >= count_of_words || words[other] == 0 || words[other] == own;
}

__attribute__((no_sanitize("address", "thread")))
static int find_numbers(struct dl_phdr_info *module, size_t size, void *context)
{
    int32_t own = *(int32_t *)context;
    (void)size;
    if (module->dlpi_tls_data == NULL || !is_of_swift(module)) return 0;
    for (int i = 0; i < module->dlpi_phnum; i++) {
        if (module->dlpi_phdr[i].p_type != PT_TLS) continue;
        int32_t *words = module->dlpi_tls_data;
        size_t all = module->dlpi_phdr[i].p_memsz / sizeof *words;
        for (size_t word = 0; word < all; word++)
            if (words[word] == own && stands_alone(words, all, word, own) && count < MOST_NUMBERS)
                numbers[count++] = &words[word];
    }
    return 0;
}

static void before_fork(void)
{
    pthread_mutex_lock(&lock);
    int32_t own = (int32_t)rat_linux_thread_id();
    count = 0;
    /* A flag is 1 too. */
    if (own != 1) dl_iterate_phdr(find_numbers, &own);
}

static void after_fork(void)
{
    pthread_mutex_unlock(&lock);
}

__attribute__((no_sanitize("address", "thread")))
static void in_child(void)
{
    for (size_t i = 0; i < count; i++) *numbers[i] = 0;
    pthread_mutex_init(&lock, NULL);
}

__attribute__((constructor))
static void watch_forks(void)
{
    /* Fails without memory only. */
    pthread_atfork(before_fork, after_fork, in_child);
}
