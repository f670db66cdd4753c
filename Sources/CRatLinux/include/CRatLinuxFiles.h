/* What Swift cannot import for files: variadics, and what the C library shows with _GNU_SOURCE
 * only. Inline C, no logic. Every descriptor made here is closed on exec. */
#ifndef C_RAT_LINUX_FILES_H
#define C_RAT_LINUX_FILES_H

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Not through a link, and read: a directory can be locked then. */
static inline int rat_linux_open_directory(int at, const char *name)
{
    return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Not through a link; a pipe in its place does not block. */
static inline int rat_linux_open_file(int at, const char *name, int is_writable)
{
    return openat(at, name,
                  (is_writable ? O_RDWR : O_RDONLY) | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

/* A new file without a name, in the file system of that directory. 020000000: __O_TMPFILE. */
static inline int rat_linux_open_nameless(int directory)
{
    return openat(directory, ".", O_RDWR | O_DIRECTORY | 020000000 | O_CLOEXEC, 0600);
}

/* Gives a file a name by way of its path in /proc, which needs no privilege. */
static inline int rat_linux_link(const char *source, int directory, const char *name)
{
    return linkat(AT_FDCWD, source, directory, name, AT_SYMLINK_FOLLOW);
}

/* No link is followed. */
static inline int rat_linux_stat_at(int directory, const char *name, struct stat *facts)
{
    return fstatat(directory, name, facts, AT_SYMLINK_NOFOLLOW);
}

static inline int rat_linux_allocate(int file, int64_t offset, int64_t size)
{
    return (int)syscall(SYS_fallocate, file, 0, offset, size);
}

/* MFD_CLOEXEC | MFD_ALLOW_SEALING, and MFD_NOEXEC_SEAL: kernels before 6.3 do not know it, and some
 * later ones are set to insist on it. */
static inline int rat_linux_memory_file(const char *name, int is_never_executable)
{
    return (int)syscall(SYS_memfd_create, name, is_never_executable ? 11u : 3u);
}

/* F_ADD_SEALS, and F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW. */
static inline int rat_linux_seal_size(int file) { return fcntl(file, 1024 + 9, 1 | 2 | 4); }

/* The next name in a directory, or NULL. */
static inline const char *rat_linux_next_name(DIR *directory)
{
    struct dirent *entry = readdir(directory);
    return entry ? entry->d_name : 0;
}

/* NULL in a program that runs with more rights than its user's. */
static inline const char *rat_linux_environment(const char *name)
{
    return getauxval(AT_SECURE) ? 0 : getenv(name);
}

#endif /* C_RAT_LINUX_FILES_H */
