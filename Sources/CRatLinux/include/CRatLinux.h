/* What Swift cannot import from Linux: futexes, thread-locals, variadics, function-like macros.
 * Inline C, no logic. */
#ifndef C_RAT_LINUX_H
#define C_RAT_LINUX_H

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/io_uring.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "CRatLinuxFiles.h"
#include "CRatLinuxLinks.h"
#include "CRatLinuxShared.h"

/* The calling thread's record, or NULL. Initial-exec: one instruction to read, and 16 bytes of the
 * static space that the C library keeps for libraries opened late. */
extern __attribute__((tls_model("initial-exec"), visibility("hidden"))) _Thread_local void *
    rat_linux_thread_record;
extern __attribute__((tls_model("initial-exec"), visibility("hidden"))) _Thread_local int
    rat_linux_last_errno;

static inline void *rat_linux_get_thread_record(void) { return rat_linux_thread_record; }
static inline void rat_linux_set_thread_record(void *record) { rat_linux_thread_record = record; }

/* The process's table of handles, or 0. Here, because a word of C is read where it is used, and one of Swift
 * by a call. Written once. */
extern __attribute__((visibility("hidden"))) uintptr_t rat_linux_handle_table;

static inline uintptr_t rat_linux_get_handle_table(void)
{
    return __atomic_load_n(&rat_linux_handle_table, __ATOMIC_RELAXED);
}

static inline void rat_linux_set_handle_table(uintptr_t table)
{
    __atomic_store_n(&rat_linux_handle_table, table, __ATOMIC_RELEASE);
}

static inline int rat_linux_get_last_errno(void) { return rat_linux_last_errno; }
static inline void rat_linux_set_last_errno(int value) { rat_linux_last_errno = value; }

/* How far the calling thread's stack has come: the frame that this is used in begins there. */
static inline uintptr_t rat_linux_stack_position(void)
{
    return (uintptr_t)__builtin_frame_address(0);
}

/* The lowest address of the stack of the calling thread, and how much of it calls have; an error number if the
 * system does not say. */
int rat_linux_stack_bounds(uintptr_t *lowest, size_t *size);

/* What the process is watched for, as bits. Read by every post and call: a plain load. */
extern __attribute__((visibility("hidden"))) unsigned rat_linux_watch;
static inline unsigned rat_linux_get_watch(void)
{
    return __atomic_load_n(&rat_linux_watch, __ATOMIC_RELAXED);
}
static inline void rat_linux_set_watch(unsigned bits, unsigned mask)
{
    __atomic_fetch_or(&rat_linux_watch, bits & mask, __ATOMIC_RELAXED);
    __atomic_fetch_and(&rat_linux_watch, bits | ~mask, __ATOMIC_RELAXED);
}

/* Standard error may be a closed pipe, and that must not end the process. */
static inline long rat_linux_write_error(const void *bytes, size_t size)
{
    sigset_t pipe, before, pending;
    struct timespec none = {0, 0};
    int error = errno;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    long written = write(2, bytes, size);
    if (written < 0 && errno == EPIPE && !sigismember(&pending, SIGPIPE))
        sigtimedwait(&pipe, 0, &none);
    pthread_sigmask(SIG_SETMASK, &before, 0);
    errno = error;
    return written;
}

static inline int rat_linux_errno(void) { return errno; }

/* Waits while *word is expected; deadline is absolute CLOCK_MONOTONIC, NULL for none. */
static inline long rat_linux_futex_wait(const void *word, uint32_t expected,
                                        const struct timespec *deadline)
{
    return syscall(SYS_futex, word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, expected, deadline, 0,
                   FUTEX_BITSET_MATCH_ANY);
}

static inline long rat_linux_futex_wake(const void *word, int count)
{
    return syscall(SYS_futex, word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, count, 0, 0, 0);
}

static inline int rat_linux_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

/* Address space without memory behind it until it is written to; all zero. */
static inline void *rat_linux_reserve(size_t size)
{
    void *base = mmap(0, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return base == MAP_FAILED ? 0 : base;
}

/* Makes reserved memory all zero again. */
static inline int rat_linux_clear(void *base, size_t size)
{
    return madvise(base, size, MADV_DONTNEED);
}

/* Shown with _GNU_SOURCE only. */
enum { RAT_LINUX_POLLRDHUP = 0x2000 };

/* deadline: relative, NULL for none. The C library shows ppoll with _GNU_SOURCE only, which the rest of
 * the module's importers do without. */
static inline long rat_linux_ppoll(struct pollfd *list, unsigned count, struct timespec *timeout)
{
    return syscall(SYS_ppoll, list, count, timeout, 0, 8);
}

/* pthread_create, detached; returns an errno. */
int rat_linux_start_thread(size_t stack_size, void *(*body)(void *), void *context);

/* The same for a thread that no signal is delivered to. */
int rat_linux_start_thread_without_signals(void *(*body)(void *), void *context);

static inline long rat_linux_pidfd_open(int pid) { return syscall(SYS_pidfd_open, pid, 0); }

/* 1 and the exit code (128 + signal for a killed one), 0 while it runs, -1 and errno. Reaps nothing. */
int rat_linux_pidfd_exit_code(int pidfd, int *code);

/* The C library's socket calls take addresses as pointers that Swift sees differently from one set of
 * feature macros to the next; these take plain memory. */
static inline int rat_linux_socket(int domain, int type)
{
    return socket(domain, type | SOCK_CLOEXEC, 0);
}

static inline int rat_linux_stream_pair(int ends[2])
{
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
}

static inline int rat_linux_bind(int descriptor, const void *address, size_t size)
{
    return bind(descriptor, (const struct sockaddr *)address, (socklen_t)size);
}

static inline int rat_linux_connect(int descriptor, const void *address, size_t size)
{
    return connect(descriptor, (const struct sockaddr *)address, (socklen_t)size);
}

static inline int rat_linux_accept(int descriptor)
{
    return (int)syscall(SYS_accept4, descriptor, 0, 0, SOCK_CLOEXEC);
}

/* The calls themselves: the C library's are points of cancellation, and a thread that was cancelled inside
 * one would never leave the object that it visits. */
static inline ssize_t rat_linux_recv(int descriptor, void *bytes, size_t count, int flags)
{
    return syscall(SYS_recvfrom, descriptor, bytes, count, flags, 0, 0);
}

static inline ssize_t rat_linux_send(int descriptor, const void *bytes, size_t count, int flags)
{
    return syscall(SYS_sendto, descriptor, bytes, count, flags, 0, 0);
}

static inline ssize_t rat_linux_sendto(int descriptor, const void *bytes, size_t count, int flags,
                                       const void *address, size_t size)
{
    return sendto(descriptor, bytes, count, flags | MSG_NOSIGNAL, (const struct sockaddr *)address,
                  (socklen_t)size);
}

static inline ssize_t rat_linux_recvfrom(int descriptor, void *bytes, size_t count, int flags,
                                         void *address, socklen_t *size)
{
    return recvfrom(descriptor, bytes, count, flags, (struct sockaddr *)address, size);
}

static inline int rat_linux_getsockname(int descriptor, void *address, socklen_t *size)
{
    return getsockname(descriptor, (struct sockaddr *)address, size);
}

static inline int rat_linux_getpeername(int descriptor, void *address, socklen_t *size)
{
    return getpeername(descriptor, (struct sockaddr *)address, size);
}

static inline int rat_linux_get_status_flags(int descriptor) { return fcntl(descriptor, F_GETFL); }

static inline int rat_linux_set_status_flags(int descriptor, int flags)
{
    return fcntl(descriptor, F_SETFL, flags);
}

static inline int rat_linux_set_close_on_exec(int descriptor, int is_on)
{
    return fcntl(descriptor, F_SETFD, is_on ? FD_CLOEXEC : 0);
}

static inline int rat_linux_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static inline int rat_linux_epoll_control(int set, int operation, int descriptor, uint32_t events)
{
    struct epoll_event event = {.events = events, .data = {.fd = descriptor}};
    return epoll_ctl(set, operation, descriptor, &event);
}

/* A union's member. */
static inline int rat_linux_epoll_descriptor(struct epoll_event event) { return event.data.fd; }

/* What this library asks of io_uring; some headers are older than the kernels they meet. */
enum {
    RAT_LINUX_URING_FEATURES = 1U << 0 /* one mapping */ | 1U << 1 /* no completion is dropped */ |
                               1U << 5 /* polls by itself */ | 1U << 8 /* waits with a deadline */
};

static inline int rat_linux_uring_setup(unsigned entries, struct io_uring_params *parameters)
{
    return (int)syscall(SYS_io_uring_setup, entries, parameters);
}

static inline void *rat_linux_uring_map(int ring, size_t size, uint64_t offset)
{
    void *base = mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring,
                      (off_t)offset);
    return base == MAP_FAILED ? 0 : base;
}

/* timeout: relative, NULL for none. */
static inline int rat_linux_uring_enter(int ring, unsigned submitted, unsigned wanted,
                                        const struct timespec *timeout)
{
    struct {
        uint64_t mask;
        uint32_t mask_size, padding;
        uint64_t time;
    } argument = {0, 8, 0, (uint64_t)(uintptr_t)timeout};
    /* 1: fetch completions; 8: the argument is this one. */
    return (int)syscall(SYS_io_uring_enter, ring, submitted, wanted, 1 | 8, &argument,
                        sizeof argument);
}

/* Which operations the kernel has. */
static inline int rat_linux_uring_probe(int ring, void *probe, unsigned count)
{
    return (int)syscall(SYS_io_uring_register, ring, 8, probe, count);
}

static inline void rat_linux_uring_fill(struct io_uring_sqe *entry, uint8_t operation, int descriptor,
                                        const void *address, uint32_t length, uint32_t flags,
                                        uint64_t tag)
{
    memset(entry, 0, sizeof *entry);
    entry->opcode = operation;
    entry->fd = descriptor;
    entry->addr = (uint64_t)(uintptr_t)address;
    entry->len = length;
    entry->msg_flags = flags;
    entry->user_data = tag;
}

static inline uint32_t rat_linux_load_acquire(const uint32_t *word)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static inline void rat_linux_store_release(uint32_t *word, uint32_t value)
{
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

/* Whether the frequent side of a protocol needs a fence, because the process has no barrier for all its
 * threads: 1 if it never had, which is so until the library has been loaded, and 2 if it was taken away. */
extern __attribute__((visibility("hidden"))) int rat_linux_fences_needed;

/* Between a store and a load, where another thread calls rat_linux_barrier between its own. */
static inline void rat_linux_order_frequent_side(void)
{
    if (__builtin_expect(__atomic_load_n(&rat_linux_fences_needed, __ATOMIC_ACQUIRE), 0))
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
    else
        __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

/* Nothing is moved across it by the compiler; the processor does not see it. */
static inline void rat_linux_settle(void) { __atomic_signal_fence(__ATOMIC_SEQ_CST); }

/* MEMBARRIER_CMD_PRIVATE_EXPEDITED. */
static inline long rat_linux_barrier(void) { return syscall(SYS_membarrier, 8, 0, 0); }

/* Has everybody fence from now on; 0 if somebody may not have. */
static inline int rat_linux_demand_fences(void)
{
    int none = 0;
    __atomic_compare_exchange_n(&rat_linux_fences_needed, &none, 2, 0, __ATOMIC_SEQ_CST,
                                __ATOMIC_SEQ_CST);
    return __atomic_load_n(&rat_linux_fences_needed, __ATOMIC_RELAXED) == 1;
}

/* How many processors the process's first thread may run on. */
int rat_linux_processor_count(void);

static inline void rat_linux_pause(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("isb");
#endif
}

#endif /* C_RAT_LINUX_H */
