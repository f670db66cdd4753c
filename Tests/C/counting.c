#define _GNU_SOURCE
#include "counting.h"

#include "harness.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What the C library's own functions call. */
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* old, size_t size);
void* __libc_memalign(size_t alignment, size_t size);
void __libc_free(void* memory);

static atomic_bool isCounting;
static atomic_size_t allocations, frees;
static volatile sig_atomic_t trapped, lastTrapped;

static void countAllocation(void)
{
    if (atomic_load_explicit(&isCounting, memory_order_relaxed)) atomic_fetch_add(&allocations, 1);
}

/* The program's definitions come before the C library's, for the libraries that it loads as well. */

void* malloc(size_t size)
{
    countAllocation();
    return __libc_malloc(size);
}

void* calloc(size_t count, size_t size)
{
    countAllocation();
    return __libc_calloc(count, size);
}

void* realloc(void* old, size_t size)
{
    countAllocation();
    return __libc_realloc(old, size);
}

void* aligned_alloc(size_t alignment, size_t size)
{
    countAllocation();
    return __libc_memalign(alignment, size);
}

void* memalign(size_t alignment, size_t size)
{
    countAllocation();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void** out, size_t alignment, size_t size)
{
    countAllocation();
    if (alignment % sizeof(void*) != 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
    void* memory = __libc_memalign(alignment, size);
    if (!memory) return ENOMEM;
    *out = memory;
    return 0;
}

void free(void* memory)
{
    if (memory && atomic_load_explicit(&isCounting, memory_order_relaxed))
        atomic_fetch_add(&frees, 1);
    __libc_free(memory);
}

void startCountingMemory(void)
{
    atomic_store(&allocations, 0);
    atomic_store(&frees, 0);
    atomic_store(&isCounting, true);
}

void stopCountingMemory(size_t* outAllocations, size_t* outFrees)
{
    atomic_store(&isCounting, false);
    *outAllocations = atomic_load(&allocations);
    *outFrees = atomic_load(&frees);
}

static void noteCall(int number, siginfo_t* info, void* context)
{
    (void)number;
    (void)context;
    lastTrapped = info->si_syscall;
    trapped = trapped + 1;
}

void forbidCalls(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = noteCall;
    action.sa_flags = SA_SIGINFO;
    REQUIRE(sigaction(SIGSYS, &action, NULL) == 0);
    /* Left are a failure's report, the end of the process, and that of the handler. Where the kernel
     * gives no clock to read without a call, reading it is one, and that is no fault of ours. */
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 6, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_sigreturn, 5, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clock_gettime, 4, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_write, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, STDERR_FILENO, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    REQUIRE(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    REQUIRE(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

int forbiddenCalls(int* outLast)
{
    *outLast = lastTrapped;
    return trapped;
}
