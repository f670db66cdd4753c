#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CRatLinux.h"

#include <limits.h>
#include <link.h>
#include <sched.h>
#include <sys/wait.h>

_Thread_local void *rat_linux_thread_record;
_Thread_local int rat_linux_last_errno;
uintptr_t rat_linux_handle_table;

static int add_thread_locals(struct dl_phdr_info *module, size_t size, void *sum)
{
    (void)size;
    for (int i = 0; i < module->dlpi_phnum; i++)
        if (module->dlpi_phdr[i].p_type == PT_TLS) *(size_t *)sum += module->dlpi_phdr[i].p_memsz;
    return 0;
}

/* What each thread has of the program's and its libraries' variables. */
static size_t thread_locals_size(void)
{
    size_t size = 0;
    dl_iterate_phdr(add_thread_locals, &size);
    return size;
}

int rat_linux_start_thread(size_t stack_size, void *(*body)(void *), void *context)
{
    pthread_attr_t attributes;
    pthread_t thread;
    int error = pthread_attr_init(&attributes);
    if (error) return error;
    error = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    if (!error && stack_size) {
        /* The system's least suffices for a thread that does nothing. The first calls into the library,
         * which set up the Swift runtime, need some 20 KiB. */
        size_t least = (size_t)sysconf(_SC_THREAD_STACK_MIN) + 64 * 1024;
        size_t page = (size_t)sysconf(_SC_PAGESIZE);
        /* The C library takes the room for thread-local variables from the stack. */
        size_t locals = thread_locals_size();
        if (stack_size < least) stack_size = least;
        if (stack_size > SIZE_MAX - page - locals)
            error = EINVAL;
        else
            error = pthread_attr_setstacksize(&attributes,
                                              (stack_size + locals + page - 1) / page * page);
    }
    if (!error) error = pthread_create(&thread, &attributes, body, context);
    pthread_attr_destroy(&attributes);
    return error;
}

int rat_linux_start_thread_without_signals(void *(*body)(void *), void *context)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = rat_linux_start_thread(0, body, context);
    pthread_sigmask(SIG_SETMASK, &before, 0);
    return error;
}

int rat_linux_stack_bounds(uintptr_t *lowest, size_t *size)
{
    pthread_attr_t attributes;
    void *base = 0;
    size_t guard = 0;
    int error = pthread_getattr_np(pthread_self(), &attributes);
    if (error) return error;
    error = pthread_attr_getstack(&attributes, &base, size);
    if (!error) error = pthread_attr_getguardsize(&attributes, &guard);
    pthread_attr_destroy(&attributes);
    if (error) return error;
    /* C libraries differ in whether the guard counts. */
    if (guard > *size) return EINVAL;
    *lowest = (uintptr_t)base + guard;
    *size -= guard;
    /* The C library puts thread-local variables there too, where it has made the stack itself. */
    size_t locals = 0;
    if ((uintptr_t)&rat_linux_thread_record - *lowest < *size) locals = thread_locals_size();
    *size -= locals < *size ? locals : 0;
    return 0;
}

int rat_linux_pidfd_exit_code(int pidfd, int *code)
{
    siginfo_t info = {0};
    /* P_PIDFD is 3; older headers do not name it. */
    if (waitid((idtype_t)3, (id_t)pidfd, &info, WEXITED | WNOHANG | WNOWAIT) == -1) return -1;
    if (info.si_pid == 0) return 0;
    *code = info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
    return 1;
}

int rat_linux_processor_count(void)
{
    cpu_set_t allowed;
    /* The process's number is its first thread's. Fails with more processors than the set holds. */
    if (sched_getaffinity(getpid(), sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
    return (int)sysconf(_SC_NPROCESSORS_ONLN);
}

unsigned rat_linux_watch;

int rat_linux_fences_needed = 1;

/* MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED. */
static void register_for_barriers(void)
{
    int is_registered = syscall(SYS_membarrier, 16, 0, 0) == 0;
    __atomic_store_n(&rat_linux_fences_needed, !is_registered, __ATOMIC_RELEASE);
}

/* As the library is loaded, while the process has one thread as a rule: later the kernel would take
 * milliseconds. A forked child has one thread as well; that it inherits the registration is nowhere
 * promised. */
static __attribute__((constructor)) void prepare_barriers(void)
{
    register_for_barriers();
    pthread_atfork(0, 0, register_for_barriers);
}
