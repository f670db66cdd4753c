#define _GNU_SOURCE
#include "asleep.h"

#include "bench.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_THREADS = 16 };

/* Their stat files. */
static int stats[MOST_THREADS];
static int count;

void watchThreadsOf(int process)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", process);
    DIR* threads = opendir(path);
    BENCH_CHECK(threads != NULL);
    for (struct dirent* entry; (entry = readdir(threads)) != NULL;) {
        char file[128];
        int thread = atoi(entry->d_name);
        if (thread == 0 || thread == gettid()) continue;
        snprintf(file, sizeof file, "%s/%d/stat", path, thread);
        BENCH_CHECK(count < MOST_THREADS);
        stats[count] = open(file, O_RDONLY | O_CLOEXEC);
        BENCH_CHECK(stats[count++] >= 0);
    }
    closedir(threads);
}

bool isWatchingThreads(void) { return count > 0; }

static bool isAsleep(int stat)
{
    char text[256];
    ssize_t length = pread(stat, text, sizeof text - 1, 0);
    BENCH_CHECK(length > 0);
    text[length] = 0;
    /* The name in parentheses may hold anything; the state follows. */
    const char* name = strrchr(text, ')');
    BENCH_CHECK(name != NULL);
    return name[2] == 'S';
}

void awaitSleep(void)
{
    for (int i = 0; i < count;) {
        if (isAsleep(stats[i])) {
            i++;
        } else {
            sched_yield();
            i = 0;
        }
    }
}
