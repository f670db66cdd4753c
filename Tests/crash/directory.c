/* The runtime directory of the test, and what processes that died have left in it. */
#define _GNU_SOURCE
#include "crash.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char directory[64];

static int removeOne(const char* path, const struct stat* facts, int kind, struct FTW* walk)
{
    (void)facts, (void)kind, (void)walk;
    return remove(path);
}

static void removeDirectory(void)
{
    nftw(directory, removeOne, 8, FTW_DEPTH | FTW_PHYS);
}

void changeDirectory(void)
{
    /* Workers end without what is done at exit. */
    if (directory[0]) removeDirectory();
    else atexit(removeDirectory);
    strcpy(directory, "/tmp/rat-crash-XXXXXX");
    if (mkdtemp(directory) == NULL) {
        perror("crash: mkdtemp");
        exit(2);
    }
    setenv("RAT_RUNTIME_DIR", directory, 1);
}

/* Calls a function with each file in a part of the directory. How many there are. */
static uint32_t list(const char* part, void (*look)(const char* name))
{
    char path[80];
    snprintf(path, sizeof path, "%s/%s", directory, part);
    DIR* files = opendir(path);
    uint32_t count = 0;
    if (files == NULL) return 0;
    for (struct dirent* file; (file = readdir(files)) != NULL;) {
        if (strcmp(file->d_name, ".") == 0 || strcmp(file->d_name, "..") == 0) continue;
        look(file->d_name);
        count++;
    }
    closedir(files);
    return count;
}

static void lookAtName(const char* name)
{
    if (strcmp(name, NAME) != 0) complain(WRONG, "the name %s is left", name);
}

static void lookAtSocket(const char* name)
{
    /* A number that a living process has may have been a dead one's before. */
    const pid_t process = (pid_t)strtol(name, NULL, 10);
    if (kill(process, 0) != 0 && errno == ESRCH) complain(WRONG, "the socket %s is left", name);
}

void checkDirectory(void)
{
    uint32_t creators = 0;
    for (uint32_t i = 0; i < SLOTS; i++) creators += atomic_load(&stage->slots[i].hasCreated);
    const uint32_t names = list("q", lookAtName) + list("d", lookAtName);
    const uint32_t sockets = list("p", lookAtSocket);
    if (names == 0) complain(WRONG, "the owner's name is not there");
    if (sockets < creators) complain(WRONG, "%u processes have %u sockets", creators, sockets);
}
