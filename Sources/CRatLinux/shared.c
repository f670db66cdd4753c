#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CRatLinux.h"

#include <sys/prctl.h>

void *rat_linux_view_shared_page(void *page, size_t page_size)
{
    /* The private page is what an entry of a robust list needs: it lies at a fixed distance from
     * its word, and no other process can write to it. */
    char *view = mmap(0, 2 * page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (view == MAP_FAILED) return 0;
    /* An old size of 0 makes a second mapping of shared pages, and is refused for others. */
    if (mremap(page, 0, page_size, MREMAP_MAYMOVE | MREMAP_FIXED, view) == MAP_FAILED) {
        int error = errno;
        munmap(view, 2 * page_size);
        errno = error;
        return 0;
    }
    /* A forked child has no handle that leads here. */
    madvise(view, 2 * page_size, MADV_DONTFORK);
    return view;
}

static _Thread_local struct robust_list_head *own_robust_list;

void rat_linux_set_pending_word(void *word)
{
    if (!own_robust_list) {
        size_t size;
        if (!word || syscall(SYS_get_robust_list, 0, &own_robust_list, &size) || !own_robust_list)
            return;
    }
    /* The C library's list, or the keeper's own. The field is free while the thread is in a wait:
     * the C library uses it inside its own calls only. */
    char *entry = word ? (char *)word - own_robust_list->futex_offset : 0;
    __atomic_store_n(&own_robust_list->list_op_pending, (struct robust_list *)entry,
                     __ATOMIC_SEQ_CST);
}

struct keeper_start {
    void *(*body)(void *);
    void *context;
};

static void *run_keeper(void *context)
{
    struct keeper_start start = *(struct keeper_start *)context;
    free(context);
    prctl(PR_SET_NAME, "rat-keeper");
    return start.body(start.context);
}

int rat_linux_start_keeper(void *(*body)(void *), void *context)
{
    struct keeper_start *start = malloc(sizeof *start);
    if (!start) return ENOMEM;
    *start = (struct keeper_start){body, context};
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = rat_linux_start_thread(0, run_keeper, start);
    pthread_sigmask(SIG_SETMASK, &before, 0);
    if (error) free(start);
    return error;
}
