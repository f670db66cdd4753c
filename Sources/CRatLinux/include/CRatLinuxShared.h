/* What Swift cannot import for words that processes share: futexes of several processes, robust
 * lists, barriers. Inline C, no logic. */
#ifndef C_RAT_LINUX_SHARED_H
#define C_RAT_LINUX_SHARED_H

#include <linux/futex.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif

/* struct futex_waitv, which headers before Linux 5.16 lack. */
struct rat_linux_futex_waiter {
    uint64_t value, address;
    uint32_t flags, reserved;
};

/* FUTEX2_SIZE_U32, and FUTEX2_PRIVATE. */
static const uint32_t rat_linux_futex_shared = 2, rat_linux_futex_private = 2 | 128;

/* Waits while each word has its value; deadline is absolute CLOCK_MONOTONIC, NULL for none. */
static inline long rat_linux_futex_wait_many(const struct rat_linux_futex_waiter *waiters,
                                             uint32_t count, const struct timespec *deadline)
{
    return syscall(SYS_futex_waitv, waiters, count, 0, deadline, CLOCK_MONOTONIC);
}

/* Wakes everybody who waits on the word, in whatever process. */
static inline long rat_linux_futex_wake_shared(const void *word)
{
    return syscall(SYS_futex, word, FUTEX_WAKE, INT32_MAX, 0, 0, 0);
}

/* Sets the word to 0, or to 1 << 30, and wakes everybody who waits on it, in one step that nobody's
 * death can divide. */
static inline long rat_linux_futex_set_and_wake(void *word, int is_marked)
{
    /* The kernel compares the old value to 2047, in vain, for a second wake of the same word. */
    int operation = is_marked ? FUTEX_OP(FUTEX_OP_SET | FUTEX_OP_OPARG_SHIFT, 30, 0, 2047)
                              : FUTEX_OP(FUTEX_OP_SET, 0, 0, 2047);
    return syscall(SYS_futex, word, FUTEX_WAKE_OP, INT32_MAX, (void *)(intptr_t)INT32_MAX, word,
                   operation);
}

/* Fails with EFAULT unless the word can be written to. Changes nothing; the one it wakes is one who
 * waits on the word after it, where nobody does. */
static inline long rat_linux_futex_probe(void *word)
{
    return syscall(SYS_futex, (char *)word + 4, FUTEX_WAKE_OP, 0, (void *)0, word,
                   FUTEX_OP(FUTEX_OP_OR, 0, 0, 2047));
}

/* A second view of one page of shared memory, with a private page after it. NULL and errno: EINVAL
 * if the memory is not shared, EFAULT if there is none. */
void *rat_linux_view_shared_page(void *page, size_t page_size);

/* Has the kernel wake another on the word when the calling thread dies, should nobody own it then.
 * NULL for no word. */
void rat_linux_set_pending_word(void *word);

/* Starts a thread that no signal disturbs; returns an errno. */
int rat_linux_start_keeper(void *(*body)(void *), void *context);

static inline long rat_linux_set_robust_list(struct robust_list_head *head)
{
    return syscall(SYS_set_robust_list, head, sizeof *head);
}

static inline uint32_t rat_linux_thread_id(void) { return (uint32_t)syscall(SYS_gettid); }

/* MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED, and MEMBARRIER_CMD_GLOBAL_EXPEDITED. */
static inline long rat_linux_membarrier_register(void) { return syscall(SYS_membarrier, 4, 0, 0); }
static inline long rat_linux_membarrier(void) { return syscall(SYS_membarrier, 2, 0, 0); }

#endif /* C_RAT_LINUX_SHARED_H */
